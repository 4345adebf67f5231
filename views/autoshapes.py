"""The outlines as PowerPoint's own shapes, with the sites on which connectors can be glued to them."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, pi

from schema.kinds import Shape
from views.picture import Point
from views.shapes import OUTLINES

_SIDES = ((0, -1), (-1, 0), (0, 1), (1, 0))
_ASIDE = 0.3
_DIAGONAL = 0.5**0.5


@dataclass(frozen=True, slots=True)
class Autoshape:
    """A shape of PowerPoint's library: box (left, top, right, bottom) and sites around (0, 0), radius 1.

    The places of the sites in the list are their numbers (ECMA-376, presetShapeDefinitions.xml).
    """

    preset: str
    box: tuple[float, float, float, float]
    sites: tuple[Point, ...]
    adjust: tuple[tuple[str, int], ...] = ()

    def site(self, way: Point, label: float = 0.0) -> int:
        """Return the number of the site nearest to the direction `way`.

        The site right under or above the shape is left to a label there: `label` is 1 or -1.
        """
        free = [i for i, (x, y) in enumerate(self.sites) if not (label and abs(x) < _ASIDE and y * label > 0)]
        return min(free, key=lambda i: (round(_turn(self.sites[i], way), 6), i))


def _turn(one: Point, other: Point) -> float:
    away = abs(atan2(one[1], one[0]) - atan2(other[1], other[0])) % (2 * pi)
    return min(away, 2 * pi - away)


def _made(shape: Shape, preset: str, sites: tuple[Point, ...], **adjust: int) -> Autoshape:
    """Take the box from the outline; `sites` count from its middle, in halves of its width and height."""
    points = OUTLINES[shape] or ((-1.0, -1.0), (1.0, 1.0))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    middle, half = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
    placed = tuple((middle[0] + x * half[0], middle[1] + y * half[1]) for x, y in sites)
    return Autoshape(preset, (left, top, right, bottom), placed, tuple(adjust.items()))


_STAR = OUTLINES[Shape.STAR]

AUTOSHAPES: dict[Shape, Autoshape] = {
    Shape.CIRCLE: _made(
        Shape.CIRCLE,
        "ellipse",
        (
            (0, -1),
            (-_DIAGONAL, -_DIAGONAL),
            (-1, 0),
            (-_DIAGONAL, _DIAGONAL),
            (0, 1),
            (_DIAGONAL, _DIAGONAL),
            (1, 0),
            (_DIAGONAL, -_DIAGONAL),
        ),
    ),
    Shape.SQUARE: _made(Shape.SQUARE, "rect", _SIDES),
    Shape.BOX: _made(Shape.BOX, "rect", _SIDES),
    Shape.DIAMOND: _made(Shape.DIAMOND, "diamond", _SIDES),
    Shape.TRIANGLE: _made(
        Shape.TRIANGLE, "triangle", ((0, -1), (-0.5, 0), (-1, 1), (0, 1), (1, 1), (0.5, 0))
    ),
    Shape.TRIANGLE_DOWN: _made(Shape.TRIANGLE_DOWN, "flowChartMerge", ((0, -1), (-0.5, 0), (0, 1), (0.5, 0))),
    Shape.HEXAGON: _made(
        Shape.HEXAGON,
        "hexagon",
        ((1, 0), (0.5, 1), (-0.5, 1), (-1, 0), (-0.5, -1), (0.5, -1)),
        adj=28_868,  # a regular one
        vf=115_470,
    ),
    Shape.STAR: Autoshape(
        "star5",
        (_STAR[8][0], _STAR[0][1], _STAR[2][0], _STAR[4][1]),
        (_STAR[0], _STAR[8], _STAR[6], _STAR[4], _STAR[2]),
        (("adj", 22_400), ("hf", 105_146), ("vf", 110_557)),
    ),
}
