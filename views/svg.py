"""The picture as SVG that slide programs take: attributes only, each relation a group that can be edited.

No style sheet, class, link, marker, filter or `rgba()`: importers drop these or turn them black.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from views.facts import name_of, sentence
from views.labels import LABEL_GAP
from views.legend import SIZE
from views.picture import EdgeMark, Guides, LegendRow, NodeMark, Picture, Point, TextBlock
from views.routes import TAG_SIZE, curve
from views.shapes import OUTLINES, reach
from views.strokes import Stroke, border_width, dashes, stroke
from views.symbols import HEIGHT, symbol, wide
from views.text import LINE, NOT_XML
from views.theme import Sign

# Arial stands first, though the letters are Liberation's: of a list, slide programs take the first name.
FACE = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
BASE = 0.9  # from the top of a line of a label to its base line, in font sizes
_ASCENT, _DESCENT = 0.905, 0.212  # of Liberation Sans


def draw(picture: Picture) -> bytes:
    """Return the picture as UTF-8; the same picture gives the same bytes."""
    style, theme = picture.style, picture.theme
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": f"{style.width}",
            "height": f"{style.height}",
            "viewBox": f"0 0 {style.width} {style.height}",
            "role": "img",
            "font-family": FACE,
        },
    )
    _text(SubElement(root, "title"), picture.title.full)
    _text(SubElement(root, "desc"), picture.alt)
    if not style.transparent:
        SubElement(
            root, "rect", {**_attributes(width=style.width, height=style.height), "fill": theme.ground}
        )
    parts = (_guides, _edges, _nodes, _tags, _labels, _frame)
    for part in parts:
        part(picture, root)
    for child in root:
        child.tail = "\n"
    return f"{_DECLARATION}{tostring(root, encoding='unicode')}\n".encode()


def _guides(picture: Picture, root: Element) -> None:
    guides, theme = picture.guides, picture.theme
    if guides == Guides():
        return
    group = SubElement(root, "g")
    for band in guides.bands:
        edge = {"stroke": theme.border} if band.fill else {}
        box = _attributes(x=band.x, y=band.y, width=band.width, height=band.height)
        SubElement(group, "rect", {**box, "fill": band.fill or theme.panel, **edge})
    for line in guides.lines:
        ends = _attributes(x1=line.x1, y1=line.y1, x2=line.x2, y2=line.y2)
        dashes = {"stroke-dasharray": _dashes(line.width)} if line.dashed else {}
        SubElement(
            group, "line", {**ends, "stroke": theme.line, "stroke-width": _number(line.width), **dashes}
        )
    for text in guides.texts:
        look = {"text-anchor": text.anchor.value, **({"font-weight": "bold"} if text.bold else {})}
        _line(group, text.text, (text.x, text.y), text.size, {"fill": theme.muted, **look})


def _edges(picture: Picture, root: Element) -> None:
    """Draw the relations of one sign after those of another, the coloured ones last."""
    width = _number(picture.line_width, 2)
    opacity = _number(picture.line_opacity, 2)
    faint = {"stroke-opacity": opacity, "fill-opacity": opacity} if picture.line_opacity < 1 else {}
    for sign in reversed(Sign):
        marks = [mark for mark in picture.edges if mark.sign is sign]
        if marks:
            ink = {"fill": picture.theme.edges[sign], "stroke": picture.theme.edges[sign]}
            group = SubElement(root, "g", {**ink, "stroke-width": width, **faint})
            for mark in marks:
                _edge(picture, mark, group)


def _edge(picture: Picture, mark: EdgeMark, parent: Element) -> None:
    lines, group = stroke(picture, mark), SubElement(parent, "g")
    _text(SubElement(group, "title"), sentence(picture.nodes, mark))
    look = {"fill": "none", **({"stroke-dasharray": _dashes(picture.line_width)} if mark.hedged else {})}
    if lines.circle:
        circle = _attributes(cx=lines.start[0], cy=lines.start[1], r=lines.circle)
        SubElement(group, "circle", {**circle, **look})
    else:
        SubElement(group, "path", {"d": _shaft(lines, straight=not mark.bend), **look})
    if lines.head:
        SubElement(group, "path", {"d": _polygon(lines.head), "stroke": "none"})
    if mark.negated:
        arm = picture.nodes[mark.source].radius * 0.6
        width = _number(1.3 * picture.line_width, 2)
        SubElement(group, "path", {"d": _cross(lines.cross, arm), "fill": "none", "stroke-width": width})


def _nodes(picture: Picture, root: Element) -> None:
    """Draw the shapes; one whose label is cut or hidden carries its name as title."""
    if not picture.nodes:
        return
    width = _number(border_width(picture.nodes[0].radius), 2)
    ink = {"stroke": picture.theme.border, "stroke-width": width, "stroke-linejoin": "round"}
    group = SubElement(root, "g", ink)
    for mark in picture.nodes:
        shape, name = _shape(mark, group), name_of(mark.node)
        if "".join(mark.label).replace(" ", "") != name.replace(" ", ""):
            _text(SubElement(shape, "title"), name)


def _shape(mark: NodeMark, parent: Element) -> Element:
    points = OUTLINES[mark.kind.shape]
    if not points:
        circle = _attributes(cx=mark.x, cy=mark.y, r=mark.radius)
        return SubElement(parent, "circle", {**circle, "fill": mark.kind.fill})
    corners = [(mark.x + x * mark.radius, mark.y + y * mark.radius) for x, y in points]
    return SubElement(parent, "path", {"d": _polygon(corners), "fill": mark.kind.fill})


def _tags(picture: Picture, root: Element) -> None:
    size = TAG_SIZE * picture.legend_size / SIZE
    lines = []
    for mark in picture.edges:
        if mark.tag is not None:
            source, target = picture.nodes[mark.source], picture.nodes[mark.target]
            x, y = curve((source.x, source.y), (target.x, target.y), mark.bend, mark.tag)
            lines.append((mark.words, (x, y + (BASE - 0.56) * size)))
    _haloed(picture, root, lines, size, picture.theme.muted)


def _labels(picture: Picture, root: Element) -> None:
    lines = [line for mark in picture.nodes for line in _label(mark, picture.font_size)]
    _haloed(picture, root, lines, picture.font_size, picture.theme.text)


def _label(mark: NodeMark, size: float) -> Iterator[tuple[str, Point]]:
    edge = mark.radius * reach(mark.kind.shape)[1] + LABEL_GAP
    top = mark.y - edge - len(mark.label) * size * LINE if mark.label_above else mark.y + edge
    for place, line in enumerate(mark.label):
        yield line, (mark.x, top + size * (BASE + LINE * place))


def _haloed(
    picture: Picture, root: Element, lines: list[tuple[str, Point]], size: float, colour: str
) -> None:
    """Write all halos before all letters, so that no halo covers a letter of another line."""
    if not lines:
        return
    ground = picture.theme.ground
    halo = {
        "fill": ground,
        "stroke": ground,
        "stroke-width": _number(size / 4, 2),
        "stroke-linejoin": "round",
    }
    for look in (halo, {"fill": colour}):
        group = SubElement(root, "g", {"font-size": _number(size, 2), "text-anchor": "middle", **look})
        for line, (x, y) in lines:
            _text(SubElement(group, "text", _attributes(x=x, y=y)), line)


def _frame(picture: Picture, root: Element) -> None:
    theme = picture.theme
    _block(root, picture.title, {"fill": theme.text, "font-weight": "bold"})
    for row in picture.legend:
        _legend_row(picture, row, root)
    _block(root, picture.notes, {"fill": theme.text, "font-weight": "bold"})
    _block(root, picture.caption, {"fill": theme.muted})
    if picture.message:
        size = 2 * picture.legend_size
        place = (picture.style.width / 2, 0.42 * picture.style.height + size)
        _line(root, picture.message, place, size, {"fill": theme.muted, "text-anchor": "middle"})


def _block(parent: Element, block: TextBlock, look: dict[str, str]) -> None:
    """Set the lines as browsers do: the letters in the middle of the height of their line."""
    base = (block.line_height + (_ASCENT - _DESCENT) * block.size) / 2
    for place, line in enumerate(block.lines):
        _line(parent, line, (block.x, block.y + place * block.line_height + base), block.size, look)


def _legend_row(picture: Picture, row: LegendRow, root: Element) -> None:
    scale, size = picture.legend_size / SIZE, picture.legend_size
    larger = f" scale({_number(scale, 3)})" if scale != 1 else ""
    group = SubElement(root, "g", {"transform": f"translate({_number(row.x)} {_number(row.y)}){larger}"})
    for name, attributes in symbol(row, picture.theme):
        SubElement(group, name, attributes)
    base = row.y + HEIGHT * scale / 2 + (_ASCENT - _DESCENT) * size / 2
    _line(root, row.word, (row.x + wide(row) * scale, base), size, {"fill": picture.theme.text})


def _line(parent: Element, text: str, place: Point, size: float, look: dict[str, str]) -> None:
    attributes = {**_attributes(x=place[0], y=place[1]), "font-size": _number(size, 2), **look}
    _text(SubElement(parent, "text", attributes), text)


def _text(element: Element, text: str) -> None:
    element.text = NOT_XML.sub("\ufffd", text)


def _shaft(lines: Stroke, *, straight: bool) -> str:
    if straight:
        return f"M{_pair(lines.start)}L{_pair(lines.end)}"
    return f"M{_pair(lines.start)}Q{_pair(lines.control)} {_pair(lines.end)}"


def _polygon(points: Iterable[Point]) -> str:
    """Return a closed outline in steps from corner to corner, which takes less room than places."""
    places = [(round(x, 1), round(y, 1)) for x, y in points]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(places)]
    return f"M{_pair(places[0])}l{' '.join(map(_pair, steps)).replace(' -', '-')}z"


def _cross(centre: Point, arm: float) -> str:
    x, y = centre
    corners = ((x - arm, y - arm), (x + arm, y + arm), (x + arm, y - arm), (x - arm, y + arm))
    first, second, third, last = map(_pair, corners)
    return f"M{first}L{second}M{third}L{last}"


def _dashes(width: float) -> str:
    return " ".join(map(_number, dashes(width)))


def _attributes(**numbers: float) -> dict[str, str]:
    return {name: _number(value) for name, value in numbers.items()}


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float, digits: int = 1) -> str:
    return f"{round(value, digits) + 0.0:.6g}"
