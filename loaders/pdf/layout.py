"""Lines in the order in which a reader takes them: columns parted, running heads and page numbers aside."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.pdf.lines import Line, Page

# The strips at head and foot of a page where running heads stand, as a share of its height.
EDGE, APART = 0.12, 1.4
PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[ivxlc]{1,6}", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
# A gutter is at least so wide, in points, and as many lines stand on either side of it.
GUTTER, BESIDE = 6.0, 4
# A heading may cross a gutter: so large a share of a page's narrow lines.
CROSSING = 0.06


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of one column from top to bottom, with where the column begins and ends across the page."""

    lines: tuple[Line, ...]
    left: float
    right: float


def running(pages: Sequence[Page]) -> frozenset[Line]:
    """Return running heads and page numbers: rows at a page's edge, apart from the rest, that come again."""
    strips = [(page.number, strip) for page in pages for strip in _strips(page)]
    seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, strip in strips:
        for line in strip:
            seen[_place(line)].add(number)
    return frozenset(
        line
        for _, strip in strips
        if all(len(seen[_place(line)]) > 1 or PAGE_NUMBER.fullmatch(line.text) for line in strip)
        for line in strip
    )


def _strips(page: Page) -> Iterator[list[Line]]:
    """Yield the rows at the head and at the foot that a gap parts from the page."""
    for sign in (-1, 1):
        strip: list[Line] = []
        for line in sorted(page.lines, key=lambda line: sign * line.y):
            apart = bool(strip) and abs(strip[-1].y - line.y) > APART * line.size
            if apart or min(line.y, page.height - line.y) > EDGE * page.height:
                yield strip if apart else []
                break
            strip.append(line)


def _place(line: Line) -> tuple[str, int]:
    return DIGITS.sub("#", line.text), round(line.y / 6)


def columns(page: Page, aside: frozenset[Line]) -> list[Column]:
    """Return a page's columns in reading order; what spans several parts those above from those below."""
    lines = sorted((line for line in page.lines if line not in aside), key=lambda line: -line.y)
    edges = _gutters(lines, page.width)
    if not edges:
        return [_column(_rejoined(lines))] if lines else []
    found: list[Column] = []
    band: list[Line] = []
    for line in lines:
        if any(line.left < edge < line.right for edge in edges):
            found += _band(band, edges)
            band = []
            if found and _spans(found[-1], edges):
                found[-1] = _column((*found[-1].lines, line))
            else:
                found.append(_column((line,)))
        else:
            band.append(line)
    return [*found, *_band(band, edges)]


def _gutters(lines: Sequence[Line], width: float) -> list[float]:
    """Return where a page is parted from top to bottom: gaps that hardly a narrow line crosses."""
    narrow = [line for line in lines if line.right - line.left < 0.55 * width]
    edges: list[float] = []
    for low, high in _gaps(narrow):
        left = [line for line in narrow if line.right <= low]
        right = [line for line in narrow if line.left >= high]
        if min(len(left), len(right)) >= BESIDE and _side_by_side(left, right):
            edges.append((low + high) / 2)
    return edges


def _gaps(lines: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """Yield where, across the page, hardly a line stands: from where to where."""
    events = sorted([*((line.left, 1) for line in lines), *((line.right, -1) for line in lines)])
    covered, opened = 0, None
    for x, step in events:
        covered += step
        if covered <= CROSSING * len(lines):
            opened = x if opened is None else opened
        elif opened is not None:
            if x - opened >= GUTTER:
                yield opened, x
            opened = None


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the two share most of their height; a narrow table beside nothing is no column."""
    low, high = min(line.y for line in right), max(line.y for line in right)
    return sum(low - 1 <= line.y <= high + 1 for line in left) >= BESIDE


def _band(lines: Sequence[Line], edges: Sequence[float]) -> list[Column]:
    parts: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        parts[sum(line.left >= edge for edge in edges)].append(line)
    return [_column(_rejoined(part)) for part in parts if part]


def _rejoined(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Order what stands on one height of a column from left to right, as the cells of a table do."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].y - line.y) < 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.left))


def _spans(column: Column, edges: Sequence[float]) -> bool:
    return any(column.left < edge < column.right for edge in edges)


def _column(lines: Sequence[Line]) -> Column:
    return Column(tuple(lines), min(line.left for line in lines), max(line.right for line in lines))
