"""A picture as the shapes of a slide: each entity a group with its name, each relation a glued connector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from views import drawingml as dml
from views.autoshapes import AUTOSHAPES
from views.drawingml import Box, Element, Lettering, Stroke
from views.facts import name_of, sentence
from views.labels import LABEL_GAP
from views.picture import Anchor, EdgeMark, KindMark, LegendRow, NodeMark, Picture, Point, TextBlock
from views.routes import TAG_SIZE, curve
from views.shapes import reach
from views.strokes import border_width
from views.symbols import HEIGHT, wide
from views.text import LINE, one_line, width
from views.theme import Head
from views.wires import wire

ARROWS = {Head.ARROW: "triangle", Head.OPEN: "arrow", Head.BAR: "", Head.NONE: ""}
_BOLD = 1.07


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands on its slide: its pixels are multiplied by `scale`, then moved."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def at(self, point: Point) -> Point:
        """Return a point of the picture as one of the slide."""
        return point[0] * self.scale + self.x, point[1] * self.scale + self.y

    def box(self, x: float, y: float, across: float, down: float) -> Box:
        """Return a rectangle of the picture as one of the slide."""
        return Box(*self.at((x, y)), across * self.scale, down * self.scale)


def shapes(picture: Picture, first: int, place: Place) -> Iterator[Element]:
    """Give the shapes from the back to the front, which is the order of reading too; ids count from `first`.

    Names are the same on every slide that shows the same thing; `!!` lets PowerPoint's Morph follow them.
    """
    return _Shapes(picture, place, first).all()


@dataclass(slots=True)
class _Shapes:
    picture: Picture
    place: Place
    number: int

    def all(self) -> Iterator[Element]:
        picture = self.picture
        nodes = [self._number() for _ in picture.nodes]
        yield self._summary()
        yield from self._guides()
        for edge in picture.edges:
            yield from self._relation(edge, (nodes[edge.source], nodes[edge.target]))
        for node, number in zip(picture.nodes, nodes, strict=True):
            yield self._node(node, number)
        for edge in picture.edges:
            if edge.tag is not None:
                yield self._tag(edge, edge.tag)
        for place, row in enumerate(picture.legend):
            yield self._legend(place, row)
        yield from self._texts()

    def _number(self) -> int:
        self.number += 1
        return self.number - 1

    def _named(self, name: str, description: str = "", *, decorative: bool = False) -> Element:
        return dml.identity(self._number(), f"!!{name}", description, decorative=decorative)

    def _long(self, pixels: float) -> float:
        return pixels * self.place.scale

    def _stroke(self, colour: str, width: float, *, dashed: bool = False) -> Stroke:
        return Stroke(colour, self._long(width), dash=dml.DASHED if dashed else "")

    def _summary(self) -> Element:
        """Return an empty frame whose alternative text says what there is to see."""
        area = self.picture.area
        box = self.place.box(area.x, area.y, area.width, area.height)
        return dml.shape(self._named("graph", self.picture.alt), box, dml.preset("rect"))

    def _guides(self) -> Iterator[Element]:
        guides, theme = self.picture.guides, self.picture.theme
        for i, band in enumerate(guides.bands):
            yield dml.shape(
                self._named(f"band {i}", decorative=True),
                self.place.box(band.x, band.y, band.width, band.height),
                dml.preset("rect"),
                fill=band.fill or theme.panel,
                stroke=self._stroke(theme.border, 1) if band.fill else None,
            )
        for i, rule in enumerate(guides.lines):
            ends = self.place.at((rule.x1, rule.y1)), self.place.at((rule.x2, rule.y2))
            stroke = self._stroke(theme.line, rule.width, dashed=rule.dashed)
            yield dml.connector(self._named(f"line {i}", decorative=True), *ends, stroke)
        for i, text in enumerate(guides.texts):
            look = Lettering(text.size, theme.muted, text.bold, text.anchor)
            yield self._text(f"heading {i}", (text.text,), (text.x, text.y - 0.9 * text.size), look)

    def _relation(self, edge: EdgeMark, ends: tuple[int, int]) -> Iterator[Element]:
        """Give the line, and its bar and cross as a shape of their own: heads would stand on every stroke."""
        picture, at = self.picture, self.place.at
        drawn = wire(picture, edge)
        colour, opacity = picture.theme.edges[edge.sign], picture.line_opacity
        dash = dml.DASHED if edge.hedged else ""
        stroke = Stroke(colour, self._long(picture.line_width), opacity, dash, ARROWS[edge.head])
        who = self._named(edge.edge.id, sentence(picture.nodes, edge))
        if drawn.sites:
            glue = list(zip(ends, drawn.sites, strict=True))
            yield dml.connector(who, at(drawn.start), at(drawn.end), stroke, glue)
        else:
            pieces = [tuple(map(at, piece)) for piece in drawn.pieces]
            box = dml.around([at(drawn.start), *chain.from_iterable(pieces)])
            yield dml.shape(who, box, dml.freeform(box, [(at(drawn.start), pieces)]), stroke=stroke)
        if drawn.marks:
            marks = [(at(first), at(last)) for first, last in drawn.marks]
            box = dml.around(chain.from_iterable(marks))
            heavy = Stroke(colour, self._long(1.3 * picture.line_width), opacity)
            geometry = dml.freeform(box, [(first, [(last,)]) for first, last in marks])
            yield dml.shape(self._named(f"{edge.edge.id} sign", decorative=True), box, geometry, stroke=heavy)

    def _node(self, node: NodeMark, number: int) -> Element:
        picture = self.picture
        border = self._stroke(picture.theme.border, border_width(node.radius))
        inner = dml.identity(number, f"{node.node.id} shape", decorative=True)
        drawn, box = self._symbol(inner, node.kind, (node.x, node.y), node.radius, border)
        members, parts = [drawn], [box]  # the shape in front: what backs the letters must not cover it
        if node.label:
            size = picture.font_size
            high = len(node.label) * size * LINE
            beyond = reach(node.kind.shape)[1] * node.radius + LABEL_GAP
            top = node.y - beyond - high if node.label_above else node.y + beyond
            look = Lettering(size, picture.theme.text, anchor=Anchor.MIDDLE, backed=self._backing())
            members.insert(0, self._text(f"{node.node.id} name", node.label, (node.x, top), look))
            parts.append(self._text_box(node.label, (node.x, top), look))
        who = self._named(node.node.id, f"{name_of(node.node)}, {node.kind.word}")
        corners = chain.from_iterable(((b.x, b.y), (b.x + b.width, b.y + b.height)) for b in parts)
        return dml.group(who, dml.around(corners), members)

    def _symbol(
        self, who: Element, kind: KindMark, middle: Point, radius: float, border: Stroke
    ) -> tuple[Element, Box]:
        auto = AUTOSHAPES[kind.shape]
        left, top, right, bottom = (radius * edge for edge in auto.box)
        box = self.place.box(middle[0] + left, middle[1] + top, right - left, bottom - top)
        return dml.shape(who, box, dml.preset(auto.preset, auto.adjust), fill=kind.fill, stroke=border), box

    def _backing(self) -> str:
        return "" if self.picture.style.transparent else self.picture.theme.ground

    def _tag(self, edge: EdgeMark, t: float) -> Element:
        picture = self.picture
        size = TAG_SIZE * picture.legend_size / 16
        source, target = picture.nodes[edge.source], picture.nodes[edge.target]
        x, y = curve((source.x, source.y), (target.x, target.y), edge.bend, t)
        look = Lettering(size, picture.theme.muted, anchor=Anchor.MIDDLE, backed=self._backing())
        return self._text(f"{edge.edge.id} words", (edge.words,), (x, y - 0.58 * size), look)

    def _legend(self, place: int, row: LegendRow) -> Element:
        """Return the symbol and the word of one entry, grouped."""
        picture = self.picture
        scale = picture.legend_size / 16
        look = Lettering(picture.legend_size, picture.theme.text)
        corner = row.x + wide(row) * scale, row.y + HEIGHT / 2 * scale - 0.58 * look.size
        name = f"legend {place}"
        symbols = (
            self._kind_symbol(name, row.kind, row, scale) if row.kind else self._line_symbol(name, row, scale)
        )
        box = self._text_box((row.word,), corner, look)
        left, top = self.place.at((row.x, row.y))
        whole = Box(left, top, box.x + box.width - left, self._long(HEIGHT * scale))
        members = [*symbols, self._text(f"{name} word", (row.word,), corner, look)]
        return dml.group(self._named(name, f"Legend: {row.word}"), whole, members)

    def _kind_symbol(self, name: str, kind: KindMark, row: LegendRow, scale: float) -> Iterator[Element]:
        middle = row.x + 14 * scale, row.y + HEIGHT / 2 * scale
        border = self._stroke(self.picture.theme.border, 1.6 * scale)
        yield self._symbol(self._named(f"{name} symbol", decorative=True), kind, middle, 8.6 * scale, border)[
            0
        ]

    def _line_symbol(self, name: str, row: LegendRow, scale: float) -> Iterator[Element]:
        theme = self.picture.theme
        colour = theme.edges[row.sign] if row.sign else theme.line

        def at(x: float, y: float) -> Point:
            return self.place.at((row.x + x * scale, row.y + y * scale))

        dash = dml.DASHED if row.hedged else ""
        stroke = Stroke(colour, self._long(2.4 * scale), dash=dash, head=ARROWS[row.head])
        yield dml.connector(self._named(f"{name} line", decorative=True), at(2, 12), at(37, 12), stroke)
        marks = [(at(35, 4.5), at(35, 19.5))] if row.head is Head.BAR else []
        marks += [(at(13, 6), at(25, 18)), (at(25, 6), at(13, 18))] if row.negated else []
        if marks:
            box = dml.around(chain.from_iterable(marks))
            heavy = Stroke(colour, self._long(3.2 * scale))
            sign = self._named(f"{name} sign", decorative=True)
            geometry = dml.freeform(box, [(first, [(last,)]) for first, last in marks])
            yield dml.shape(sign, box, geometry, stroke=heavy)

    def _texts(self) -> Iterator[Element]:
        picture, theme = self.picture, self.picture.theme
        if picture.message:
            size = 2 * picture.legend_size
            look = Lettering(size, theme.muted, anchor=Anchor.MIDDLE)
            area = picture.area
            middle = area.x + area.width / 2, area.y + area.height / 2 - size
            yield self._text("message", (picture.message,), middle, look)
        yield from self._block("notes", picture.notes, theme.text, bold=True)
        yield from self._block("source", picture.caption, theme.muted)

    def _block(self, name: str, block: TextBlock, colour: str, *, bold: bool = False) -> Iterator[Element]:
        if block.lines:
            yield self._text(name, block.lines, (block.x, block.y), Lettering(block.size, colour, bold))

    def _text(self, name: str, lines: Sequence[str], at: Point, look: Lettering) -> Element:
        """Return a text box; `at` is on its upper edge, at the part of the text that the anchor names."""
        set_ = Lettering(self._long(look.size), look.colour, look.bold, look.anchor, look.backed)
        box = self._text_box(lines, at, look)
        return dml.shape(self._named(name), box, dml.preset("rect"), text=dml.body(lines, set_))

    def _text_box(self, lines: Sequence[str], at: Point, look: Lettering) -> Box:
        across = max(width(one_line(text), look.size) for text in lines) * (_BOLD if look.bold else 1.0)
        left = at[0] - {Anchor.START: 0.0, Anchor.MIDDLE: across / 2, Anchor.END: across}[look.anchor]
        return self.place.box(left, at[1], across, len(lines) * look.size * LINE)
