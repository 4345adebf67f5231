"""Columns with headings, read from left to right; long ones are set in two or more ranks side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from views import labels
from views.arrangement import Group, Settled, Sheet, members
from views.headings import AIR, GUTTER, Heading, block
from views.labels import Label
from views.layers import ordered, spread_out
from views.picture import Area, GuideBand, Guides
from views.text import ELLIPSIS, width

_NARROWEST, _WIDEST = 4.5, 10.5  # width of a rank in font sizes
_LONGEST_WORD = 6.6  # up to this length in font sizes a word sets the least width of its column
_LOOSEST = 1.9  # how many times the least distance two nodes of a column stand apart where there is room
_FULL, _FEW = 0.8, 4  # share of its height beyond which a column of more nodes gets another rank
_STAGGER = 0.6  # least share of an even step from one rank to the next
_AFTER = re.compile(r"(?<=\w{4}[-/])")
_BESIDE = 0.5  # air beside a label in font sizes


@dataclass(frozen=True, slots=True)
class Columns:
    """Named columns, in an order with few crossings; with `rows`, in the order given, in so many rows."""

    columns: tuple[Group, ...]
    rows: int = 0

    @property
    def groups(self) -> tuple[Group, ...]:
        """The columns from left to right."""
        return self.columns

    def settle(self, sheet: Sheet) -> Settled:
        """Return where everything stands."""
        headings, groups = members(self.columns, sheet)
        if not groups:
            return Settled(labels.standing((), (), (), (), font=sheet.font))
        if not self.rows:
            groups = ordered(groups, sheet.links)
        room = sheet.area
        plan = best_plan(groups, sheet, room, self.rows)
        while (under := _under(headings, plan, sheet)).height < room.height:
            room = under  # the widths of the columns decide how many lines the headings take
            plan = best_plan(groups, sheet, room, self.rows)
        points = _points(groups, sheet, plan, room, rows=self.rows)
        drawn = labels.standing(points, plan.labels, sheet.reaches, sheet.links, font=sheet.font)
        return Settled(drawn, _guides(headings, plan, sheet))


def _under(headings: Sequence[str], plan: Plan, sheet: Sheet) -> Area:
    area, head = sheet.area, block(headings, plan.widths, sheet.scale)
    return Area(area.x, area.y + head, area.width, area.height - head)


@dataclass(frozen=True, slots=True)
class Plan:
    """How wide the columns are, in how many ranks each is set, and the labels that fit into them."""

    ranks: tuple[int, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    labels: tuple[Label, ...]
    fits: bool

    @property
    def cut(self) -> int:
        """How many labels are cut."""
        return sum(1 for label in self.labels if any(line.endswith(ELLIPSIS) for line in label))


def best_plan(groups: Sequence[Sequence[int]], sheet: Sheet, room: Area, rows: int) -> Plan:
    """Return the plan that fits and cuts fewest labels; of equal ones that with fewest ranks."""
    plan_of = partial(_in_rows, rows=rows) if rows else _planned
    plans = [plan_of(groups, sheet, room, lines) for lines in (2, 3, 1)]
    return min(plans, key=lambda plan: (not plan.fits, plan.cut, sum(plan.ranks)))


def _planned(groups: Sequence[Sequence[int]], sheet: Sheet, room: Area, lines: int) -> Plan:
    """Add ranks to columns that are too high until all fit or ranks become too narrow."""
    ranks = [1] * len(groups)
    while True:
        plan = _set(groups, sheet, room, lines, ranks)
        gaps = [least_gaps(group, sheet, plan.labels, k) for group, k in zip(groups, ranks, strict=True)]
        over = [
            sum(found) - (high - low)
            for found, (low, high) in zip(gaps, ends(groups, sheet, plan.labels, room), strict=True)
        ]
        narrow = min(w / k for w, k in zip(plan.widths, ranks, strict=True)) < _NARROWEST * sheet.font
        worst = max(range(len(over)), key=lambda k: (over[k], -k))
        if over[worst] <= 0 and not narrow:
            return _roomier(replace(plan, fits=True), groups, sheet, room, lines)
        if narrow or over[worst] <= 0 or ranks[worst] >= len(groups[worst]):
            return plan
        ranks[worst] += 1


def _roomier(plan: Plan, groups: Sequence[Sequence[int]], sheet: Sheet, room: Area, lines: int) -> Plan:
    """Give a column that is nearly full one more rank where that cuts no label."""
    ranks = list(plan.ranks)
    for k, (group, (low, high)) in enumerate(
        zip(groups, ends(groups, sheet, plan.labels, room), strict=True)
    ):
        full = sum(least_gaps(group, sheet, plan.labels, ranks[k])) > _FULL * (high - low)
        ranks[k] += full and len(group) > _FEW
    more = _set(groups, sheet, room, lines, ranks)
    return plan if more.cut > plan.cut or more.ranks == plan.ranks else replace(more, fits=True)


def _in_rows(groups: Sequence[Sequence[int]], sheet: Sheet, room: Area, lines: int, *, rows: int) -> Plan:
    """Set each column in as many ranks as give it no more than `rows` rows."""
    plan = _set(groups, sheet, room, lines, [-(-len(group) // rows) for group in groups])
    limits = ends(groups, sheet, plan.labels, room)
    low, high = max(low for low, _ in limits), min(high for _, high in limits)
    tallest = max(b.up + b.down for group in groups for b in sheet.boxes(group, plan.labels))
    return replace(plan, fits=tallest <= (high - low) / max(1, rows - 1))


def _set(groups: Sequence[Sequence[int]], sheet: Sheet, room: Area, lines: int, ranks: Sequence[int]) -> Plan:
    font, gutter = sheet.font, GUTTER * sheet.scale
    free = room.width - gutter * (len(groups) - 1)
    least, wanted = [], []
    for group, k in zip(groups, ranks, strict=True):
        word, whole = _needed(group, sheet, lines)
        least.append(k * min(word, _LONGEST_WORD * font))
        wanted.append(k * min(max(whole, word), _WIDEST * font))
    wides = _shared(least, wanted, free)
    lefts = [room.x + sum(wides[:k]) + gutter * k for k in range(len(wides))]
    shown = sheet.labelled()
    cut: list[Label] = [()] * len(sheet.nodes)
    for group, wide, k in zip(groups, wides, ranks, strict=True):
        for i in group:
            cut[i] = sheet.wrapped(i, wide / k - _BESIDE * font, lines) if i in shown else ()
    return Plan(tuple(ranks), tuple(lefts), tuple(wides), tuple(cut), fits=False)


def _shared(least: Sequence[float], wanted: Sequence[float], free: float) -> list[float]:
    """Share out a width: more than wanted in proportion, or as far above the least as there is room."""
    if sum(wanted) <= free or sum(least) >= free:
        basis = wanted if sum(wanted) <= free else least
        return [part * free / sum(basis) for part in basis]
    share = (free - sum(least)) / (sum(wanted) - sum(least))
    return [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]


def _needed(group: Sequence[int], sheet: Sheet, lines: int) -> tuple[float, float]:
    """Return the widths at which no word, and no label of a column need be cut, about."""
    font = sheet.font
    whole = max(width(sheet.names[i], font) for i in group)
    word = max(width(part, font) for i in group for part in _parts(sheet.names[i]))
    return word + _BESIDE * font, 1.15 * whole / lines + _BESIDE * font


def _parts(name: str) -> list[str]:
    """Return the parts between which a label may break, about."""
    return [part for word in name.split() for part in _AFTER.split(word)] or [""]


def least_gaps(group: Sequence[int], sheet: Sheet, cut: Sequence[Label], ranks: int) -> list[float]:
    """Return how far apart one node of a column and the next must stand at least."""
    own, air = sheet.boxes(group, cut), AIR * sheet.scale
    at: list[float] = []
    for i, box in enumerate(own):
        free = at[i - ranks] + own[i - ranks].down + air + box.up if i >= ranks else 0.0
        step = _STAGGER * (own[i - 1].down + air + box.up) / ranks if i else 0.0
        at.append(max(free, at[-1] + step if at else 0.0))
    return [other - one for one, other in pairwise(at)]


def ends(
    groups: Sequence[Sequence[int]], sheet: Sheet, cut: Sequence[Label], room: Area
) -> list[tuple[float, float]]:
    """Return the highest and the lowest place of a centre in each column."""
    pad = AIR * sheet.scale
    return [
        (
            room.y + pad + max(b.up for b in sheet.boxes(group, cut)),
            room.y + room.height - pad - max(b.down for b in sheet.boxes(group, cut)),
        )
        for group in groups
    ]


def _points(
    groups: Sequence[Sequence[int]], sheet: Sheet, plan: Plan, room: Area, *, rows: int
) -> list[tuple[float, float]]:
    """Return the centres."""
    limits = ends(groups, sheet, plan.labels, room)
    if rows:
        limits = [(max(low for low, _ in limits), min(high for _, high in limits))] * len(groups)
    gaps = [
        _loosened(least_gaps(group, sheet, plan.labels, k), high - low)
        for group, k, (low, high) in zip(groups, plan.ranks, limits, strict=True)
    ]
    along = _rows(groups, rows, limits) if rows else spread_out(groups, sheet.links, gaps, limits)
    points = [(0.0, 0.0)] * len(sheet.nodes)
    for group, k, left, wide in zip(groups, plan.ranks, plan.lefts, plan.widths, strict=True):
        for rank, i in enumerate(group):
            points[i] = (round(left + (rank % k + 0.5) * wide / k, 1), round(along[i], 1))
    return points


def _rows(
    groups: Sequence[Sequence[int]], rows: int, limits: Sequence[tuple[float, float]]
) -> dict[int, float]:
    """Return even steps, the same for all columns."""
    found: dict[int, float] = {}
    for group, (low, high) in zip(groups, limits, strict=True):
        ranks, step = -(-len(group) // rows), (high - low) / max(1, rows - 1)
        found |= {i: low + rank // ranks * step for rank, i in enumerate(group)}
    return found


def _loosened(gaps: Sequence[float], room: float) -> list[float]:
    """Let the gaps grow into free room, within measure."""
    total = sum(gaps)
    share = min(_LOOSEST, max(1.0, room / total)) if total else 1.0
    return [gap * share for gap in gaps]


def _guides(headings: Sequence[str], plan: Plan, sheet: Sheet) -> Guides:
    area = sheet.area
    bands = tuple(
        GuideBand(round(left, 1), round(area.y, 1), round(wide, 1), round(area.height, 1))
        for left, wide in zip(plan.lefts, plan.widths, strict=True)
    )
    texts = [
        text
        for words, left, wide in zip(headings, plan.lefts, plan.widths, strict=True)
        for text in Heading(words, left + wide / 2, area.y, wide).texts(sheet.scale)
    ]
    return Guides(bands=bands, texts=tuple(texts))
