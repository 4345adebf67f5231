"""The blocks of a text: parts between lines that are empty or only white space, numbered from 1.

Offsets are code points of the text as it stands in the file, with its line ends. A block runs from its first
to its last visible character; what lies between two blocks is white space only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
HEADING = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+|$)(?P<title>[^\r\n]*)")
# Marks of order and joining that show nothing: a line that holds only these is an empty one.
INVISIBLE = "\ufeff\u200b\u2060"


class BlockKind(StrEnum):
    """What a block is for."""

    HEADING = "heading"
    BYLINE = "byline"
    BODY = "body"
    PULL_QUOTE = "pull quote"
    AUTHOR_NOTE = "author note"
    REFERENCE_LIST = "reference list"
    CLOSING_NOTE = "closing note"
    FURNITURE = "furniture"
    CAPTION = "caption"
    TABLE = "table"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """One block; where headings open it, its text begins at `prose`, the last gives `level` and `title`."""

    number: int
    start: int
    end: int
    prose: int
    kind: BlockKind = BlockKind.BODY
    level: int = 0
    title: str = ""


def blank(text: str) -> bool:
    """Whether nothing in the text can be seen."""
    return not text.strip().strip(INVISIBLE).strip()


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space at its ends; an empty range when it holds nothing else."""
    while start < end and blank(text[start]):
        start += 1
    while start < end and blank(text[end - 1]):
        end -= 1
    return start, end


def split(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order; their kinds are HEADING or BODY, by their own form alone."""
    return tuple(_block(text, number, *span) for number, span in enumerate(_runs(text), 1))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    start = end = -1
    for line in LINE.finditer(text):
        if not blank(line[0]):
            start, end = (line.start() if start < 0 else start), line.end()
        elif start >= 0:
            yield trim(text, start, end)
            start = -1
    if start >= 0:
        yield trim(text, start, end)


def _block(text: str, number: int, start: int, end: int) -> Block:
    prose, level, title = start, 0, ""
    while heading := HEADING.match(text, prose, end):
        level, title = len(heading["marks"]), clean_title(heading["title"])
        prose = trim(text, heading.end(), end)[0]
    kind = BlockKind.HEADING if level and prose == end else BlockKind.BODY
    return Block(number, start, end, prose, kind, level, title)


def clean_title(printed: str) -> str:
    """Return a heading's words without the marks of Markdown around them."""
    title = re.sub(r"[ \t]+#+[ \t]*$", "", printed.strip()).strip()
    bold = re.fullmatch(r"(\*{1,3}|_{1,3})(.+)\1", title)
    return bold[2].strip() if bold else title
