"""Boxes pushed apart until none overlaps another, each as near to its place as it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import hypot

from views.picture import Area, Point

AIR = ((120, 6.0), (600, 4.0))  # up to this many boxes: pixels kept free between two; else 2
_STEP = 8.0
_LOOSEN = 5  # every so many rounds pairs are pushed along the longer way
_EFFORT = 1_200_000
_SETTLED = 500  # up to this many boxes, those that cannot be pushed free are moved to the nearest gap


@dataclass(frozen=True, slots=True)
class Box:
    """How far a node with its label reaches from the node's centre."""

    left: float
    right: float
    up: float
    down: float


def separate(points: Sequence[Point], boxes: Sequence[Box], area: Area) -> list[Point]:
    """Return places inside `area` without overlaps where there is room for that."""
    places = _clamped(list(points), boxes, area)
    places = _pushed(places, boxes, area)
    if len(boxes) <= _SETTLED and overlaps(places, boxes):
        places = _resettled(places, boxes, area)
    if len(boxes) <= 80 and overlaps(places, boxes):
        places = _gridded(points, boxes, area) or places
    return places


def overlaps(points: Sequence[Point], boxes: Sequence[Box]) -> int:
    """Return how many pairs of boxes overlap."""
    return sum(1 for _ in _touching(points, boxes, 0.0))


def _touching(
    points: Sequence[Point], boxes: Sequence[Box], air: float
) -> Iterator[tuple[int, int, float, float]]:
    """Yield each overlapping pair and how deep it is in x and y, by a sweep from left to right."""
    edges = [
        (x - b.left - air / 2, x + b.right + air / 2, y - b.up - air / 2, y + b.down + air / 2)
        for (x, y), b in zip(points, boxes, strict=True)
    ]
    order = sorted(range(len(edges)), key=lambda i: (edges[i][0], i))
    active: list[int] = []
    for i in order:
        left, right, top, bottom = edges[i]
        active = [j for j in active if edges[j][1] > left]
        for j in active:
            _, other_right, other_top, other_bottom = edges[j]
            if other_top >= bottom or top >= other_bottom:
                continue
            deep_y = min(bottom, other_bottom) - max(top, other_top)
            if deep_y > 1e-6:
                yield j, i, min(right, other_right) - left, deep_y
        active.append(i)


def _pushed(places: list[Point], boxes: Sequence[Box], area: Area) -> list[Point]:
    """Push pairs apart along the shorter way, round after round; the larger box moves less.

    Jams are loosened by a round across now and then, and by asking for less air towards the end.
    """
    rounds = max(14, min(400, _EFFORT // max(1, len(boxes) ** 2)))
    air = next((air for limit, air in AIR if len(boxes) <= limit), 2.0)
    for turn in range(rounds):
        across = turn % _LOOSEN == _LOOSEN - 1
        moves = _moves(places, boxes, air * (1 - 0.6 * turn / rounds), across=across)
        if not moves:
            break
        for i, (dx, dy) in moves.items():
            places[i] = (places[i][0] + 0.7 * dx, places[i][1] + 0.7 * dy)
        places = _clamped(places, boxes, area)
    return places


def _moves(
    places: Sequence[Point], boxes: Sequence[Box], air: float, *, across: bool
) -> dict[int, list[float]]:
    sizes = [(b.left + b.right) * (b.up + b.down) for b in boxes]
    moves: dict[int, list[float]] = {}
    for i, j, deep_x, deep_y in _touching(places, boxes, air):
        axis = int((deep_x < deep_y * 1.15) == across)
        middle_i, middle_j = _middle(places[i], boxes[i])[axis], _middle(places[j], boxes[j])[axis]
        deep = (deep_x, deep_y)[axis] + 1
        way = min(deep, 2 * _STEP) if across else deep
        way = -way if (middle_i, i) < (middle_j, j) else way
        share = sizes[j] / (sizes[i] + sizes[j])
        moves.setdefault(i, [0.0, 0.0])[axis] += way * share
        moves.setdefault(j, [0.0, 0.0])[axis] -= way * (1 - share)
    return moves


def _middle(point: Point, box: Box) -> Point:
    return point[0] + (box.right - box.left) / 2, point[1] + (box.down - box.up) / 2


def _clamped(places: list[Point], boxes: Sequence[Box], area: Area) -> list[Point]:
    return [
        (
            min(max(x, area.x + b.left), area.x + area.width - b.right),
            min(max(y, area.y + b.up), area.y + area.height - b.down),
        )
        for (x, y), b in zip(places, boxes, strict=True)
    ]


def _resettled(places: list[Point], boxes: Sequence[Box], area: Area) -> list[Point]:
    """Move the smaller box of each pair that still overlaps to the nearest free place."""
    places = list(places)
    size = [(b.left + b.right) * (b.up + b.down) for b in boxes]
    pairs = [(i, j) for i, j, _, _ in _touching(places, boxes, 0.0)]
    for i in sorted({min(pair, key=lambda k: (size[k], k)) for pair in pairs}):
        free = _nearest_free(i, places, boxes, area)
        if free is not None:
            places[i] = free
    return places


def _nearest_free(i: int, places: list[Point], boxes: Sequence[Box], area: Area) -> Point | None:
    box, (home_x, home_y) = boxes[i], places[i]
    others = [
        (x - b.left - box.right, x + b.right + box.left, y - b.up - box.down, y + b.down + box.up)
        for k, ((x, y), b) in enumerate(zip(places, boxes, strict=True))
        if k != i
    ]
    left, right = area.x + box.left, area.x + area.width - box.right
    top, bottom = area.y + box.up, area.y + area.height - box.down
    for dx, dy in _steps():
        x, y = home_x + dx, home_y + dy
        inside = left <= x <= right and top <= y <= bottom
        if inside and not any(a < x < b and c < y < d for a, b, c, d in others):
            return x, y
    return None


@cache
def _steps() -> tuple[Point, ...]:
    """Return the ways to try, nearest first."""
    span = range(-80, 81)
    ways = ((column * _STEP, row * _STEP) for row in span for column in span)
    return tuple(sorted(ways, key=lambda way: (hypot(*way), way)))


def _gridded(points: Sequence[Point], boxes: Sequence[Box], area: Area) -> list[Point] | None:
    """Set the boxes into equal cells, row by row in the order of their places; None without room."""
    cell_w = max(b.left for b in boxes) + max(b.right for b in boxes) + 1
    cell_h = max(b.up for b in boxes) + max(b.down for b in boxes) + 1
    columns, rows = int(area.width // cell_w), int(area.height // cell_h)
    if columns * rows < len(boxes):
        return None
    rows = -(-len(boxes) // columns)
    by_height = sorted(range(len(boxes)), key=lambda i: (points[i][1], points[i][0], i))
    places: list[Point] = [(0.0, 0.0)] * len(boxes)
    for row in range(rows):
        members = sorted(by_height[row * columns : (row + 1) * columns], key=lambda i: (points[i][0], i))
        for column, i in enumerate(members):
            x = area.x + (column + 0.5) * area.width / len(members)
            y = area.y + row * area.height / rows + max(b.up for b in boxes)
            places[i] = (x, y)
    return _clamped(places, boxes, area)
