"""In-text citation markers: superscripts, brackets, ranges, and numbers that lost their superscript."""
# ruff: noqa: RUF001, RUF002

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.article.abbreviations import is_abbreviation
from loaders.article.blocks import Block, BlockKind
from loaders.article.boundaries import NUMBERS, SMALL
from schema.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.article.sentences import Cut

PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
# How articles write markers; one article writes them in one way, so that [12] is a marker in few of them.
STYLES = tuple(
    re.compile(rf"{pattern}(?!\w)", re.IGNORECASE)
    for pattern in (
        rf"<sup>\s*\[?(?P<list>{NUMBERS})\]?[\s,;]*</sup>",
        rf"\[(?P<list>{NUMBERS})\](?!\()",
        rf"\^(?P<list>{NUMBERS})\^",
        rf"(?P<list>{SMALL}+(?:[,⁻–]{SMALL}+)*)",
    )
)
POWER = re.compile(r"(?:^|[\s(×x*·~≈<>=/])10$")
UNIT = re.compile(r"(?:\d\s?|/)(?:[ckmnpµμd]?m|in|ft|s)$")
RANGE = re.compile(r"(\d+)\s*[–—-]\s*(\d+)")
LONGEST_RANGE = 100
# What a number may stick to: a word, or a name that ends in its own digit (BCL2, IL-10).
WORD = re.compile(r"[a-z]{3,}|[A-Za-z]+-[A-Z]+s|[A-Za-z]*[a-z]{4,}|[A-Z][A-Za-z]*-?\d+")
STUCK = (
    r"(?<![\w/-])(?P<word>[A-Za-z][\w/-]{{0,40}}?)(?P<stop>[.,;:)”\"]{{0,2}})"
    r"(?P<list>{number}(?:[,–-]\d{{1,3}})*)(?![\w%]|[.,–-]\d)"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker: what it cites, the block it stands in and the sentence (block, number) it belongs to.

    `labels` are those of the citations. `numbers` is empty for an author and a year. The sentence's number is
    0 where the marker stands in none: in a table's cell.
    """

    span: Span
    numbers: tuple[int, ...]
    block: int
    sentence: tuple[int, int]
    lost_superscript: bool = False
    labels: tuple[str, ...] = ()


def markers_in(text: str, blocks: Sequence[Block], cuts: Sequence[Cut]) -> tuple[Marker, ...]:
    """Return the markers of the body in the order of the text, each once."""
    body = [block for block in blocks if block.kind is BlockKind.BODY]
    written = max(([*_written(text, body, style)] for style in STYLES), key=len)
    markers = _placed([*written, *_stuck(text, body, written)], body, cuts)
    return tuple(sorted(markers, key=lambda marker: marker.span.start))


def numbers_in(printed: str) -> tuple[int, ...]:
    """Return the numbers of a printed list; ranges are filled.

    >>> numbers_in("2,19–21")
    (2, 19, 20, 21)
    """
    numbers: list[int] = []
    for part in re.split(r"\s*[,;]\s*", printed.translate(PLAIN)):
        span = RANGE.fullmatch(part)
        low, high = (int(span[1]), int(span[2])) if span else (0, 0)
        if low < high <= low + LONGEST_RANGE:
            numbers += range(low, high + 1)
        else:
            numbers += map(int, re.findall(r"\d+", part))
    return tuple(dict.fromkeys(numbers))


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    numbers: tuple[int, ...]
    stuck: bool = False


def _written(text: str, body: Sequence[Block], style: re.Pattern[str]) -> Iterator[_Mark]:
    for block in body:
        for match in style.finditer(text, block.prose, block.end):
            numbers = numbers_in(match["list"])
            if 0 not in numbers and not _is_exponent(text, match.start(), numbers):
                yield _Mark(match.start(), match.end(), numbers)


def _is_exponent(text: str, start: int, numbers: tuple[int, ...]) -> bool:
    """Whether the number raises what stands before it: 10^6, cm^2."""
    before = text[max(0, start - 8) : start]
    return len(numbers) == 1 and bool(POWER.search(before) or (numbers[0] in {2, 3} and UNIT.search(before)))


def _stuck(text: str, body: Sequence[Block], written: Sequence[_Mark]) -> Iterator[_Mark]:
    """Yield numbers that stick to a word and fill a gap in the sequence, between their neighbours."""
    first: dict[int, int] = {}
    for mark in written:
        for number in mark.numbers:
            first.setdefault(number, mark.start)
    missing = [n for n in range(1, max(first, default=0)) if n not in first]
    if len(missing) > max(2, len(first) // 5):
        return
    taken: set[int] = set()
    for number in missing:
        if number in taken:
            continue
        after = first.get(max((n for n in first if n < number), default=0), -1)
        before = first[min(n for n in first if n > number)]
        found = [
            mark for block in body for mark in _candidates(text, block, number) if after < mark.start < before
        ]
        if len(found) == 1:
            taken.update(found[0].numbers)
            yield found[0]


def _candidates(text: str, block: Block, number: int) -> Iterator[_Mark]:
    stuck = re.compile(STUCK.format(number=number))
    for match in stuck.finditer(text, block.prose, block.end):
        if _is_stuck(text, match):
            yield _Mark(match.start("list"), match.end("list"), numbers_in(match["list"]), stuck=True)


def _is_stuck(text: str, match: re.Match[str]) -> bool:
    """Whether the number is no part of a name: it sticks to a known word, and that only once."""
    word, stop = match["word"], match["stop"]
    if stop:
        return not word[-1].isdigit() and not is_abbreviation(word, match["list"], marked=True)
    once = len(re.findall(rf"(?<!\w){re.escape(match[0])}(?!\w)", text)) == 1
    known = WORD.fullmatch(word) or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return once and known is not None


def _placed(marks: Sequence[_Mark], body: Sequence[Block], cuts: Sequence[Cut]) -> Iterator[Marker]:
    starts = [block.start for block in body]
    pieces = sorted((span.start, (cut.block, cut.number)) for cut in cuts for span in cut.spans)
    opens = [start for start, _ in pieces]
    for mark in marks:
        block = body[bisect_right(starts, mark.start) - 1]
        sentence = pieces[bisect_right(opens, mark.start) - 1][1]
        labels = tuple(map(str, mark.numbers))
        yield Marker(Span(mark.start, mark.end), mark.numbers, block.number, sentence, mark.stuck, labels)
