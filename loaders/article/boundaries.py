"""Where sentences begin and end inside one paragraph.

Own rules, since no maintained library fits: pysbd rests since 2021, and syntok and spaCy tear a superscript
marker from its sentence.
"""
# ruff: noqa: RUF001, RUF002

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from loaders.article.abbreviations import STARTER, is_abbreviation
from loaders.article.blocks import blank

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS = r"\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*"
SMALL = "[⁰¹²³⁴-⁹]"
MARK = rf"(?:<sup>[^<]*</sup>|\^{NUMBERS}\^|\[{NUMBERS}\]|{SMALL}+(?:[,⁻–]{SMALL}+)*)(?!\w)"
CLOSE = r"[\"”’'»)\]*_]|</\w+>"
# A marker that lost its superscript stands bare behind the full stop: "disease.27 The".
LOST = r"(?<=[^\W\d_][.!?])\d{1,3}(?:[,–-]\d{1,3})*"
STOP = re.compile(
    rf"(?P<stop>[.!?…]+)(?P<lost>{LOST})?(?P<tail>(?:{CLOSE}|\s*{MARK})*)(?=\s|$)", re.IGNORECASE
)
MARKS = re.compile(MARK, re.IGNORECASE)
LEADING_MARK = re.compile(rf"\s*{MARK}", re.IGNORECASE)
ITEM = re.compile(r"(?:^|[\r\n])[ \t]*(?P<item>(?:[-*•+]|\d{1,2}[.)])[ \t]+)(?=\S)")
FOLLOWING = re.compile(r"[\s\"“‘'«(\[*_]*(?:<\w+>)?(?P<word>\S*)")
GREEK = re.compile(r"[α-ω]|\$\s*\\")
BRACKET = re.compile(r"[()]")
# How far the brackets around a stop may stand from it, before and behind.
OPENED, CLOSED = 2000, 300


def sentences_in(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph as ranges that together hold every visible character."""
    start = 0
    for end in [*_ends(paragraph), len(paragraph)]:
        if not blank(paragraph[start:end]):
            yield start, end
            start = end


def ends_sentence(piece: str) -> bool:
    """Whether a piece of a paragraph closes with the end of a sentence."""
    bare = piece.rstrip()
    stops = (stop for stop in STOP.finditer(bare) if stop.end() == len(bare))
    return any(stop["stop"] != "." or not is_abbreviation(bare[: stop.start()], "") for stop in stops)


def opens_inside(piece: str) -> bool:
    """Whether a piece opens like the rest of a sentence: in lower case, with a bracket or a formula."""
    first = piece.lstrip().lstrip("*_")[:2]
    return first[:1].islower() or first[:1] == "(" or first == "$\\"


def opens_with_marker(piece: str) -> bool:
    """Whether a citation marker that belongs to the sentence before opens the piece."""
    return LEADING_MARK.match(piece) is not None


def _ends(paragraph: str) -> list[int]:
    items = _items(paragraph)
    opened = sorted(items)
    ends = [0]
    for stop in STOP.finditer(paragraph):
        item = opened[bisect_right(opened, stop.start()) - 1] if items else 0
        numeral = stop.start() < items.get(item, 0)
        if not numeral and _is_end(paragraph, max(item, ends[-1]), stop):
            ends.append(stop.end())
    return sorted([*ends, *opened])


def _items(paragraph: str) -> dict[int, int]:
    """Return where list items open and their text begins; a list opens a paragraph or follows a colon."""
    items = {match.start("item"): match.end("item") for match in ITEM.finditer(paragraph)}
    lead = paragraph[: min(items, default=0)].rstrip()
    return items if not lead or lead.endswith(":") else {}


def _is_end(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    match = FOLLOWING.match(paragraph, stop.end())
    following = match["word"] if match else ""
    if following and not _may_open(following):
        return False
    if _in_brackets(paragraph, start, stop):
        return False
    if stop["stop"] in {"…", "..."}:
        before = paragraph[stop.start() - 1 : stop.start()]
        return not before.isspace() or STARTER.match(following) is not None
    before = paragraph[max(start, stop.start() - 40) : stop.start()]
    return stop["stop"] != "." or not is_abbreviation(before, following, bool(stop["lost"]))


def _may_open(word: str) -> bool:
    """Whether a sentence may begin with this word: also with mTOR, p53 or α-synuclein."""
    named = word[0].islower() and any(c.isupper() or c.isdigit() for c in word)
    return word[0].isupper() or word[0].isdigit() or named or GREEK.match(word) is not None


def _in_brackets(paragraph: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the stop stands inside brackets that opened in the midst of the sentence."""
    if BRACKET.search(MARKS.sub("", stop["tail"])):
        return not paragraph[start : start + 20].lstrip(' \t\r\n*_"“').startswith("(")
    depth = 0
    for bracket in BRACKET.findall(paragraph, max(start, stop.start() - OPENED), stop.start()):
        depth = depth + 1 if bracket == "(" else max(0, depth - 1)
    # A bracket that is never closed must not swallow the paragraph.
    closing = BRACKET.search(paragraph, stop.end(), stop.end() + CLOSED)
    return depth > 0 and closing is not None and closing[0] == ")"
