"""DrawingML elements, their children in the order of the schema: PowerPoint repairs what differs.

Lengths are CSS pixels and become EMU here. A text can hold anything; what XML cannot carry becomes a space.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree
from pptx.oxml.ns import nsuri, qn
from pptx.util import Emu

from views.picture import Anchor, Point
from views.text import NOT_XML, plain

EMU = 9525  # in a CSS pixel
_GRAIN = 1000  # lengths are multiples of it, a tenth of a pixel: shorter numbers, smaller files
DASHED = "dash"
_TYPEFACE = "Arial"  # labels were measured with its widths
_ALIGNED = {Anchor.START: "l", Anchor.MIDDLE: "ctr", Anchor.END: "r"}
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"

Element = Any  # of lxml, which has no types


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the slide."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line looks; `head` is a DrawingML arrow type at its end, `dash` one of its dashes."""

    colour: str
    width: float
    opacity: float = 1.0
    dash: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Lettering:
    """How text looks; `backed` is a colour behind the letters, so that no line strikes them."""

    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = Anchor.START
    backed: str = ""


def emu(pixels: float) -> Emu:
    """Return a length in EMU."""
    return Emu(round(pixels * EMU / _GRAIN) * _GRAIN)


def clean(value: object) -> str:
    """Return the value as text that XML can carry."""
    return NOT_XML.sub(" ", plain(value))


@cache
def _name(tag: str) -> tuple[str, dict[str, str]]:
    prefix = tag.partition(":")[0]
    return qn(tag), {prefix: nsuri(prefix)}


def make(tag: str, *children: Element | None, **attributes: object) -> Element:
    """Return an element such as `a:ln`; children that are None are left out."""
    name, prefixes = _name(tag)
    element = etree.Element(name, nsmap=prefixes)
    for attribute, value in attributes.items():
        element.set(attribute, str(value) if isinstance(value, int) else clean(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def identity(number: int, name: str, description: str = "", *, decorative: bool = False) -> Element:
    """Return `p:cNvPr`: id, name and alternative text, or the word that the shape needs none."""
    described = {"descr": description} if description else {}
    element = make("p:cNvPr", id=number, name=name, **described)
    if decorative:
        mark = etree.Element(f"{{{_DECORATIVE}}}decorative", nsmap={"adec": _DECORATIVE})
        mark.set("val", "1")
        element.append(make("a:extLst", make("a:ext", mark, uri=_DECORATIVE_EXTENSION)))
    return element


def colour(value: str, opacity: float = 1.0) -> Element:
    """Return a solid fill of `#rrggbb`."""
    alpha = make("a:alpha", val=round(opacity * 100_000)) if opacity < 1 else None
    return make("a:solidFill", make("a:srgbClr", alpha, val=value.removeprefix("#")))


def line(stroke: Stroke | None) -> Element:
    """Return `a:ln`: fill, dash, join, end."""
    if stroke is None:
        return make("a:ln", make("a:noFill"))
    return make(
        "a:ln",
        colour(stroke.colour, stroke.opacity),
        make("a:prstDash", val=stroke.dash) if stroke.dash else None,
        make("a:round"),
        make("a:tailEnd", type=stroke.head, w="lg", len="lg") if stroke.head else None,
        w=max(1, emu(stroke.width)),
    )


def preset(name: str, adjust: Iterable[tuple[str, int]] = ()) -> Element:
    """Return a geometry of PowerPoint's library."""
    guides = (make("a:gd", name=guide, fmla=f"val {value}") for guide, value in adjust)
    return make("a:prstGeom", make("a:avLst", *guides), prst=name)


def freeform(box: Box, strokes: Iterable[tuple[Point, Sequence[tuple[Point, ...]]]]) -> Element:
    """Return open strokes from a first point over pieces: one point (straight), or three (a cubic curve)."""

    def at(point: Point) -> Element:
        return make("a:pt", x=emu(point[0] - box.x), y=emu(point[1] - box.y))

    path = make("a:path", w=emu(box.width), h=emu(box.height), fill="none")
    for first, rest in strokes:
        path.append(make("a:moveTo", at(first)))
        for piece in rest:
            path.append(make("a:lnTo" if len(piece) == 1 else "a:cubicBezTo", *map(at, piece)))
    return make(
        "a:custGeom",
        make("a:avLst"),
        make("a:gdLst"),
        make("a:ahLst"),
        make("a:cxnLst"),
        make("a:rect", l="l", t="t", r="r", b="b"),
        make("a:pathLst", path),
    )


def body(lines: Sequence[str], look: Lettering) -> Element:
    """Return the text of a shape: one paragraph whose lines break where they were measured to break."""
    paragraph = make("a:p", make("a:pPr", algn=_ALIGNED[look.anchor]))
    for place, text in enumerate(lines):
        if place:
            paragraph.append(make("a:br", _type(look)))
        run = make("a:r", _type(look), make("a:t"))
        run[1].text = " ".join(clean(text).splitlines())
        paragraph.append(run)
    insets = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), 0)
    upright = make("a:bodyPr", make("a:noAutofit"), wrap="none", **insets, anchor="t")
    return make("p:txBody", upright, make("a:lstStyle"), paragraph)


