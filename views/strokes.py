"""The line and the head of a relation in slide coordinates: the head touches the outline of its target."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin

from views.picture import EdgeMark, Loop, NodeMark, Picture, Point
from views.routes import curve
from views.shapes import border, reach
from views.theme import Head

# The heads of vis-network, so that all formats show the same: tip at (0, 0), length 1, pointing to the right.
HEADS: dict[Head, tuple[Point, ...]] = {
    Head.ARROW: ((0.0, 0.0), (-1.0, 0.3), (-1.0, -0.3)),
    Head.BAR: ((0.0, 0.5), (0.0, -0.5), (-0.15, -0.5), (-0.15, 0.5)),
    Head.OPEN: ((0.0, 0.0), (-1.0, 0.3), (-0.5, 0.0), (-1.0, -0.3)),
}
_SHAFT_STOPS = {Head.ARROW: 0.9, Head.BAR: 0.1, Head.OPEN: 0.55, Head.NONE: 0.0}  # lengths before the tip
_ROUNDS = 3
_INSET = 0.92  # vis-network is told a box of this share of the shape


@dataclass(frozen=True, slots=True)
class Stroke:
    """A quadratic curve from the centre of the source, or the circle of a loop around `start`.

    `head` is empty for a relation without one; `cross` is where a negated relation carries its cross.
    """

    start: Point
    control: Point
    end: Point
    head: tuple[Point, ...]
    cross: Point
    circle: float = 0.0


def border_width(radius: float) -> float:
    """Return the width of the outline of a node."""
    return min(2.0, radius / 4)


def dashes(line_width: float) -> list[float]:
    """Return the lengths of dashes and gaps of a hedged relation, or of a dashed guide."""
    return [round(line_width * 4, 2), round(line_width * 2.6, 2)]


def head_scale(line_width: float) -> float:
    """Return vis-network's `scaleFactor` for the heads of lines of this width."""
    return max(0.3, 0.33 * line_width)


def head_length(line_width: float) -> float:
    """Return the length of a head, as vis-network reckons it."""
    return 15 * head_scale(line_width) + 3 * line_width


def stroke(picture: Picture, mark: EdgeMark) -> Stroke:
    """Return the lines of one relation."""
    source, target = picture.nodes[mark.source], picture.nodes[mark.target]
    length = head_length(picture.line_width)
    if mark.loop:
        return _loop(target, mark, mark.loop, length)
    start, centre = (source.x, source.y), (target.x, target.y)
    away = hypot(centre[0] - start[0], centre[1] - start[1]) or 1.0
    tip_t = _meeting(start, centre, mark.bend, target)
    base_t = max(0.0, tip_t - length / away)
    stop_t = tip_t - (tip_t - base_t) * _SHAFT_STOPS[mark.head]
    tip, base = (curve(start, centre, mark.bend, t) for t in (tip_t, base_t))
    middle = curve(start, centre, mark.bend, 0.5)
    bent = (2 * middle[0] - (start[0] + centre[0]) / 2, 2 * middle[1] - (start[1] + centre[1]) / 2)
    return Stroke(
        start=start,
        control=(start[0] + (bent[0] - start[0]) * stop_t, start[1] + (bent[1] - start[1]) * stop_t),
        end=curve(start, centre, mark.bend, stop_t),
        head=_head(mark.head, tip, atan2(tip[1] - base[1], tip[0] - base[0]), length),
        cross=middle,
    )


def loop_far(node: NodeMark, loop: Loop) -> float:
    """Return how far the centre of a loop's circle is from its node's: on the border of the node's box."""
    half_width, half_height = reach(node.kind.shape)
    level, steep = abs(cos(loop.angle)), abs(sin(loop.angle))
    box = min(half_width / max(level, 1e-9), half_height / max(steep, 1e-9))
    return box * node.radius * _INSET + border_width(node.radius)


def _meeting(start: Point, centre: Point, bend: float, target: NodeMark) -> float:
    """Return where along the curve it enters the outline of its target."""
    t = 0.9
    for _ in range(_ROUNDS):
        x, y = curve(start, centre, bend, t)
        dx, dy = x - centre[0], y - centre[1]
        away = hypot(dx, dy)
        if away < 1e-6:
            return 0.5
        t = max(0.02, 1 - (1 - t) * _outline(target, dx / away, dy / away) / away)
    return t


def _outline(node: NodeMark, x: float, y: float) -> float:
    return border(node.kind.shape, x, y) * node.radius + border_width(node.radius) / 2


def _loop(node: NodeMark, mark: EdgeMark, loop: Loop, length: float) -> Stroke:
    """Return the circle, entered by its head from the outer side where it leaves the outline clockwise."""
    far = loop_far(node, loop)
    way = (cos(loop.angle), -sin(loop.angle))
    centre = (node.x + way[0] * far, node.y + way[1] * far)
    inwards = atan2(-way[1], -way[0])
    low, high = 0.0, pi  # at `low` the point is the nearest to the node, at `high` the farthest
    for _ in range(12):
        turn = (low + high) / 2
        x, y = _on_circle(centre, loop.size, inwards + turn)
        dx, dy = x - node.x, y - node.y
        away = hypot(dx, dy) or 1.0
        low, high = (turn, high) if away < _outline(node, dx / away, dy / away) else (low, turn)
    tip = _on_circle(centre, loop.size, inwards + high)
    base = _on_circle(centre, loop.size, inwards + high + length / loop.size)
    return Stroke(
        start=centre,
        control=centre,
        end=centre,
        head=_head(mark.head, tip, atan2(tip[1] - base[1], tip[0] - base[0]), length),
        cross=(centre[0] + way[0] * loop.size, centre[1] + way[1] * loop.size),
        circle=loop.size,
    )


def _on_circle(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def _head(kind: Head, tip: Point, angle: float, length: float) -> tuple[Point, ...]:
    ahead, aside = cos(angle) * length, sin(angle) * length
    return tuple(
        (tip[0] + x * ahead - y * aside, tip[1] + x * aside + y * ahead) for x, y in HEADS.get(kind, ())
    )
