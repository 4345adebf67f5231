"""A loop around a centre, with what leads into it on the left and what comes of it on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from views import labels
from views.arrangement import Group, Settled, Sheet, members
from views.columns import least_gaps
from views.headings import AIR, GUTTER, Heading, block
from views.labels import Label
from views.layers import ordered, spread_out
from views.picture import Area, GuideBand, Guides, Point

_SIDE = 8.4  # width of a side column in font sizes, at most
_LINES = 3
_SWING = 0.12  # of its length: how far a link of the loop swings out


@dataclass(frozen=True, slots=True)
class Ring:
    """The loop begins at the lower left and runs clockwise; `before` and `after` are columns beside it."""

    loop: Group
    centre: Group
    before: tuple[Group, ...] = ()
    after: tuple[Group, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """What leads in, the loop, its centre, what comes of it."""
        return (*self.before, self.loop, self.centre, *self.after)

    def settle(self, sheet: Sheet) -> Settled:
        """Return where everything stands."""
        headings, found = members(self.groups, sheet)
        if not found:
            return Settled(labels.standing((), (), (), (), font=sheet.font))
        ids = [{sheet.nodes[i].id for i in group} for group in found]
        at = {
            name: [g for g, own in zip(found, ids, strict=True) if own <= set(group.ids)]
            for name, group in (("loop", self.loop), ("centre", self.centre))
        }
        loop = at["loop"][0] if at["loop"] else []
        centre = at["centre"][0] if at["centre"] else []
        sides = [(words, g) for words, g in zip(headings, found, strict=True) if g not in (loop, centre)]
        lefts = {group.heading for group in self.before}
        left = [side for side in sides if side[0] in lefts]
        right = [side for side in sides if side[0] not in lefts]
        return _settled(sheet, (self.loop.heading, loop, centre), left, right)


Side = tuple[str, list[int]]


def _settled(
    sheet: Sheet, middle: tuple[str, list[int], list[int]], left: Sequence[Side], right: Sequence[Side]
) -> Settled:
    heading, loop, centre = middle
    area, font, gutter = sheet.area, sheet.font, GUTTER * sheet.scale
    side = min(_SIDE * font, area.width / (len(left) + len(right) + 3))
    lefts = [area.x + k * (side + gutter) for k in range(len(left))]
    rights = [
        area.x + area.width - (len(right) - k) * side - (len(right) - k - 1) * gutter
        for k in range(len(right))
    ]
    start = area.x + len(left) * (side + gutter)
    inner = area.width - (len(left) + len(right)) * (side + gutter)
    words = [*(name for name, _ in left), heading, *(name for name, _ in right)]
    wides = [*([side] * len(left)), inner, *([side] * len(right))]
    head = block(words, wides, sheet.scale)
    room = Area(start, area.y + head, inner, area.height - head)
    cut: list[Label] = [()] * len(sheet.nodes)
    shown = sheet.labelled()
    for i in (*loop, *centre):
        cut[i] = sheet.wrapped(i, min(9.6 * font, room.width / 2.6), _LINES) if i in shown else ()
    columns = [group for _, group in (*left, *right)]
    for group in columns:
        for i in group:
            cut[i] = sheet.wrapped(i, side - 0.7 * font, _LINES) if i in shown else ()
    circle = _Circle.inside(room, loop, sheet, cut)
    points = {i: circle.at(circle.angle(rank)) for rank, i in enumerate(loop)}
    points |= _in_the_middle(centre, sheet, cut, circle)
    points |= _beside(columns, [*lefts, *rights], side, fixed=points, sheet=sheet, cut=cut, room=room)
    placed = [points[i] for i in range(len(sheet.nodes))]
    above = {i for i in loop if points[i][1] < circle.y - 1}
    drawn = labels.standing(placed, cut, sheet.reaches, sheet.links, font=font, above=above)
    xs = [*lefts, start, *rights]
    return Settled(drawn, _guides(words, xs, wides, area, sheet.scale), _curves(loop, points, circle))


@dataclass(frozen=True, slots=True)
class _Circle:
    """The ellipse that the loop runs on; labels of its upper half stand above, so that it stays free."""

    x: float
    y: float
    half_x: float
    half_y: float
    count: int

    @classmethod
    def inside(cls, room: Area, loop: Sequence[int], sheet: Sheet, cut: Sequence[Label]) -> _Circle:
        boxes = sheet.boxes(loop, cut)
        wide = max((b.left for b in boxes), default=0.0)
        high = max((b.down for b in boxes), default=0.0)
        share = max((abs(sin(cls._angle(rank, len(loop)))) for rank in range(len(loop))), default=1.0)
        return cls(
            room.x + room.width / 2,
            room.y + room.height / 2,
            (room.width / 2 - wide - 2 * AIR * sheet.scale) / max(share, 0.01),
            (room.height / 2 - high - 2 * AIR * sheet.scale) / max(share, 0.01),
            len(loop),
        )

    @staticmethod
    def _angle(rank: int, count: int) -> float:
        return pi - pi / count + 2 * pi * rank / count

    def angle(self, rank: int) -> float:
        """Return where a member of the loop stands."""
        return self._angle(rank, self.count)

    def at(self, angle: float) -> Point:
        """Return a point of the ellipse."""
        return round(self.x + self.half_x * cos(angle), 1), round(self.y + self.half_y * sin(angle), 1)


def _in_the_middle(
    centre: Sequence[int], sheet: Sheet, cut: Sequence[Label], circle: _Circle
) -> dict[int, Point]:
    boxes = sheet.boxes(centre, cut)
    air = AIR * sheet.scale
    y = circle.y - sum(b.up + b.down + air for b in boxes) / 2
    points = {}
    for i, box in zip(centre, boxes, strict=True):
        points[i] = (round(circle.x, 1), round(y + box.up, 1))
        y += box.up + box.down + air
    return points


def _beside(
    columns: Sequence[Sequence[int]],
    lefts: Sequence[float],
    side: float,
    *,
    fixed: dict[int, Point],
    sheet: Sheet,
    cut: Sequence[Label],
    room: Area,
) -> dict[int, Point]:
    """Set the side columns in the order that suits the loop, which stays as it is."""
    if not columns:
        return {}
    ring = sorted(fixed, key=lambda i: (fixed[i][1], i))
    layers = ordered([*columns, ring] if ring else columns, sheet.links)[: len(columns)]
    gaps, limits = [], []
    for group in layers:
        boxes = sheet.boxes(group, cut)
        pad = AIR * sheet.scale
        low = room.y + pad + max(b.up for b in boxes)
        high = room.y + room.height - pad - max(b.down for b in boxes)
        least = least_gaps(group, sheet, cut, 1)
        share = max(1.0, min(1.7, (high - low) / sum(least))) if least else 1.0
        limits.append((low, high))
        gaps.append([gap * share for gap in least])
    inner = {i for group in layers for i in group}
    links = [(a, b) for a, b in sheet.links if a in inner and b in inner]
    along = spread_out(layers, links, gaps, limits)
    return {
        i: (round(left + side / 2, 1), round(along[i], 1))
        for group, left in zip(layers, lefts, strict=True)
        for i in group
    }


def _curves(loop: Sequence[int], points: dict[int, Point], circle: _Circle) -> dict[tuple[int, int], float]:
    """Return bends that make the loop round: each link between neighbours swings out from the centre."""
    found = {}
    for a, b in zip(loop, [*loop[1:], *loop[:1]], strict=True):
        low, high = min(a, b), max(a, b)
        (ax, ay), (bx, by) = points[low], points[high]
        away = hypot(bx - ax, by - ay) or 1.0
        out = (ax + bx) / 2 - circle.x, (ay + by) / 2 - circle.y
        side = 1 if (ax - bx) * out[1] - (ay - by) * out[0] < 0 else -1
        found[low, high] = side * _SWING * away
    return found


def _guides(
    words: Sequence[str], xs: Sequence[float], wides: Sequence[float], area: Area, scale: float
) -> Guides:
    bands = tuple(
        GuideBand(round(x, 1), round(area.y, 1), round(wide, 1), round(area.height, 1))
        for x, wide in zip(xs, wides, strict=True)
    )
    texts = [
        text
        for name, x, wide in zip(words, xs, wides, strict=True)
        for text in Heading(name, x + wide / 2, area.y, wide).texts(scale)
    ]
    return Guides(bands=bands, texts=tuple(texts))
