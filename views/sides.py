"""Whether a label stands under or above its node: where fewer relations run."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from views.picture import Area, Point
from views.untangle import Box

_STEEP = 0.3  # how much more relations must leave below than above for a label to stand above

Edges = tuple[float, float, float, float]  # left, right, top, bottom
Links = Sequence[tuple[int, int]]


def first_guess(rough: Sequence[Point], links: Links) -> tuple[bool, ...]:
    """Tell for each node of a sketch whether its label stands above, because its relations leave below."""
    pull = [0.0] * len(rough)
    for a, b in sorted({(min(pair), max(pair)) for pair in links}):
        (ax, ay), (bx, by) = rough[a], rough[b]
        steep = (by - ay) / (hypot(bx - ax, by - ay) or 1.0)
        pull[a] += steep
        pull[b] -= steep
    return tuple(value > _STEEP for value in pull)


def improved(
    points: Sequence[Point], boxes: Sequence[Box], above: Sequence[bool], links: Links, area: Area
) -> tuple[bool, ...]:
    """Turn each label that fewer relations would cross on the other side, where that side is free."""
    lines = [(points[a], points[b]) for a, b in sorted({(min(pair), max(pair)) for pair in links})]
    sides = list(above)
    taken = [around(point, box) for point, box in zip(points, boxes, strict=True)]
    for i, (point, box) in enumerate(zip(points, boxes, strict=True)):
        turned = around(point, Box(box.left, box.right, box.down, box.up))
        if not _inside(turned, area) or any(meet(turned, t) for k, t in enumerate(taken) if k != i):
            continue
        here, there = _label(point, taken[i], above=sides[i]), _label(point, turned, above=not sides[i])
        if _crossings(there, lines) < _crossings(here, lines):
            sides[i], taken[i] = not sides[i], turned
    return tuple(sides)


def around(point: Point, box: Box, air: float = 0.0) -> Edges:
    """Return the edges of a box at its place, with some air."""
    left, right, up, down = box.left + air, box.right + air, box.up + air, box.down + air
    return point[0] - left, point[0] + right, point[1] - up, point[1] + down


def meet(one: Edges, other: Edges) -> bool:
    """Tell whether two rectangles overlap."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _inside(edges: Edges, area: Area) -> bool:
    left, right, top, bottom = edges
    return (
        area.x <= left and right <= area.x + area.width and area.y <= top and bottom <= area.y + area.height
    )


def _label(point: Point, edges: Edges, *, above: bool) -> Edges:
    """Return the part of the box on the label's side of the node's centre."""
    left, right, top, bottom = edges
    return (left, right, top, point[1]) if above else (left, right, point[1], bottom)


def _crossings(edges: Edges, lines: Sequence[tuple[Point, Point]]) -> int:
    return sum(1 for start, end in lines if _crosses(edges, start, end))


def _crosses(edges: Edges, start: Point, end: Point) -> bool:
    """Tell whether a line runs through a rectangle (Liang and Barsky's clipping)."""
    left, right, top, bottom = edges
    first, last = 0.0, 1.0
    for way, low, high in (
        (end[0] - start[0], left - start[0], right - start[0]),
        (end[1] - start[1], top - start[1], bottom - start[1]),
    ):
        if way == 0:
            if low > 0 or high < 0:
                return False
            continue
        near, far = sorted((low / way, high / way))
        first, last = max(first, near), min(last, far)
    return first < last - 1e-9
