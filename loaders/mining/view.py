"""A sentence as it reads: markup, markers and layout taken out, with the place of every character kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from loaders.article.latex import FORMULA, readable
from loaders.mining.folding import fold
from schema.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BREAK = "\x1e"
LETTER = r"[^\W\d_]"
INVISIBLE = r"\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
SPECIAL = re.compile(
    rf"(?=[<\]h—*\-\s{INVISIBLE}\ufb00-\ufb06])(?:"  # what may begin one, tried first: it is fast
    r"(?P<marker><[sS][uU][pP]>[\s\d,;–-]*</[sS][uU][pP]>|\]\([^)\s]*\)|https?://\S+|—)"  # noqa: RUF001
    rf"|(?P<nothing></?[A-Za-z][^<>]*>|\*+|[{INVISIBLE}]+)"
    rf"|(?P<cut>(?<={LETTER})-[ \t]*\r?\n[ \t]*(?={LETTER}))"
    r"|(?P<blank>\s{2,})"
    r"|(?P<ligature>[\ufb00-\ufb06]))"
)
# Without any of these a sentence reads as it is written.
MARKED = re.compile(
    rf"[<>*—$\n\r\t\v\f\x85\xa0\u2000-\u200d\u2028-\u202f\u205f\u3000{INVISIBLE}\ufb00-\ufb06]|  |\]\(|http"
)
CUT_AT_END = re.compile(rf"{LETTER}-$")
# What a definition puts between the words of a name: "mesenchymal stem cell (MSC)-derived".
ASIDE = re.compile(r"\s\([A-Za-z]*[A-Z][\w-]{0,9}\)(?=[\s-])")


@dataclass(frozen=True)
class View:
    """A sentence's readable text; character i comes from `starts[i]` to `ends[i]` of the file's text."""

    plain: str
    starts: Sequence[int]
    ends: Sequence[int]
    parts: tuple[Span, ...]

    @cached_property
    def folded(self) -> str:
        """The text as forms are compared with it."""
        return fold(self.plain)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return where a piece stands in the file: one span for each part of the sentence that it is in."""
        first, last = self.starts[start], self.ends[end - 1]
        if len(self.parts) == 1:
            return (Span(first, last),)
        return tuple(
            Span(max(first, part.start), min(last, part.end))
            for part in self.parts
            if max(first, part.start) < min(last, part.end)
        )


def views(text: str, spans: Sequence[Span], marks: Sequence[Span] = ()) -> Iterator[View]:
    """Yield the ways to read a sentence; `marks` are citation markers, in order.

    First with words that layout cut made whole, then with their hyphens kept where there are such, then
    without abbreviations in brackets where there are such.
    """
    first, cut = _as_written(text, spans, marks), False
    if first is None:
        first, cut = _view(text, spans, marks, whole=True)
    yield first
    if cut:
        yield _view(text, spans, marks, whole=False)[0]
    asides = list(ASIDE.finditer(first.plain)) if " (" in first.plain else []
    if asides:
        yield _without(first, asides)


def _as_written(text: str, spans: Sequence[Span], marks: Sequence[Span]) -> View | None:
    """Return a sentence that reads as it is written; None for one with markup, markers or line breaks."""
    if len(spans) != 1 or MARKED.search(text, spans[0].start, spans[0].end):
        return None
    start, end = spans[0].start, spans[0].end
    at = bisect_left(marks, start, key=lambda mark: mark.start)
    if at < len(marks) and marks[at].start < end:
        return None
    return View(text[start:end], range(start, end), range(start + 1, end + 1), tuple(spans))


def _view(text: str, spans: Sequence[Span], marks: Sequence[Span], *, whole: bool) -> tuple[View, bool]:
    """Return one way to read, and whether layout cut a word."""
    out = _Builder(text)
    for i, span in enumerate(spans):
        last = i == len(spans) - 1
        cut = not last and CUT_AT_END.search(text, span.start, span.end) is not None
        at, end = span.start, span.end - (cut and whole)
        for start, stop, instead in _replaced(text, span.start, end, marks, whole):
            if start >= at:
                out.copy(at, start)
                out.put(instead, start, stop)
                at = stop
            out.cut |= text[start] == "-"
        out.copy(at, end)
        out.cut |= cut
        if not last and not cut:
            out.put(" ", span.end, span.end)
    return View("".join(out.plain), out.starts, out.ends, tuple(spans)), out.cut


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.plain: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.cut = False

    def copy(self, start: int, end: int) -> None:
        if start < end:
            self.plain.append(self.text[start:end])
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))

    def put(self, instead: str, start: int, end: int) -> None:
        """Put characters that all come from one place."""
        self.plain.append(instead)
        self.starts.extend([start] * len(instead))
        self.ends.extend([end] * len(instead))


def _replaced(
    text: str, start: int, end: int, marks: Sequence[Span], whole: bool
) -> list[tuple[int, int, str]]:
    """Return what reads otherwise than it is written, in order: from, to, and the text instead."""
    found = [(m.start(), m.end(), _instead(m, whole)) for m in SPECIAL.finditer(text, start, end)]
    at = bisect_left(marks, start, key=lambda mark: mark.start)
    while at < len(marks) and marks[at].start < end:
        found.append((marks[at].start, marks[at].end, BREAK))
        at += 1
    if text.find("$", start, end) >= 0:
        found += _letters(text, start, end)
    return sorted(found)


def _instead(match: re.Match[str], whole: bool) -> str:
    match match.lastgroup:
        case "marker":
            return BREAK
        case "cut":
            return "" if whole else "-"
        case "blank":
            return " "
        case "ligature":
            return unicodedata.normalize("NFKD", match[0])
        case _:
            return ""


def _letters(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the LaTeX letters, without the blanks that layout put around them."""
    for match in FORMULA.finditer(text, start, end):
        group = "name" if match["name"] is not None else "other"
        before, opens = match[group], match.end(group)
        letter = readable(match[0])[len(before) : len(before) + 1]
        if letter == match[0][len(before) : len(before) + 1]:
            continue
        dollar = text.index("$", match.end("letter")) + 1
        blanks = text.index("$", opens) - opens
        if blanks:
            yield opens, opens + blanks, ""
        yield opens + blanks, dollar, letter
        tail = match["tail"]
        if tail is None and dollar < match.end():
            yield dollar, match.end(), ""
        elif tail is not None and before.endswith("-"):
            yield dollar, match.end() - len(tail.lstrip()), ""


def _without(view: View, asides: Sequence[re.Match[str]]) -> View:
    kept: list[int] = []
    at = 0
    for aside in asides:
        kept.extend(range(at, aside.start()))
        at = aside.end()
    kept.extend(range(at, len(view.plain)))
    return View(
        "".join(view.plain[i] for i in kept),
        [view.starts[i] for i in kept],
        [view.ends[i] for i in kept],
        view.parts,
    )
