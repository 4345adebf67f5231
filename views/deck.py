"""Decks of pictures: PowerPoint files of native shapes with what stands behind them in the speaker notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import pairwise

from schema.errors import InvalidInput, MissingExtra
from views.archive import settled
from views.composer import compose
from views.model import Style, Subgraph
from views.picture import Picture
from views.speaker import notes
from views.steps import rings, steps
from views.text import ELLIPSIS

try:
    from pptx.oxml.ns import qn
    from pptx.slide import Slide

    from views import drawingml as dml
    from views.masters import Master, fitted, master, title_size
    from views.pictured import add_picture
    from views.slide import Place, shapes
except ModuleNotFoundError as error:
    if error.name is None or error.name.partition(".")[0] not in {"pptx", "lxml"}:
        raise
    raise MissingExtra(
        "PowerPoint files need python-pptx: pip install 'mscev[pptx]'", extra="pptx"
    ) from error

NATIVE = 200  # up to this many entities a picture is drawn in shapes
_FIRST_ID = 10  # of our shapes; those of the layout are below
_LONGEST = 255
_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone; the date of the data is in the source line


def slides(
    subgraph: Subgraph,
    style: Style,
    *,
    template: bytes | None = None,
    stepwise: bool = False,
) -> bytes:
    """Compose a picture for its slide and return the deck; stepwise it grows.

    It grows by the groups of its arrangement; without them in rings around the subgraph's focus, or else
    around the node with most relations.
    """
    picture = compose(subgraph, fitted(style, template) if template is not None else style)
    if not stepwise:
        return deck([picture], template)
    groups = [group.ids for group in style.arrangement.groups] if style.arrangement else []
    return deck(steps(picture, groups or rings(picture, subgraph.focus)), template)


def deck(pictures: Sequence[Picture], template: bytes | None = None) -> bytes:
    """Return one slide a picture; the same pictures and template give the same bytes.

    Pictures that share the beginning of a build-up (`views.steps`) tell in their notes what is new.
    Raises `InvalidInput` without pictures, `InvalidSource` for a template that cannot be used.
    """
    if not pictures:
        raise InvalidInput("a deck needs at least one picture")
    laid = master(pictures[0].style, template)
    _slide(laid, pictures[0], None)
    for before, picture in pairwise(pictures):
        _slide(laid, picture, before if _goes_on(before, picture) else None)
    _properties(laid, pictures[0])
    whole = BytesIO()
    laid.deck.save(whole)
    return settled(whole.getvalue())


def _goes_on(before: Picture, picture: Picture) -> bool:
    """Tell whether all of `before` stands in the picture, unmoved, with more beside it."""
    return len(before.nodes) < len(picture.nodes) and set(before.nodes) <= set(picture.nodes)


def _slide(laid: Master, picture: Picture, before: Picture | None) -> None:
    slide = laid.deck.slides.add_slide(laid.layout)
    _title(laid, slide, picture)
    if not picture.style.transparent and (laid.own or picture.style.theme == "dark"):
        slide.element.find(qn("p:cSld")).insert(0, dml.ground(picture.theme.ground))
    place = _place(laid, picture)
    if len(picture.nodes) <= NATIVE:
        slide.shapes._spTree.extend(shapes(picture, _FIRST_ID, place))
    else:
        add_picture(slide, picture, place)
    told = slide.notes_slide.notes_text_frame
    if told is not None:
        told.text = dml.clean("\n".join(notes(picture, before)))


def _title(laid: Master, slide: Slide, picture: Picture) -> None:
    """Fill the title of the layout, and take away its other places for content."""
    title = slide.shapes.title
    for holder in list(slide.placeholders):
        if title is None or holder.shape_id != title.shape_id:
            holder.element.getparent().remove(holder.element)
    if title is None:  # a layout is chosen for having one
        return
    block = picture.title
    text = " ".join(dml.clean(block.full).splitlines())
    title.text_frame.text = text
    if not laid.own:
        size = title_size(laid, text)
        for run in title.text_frame.paragraphs[0].runs:
            run.font.size = size
        return
    title.left, title.top = dml.emu(block.x), dml.emu(block.y)
    title.width = dml.emu(picture.style.width - 2 * block.x)
    title.height = dml.emu(max(1, len(block.lines)) * block.line_height)
    look = dml.Lettering(block.size, picture.theme.text, bold=True)
    title.element.replace(title.element.find(qn("p:txBody")), dml.body(block.lines or ("",), look))


def _place(laid: Master, picture: Picture) -> Place:
    """Return the place on a slide of our own master: as it is; in a template: as large as its room allows."""
    if laid.own:
        return Place()
    area, caption, room = picture.area, picture.caption, laid.room
    high = caption.y + len(caption.lines) * caption.line_height - area.y
    scale = min(room.width / area.width, room.height / high)
    left = room.x + (room.width - area.width * scale) / 2
    return Place(scale, left - area.x * scale, room.y - area.y * scale)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + ELLIPSIS


def _properties(laid: Master, first: Picture) -> None:
    """Say what the deck is; nothing that changes from run to run."""
    told = laid.deck.core_properties
    told.title, told.subject = (
        _shortened(dml.clean(text)) for text in (first.title.full, first.style.source_line)
    )
    told.author = told.last_modified_by = "mscev"
    told.created = told.modified = told.last_printed = _DATE
    told.keywords = told.comments = told.category = ""
    told.revision = 1
