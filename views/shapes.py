"""The outline of each shape, once for every format: polygons around (0, 0) with a nominal radius of 1."""

from __future__ import annotations

from math import cos, pi, sin

from schema.kinds import Shape

Points = tuple[tuple[float, float], ...]


def _ring(corners: int, radius: float, turn: float = 0.0) -> Points:
    angles = (turn + 2 * pi * corner / corners for corner in range(corners))
    return tuple((round(radius * cos(a), 3), round(radius * sin(a), 3)) for a in angles)


def _star() -> Points:
    outer, inner = _ring(5, 1.25, -pi / 2), _ring(5, 0.56, -pi / 2 + pi / 5)
    return tuple(point for pair in zip(outer, inner, strict=True) for point in pair)


def _rectangle(half_width: float, half_height: float) -> Points:
    return (
        (-half_width, -half_height),
        (half_width, -half_height),
        (half_width, half_height),
        (-half_width, half_height),
    )


# Radii are chosen so that all shapes look equally large. No points: a circle of radius 1.
OUTLINES: dict[Shape, Points] = {
    Shape.CIRCLE: (),
    Shape.SQUARE: _rectangle(0.9, 0.9),
    Shape.DIAMOND: _ring(4, 1.2),
    Shape.TRIANGLE: ((0.0, -1.1), (1.12, 0.84), (-1.12, 0.84)),
    Shape.TRIANGLE_DOWN: ((0.0, 1.1), (-1.12, -0.84), (1.12, -0.84)),
    Shape.HEXAGON: _ring(6, 1.12),
    Shape.STAR: _star(),
    Shape.BOX: _rectangle(1.4, 0.72),
}


def reach(shape: Shape) -> tuple[float, float]:
    """Return half the width and half the height at a radius of 1."""
    points = OUTLINES[shape] or _rectangle(1, 1)
    return max(abs(x) for x, _ in points), max(abs(y) for _, y in points)


def border(shape: Shape, x: float, y: float) -> float:
    """Return how far the outline is from the centre towards the unit vector (x, y), at a radius of 1."""
    points = OUTLINES[shape]
    if not points:
        return 1.0
    farthest = 0.0
    for (ax, ay), (bx, by) in zip(points, (*points[1:], points[0]), strict=True):
        side_x, side_y = bx - ax, by - ay
        turn = x * side_y - y * side_x
        if abs(turn) < 1e-9:
            continue
        away, along = (ax * side_y - ay * side_x) / turn, (ax * y - ay * x) / turn
        if away > farthest and -1e-9 <= along <= 1 + 1e-9:
            farthest = away
    return farthest
