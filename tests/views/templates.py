"""Corporate templates as people have them: a coloured title bar, odd names, old slides in use."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from views import drawingml as dml

WIDE, NARROW = 40 / 3, 10.0  # inches, of 7.5 inches in height
BAR = 1.15
_SECTIONS = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="Alt" '
    'id="{6F4DE5D5-1A0C-4C2D-9B0C-6F9B7A0D7A11}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst>'
    "</p14:section></p14:sectionLst></p:ext></p:extLst>"
)


def template(width: float, *, suffix: str = "pptx", titled: bool = True) -> bytes:
    """Return a template of this width in inches; without `titled` no layout has a title."""
    deck = Presentation()
    _stretch(deck, width)
    master = deck.slide_master
    bar = dml.Box(0, 0, 96 * width, 96 * BAR)
    master.shapes._spTree.insert(
        2, dml.shape(dml.identity(99, "bar"), bar, dml.preset("rect"), fill="#0b3d66")
    )
    title = next(iter(master.placeholders))
    title.left, title.top = Inches(0.4), Inches(0.15)
    title.width, title.height = Inches(width - 0.8), Inches(0.85)
    look = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    look.set("algn", "l")
    white = look.find(f"{qn('a:defRPr')}/{qn('a:solidFill')}")
    white.clear()
    white.append(dml.make("a:srgbClr", val="FFFFFF"))
    for place, layout in enumerate(deck.slide_layouts):
        layout.name = f"Mise en page {place}"
        layout.element.attrib.pop("type", None)
        if not titled:
            for holder in list(layout.placeholders):
                holder.element.getparent().remove(holder.element)
    old = deck.slides.add_slide(deck.slide_layouts[0])
    if titled:
        old.shapes.title.text = "An old slide"
    deck.part.part_related_by(RELATIONSHIP_TYPE.VIEW_PROPS).relate_to(old.part, RELATIONSHIP_TYPE.SLIDE)
    deck.element.append(parse_xml(_SECTIONS))
    whole = io.BytesIO()
    deck.save(whole)
    return whole.getvalue() if suffix == "pptx" else retyped(whole.getvalue(), suffix)


def retyped(content: bytes, suffix: str) -> bytes:
    """Return a presentation as .potx or .pptm says that it is one."""
    kinds = {
        "potx": "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
        "pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    }
    plain = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(plain.encode(), kinds[suffix].encode())
            new.writestr(name, data)
    return changed.getvalue()


def _stretch(deck: Any, width: float) -> None:
    share = Inches(width) / deck.slide_width
    deck.slide_width = Emu(Inches(width))
    for owner in (deck.slide_master, *deck.slide_layouts):
        for frame in owner.element.iter(qn("a:xfrm")):
            for tag, name in (("a:off", "x"), ("a:ext", "cx")):
                part = frame.find(qn(tag))
                part.set(name, str(round(int(part.get(name)) * share)))
