"""What a deck is laid on: our own bare master or that of a template, with the room for a picture."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu, Length, Pt

from schema.errors import InvalidSource
from views.drawingml import EMU, Box
from views.model import LARGEST, SMALLEST, Style
from views.text import wrap

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_FOOTERS = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_BODIES = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT}
_LEAST = 0.4  # of the height of a slide must be free under its title
_SMALLEST_TITLE = 16
_SAFE = 0.9  # the typeface of a master can run wider than the one that text is measured in
_MARGIN = 0.02  # of the width, where a master has no body that shows its margins
_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
_NO_DECK = "the template is no PowerPoint file; give a .pptx or .potx"
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Master:
    """A deck without slides, the layout for its slides, and the room for a picture in pixels."""

    deck: Deck
    layout: SlideLayout
    room: Box
    own: bool


def master(style: Style, template: bytes | None) -> Master:
    """Return what the slides are laid on; without a template a bare master of the size of the picture.

    Raises `InvalidSource` where the template is no PowerPoint file or has no layout with room under a title.
    """
    return _own(style) if template is None else _of(template)


def fitted(style: Style, template: bytes) -> Style:
    """Return the style in which a picture fills the room of a template, in letters as large as on our own."""
    found = master(style, template)
    tall = (found.deck.slide_height or 0) / EMU
    scale = tall / 720
    wide = _within(found.room.width + 36 * scale, SMALLEST[0], LARGEST[0])
    high = _within(found.room.height + 80 * scale, SMALLEST[1], LARGEST[1])
    return replace(style, width=wide, height=high, enlarged=scale / min(wide / 1280, high / 720))


def title_size(laid: Master, text: str) -> Length | None:
    """Return the size in which a title fits its place; None where the master's own size does."""
    owner = laid.layout.slide_master
    title, *above = (
        p for of in (laid.layout, owner) for p in _holders(of) if p.placeholder_format.type in _TITLES
    )
    styled = [*((p.element, "a:lstStyle") for p in (title, *above)), (owner.element, "p:titleStyle")]
    sizes = (size for one, style in styled for size in one.xpath(f".//{style}/a:lvl1pPr/a:defRPr/@sz"))
    points = own = int(next(sizes, 4400)) / 100
    room = (title.width / EMU - 20) * _SAFE, title.height / EMU
    while points > _SMALLEST_TITLE:
        pixels = points * 4 / 3
        if len(wrap(text, pixels, room[0], 99)) * pixels * 1.2 <= room[1]:
            break
        points -= 1
    return None if points == own else Pt(points)


def _within(value: float, low: int, high: int) -> int:
    return max(low, min(high, round(value)))


def _own(style: Style) -> Master:
    """Strip the library's default deck: one layout, the size of the picture, nothing else in the file."""
    deck = Presentation()
    layout = next(layout for layout in deck.slide_layouts if layout.element.get("type") == "titleOnly")
    for other in list(deck.slide_layouts):
        if other is not layout:
            deck.slide_layouts.remove(other)
    across, down = style.width * EMU / (deck.slide_width or 1), style.height * EMU / (deck.slide_height or 1)
    deck.slide_width, deck.slide_height = Emu(style.width * EMU), Emu(style.height * EMU)
    for frame in (*deck.slide_master.element.iter(qn("a:xfrm")), *layout.element.iter(qn("a:xfrm"))):
        for part, names in ((frame.find(qn("a:off")), "xy"), (frame.find(qn("a:ext")), ("cx", "cy"))):
            for name, share in zip(names, (across, down), strict=True):
                part.set(name, str(round(int(part.get(name)) * share)))
    deck.element.find(qn("p:sldSz")).attrib.pop("type")  # it says 4:3
    _unrelate(deck.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    _unrelate(deck.part, RELATIONSHIP_TYPE.VIEW_PROPS)
    _unrelate(deck.part.package, RELATIONSHIP_TYPE.THUMBNAIL)
    return Master(deck, layout, Box(0, 0, style.width, style.height), own=True)


def _of(template: bytes) -> Master:
    deck = _opened(template)
    _without_slides(deck)
    wide, high = (deck.slide_width or 0) / EMU, (deck.slide_height or 0) / EMU
    found = [(rank, layout, room) for rank, layout, room in _layouts(deck, wide, high)]
    if not found:
        raise InvalidSource(
            "the template has no layout with a title and room for a picture under it; "
            "add one to its slide master (PowerPoint calls it Title Only)"
        )
    _, layout, room = min(found, key=lambda one: one[0])
    return Master(deck, layout, room, own=False)


def _opened(template: bytes) -> Deck:
    """Open a presentation or a template; the library itself knows presentations only."""
    try:
        with zipfile.ZipFile(BytesIO(template)) as archive:
            types = archive.read(_TYPES).decode("utf-8", "replace")
            if "macroEnabled" in types:
                raise InvalidSource("the template has macros; save it as .pptx or .potx")
            if _PRESENTATION not in types and _TEMPLATE not in types:
                raise InvalidSource(_NO_DECK)
            whole = _as_presentation(archive, types) if _TEMPLATE in types else template
        return Presentation(BytesIO(whole))
    except (zipfile.BadZipFile, KeyError, ValueError, PackageNotFoundError, XMLSyntaxError) as error:
        raise InvalidSource(_NO_DECK) from error


def _as_presentation(archive: zipfile.ZipFile, types: str) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(changed, "w") as new:
        told = types.replace(_TEMPLATE, _PRESENTATION)
        for name in archive.namelist():
            new.writestr(name, told if name == _TYPES else archive.read(name))
    return changed.getvalue()


def _without_slides(deck: Deck) -> None:
    """Drop the slides and what names them: sections, shows of chosen slides, the state of the outline."""
    _unrelate(deck.part, RELATIONSHIP_TYPE.VIEW_PROPS)
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)
    for name in ("p:custShowLst", "p:extLst"):
        for found in deck.element.findall(qn(name)):
            deck.element.remove(found)


def _unrelate(owner: Any, kind: str) -> None:
    for key in [key for key, found in owner._rels.items() if found.reltype == kind]:
        owner._rels.pop(key)


def _layouts(deck: Deck, wide: float, high: float) -> Iterator[tuple[tuple[int, int], SlideLayout, Box]]:
    """Give the layouts that can be used; the fewer other places for content, the better they fit."""
    for place, layout in enumerate(deck.slide_layouts):
        titles = [p for p in _holders(layout) if p.placeholder_format.type in _TITLES]
        if len(titles) != 1:
            continue
        others = [p for p in _holders(layout) if p.placeholder_format.type not in _TITLES | _FOOTERS]
        room = _room(layout, titles[0], wide, high)
        if room.height >= _LEAST * high and room.width >= _LEAST * wide:
            yield (len(others), place), layout, room


def _holders(owner: SlideLayout | SlideMaster) -> list[Any]:
    holders: Any = owner.placeholders  # the library's types say that it cannot be gone through
    return list(holders)


def _room(layout: SlideLayout, title: Any, wide: float, high: float) -> Box:
    """Return what is free under the title, inside the body of the master where it has one."""
    margin = _MARGIN * wide
    left, right, top, bottom = margin, wide - margin, (title.top + title.height) / EMU, high - margin
    for shape in _holders(layout.slide_master):
        kind = shape.placeholder_format.type
        if kind in _BODIES:
            left, right = shape.left / EMU, (shape.left + shape.width) / EMU
            top, bottom = max(top, min(shape.top / EMU, high / 2)), (shape.top + shape.height) / EMU
    return Box(left, top, right - left, bottom - top)
