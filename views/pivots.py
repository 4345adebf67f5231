"""A rough layout of a large component in a fraction of a second, by the distances to a few pivots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import cos, hypot, pi, sin

import rustworkx as rx

from views.picture import Point

PIVOTS = 16
_ROUNDS = 40
_RELAXED = 10
_GOLDEN = pi * (3 - 5**0.5)
_JITTER = 0.35  # in units of one link, so that leaves of one hub do not coincide

Row = Sequence[float]
Term = tuple[int, float, float]  # another node, the distance wanted, its weight


def spread(graph: rx.PyGraph, count: int) -> list[Point]:
    """Return places in units of one link; the graph must be connected.

    Classical scaling (Brandes and Pich, 2007), then stress over links and pivots (Ortmann et al., 2016).
    """
    distances = _distances(graph, count)
    columns = _centred(distances, count)
    first = _axis(columns, [])
    along = [_shares(columns, axis, count) for axis in (first, _axis(columns, [first]))]
    points = [
        (x + _JITTER * cos(i * _GOLDEN), y + _JITTER * sin(i * _GOLDEN))
        for i, (x, y) in enumerate(zip(*along, strict=True))
    ]
    terms = _terms(graph, count, distances)
    points = _sized(points, terms)
    for _ in range(_RELAXED):
        for i in range(count):
            points[i] = _pulled(points[i], points, terms[i])
    return points


def _terms(graph: rx.PyGraph, count: int, distances: Sequence[Sequence[int]]) -> list[list[Term]]:
    """Return for each node its neighbours and the pivots, each with the weight of the nodes around it."""
    nearest = Counter(min(range(len(distances)), key=lambda k: distances[k][i]) for i in range(count))
    pivots = [(away.index(0), nearest[k], away) for k, away in enumerate(distances)]
    return [
        [(j, 1.0, 1.0) for j in sorted(graph.neighbors(i))]
        + [(pivot, float(away[i]), size / away[i] ** 2) for pivot, size, away in pivots if away[i] > 1]
        for i in range(count)
    ]


def _sized(points: Sequence[Point], terms: Sequence[Sequence[Term]]) -> list[Point]:
    """Scale so that distances are near to those wanted."""
    wanted = found = 0.0
    for (x, y), near in zip(points, terms, strict=True):
        for j, distance, weight in near:
            away = hypot(x - points[j][0], y - points[j][1])
            wanted += weight * distance * away
            found += weight * away * away
    scale = wanted / (found or 1.0)
    return [(x * scale, y * scale) for x, y in points]


def _pulled(point: Point, points: Sequence[Point], terms: Sequence[Term]) -> Point:
    x, y = point
    sum_x = sum_y = total = 0.0
    for j, distance, weight in terms:
        other_x, other_y = points[j]
        way_x, way_y = x - other_x, y - other_y
        pull = distance / (hypot(way_x, way_y) or 1e-3)
        sum_x += weight * (other_x + way_x * pull)
        sum_y += weight * (other_y + way_y * pull)
        total += weight
    return sum_x / total, sum_y / total


def _distances(graph: rx.PyGraph, count: int) -> list[list[int]]:
    """Return the steps from each pivot to all nodes; each pivot is the node farthest from those before."""
    pivot = max(range(count), key=lambda i: (graph.degree(i), -i))
    least, found = [count] * count, []
    for _ in range(min(PIVOTS, count)):
        away = [0] * count
        for steps, layer in enumerate(rx.bfs_layers(graph, [pivot])):
            for node in layer:
                away[node] = steps
        found.append(away)
        least = [min(pair) for pair in zip(least, away, strict=True)]
        pivot = max(range(count), key=lambda i: (least[i], -i))
    return found


def _centred(distances: Sequence[Sequence[int]], count: int) -> list[list[float]]:
    """Return the squared distances, centred both ways, a list for each pivot."""
    squares = [[float(d * d) for d in away] for away in distances]
    by_pivot = [sum(row) / count for row in squares]
    by_node = [sum(values) / len(squares) for values in zip(*squares, strict=True)]
    whole = sum(by_pivot) / len(by_pivot)
    return [
        [-(square - mine - of_pivot + whole) / 2 for square, mine in zip(row, by_node, strict=True)]
        for row, of_pivot in zip(squares, by_pivot, strict=True)
    ]


def _axis(columns: Sequence[Row], found: Sequence[Row]) -> list[float]:
    """Return the next principal axis over the pivots, by power iteration."""
    products = [[sum(map(float.__mul__, a, b)) for b in columns] for a in columns]
    vector = [1.0 + place for place in range(len(columns))]
    for _ in range(_ROUNDS):
        vector = [sum(p * v for p, v in zip(row, vector, strict=True)) for row in products]
        for other in found:
            shared = sum(a * b for a, b in zip(vector, other, strict=True))
            vector = [a - shared * b for a, b in zip(vector, other, strict=True)]
        size = hypot(*vector) or 1.0
        vector = [value / size for value in vector]
    return vector


def _shares(columns: Sequence[Row], axis: Row, count: int) -> list[float]:
    """Return the coordinate of each node along an axis, in units of one link more or less."""
    values = [sum(a * row[i] for a, row in zip(axis, columns, strict=True)) for i in range(count)]
    size = hypot(*values) or 1.0
    return [value / size * count**0.5 for value in values]
