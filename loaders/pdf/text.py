"""A PDF's lines as one text in Markdown's form: headings marked, words that a line cut made whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from loaders.article.boundaries import ends_sentence
from loaders.article.entries import OPENING
from loaders.pdf.layout import Column, columns, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.pdf.lines import Line, Page

CUT = re.compile(r"(?P<before>[\w-]*[^\W\d_])-$")
CUT_NEXT = re.compile(r"[^\W\d_]+")
NAMED = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:abstract|summary|introduction|background|methods?|results?|discussion"
    r"|(?:materials?|patients) and methods?|results? and discussion|conclusions?|references|bibliography"
    r"|literature cited|acknowledge?ments?|funding|competing interests?|conflicts? of interest|declarations?"
    r"|author contributions?)\s*:?",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:doi\b:?|https?://)\s*\S+", re.IGNORECASE)
LONGEST_HEADING = 200


@dataclass(slots=True)
class Pieces:
    """The text so far, where its pages begin in it, and the starts of blocks that are no prose."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[tuple[int, int]] = field(default_factory=list)
    others: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self.parts)

    def add(self, text: str) -> None:
        """Write text as it is."""
        self.parts.append(text)
        self.length += len(text)

    def part(self) -> None:
        """Begin a new block."""
        if self.parts:
            self.add("\n\n")


def text_of(pages: Sequence[Page]) -> Pieces:
    """Return the text of a PDF's pages; a paragraph goes on over columns and pages."""
    aside = running(pages)
    writer = _Writer(pages, aside)
    for page in pages:
        for column in columns(page, aside):
            writer.column(column)
        writer.aside(line for line in page.lines if line in aside)
    writer.finish()
    return writer.pieces


class _Writer:
    def __init__(self, pages: Sequence[Page], aside: frozenset[Line]) -> None:
        lines = [line for page in pages for line in page.lines if line not in aside]
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.body = max(sizes, key=lambda size: (sizes[size], size), default=10.0)
        first = [line.size for line in lines if line.page == lines[0].page]
        largest = max(first, default=self.body)
        self.title = largest if largest > 1.15 * self.body else float("inf")
        self.words = Counter(word for line in lines for word in re.findall(r"[\w-]+", line.text[:-1]))
        self.leading = _leading(lines)
        self.pieces = Pieces()
        self.waiting: list[str] = []
        self.last: Line | None = None
        self.titled = False
        self.opened = ""

    def column(self, column: Column) -> None:
        for line in column.lines:
            self.line(line, column)

    def line(self, line: Line, column: Column) -> None:
        if self.last is None or not self._goes_on(self.last, line, column):
            self._open(line)
        else:
            self._join(line)
        self.last = line

    def aside(self, lines: Iterable[Line]) -> None:
        """Keep a page's running heads until the paragraph that goes over the page ends."""
        self.waiting += [line.text for line in lines]

    def finish(self) -> None:
        self._write_waiting()

    def _write_waiting(self) -> None:
        for text in self.waiting:
            self.pieces.part()
            self.pieces.others.add(self.pieces.length)
            self.pieces.add(text)
        self.waiting.clear()

    def _open(self, line: Line) -> None:
        self._write_waiting()
        self.pieces.part()
        self._turn(line)
        level = self._level(line)
        self.opened = line.text
        if ADDRESS.fullmatch(line.text):
            self.pieces.others.add(self.pieces.length)
        self.titled = self.titled or level == 1
        self.pieces.add("#" * level + " " * bool(level) + line.text)

    def _join(self, line: Line) -> None:
        if self._level(line):
            self.pieces.add(" ")
        elif (cut := CUT.search(self.pieces.parts[-1])) and (rest := CUT_NEXT.match(line.text)):
            if not self._keeps(cut["before"], rest[0]):
                self.pieces.parts[-1] = self.pieces.parts[-1][:-1]
                self.pieces.length -= 1
        else:
            self.pieces.add("\n")
        self._turn(line)
        self.pieces.add(line.text)

    def _keeps(self, before: str, rest: str) -> bool:
        """Whether a hyphen at a line's end belongs to the word: "MSC-derived", or so written elsewhere."""
        named = before[-1].isupper() or rest[0].isupper()
        return named or self.words[f"{before}-{rest}"] > self.words[f"{before}{rest}"]

    def _turn(self, line: Line) -> None:
        if not self.pieces.pages or self.pieces.pages[-1][1] != line.page:
            self.pieces.pages.append((self.pieces.length, line.page))

    def _level(self, line: Line) -> int:
        """Return the level of the heading that a line is; 0 for prose."""
        if len(line.text) > LONGEST_HEADING:
            return 0
        if line.size == self.title and (not self.titled or self.last is None or self.last.size == line.size):
            return 1
        if NAMED.fullmatch(line.text) or line.size > 1.12 * self.body:
            return 2
        ended = line.text.endswith((".", ",", ";"))
        return 3 if line.bold and not ended and line.size >= 0.95 * self.body else 0

    def _goes_on(self, last: Line, line: Line, column: Column) -> bool:
        level, before = self._level(line), self._level(last)
        if level != before or abs(line.size - last.size) > 0.1 * self.body or ADDRESS.fullmatch(line.text):
            return False
        if level:
            return (
                last.size == line.size
                and 0 < last.y - line.y < 1.6 * line.size
                and not NAMED.fullmatch(last.text)
            )
        indented = line.left - column.left > 0.6 * line.size
        if last.page != line.page or line.y >= last.y + 0.3 * line.size:
            return not indented and not ends_sentence(last.text) and not _is_item(line.text)
        if last.y - line.y > 1.35 * self.leading.get(line.size, 1.3 * line.size):
            return False
        return not indented or self._hangs(line, column) or not ends_sentence(last.text)

    def _hangs(self, line: Line, column: Column) -> bool:
        """Whether indented lines go on here: below a number or bullet, or as most lines of the column do."""
        same = [other for other in column.lines if other.size == line.size]
        indented = sum(other.left - column.left > 0.6 * line.size for other in same)
        return _is_item(self.opened) or 2 * indented >= len(same)


def _is_item(text: str) -> bool:
    opening = OPENING.match(text)
    return opening is not None and opening.end() > 0


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """Return the usual distance from line to line for each size of type."""
    steps: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for last, line in pairwise(lines):
        step = last.y - line.y
        if last.size == line.size and 0 < step < 3 * line.size:
            steps[line.size][round(step, 1)] += 1
    return {size: counts.most_common(1)[0][0] for size, counts in steps.items()}
