"""Bands with headings, read from the top down: rows by level of evidence, for example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from views import labels
from views.arrangement import Group, Settled, Sheet, members
from views.headings import AIR, GUTTER, Heading
from views.labels import Label
from views.layers import ordered, spread_out
from views.picture import Area, GuideBand, Guides, Point
from views.text import ELLIPSIS

_GUTTER = 158.0  # left of the bands, for their headings
_WIDEST = 10.5  # width of a label in font sizes
_BESIDE = 0.7
_LOOSEST = 1.5
_MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Bands:
    """Named bands of nodes from the top down."""

    bands: tuple[Group, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The bands from the top down."""
        return self.bands

    def settle(self, sheet: Sheet) -> Settled:
        """Return where everything stands."""
        headings, groups = members(self.bands, sheet)
        if not groups:
            return Settled(labels.standing((), (), (), (), font=sheet.font))
        groups = ordered(groups, sheet.links)
        area, gutter = sheet.area, _GUTTER * sheet.scale
        room = Area(area.x + gutter, area.y, area.width - gutter, area.height)
        plan = min((_planned(groups, sheet, room, lines) for lines in (2, 3, 1)), key=lambda plan: plan.worth)
        points = _points(groups, sheet, plan, room)
        drawn = labels.standing(points, plan.labels, sheet.reaches, sheet.links, font=sheet.font)
        return Settled(drawn, _guides(headings, plan, sheet))


@dataclass(frozen=True, slots=True)
class _Plan:
    """In how many rows each band is set, how high they are, and the labels that fit into them."""

    rows: tuple[int, ...]
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    steps: tuple[float, ...]
    labels: tuple[Label, ...]
    over: float

    @property
    def worth(self) -> tuple[float, int]:
        cut = sum(1 for label in self.labels if any(line.endswith(ELLIPSIS) for line in label))
        return max(0.0, self.over), cut


def _planned(groups: Sequence[Sequence[int]], sheet: Sheet, room: Area, lines: int) -> _Plan:
    """Set the fullest bands into more rows as long as that cuts fewer labels and all still fits."""
    rows = [1] * len(groups)
    best = _set(groups, sheet, room, lines, rows)
    while True:
        fullest = max(range(len(groups)), key=lambda k: (len(groups[k]) / rows[k], -k))
        if rows[fullest] >= min(_MOST_ROWS, len(groups[fullest])):
            return best
        rows[fullest] += 1
        plan = _set(groups, sheet, room, lines, rows)
        if plan.over > 0:
            return best
        if plan.worth < best.worth:
            best = plan


def _set(groups: Sequence[Sequence[int]], sheet: Sheet, room: Area, lines: int, rows: Sequence[int]) -> _Plan:
    air, gutter = AIR * sheet.scale, GUTTER * sheet.scale
    shown = sheet.labelled()
    cut: list[Label] = [()] * len(sheet.nodes)
    steps: list[float] = []
    least: list[float] = []
    for group, k in zip(groups, rows, strict=True):
        step = min(room.width / -(-len(group) // k), _WIDEST * sheet.font)
        for i in group:
            cut[i] = sheet.wrapped(i, step - _BESIDE * sheet.font, lines) if i in shown else ()
        tall = max(b.up + b.down for b in sheet.boxes(group, cut))
        steps.append(step)
        least.append(k * (tall + air) + air)
    free = room.height - gutter * (len(groups) - 1) - sum(least)
    grown = [high + max(0.0, free) / len(groups) for high in least]
    tops = [room.y + sum(grown[:k]) + gutter * k for k in range(len(grown))]
    return _Plan(tuple(rows), tuple(tops), tuple(grown), tuple(steps), tuple(cut), -free)


def _points(groups: Sequence[Sequence[int]], sheet: Sheet, plan: _Plan, room: Area) -> list[Point]:
    limits: list[tuple[float, float]] = []
    gaps: list[list[float]] = []
    for group, k, step in zip(groups, plan.rows, plan.steps, strict=True):
        half = max(b.left for b in sheet.boxes(group, plan.labels))
        low, high = room.x + half, room.x + room.width - half
        least = step / k if len(group) > 1 else 0.0
        total = least * (len(group) - 1)
        share = min(_LOOSEST, (high - low) / total) if total else 1.0
        limits.append((low, high))
        gaps.append([least * share] * (len(group) - 1))
    along = spread_out(groups, sheet.links, gaps, limits)
    points = [(0.0, 0.0)] * len(sheet.nodes)
    for group, k, top, high in zip(groups, plan.rows, plan.tops, plan.heights, strict=True):
        own = dict(zip(group, sheet.boxes(group, plan.labels), strict=True))
        for rank, i in enumerate(group):
            middle = top + (rank % k + 0.5) * high / k
            points[i] = (round(along[i], 1), round(middle - (own[i].down - own[i].up) / 2, 1))
    return points


def _guides(headings: Sequence[str], plan: _Plan, sheet: Sheet) -> Guides:
    area = sheet.area
    bands = tuple(
        GuideBand(round(area.x, 1), round(top, 1), round(area.width, 1), round(high, 1))
        for top, high in zip(plan.tops, plan.heights, strict=True)
    )
    gutter = _GUTTER * sheet.scale
    texts = [
        text
        for words, top in zip(headings, plan.tops, strict=True)
        for text in Heading(words, area.x + gutter / 2, top, gutter, lines=4).texts(sheet.scale)
    ]
    return Guides(bands=bands, texts=tuple(texts))
