"""Which labels stand, in how many lines, and where: the largest setting that covers nothing is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from views.frame import POINT
from views.layout import place
from views.picture import Area, Point
from views.sides import Edges, around, first_guess, improved, meet
from views.text import LINE, width, wrap
from views.untangle import Box

HUBS = 30
LABEL_GAP = 3.0
_BESIDE = 0.25  # air beside a label in font sizes, so that two do not read as one
# Up to so many nodes: size of the labels. Above the last only hubs have one, of the last size.
_FONTS = ((40, 18 * POINT), (50, 14 * POINT), (80, 12 * POINT))
_RADII = ((40, 13.0), (80, 10.0), (200, 8.5), (500, 6.5), (1000, 5.0), (2500, 3.8))
_SMALLEST_RADIUS = 3.0
# Most lines of a label and their width in font sizes, from the roomiest.
SETTINGS = ((3, 9.0), (2, 9.0), (2, 7.6), (2, 6.6), (1, 7.6), (1, 5.6), (1, 4.2))
_HELD = 500  # up to this many nodes, bare nodes are moved away from the labels of hubs
_FULL = 0.72  # share of the area beyond which boxes cannot be freed of each other
_ROOMY = 16  # up to this many nodes the roomiest setting is tried

Label = tuple[str, ...]
Reach = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Places, labels (empty: hidden) and boxes, in the order of the nodes."""

    points: tuple[Point, ...]
    labels: tuple[Label, ...]
    boxes: tuple[Box, ...]
    above: tuple[bool, ...]

    @property
    def hidden(self) -> int:
        """How many labels do not stand."""
        return sum(1 for label in self.labels if not label)


def font_size(count: int) -> float:
    """Return the size of the labels in pixels."""
    return next((size for limit, size in _FONTS if count <= limit), _FONTS[-1][1])


def radius(count: int) -> float:
    """Return the nominal radius of the shapes in pixels."""
    return next((size for limit, size in _RADII if count <= limit), _SMALLEST_RADIUS)


def crowded(count: int) -> bool:
    """Tell whether only hubs are labelled."""
    return count > _FONTS[-1][0]


def standing(
    points: Sequence[Point],
    labels: Sequence[Label],
    reaches: Sequence[Reach],
    links: Sequence[tuple[int, int]],
    *,
    font: float,
    above: Container[int] = (),
) -> Labelled:
    """Return labels that stand under their nodes, or above them, without those that would cover another."""
    setting = Setting(reaches, tuple(i in above for i in range(len(points))), font)
    kept = without_collisions(points, labels, setting, ranked(len(points), links))
    return Labelled(tuple(points), kept, setting.boxes(kept), setting.above)


def boxed(reach: Reach, lines: Label, font: float) -> Box:
    """Return the box of a node with its label under it."""
    return Setting((reach,), (False,), font).box(0, lines)


def ranked(count: int, links: Sequence[tuple[int, int]]) -> list[int]:
    """Return the nodes by the number of their relations, most first."""
    degree = Counter(end for pair in links for end in pair)
    return sorted(range(count), key=lambda i: (-degree[i], i))


def label(
    names: Sequence[str],
    reaches: Sequence[Reach],
    rough: Sequence[Point],
    links: Sequence[tuple[int, int]],
    *,
    area: Area,
    font: float,
) -> Labelled:
    """Return places and labels; `rough` are the places of the sketch, `reaches` half sizes of the shapes."""
    order = ranked(len(names), links)
    setting = Setting(reaches, first_guess(rough, links), font)
    if crowded(len(names)):
        hubs = set(order[:HUBS])
        labels = [wrap(name, font, 9 * font, 2) if i in hubs else () for i, name in enumerate(names)]
        held = labels if len(names) <= _HELD else [()] * len(names)
        points = place(rough, setting.boxes(held), area).points
    else:
        labels, points = _largest(names, setting, rough, area)
        sides = improved(points, setting.boxes(labels), setting.above, links, area)
        setting = replace(setting, above=sides)
    kept = without_collisions(points, labels, setting, order)
    return Labelled(points, kept, setting.boxes(kept), setting.above)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the boxes of the nodes follow from, beside the labels."""

    reaches: Sequence[Reach]
    above: tuple[bool, ...]
    font: float

    def boxes(self, labels: Sequence[Label]) -> tuple[Box, ...]:
        """Return the box of each node with its label."""
        return tuple(self.box(i, lines) for i, lines in enumerate(labels))

    def box(self, i: int, lines: Label) -> Box:
        """Return the box of one node with its label."""
        wide, high = self.reaches[i]
        half = max([wide, *(width(line, self.font) / 2 + _BESIDE * self.font for line in lines)])
        beyond = high + (LABEL_GAP + len(lines) * LINE * self.font if lines else 0.0)
        return Box(half, half, beyond, high) if self.above[i] else Box(half, half, high, beyond)

    def text(self, i: int, point: Point, lines: Label) -> Edges:
        """Return the rectangle of the label alone."""
        left, right, top, bottom = around(point, self.box(i, lines))
        high = self.reaches[i][1]
        return (
            (left, right, top, point[1] - high) if self.above[i] else (left, right, point[1] + high, bottom)
        )


def _largest(
    names: Sequence[str], setting: Setting, rough: Sequence[Point], area: Area
) -> tuple[list[Label], tuple[Point, ...]]:
    labels: list[Label] = []
    points: tuple[Point, ...] = ()
    settings = SETTINGS[0 if len(names) <= _ROOMY else 1 :]
    for lines, limit in settings:
        labels = [wrap(name, setting.font, limit * setting.font, lines) for name in names]
        boxes = setting.boxes(labels)
        if (lines, limit) != settings[-1] and _fill(boxes, area) > _FULL:
            continue
        placed = place(rough, boxes, area)
        points = placed.points
        if not placed.overlapping:
            break
    return labels, points


def _fill(boxes: Sequence[Box], area: Area) -> float:
    covered = sum((box.left + box.right) * (box.up + box.down) for box in boxes)
    return covered / (area.width * area.height)


def without_collisions(
    points: Sequence[Point], labels: Sequence[Label], setting: Setting, order: Iterable[int]
) -> tuple[Label, ...]:
    """Hide each label that would cover a node, or a label of a node with more relations.

    In a throng (more than `_HELD` nodes) labels of hubs may stand over bare nodes.
    """
    kept = list(labels)
    shapes = [around(point, setting.box(i, ())) for i, point in enumerate(points)]
    solid = shapes if len(points) <= _HELD else []
    shown: list[Edges] = []
    for i in order:
        if not labels[i]:
            continue
        text = setting.text(i, points[i], labels[i])
        others = (shape for k, shape in enumerate(solid) if k != i)
        if any(meet(text, other) for other in shown) or any(meet(text, other) for other in others):
            kept[i] = ()
        else:
            shown.append(text)
    return tuple(kept)
