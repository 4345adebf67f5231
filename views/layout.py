"""Where the nodes stand: a seeded spring layout, packed, fitted to the slide and freed of overlaps.

The same nodes and links in the same order give the same places; callers sort both first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, sin, sqrt

import rustworkx as rx

from views.picture import Area, Point
from views.pivots import spread
from views.untangle import Box, overlaps, separate

_ITERATIONS = {60: 400, 400: 100, 2500: 4}  # up to this many nodes: rounds of the spring layout; else 2
_BY_CHANCE = 400  # up to this many nodes it begins at random places, above at those that the pivots give
_SPREAD = ((8, 0.0), (40, 0.3), (500, 0.55))  # up to this many nodes: how far crowds are evened out
_STRESS_PAIRS = 90_000
_LONGEST_STEP = 280.0
_STRETCH = 2.4
_WIDER = 1.5


@dataclass(frozen=True, slots=True)
class Placement:
    """The centres, in the order of the nodes, and how many pairs of boxes still overlap."""

    points: tuple[Point, ...]
    overlapping: int


def place(rough: Sequence[Point], boxes: Sequence[Box], area: Area) -> Placement:
    """Return a place in `area` for each box, as near to its place in the sketch as overlaps allow."""
    if not boxes:
        return Placement((), 0)
    fitted = _fit(rough, boxes, area)
    points = separate(fitted, boxes, area)
    rounded = tuple((round(x, 1), round(y, 1)) for x, y in points)
    return Placement(rounded, overlaps(rounded, boxes))


def sketch(count: int, links: Sequence[tuple[int, int]], seed: int) -> list[Point]:
    """Return rough places in units of one link; `links` are pairs of nodes, in the order of their meaning.

    Components stand apart in rows, and relations run from left to right more often than not.
    """
    if not count:
        return []
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data(sorted({(min(pair), max(pair)) for pair in links}))
    components = sorted((sorted(c) for c in rx.connected_components(graph)), key=lambda c: (-len(c), c))
    islands = [_island(graph.subgraph(members), len(members), seed) for members in components]
    places = _pack(components, islands, count)
    if sum(places[b][0] - places[a][0] for a, b in links) < 0:
        return [(-x, y) for x, y in places]
    return places


def _island(graph: rx.PyGraph, count: int, seed: int) -> list[Point]:
    """Lay out one component, its longer axis lying level."""
    if count == 1:
        return [(0.0, 0.0)]
    rounds = next((rounds for limit, rounds in _ITERATIONS.items() if count <= limit), 2)
    start = None if count <= _BY_CHANCE else _square(spread(graph, count))
    raw = rx.spring_layout(graph, pos=start, num_iter=rounds, seed=seed)
    points = [(float(raw[node][0]), float(raw[node][1])) for node in range(count)]
    if count * count < _STRESS_PAIRS / 4:
        points = _relax(points, _distances(graph, count), _STRESS_PAIRS // (count * count))
    else:
        points = _unit(points, graph)
    return _level(points)


def _square(points: list[Point]) -> dict[int, Point]:
    """Return the points by their place, within the square from -1 to 1."""
    reach = max(max(abs(x), abs(y)) for x, y in points)
    return {place: (x / reach, y / reach) for place, (x, y) in enumerate(points)}


def _distances(graph: rx.PyGraph, count: int) -> list[list[float]]:
    matrix = rx.distance_matrix(graph)
    return [[float(matrix[i][j]) for j in range(count)] for i in range(count)]


def _relax(points: list[Point], wanted: list[list[float]], rounds: int) -> list[Point]:
    """Bring the distances close to those in the graph (stress majorization, weights 1/d²)."""
    for _ in range(min(rounds, 120)):
        points = [_pulled(i, points, wanted[i]) for i in range(len(points))]
    return points


def _pulled(i: int, points: list[Point], wanted: list[float]) -> Point:
    x, y = points[i]
    sum_x = sum_y = weight = 0.0
    for j, (other_x, other_y) in enumerate(points):
        if i == j:
            continue
        away = hypot(x - other_x, y - other_y) or 1e-3
        share = 1 / wanted[j] ** 2
        pull = wanted[j] / away
        sum_x += share * (other_x + (x - other_x) * pull)
        sum_y += share * (other_y + (y - other_y) * pull)
        weight += share
    return sum_x / weight, sum_y / weight


def _unit(points: list[Point], graph: rx.PyGraph) -> list[Point]:
    """Scale so that the middle link has length 1."""
    lengths = sorted(
        hypot(points[a][0] - points[b][0], points[a][1] - points[b][1]) for a, b in graph.edge_list()
    )
    unit = lengths[len(lengths) // 2] or 1.0
    return [(x / unit, y / unit) for x, y in points]


def _level(points: list[Point]) -> list[Point]:
    """Turn the points so that their longer axis is horizontal, and centre them."""
    count = len(points)
    mid_x, mid_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    moved = [(x - mid_x, y - mid_y) for x, y in points]
    xx, yy = sum(x * x for x, _ in moved), sum(y * y for _, y in moved)
    xy = sum(x * y for x, y in moved)
    turn = -0.5 * atan2(2 * xy, xx - yy)
    return [(x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)) for x, y in moved]


def _pack(components: list[list[int]], islands: list[list[Point]], count: int) -> list[Point]:
    """Set the components into rows, about as wide as a slide is to its height."""
    sizes = [_extent(points) for points in islands]
    row_width = max(*(w for w, _ in sizes), sqrt(2.0 * sum(w * h for w, h in sizes)))
    places: list[Point] = [(0.0, 0.0)] * count
    for row, y in _rows(sizes, row_width):
        free = row_width - sum(sizes[i][0] for i in row)
        gap = free / (len(row) + 1)
        x = gap
        for i in row:
            w, h = sizes[i]
            tallest = max(sizes[k][1] for k in row)
            centre = x + w / 2, y + tallest / 2
            left, top = min(p[0] for p in islands[i]), min(p[1] for p in islands[i])
            for member, point in zip(components[i], islands[i], strict=True):
                places[member] = (
                    centre[0] - (w - 1) / 2 + point[0] - left,
                    centre[1] - (h - 1) / 2 + point[1] - top,
                )
            x += w + gap
    return places


def _extent(points: list[Point]) -> Point:
    """Return width and height with half a link of air on each side."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return max(xs) - min(xs) + 1, max(ys) - min(ys) + 1


