"""How relations run: parallel ones side by side, around nodes in the way, loops above their node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import atan2, hypot, pi

from views.picture import Area, Loop, Point
from views.sides import Edges, around, meet
from views.text import width
from views.untangle import Box

TAG_SIZE = 16.0
_STRIDE = 20.0
_SHAPE_COST = 3.0  # what a point inside a shape weighs against one inside its label
_DETOURS = (24.0, -24.0, 40.0, -40.0, 60.0, -60.0, 90.0, -90.0)
_DETOUR_COST = 0.02  # what a pixel of bend weighs against a sample point inside another node
_CHECKS = 6_000  # relations x nodes up to which detours are sought
_TAG_PLACES = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72)
_LOOP_ANGLES = (pi / 4, 3 * pi / 4)


Path = tuple[Point, Point, float]


def curve(start: Point, end: Point, bend: float, t: float) -> Point:
    """Return the point at `t` of the quadratic curve whose middle stands `bend` to the right of the line."""
    away = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    off = 4 * t * (1 - t) * bend
    return (
        start[0] + (end[0] - start[0]) * t - (end[1] - start[1]) / away * off,
        start[1] + (end[1] - start[1]) * t + (end[0] - start[0]) / away * off,
    )


def bends(
    ends: Sequence[tuple[int, int]],
    points: Sequence[Point],
    boxes: Sequence[Box],
    area: Area,
    *,
    gap: float,
    given: Mapping[tuple[int, int], float],
    blocked: Sequence[Edges] = (),
) -> list[float]:
    """Return the bend of each relation; parallel ones are `gap` pixels apart, in the order given.

    `given` are bends that an arrangement decided, for pairs of nodes, the lower place first; `blocked` are
    rectangles to keep clear of beside the nodes.
    """
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, (a, b) in enumerate(ends):
        if a != b:
            groups[min(a, b), max(a, b)].append(place)
    seek = len(ends) * len(points) <= _CHECKS
    found = [0.0] * len(ends)
    for (a, b), members in groups.items():
        start, end = points[a], points[b]
        away = hypot(end[0] - start[0], end[1] - start[1])
        step = min(gap, 0.7 * away / len(members))
        shift = given.get((a, b), 0.0)
        if seek and (a, b) not in given:
            shift = _detour(a, b, points, boxes, area=area, blocked=blocked)
        for rank, place in enumerate(members):
            bend = (rank - (len(members) - 1) / 2) * step + shift
            found[place] = round(bend if ends[place][0] == a else -bend, 1) + 0.0
    return found


def loops(
    ends: Sequence[tuple[int, int]], points: Sequence[Point], above: Sequence[bool], radius: float
) -> list[Loop | None]:
    """Return the circle of each relation that returns to its own node; several take other sides, then grow.

    A circle stands on the side without the label (`above`), where fewest relations leave.
    """
    seen: dict[int, int] = defaultdict(int)
    found: list[Loop | None] = []
    for a, b in ends:
        if a != b:
            found.append(None)
            continue
        leaving = [
            atan2(points[a][1] - points[d][1], points[d][0] - points[a][0])
            for c, d in (*ends, *((d, c) for c, d in ends))
            if c == a != d
        ]
        sides = [-angle for angle in _LOOP_ANGLES] if above[a] else list(_LOOP_ANGLES)
        sides.sort(key=lambda side: -min((_apart(side, way) for way in leaving), default=pi))
        size = radius * (1.3 + 0.5 * (seen[a] // 2))
        found.append(Loop(round(size, 1), round(sides[seen[a] % 2], 4)))
        seen[a] += 1
    return found


def _apart(one: float, other: float) -> float:
    away = abs(one - other) % (2 * pi)
    return min(away, 2 * pi - away)


def tags(
    paths: Sequence[Path | None], words: Sequence[str], taken: Sequence[Edges], area: Area, *, scale: float
) -> list[float | None]:
    """Return where along its path (0 to 1) each relation's words stand, None where no place is free.

    `taken` are the rectangles to keep clear of: nodes with labels, and the crosses of negated relations.
    """
    full = list(taken)
    found: list[float | None] = []
    for path, text in zip(paths, words, strict=True):
        t = _free_place(path, text, full, area, scale) if path else None
        if path and t:
            full.append(_rectangle(curve(*path, t), text, scale))
        found.append(t)
    return found


def cross(path: Path) -> Edges:
    """Return the room of the cross in the middle of a negated relation."""
    return around(curve(*path, 0.5), Box(11, 11, 11, 11))


def _free_place(path: Path, text: str, taken: list[Edges], area: Area, scale: float) -> float | None:
    for t in _TAG_PLACES:
        place = _rectangle(curve(*path, t), text, scale)
        inside = area.x < place[0] and place[1] < area.x + area.width and area.y < place[2]
        if inside and not any(meet(place, other) for other in taken):
            return t
    return None


def _rectangle(centre: Point, text: str, scale: float) -> Edges:
    half, high = width(text, TAG_SIZE * scale) / 2 + 4 * scale, 11 * scale
    return centre[0] - half, centre[0] + half, centre[1] - high, centre[1] + high


def _detour(
    a: int,
    b: int,
    points: Sequence[Point],
    boxes: Sequence[Box],
    *,
    area: Area,
    blocked: Sequence[Edges],
) -> float:
    """Return the bend that passes few other nodes and is not large."""
    start, end = points[a], points[b]
    others = _obstacles(a, b, points, boxes)
    if not others:
        return 0.0
    others += [(edges, _SHAPE_COST) for edges in blocked]
    low, high = area.y + 4, area.y + area.height - 4
    best, least = 0.0, _hits(start, end, 0.0, others)
    for bend in _DETOURS:
        cost = abs(bend) * _DETOUR_COST
        if cost >= least:
            break
        if not low < curve(start, end, bend, 0.5)[1] < high:
            continue
        cost += _hits(start, end, bend, others)
        if cost < least:
            best, least = bend, cost
    return best


Obstacle = tuple[Edges, float]


def _obstacles(a: int, b: int, points: Sequence[Point], boxes: Sequence[Box]) -> list[Obstacle]:
    """Return labels and shapes that the widest detour could meet, and what a point inside them weighs."""
    (ax, ay), (bx, by) = points[a], points[b]
    away = hypot(bx - ax, by - ay) or 1.0
    found: list[Obstacle] = []
    for k, ((x, y), box) in enumerate(zip(points, boxes, strict=True)):
        if k in {a, b}:
            continue
        off = abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / away
        along = ((bx - ax) * (x - ax) + (by - ay) * (y - ay)) / away
        reach = max(box.left, box.right, box.up, box.down)
        if off < _DETOURS[-2] + reach and -reach < along < away + reach:
            half = min(box.up, box.down) + 2
            found.append((around((x, y), box, 2.0), 1.0))
            found.append((around((x, y), Box(half, half, half, half)), _SHAPE_COST))
    return found


def _hits(start: Point, end: Point, bend: float, others: list[Obstacle]) -> float:
    """Return the weight of what a curve runs through, by points some `_STRIDE` pixels apart."""
    count = max(14, int(hypot(end[0] - start[0], end[1] - start[1]) / _STRIDE))
    stride = 14 / count
    along = [curve(start, end, bend, step / count) for step in range(1, count)]
    return stride * sum(
        weight
        for (left, right, top, bottom), weight in others
        for x, y in along
        if left < x < right and top < y < bottom
    )
