"""Where the line of a relation runs on a slide: from site to site, so that a connector can be glued there."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, cos, hypot, pi, sin

from views.autoshapes import AUTOSHAPES
from views.picture import EdgeMark, Loop, NodeMark, Picture, Point
from views.routes import curve
from views.shapes import border
from views.strokes import loop_far
from views.theme import Head

_ARM = 2.8  # half the length of a bar, in widths of the line
_BAR_BEFORE = 2.2  # how far before the outline a bar stands, in widths of the line
_CROSS = 0.6  # half the size of a cross, in radii of a node
_ROUNDS = 6

Strokes = tuple[tuple[Point, Point], ...]
Cubic = tuple[Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Wire:
    """A line from `start` to `end`: straight and glued at `sites`, or free and curved, in cubic pieces.

    `marks` are the straight strokes of its bar and its cross.
    """

    start: Point
    end: Point
    sites: tuple[int, int] | None
    pieces: tuple[Cubic, ...] = ()
    marks: Strokes = ()


def wire(picture: Picture, mark: EdgeMark) -> Wire:
    """Return the line of one relation."""
    source, target = picture.nodes[mark.source], picture.nodes[mark.target]
    if mark.loop:
        return _loop(picture, source, mark, mark.loop)
    a, b = (source.x, source.y), (target.x, target.y)
    if not mark.bend:
        first, start = _site(source, b)
        last, end = _site(target, a)
        crossed = _cross(_share(start, end, 0.5), source.radius) if mark.negated else ()
        return Wire(start, end, (first, last), (), (*_bar(picture, mark, start, end), *crossed))
    middle = curve(a, b, mark.bend, 0.5)
    crossed = _cross(middle, source.radius) if mark.negated else ()
    pull = (2 * middle[0] - (a[0] + b[0]) / 2, 2 * middle[1] - (a[1] + b[1]) / 2)
    piece = _part(a, pull, b, _leaving(a, b, mark.bend, source), 1 - _leaving(b, a, -mark.bend, target))
    start, control, end = piece
    curved = ((_share(start, control, 2 / 3), _share(end, control, 2 / 3), end),)
    return Wire(start, end, None, curved, (*_bar(picture, mark, control, end), *crossed))


def _leaving(start: Point, end: Point, bend: float, node: NodeMark) -> float:
    """Return where along the curve it leaves the outline of the node in which it begins."""
    t = 0.1
    for _ in range(_ROUNDS):
        x, y = curve(start, end, bend, t)
        away = hypot(x - start[0], y - start[1])
        if away < 1e-6:
            return 0.0
        way = (x - start[0]) / away, (y - start[1]) / away
        t = min(0.45, t * border(node.kind.shape, *way) * node.radius / away)
    return t


def _part(a: Point, control: Point, b: Point, first: float, last: float) -> tuple[Point, Point, Point]:
    """Return the part of a quadratic curve from `first` to `last`."""

    def at(one: float, other: float) -> Point:
        return _share(_share(a, control, one), _share(control, b, one), other)

    return at(first, first), at(first, last), at(last, last)


def _site(node: NodeMark, towards: Point) -> tuple[int, Point]:
    shape = AUTOSHAPES[node.kind.shape]
    label = (-1.0 if node.label_above else 1.0) if node.label else 0.0
    number = shape.site((towards[0] - node.x, towards[1] - node.y), label)
    x, y = shape.sites[number]
    return number, (node.x + x * node.radius, node.y + y * node.radius)


def _share(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _bar(picture: Picture, mark: EdgeMark, before: Point, end: Point) -> Strokes:
    """Return the bar across the line that comes from `before`, a little before its end."""
    if mark.head is not Head.BAR:
        return ()
    away = hypot(end[0] - before[0], end[1] - before[1]) or 1.0
    x, y = (end[0] - before[0]) / away, (end[1] - before[1]) / away
    back, arm = _BAR_BEFORE * picture.line_width, _ARM * picture.line_width + 1
    middle = end[0] - back * x, end[1] - back * y
    return (((middle[0] - arm * y, middle[1] + arm * x), (middle[0] + arm * y, middle[1] - arm * x)),)


def _cross(middle: Point, radius: float) -> Strokes:
    x, y = middle
    arm = _CROSS * radius
    return ((x - arm, y - arm), (x + arm, y + arm)), ((x + arm, y - arm), (x - arm, y + arm))


def _loop(picture: Picture, node: NodeMark, mark: EdgeMark, loop: Loop) -> Wire:
    """Return the circle without the part that the node covers, in four pieces, clockwise."""
    far = loop_far(node, loop)
    centre = (node.x + cos(loop.angle) * far, node.y - sin(loop.angle) * far)
    covered = (far**2 + loop.size**2 - node.radius**2) / (2 * far * loop.size)
    hidden = acos(max(-1.0, min(1.0, covered)))  # by the law of cosines, as if the node were round
    inward = pi - loop.angle  # on the screen y runs down
    step = (2 * pi - 2 * hidden) / 4
    turns = [inward + hidden + step * piece for piece in range(5)]
    points = [(centre[0] + loop.size * cos(turn), centre[1] + loop.size * sin(turn)) for turn in turns]
    pull = 4 / 3 * (1 - cos(step / 2)) / sin(step / 2) * loop.size
    pieces = tuple(
        (
            (points[i][0] - pull * sin(turns[i]), points[i][1] + pull * cos(turns[i])),
            (points[i + 1][0] + pull * sin(turns[i + 1]), points[i + 1][1] - pull * cos(turns[i + 1])),
            points[i + 1],
        )
        for i in range(4)
    )
    crossed = _cross(points[2], node.radius) if mark.negated else ()
    marks = (*_bar(picture, mark, pieces[-1][1], points[-1]), *crossed)
    return Wire(points[0], points[-1], None, pieces, marks)