def _rows(sizes: list[Point], limit: float) -> Iterator[tuple[list[int], float]]:
    row: list[int] = []
    used, y = 0.0, 0.0
    for i, (w, _) in enumerate(sizes):
        if row and used + w > limit + 1e-9:
            yield row, y
            y += max(sizes[k][1] for k in row)
            row, used = [], 0.0
        row.append(i)
        used += w
    yield row, y


def _fit(points: Sequence[Point], boxes: Sequence[Box], area: Area) -> list[Point]:
    """Stretch the places over the area, within measure, and centre them."""
    xs, ys = _spread([p[0] for p in points]), _spread([p[1] for p in points])
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    left, up = _middling(b.left for b in boxes), _middling(b.up for b in boxes)
    room_x = area.width - left - _middling(b.right for b in boxes)
    room_y = area.height - up - _middling(b.down for b in boxes)
    scale_x, scale_y = room_x / max(wide, 1e-9), room_y / max(high, 1e-9)
    least = min(scale_x, scale_y, _LONGEST_STEP)
    scale_x = min(scale_x, least * _STRETCH, _LONGEST_STEP * _WIDER)
    scale_y = min(scale_y, least * _STRETCH, _LONGEST_STEP)
    x0 = area.x + left + (room_x - wide * scale_x) / 2
    y0 = area.y + up + (room_y - high * scale_y) / 2
    low_x, low_y = min(xs), min(ys)
    return [(x0 + (x - low_x) * scale_x, y0 + (y - low_y) * scale_y) for x, y in zip(xs, ys, strict=True)]


def _middling(reaches: Iterable[float]) -> float:
    """Return the upper quartile: the few longer ones are drawn in afterwards."""
    ranked = sorted(reaches)
    return ranked[(3 * len(ranked)) // 4]


def _spread(values: list[float]) -> list[float]:
    """Even out crowds: each value goes part of the way to its rank; the order stays."""
    count = len(values)
    share = next((share for limit, share in _SPREAD if count <= limit), 0.8)
    low, wide = min(values), max(values) - min(values)
    ranks = dict.fromkeys(values, 0.0)
    for rank, value in enumerate(sorted(ranks)):
        ranks[value] = low + wide * rank / max(1, len(ranks) - 1)
    return [(1 - share) * value + share * ranks[value] for value in values]
