"""A picture too large for native shapes, on a slide as SVG with a PNG for programs that know no SVG."""

from __future__ import annotations

from dataclasses import astuple, replace
from io import BytesIO
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.slide import Slide

from views.drawingml import clean, emu, make
from views.picture import Picture
from views.slide import Place

_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def add_picture(slide: Slide, picture: Picture, place: Place) -> None:
    """Add the picture, cut off above its graph: the title stands in the slide's own place."""
    from views import png, svg  # noqa: PLC0415 - native slides do without the renderer

    bare = replace(
        picture, title=replace(picture.title, lines=()), style=replace(picture.style, transparent=True)
    )
    wide, high, top = picture.style.width, picture.style.height, picture.area.y
    box = place.box(0, top, wide, high - top)
    left, top_, across, down = map(emu, astuple(box))
    added = slide.shapes.add_picture(BytesIO(png.draw(bare)), left, top_, across, down)
    added.crop_top = top / high
    added.name = "!!graph"
    element: Any = added._element
    element.nvPicPr.cNvPr.set("descr", clean(picture.alt))
    package = slide.part.package
    name = package.next_partname("/ppt/media/view%d.svg")
    part = Part(PackURI(name), "image/svg+xml", package, svg.draw(bare))
    vector = etree.Element(f"{{{_SVG}}}svgBlip", nsmap={"asvg": _SVG})
    vector.set(qn("r:embed"), slide.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))
    blip = element.blipFill.find(qn("a:blip"))
    blip.append(make("a:extLst", make("a:ext", vector, uri=_SVG_EXTENSION)))
