"""Cross references of a JATS article as markers and citations: each leads where its anchor points."""
# ruff: noqa: RUF001

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.article.markers import LONGEST_RANGE, Marker, numbers_in
from loaders.jats.tree import Element, attribute, name, words
from schema import ids
from schema.enums import CitationStatus
from schema.records import Citation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loaders.article.blocks import Block
    from loaders.article.sentences import Cut
    from loaders.jats.canvas import Anchor
    from schema.records import Reference

BY_ANCHOR, BETWEEN = "by anchor", "between anchors"
DASH = re.compile(r"[\])]?(?:</sup>)?\s?[-‐‑‒–—−]\s?(?:<sup>)?[\[(]?")
RANGE = re.compile(r"\W*\d+\s*[-‐‑‒–—−]\s*\d+\W*")
LONGEST_NUMBER = 6
NUMBER = re.compile(r"\W*(\d{1,4})\W*")
BRACKETS = re.compile(r"^\s*[\[(]([^()\[\]]*)[\])]\s*$")
INITIALS = re.compile(r"\s+(?:[A-Z]\W?){1,4}$")


@dataclass(slots=True)
class _Pointer:
    """One cross reference: where it leads, what lies between it and the one before, what is missing."""

    anchor: Anchor
    printed: str
    positions: tuple[int, ...]
    between: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()


class Anchors:
    """An article's cross references to its reference list."""

    def __init__(
        self,
        text: str,
        found: Sequence[tuple[Element, Anchor]],
        places: Mapping[str, int],
        elements: Mapping[str, Element],
    ) -> None:
        """`places` has the position of each reference by its id, `elements` all elements that have one."""
        self.elements = elements
        pointers = (_pointer(element, anchor, places) for element, anchor in found)
        self.pointers = [pointer for pointer in pointers if pointer is not None]
        _fill(text, self.pointers, max(places.values(), default=0))

    def labels(self, references: Sequence[Reference]) -> dict[int, str]:
        """Return the label of each reference: its number as printed or cited, else author and year."""
        cited: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for pointer in self.pointers:
            number = NUMBER.fullmatch(pointer.printed)
            if number and len(pointer.positions) == 1:
                cited[pointer.positions[0]][number[1]] += 1
        numbered = any(pointer.between for pointer in self.pointers) or len(cited) * 2 > len(references)
        labels: dict[int, str] = {}
        taken: set[str] = set()
        for reference in references:
            at = reference.position
            if reference.printed_number is not None:
                label = str(reference.printed_number)
            elif cited[at]:
                label = cited[at].most_common(1)[0][0]
            else:
                label = (not numbered and _author_and_year(reference)) or str(at)
            labels[at] = _unique(label, at, taken)
        return labels

    def citations(self, article: str, labels: Mapping[int, str]) -> tuple[Citation, ...]:
        """Return what is cited, each once: by position, then what leads nowhere in the order of the text."""
        direct = {at for pointer in self.pointers for at in pointer.positions}
        between = {at for pointer in self.pointers for at in pointer.between}
        found = [
            Citation(
                article,
                labels[at],
                CitationStatus.RESOLVED,
                BY_ANCHOR if at in direct else BETWEEN,
                1.0,
                _number(labels[at]),
                at,
            )
            for at in sorted(direct | between)
        ]
        lost = self._lost(labels)
        return (*found, *(self._unresolved(article, rid, label) for rid, label in lost.items()))

    def markers(
        self, labels: Mapping[int, str], blocks: Sequence[Block], cuts: Sequence[Cut]
    ) -> Iterator[Marker]:
        """Yield one marker for each cross reference, in the order of the text."""
        lost = self._lost(labels)
        starts = [block.start for block in blocks]
        pieces = sorted((span.start, span.end, cut.block, cut.number) for cut in cuts for span in cut.spans)
        opens = [piece[0] for piece in pieces]
        for pointer in sorted(self.pointers, key=lambda one: (one.anchor.start, one.anchor.end)):
            start, end = pointer.anchor.start, pointer.anchor.end
            block = blocks[max(0, bisect_right(starts, start) - 1)].number
            _, stop, *sentence = pieces[max(0, bisect_right(opens, start) - 1)]
            own = [labels[at] for at in (*pointer.between, *pointer.positions)]
            own += [lost[rid] for rid in pointer.missing]
            numbers = tuple(number for label in own if (number := _number(label)) is not None)
            place = (sentence[0], sentence[1]) if opens[0] <= start <= stop else (block, 0)
            yield Marker(Span(start, end), numbers, block, place, labels=tuple(dict.fromkeys(own)))

    def _lost(self, labels: Mapping[int, str]) -> dict[str, str]:
        """Return a label for each id that no reference has."""
        taken = {ids.slug(label) for label in labels.values()}
        lost: dict[str, str] = {}
        for pointer in self.pointers:
            for rid in pointer.missing:
                if rid not in lost:
                    alone = len(pointer.missing) == 1 and not pointer.positions
                    printed = BRACKETS.sub(r"\1", pointer.printed) if alone else ""
                    lost[rid] = _unique(printed or rid or "?", len(lost) + 1, taken)
        return lost

    def _unresolved(self, article: str, rid: str, label: str) -> Citation:
        target = self.elements.get(rid)
        if not rid:
            note = "The cross reference names no reference (it has no rid)."
        elif target is None:
            note = f"The cross reference points at {rid!r}, and nothing in the file has that id."
        else:
            note = f"The cross reference points at {rid!r}, which is a <{name(target)}> and no reference."
        return Citation(
            article, label, CitationStatus.UNRESOLVED, BY_ANCHOR, 0.0, _number(label), None, (), note
        )


