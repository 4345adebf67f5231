"""The entries of a printed reference list: which lines belong to one, also where layout broke it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.article.blocks import LINE, Block, trim
from schema.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPENING = re.compile(
    r"(?:[-*•+][ \t]+)?(?:\[(?P<bracketed>\d{1,3})\][ \t]*|(?P<number>\d{1,3})[.)][ \t]+)?(?=\S)"
)
FINISHED = re.compile(r"(?:[.!?>\])]|PMC\d+|PMID:\s*\d+|10\.\d{4,}/\S+|https?://\S+)[*_]*$")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed reference without its bullet or number; `number` as printed, None for a bullet."""

    number: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    block: int
    start: int
    end: int
    first: bool


def entries_in(text: str, blocks: Sequence[Block]) -> tuple[tuple[Entry, ...], frozenset[int]]:
    """Return the entries of a list, and the numbers of the blocks that are no part of any."""
    lines = [line for block in blocks for line in _lines(text, block)]
    marked = any(_marked(text, line) for line in lines)
    entries: list[Entry] = []
    outside: set[int] = set()
    for line in lines:
        entry = _opened(text, line, marked, entries)
        if entry is not None:
            entries.append(entry)
        elif line.block in outside or not _goes_on(text, line, entries):
            outside.add(line.block)
        else:
            entries[-1] = _longer(entries[-1], line)
    return tuple(entries), frozenset(outside)


def _lines(text: str, block: Block) -> Iterator[_Line]:
    first = True
    for line in LINE.finditer(text, block.prose, block.end):
        start, end = trim(text, line.start(), line.end())
        if start < end:
            yield _Line(block.number, start, end, first)
            first = False


def _marked(text: str, line: _Line) -> bool:
    opening = OPENING.match(text, line.start, line.end)
    return opening is not None and opening.end() > line.start


def _opened(text: str, line: _Line, marked: bool, entries: list[Entry]) -> Entry | None:
    opening = OPENING.match(text, line.start, line.end)
    if opening is None:
        return None
    printed = opening["number"] or opening["bracketed"]
    number = int(printed) if printed else None
    if marked:
        opens = opening.end() > line.start and (line.first or _is_next(number, entries))
    else:
        goes_on = bool(entries) and (text[line.start].islower() or not _finished(text, entries[-1]))
        opens = not goes_on and YEAR.search(text, line.start, line.end) is not None
    return Entry(number, (Span(opening.end(), line.end),)) if opens else None


def _is_next(number: int | None, entries: list[Entry]) -> bool:
    """Whether a number that opens a line counts on; else it is the rest of a wrapped line ("580. doi: …")."""
    last = entries[-1].number if entries else None
    return number is None or last is None or number == last + 1


def _goes_on(text: str, line: _Line, entries: list[Entry]) -> bool:
    """Whether an unmarked line belongs to the entry before it."""
    if not entries:
        return False
    return not line.first or text[line.start].islower() or not _finished(text, entries[-1])


def _finished(text: str, entry: Entry) -> bool:
    return FINISHED.search(text[: entry.spans[-1].end][-200:]) is not None


def _longer(entry: Entry, line: _Line) -> Entry:
    last = entry.spans[-1]
    if line.first:
        return Entry(entry.number, (*entry.spans, Span(line.start, line.end)))
    return Entry(entry.number, (*entry.spans[:-1], Span(last.start, line.end)))