def _type(look: Lettering) -> Element:
    """Return `a:rPr`: fill, highlight, typefaces."""
    behind = look.backed.removeprefix("#")
    return make(
        "a:rPr",
        colour(look.colour),
        make("a:highlight", make("a:srgbClr", val=behind)) if behind else None,
        make("a:latin", typeface=_TYPEFACE),
        make("a:cs", typeface=_TYPEFACE),
        lang="en-US",
        sz=round(look.size * 75),
        b=int(look.bold),
    )


def shape(
    who: Element,
    box: Box,
    geometry: Element,
    *,
    fill: str = "",
    stroke: Stroke | None = None,
    text: Element | None = None,
) -> Element:
    """Return `p:sp`; without fill and stroke it shows its text alone."""
    kind = make("p:cNvSpPr", txBox=1) if text is not None else make("p:cNvSpPr")
    return make(
        "p:sp",
        make("p:nvSpPr", who, kind, make("p:nvPr")),
        make("p:spPr", _frame(box), geometry, colour(fill) if fill else make("a:noFill"), line(stroke)),
        text,
    )


def connector(
    who: Element, start: Point, end: Point, stroke: Stroke, glue: Sequence[tuple[int, int]] = ()
) -> Element:
    """Return a straight `p:cxnSp`; `glue` is the shape and the site of its start and of its end."""
    joints = (make(tag, id=shape, idx=site) for tag, (shape, site) in zip(_JOINTS, glue, strict=False))
    box = around((start, end))
    flips = {name: 1 for name, on in (("flipH", end[0] < start[0]), ("flipV", end[1] < start[1])) if on}
    return make(
        "p:cxnSp",
        make("p:nvCxnSpPr", who, make("p:cNvCxnSpPr", *joints), make("p:nvPr")),
        make("p:spPr", _frame(box, flips), preset("straightConnector1"), line(stroke)),
    )


_JOINTS = ("a:stCxn", "a:endCxn")


def group(who: Element, box: Box, members: Iterable[Element]) -> Element:
    """Return `p:grpSp` of members whose places are those of the slide."""
    corner, size = {"x": emu(box.x), "y": emu(box.y)}, {"cx": emu(box.width), "cy": emu(box.height)}
    parts = (("a:off", corner), ("a:ext", size), ("a:chOff", corner), ("a:chExt", size))
    frame = make("a:xfrm", *(make(tag, **values) for tag, values in parts))
    inner = make("p:nvGrpSpPr", who, make("p:cNvGrpSpPr"), make("p:nvPr"))
    return make("p:grpSp", inner, make("p:grpSpPr", frame), *members)


def ground(fill: str) -> Element:
    """Return `p:bg`, the ground of a slide."""
    return make("p:bg", make("p:bgPr", colour(fill), make("a:effectLst")))


def around(points: Iterable[Point]) -> Box:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _frame(box: Box, flips: Mapping[str, int] | None = None) -> Element:
    return make(
        "a:xfrm",
        make("a:off", x=emu(box.x), y=emu(box.y)),
        make("a:ext", cx=emu(box.width), cy=emu(box.height)),
        **(flips or {}),
    )