def _pointer(element: Element, anchor: Anchor, places: Mapping[str, int]) -> _Pointer | None:
    """Return where an xref leads; None where it is none to the reference list."""
    rids = attribute(element, "rid").split()
    positions = tuple(places[rid] for rid in rids if rid in places)
    if attribute(element, "ref-type") != "bibr":
        return _Pointer(anchor, words(element), positions) if positions else None
    missing = tuple(rid for rid in rids if rid not in places) or (() if rids else ("",))
    return _Pointer(anchor, words(element), positions, (), missing)


def _fill(text: str, pointers: Sequence[_Pointer], most: int) -> None:
    """Give each pointer the references between it and the one before, where a dash joins the two.

    A range in one anchor ("3-5") stands for those that follow its target, or lead to it; `most` is the last.
    """
    last: _Pointer | None = None
    for pointer in pointers:
        if len(pointer.positions) == 1 and RANGE.fullmatch(pointer.printed):
            low, *_, high = numbers_in(pointer.printed.strip("[]() ")) * 2
            at = pointer.positions[0]
            others = range(at + low - high, at) if at == high else range(at + 1, at + high - low + 1)
            pointer.between = tuple(position for position in others if 1 <= position <= most)
        elif last is not None and last.positions and pointer.positions:
            low, high = last.positions[-1], pointer.positions[0]
            joined = DASH.fullmatch(text, last.anchor.end, pointer.anchor.start) is not None
            if joined and pointer.printed and low < high <= low + LONGEST_RANGE:
                pointer.between = tuple(range(low + 1, high))
        if pointer.printed:
            last = pointer


def _number(label: str) -> int | None:
    return int(label) if label.isdecimal() and len(label) <= LONGEST_NUMBER else None


def _author_and_year(reference: Reference) -> str:
    author = INITIALS.sub("", reference.authors[0]) if reference.authors else ""
    return " ".join(part for part in (author, str(reference.year or "")) if part)


def _unique(label: str, position: int, taken: set[str]) -> str:
    """Return a label whose id nobody else has."""
    free = label if ids.slug(label) and ids.slug(label) not in taken else f"{label} ({position})".strip()
    while ids.slug(free) in taken:
        free = f"{free} bis"
    taken.add(ids.slug(free))
    return free
