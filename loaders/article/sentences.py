"""Body paragraphs and their sentences with exact places, whatever layout put between their pieces."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.article.blocks import Block, BlockKind, trim
from loaders.article.boundaries import ends_sentence, opens_inside, opens_with_marker, sentences_in
from schema.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HYPHEN = re.compile(r"[^\W\d_]-$")
TRANSPARENT = frozenset({BlockKind.PULL_QUOTE, BlockKind.FURNITURE, BlockKind.OTHER})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The blocks that one paragraph stands in: several where a pull quote or a page broke it."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """One sentence: the block it begins in, its number among those that begin there, and its spans."""

    block: int
    number: int
    spans: tuple[Span, ...]


def joined(text: str, spans: Sequence[Span]) -> str:
    """Return a sentence as it reads: spans joined, a word cut by layout made whole, white space collapsed."""
    whole = ""
    for span in spans:
        part = text[span.start : span.end]
        whole = whole[:-1] + part if HYPHEN.search(whole) else f"{whole} {part}"
    return " ".join(whole.split())


def digest(text: str, spans: Sequence[Span]) -> str:
    """Return the SHA-256 of the sentence as it reads, in UTF-8, as hex."""
    return hashlib.sha256(joined(text, spans).encode()).hexdigest()


def paragraphs(text: str, blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Return the body's paragraphs; a piece that ends no sentence goes on in the next body block."""
    found: list[list[Block]] = []
    open_ = False
    for block in blocks:
        if block.kind is BlockKind.BODY:
            if open_ and not block.level and goes_on(text, found[-1][-1], block):
                found[-1].append(block)
            else:
                found.append([block])
            open_ = True
        elif block.kind not in TRANSPARENT:
            open_ = False
    return tuple(Paragraph(tuple(pieces)) for pieces in found)


def goes_on(text: str, last: Block, block: Block) -> bool:
    """Whether a block goes on with the sentence that the last one of its paragraph left open."""
    piece = text[block.prose : block.end]
    return opens_with_marker(piece) or (
        not ends_sentence(text[last.prose : last.end]) and opens_inside(piece)
    )


def sentences(text: str, found: Sequence[Paragraph]) -> tuple[Cut, ...]:
    """Return the sentences in order; one that layout broke counts in its first block only."""
    numbers: Counter[int] = Counter()
    places = []
    for paragraph in found:
        for block, spans in _sentences(text, paragraph):
            numbers[block] += 1
            places.append(Cut(block, numbers[block], spans))
    return tuple(places)


def _sentences(text: str, paragraph: Paragraph) -> Iterator[tuple[int, tuple[Span, ...]]]:
    pieces = paragraph.blocks
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + piece.end - piece.prose + 1)
    flat = "\n".join(text[piece.prose : piece.end] for piece in pieces)
    for start, end in sentences_in(flat):
        spans = []
        blocks = []
        for i in range(bisect_right(starts, start) - 1, len(pieces)):
            shift = pieces[i].prose - starts[i]
            span = trim(text, max(start + shift, pieces[i].prose), min(end + shift, pieces[i].end))
            if span[0] < span[1]:
                spans.append(Span(*span))
                blocks.append(pieces[i].number)
        yield blocks[0], tuple(spans)
