"""Nodes with a range of sizes on a logarithmic axis in nanometres; those without one beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10, sqrt

from views import labels
from views.arrangement import Group, Settled, Sheet
from views.headings import AIR, GUTTER, SIZE, Heading, block
from views.labels import Label
from views.layers import spread_out
from views.picture import Anchor, Area, GuideBand, GuideLine, Guides, GuideText, Point

_SIDE = 9.0  # width of what stands beside the axis, in font sizes
_BAR = 30.0
_FOOT = 54.0  # under the rows, for the axis
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class SizeAxis:
    """Each node with a range is a bar; `divide` is a size with the words left and right of its line."""

    ids: tuple[str, ...]
    beside: Group
    divide: tuple[float, str, str] | None = None
    axis: str = "diameter, nm (logarithmic)"

    @property
    def groups(self) -> tuple[Group, ...]:
        """What stands beside the axis, then each bar by its lower end as given."""
        return (self.beside, *(Group("", (i,)) for i in self.ids))

    def settle(self, sheet: Sheet) -> Settled:
        """Return where everything stands."""
        spans = {i: node.span_nm for i, node in enumerate(sheet.nodes) if node.span_nm}
        if not spans:
            return Settled(labels.standing((), (), (), (), font=sheet.font))
        order = sorted(spans, key=lambda i: (spans[i], sheet.nodes[i].id))
        others = [i for i in range(len(sheet.nodes)) if i not in spans]
        area, scale = sheet.area, sheet.scale
        side = _SIDE * sheet.font if others else 0.0
        head = block([self.beside.heading or "x"], [side], scale) + (SIZE * scale if self.divide else 0)
        plot = Area(
            area.x + side + GUTTER * scale * bool(others),
            area.y + head,
            area.width - side - GUTTER * scale * bool(others),
            area.height - head - _FOOT * scale,
        )
        chart = _Chart(sheet, {i: spans[i] for i in order}, plot)
        points, cut = chart.rows()
        own = _others(others, sheet, Area(area.x, area.y + head, side, area.height - head), points, cut)
        points |= own
        placed = [points[i] for i in range(len(sheet.nodes))]
        drawn = labels.standing(placed, cut, sheet.reaches, sheet.links, font=sheet.font)
        return Settled(drawn, self._guides(chart, side, bool(others)))

    def _guides(self, chart: _Chart, side: float, beside: bool) -> Guides:
        sheet, plot, scale = chart.sheet, chart.plot, chart.sheet.scale
        area = sheet.area
        bands = [GuideBand(round(plot.x, 1), round(area.y, 1), round(plot.width, 1), round(area.height, 1))]
        texts: list[GuideText] = []
        if beside:
            bands.append(GuideBand(round(area.x, 1), round(area.y, 1), round(side, 1), round(area.height, 1)))
            texts += Heading(self.beside.heading, area.x + side / 2, area.y, side).texts(scale)
        lines = list(chart.axis())
        texts += chart.numbers(self.axis)
        if self.divide:
            size, left, right = self.divide
            x = round(chart.x(size), 1)
            top = area.y + 6 * scale
            lines.append(
                GuideLine(x, round(top, 1), x, round(plot.y + plot.height, 1), 2 * scale, dashed=True)
            )
            base = round(top + SIZE * 0.9 * scale, 1)
            texts.append(GuideText(left, round(x - 10 * scale, 1), base, SIZE * scale, Anchor.END, bold=True))
            texts.append(
                GuideText(right, round(x + 10 * scale, 1), base, SIZE * scale, Anchor.START, bold=True)
            )
        return Guides((*bands, *chart.bars()), tuple(lines), (*texts, *chart.ranges()))


@dataclass(frozen=True, slots=True)
class _Chart:
    """The bars on their axis."""

    sheet: Sheet
    spans: dict[int, tuple[float, float]]
    plot: Area

    @property
    def ticks(self) -> list[float]:
        low, high = min(a for a, _ in self.spans.values()), max(b for _, b in self.spans.values())
        all_ = [step * 10.0**power for power in range(-1, 7) for step in _STEPS]
        first = max((t for t in all_ if t <= low), default=low)
        last = min((t for t in all_ if t >= high), default=high)
        return [t for t in all_ if first <= t <= last]

    def x(self, size: float) -> float:
        """Return where a size stands."""
        ticks, pad = self.ticks, 1.2 * self.sheet.font
        low, high = log10(ticks[0]), log10(ticks[-1])
        share = (log10(size) - low) / ((high - low) or 1.0)
        return self.plot.x + pad + share * (self.plot.width - 2 * pad)

    def rows(self) -> tuple[dict[int, Point], list[Label]]:
        """Return the middle of each bar, and the labels."""
        step = self.plot.height / len(self.spans)
        cut: list[Label] = [()] * len(self.sheet.nodes)
        points: dict[int, Point] = {}
        for rank, (i, (low, high)) in enumerate(self.spans.items()):
            y = self.plot.y + (rank + 0.5) * step - 0.6 * self.sheet.font
            points[i] = (round(self.x(sqrt(low * high)), 1), round(y, 1))
            cut[i] = self.sheet.wrapped(i, 12 * self.sheet.font, 1)
        return points, cut

    def bars(self) -> Iterator[GuideBand]:
        half = _BAR * self.sheet.scale / 2
        points, _ = self.rows()
        for i, (low, high) in self.spans.items():
            left, right = self.x(low), self.x(high)
            yield GuideBand(
                round(left, 1),
                round(points[i][1] - half, 1),
                round(right - left, 1),
                round(2 * half, 1),
                self.sheet.kinds[i].fill,
            )

    def ranges(self) -> Iterator[GuideText]:
        """Yield the range of each bar in words, above its lower end."""
        size, scale = SIZE * self.sheet.scale, self.sheet.scale
        points, _ = self.rows()
        for i, (low, high) in self.spans.items():
            y = round(points[i][1] - (_BAR / 2 + 7) * scale, 1)
            yield GuideText(f"{low:,g} to {high:,g} nm", round(self.x(low), 1), y, size, Anchor.START)

    def axis(self) -> Iterator[GuideLine]:
        scale = self.sheet.scale
        y = round(self.plot.y + self.plot.height, 1)
        ticks = self.ticks
        yield GuideLine(round(self.x(ticks[0]), 1), y, round(self.x(ticks[-1]), 1), y, 2 * scale)
        for tick in ticks:
            x = round(self.x(tick), 1)
            yield GuideLine(x, y, x, round(y + 7 * scale, 1), 2 * scale)

    def numbers(self, words: str) -> Iterator[GuideText]:
        scale = self.sheet.scale
        size = SIZE * scale
        y = self.plot.y + self.plot.height
        for tick in self.ticks:
            yield GuideText(f"{tick:,g}", round(self.x(tick), 1), round(y + 9 * scale + size, 1), size)
        x = round(self.plot.x + self.plot.width / 2, 1)
        yield GuideText(words, x, round(y + 12 * scale + 2.1 * size, 1), size)


def _others(
    others: Sequence[int], sheet: Sheet, room: Area, bars: dict[int, Point], cut: list[Label]
) -> dict[int, Point]:
    """Set the nodes without a range into a column, each near the bars that it is linked to."""
    if not others:
        return {}
    for i in others:
        cut[i] = sheet.wrapped(i, room.width - 0.7 * sheet.font, 3)
    boxes = dict(zip(others, sheet.boxes(others, cut), strict=True))
    pad = AIR * sheet.scale
    low = room.y + pad + max(b.up for b in boxes.values())
    high = room.y + room.height - pad - max(b.down for b in boxes.values())
    order = sorted(others, key=lambda i: (_pull(i, sheet, bars), i))
    gaps = [boxes[a].down + boxes[b].up + 3 * pad for a, b in pairwise(order)]
    along = spread_out([order], [], [gaps], [(low, high)])
    return {i: (round(room.x + room.width / 2, 1), round(along[i], 1)) for i in order}


def _pull(i: int, sheet: Sheet, bars: dict[int, Point]) -> float:
    ends = [b if a == i else a for a, b in sheet.links if i in (a, b)]
    heights = [bars[k][1] for k in ends if k in bars]
    return sum(heights) / len(heights) if heights else 0.0
