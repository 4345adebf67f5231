"""Curated places found again in a user's copy of the article: by the sentence's hash, else by its place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from loaders.article.blocks import blank
from loaders.article.sentences import digest
from schema.records import Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.article.document import Document

Key = tuple[int, int]
# How far a sentence may stand from where its neighbours say, when something between them was changed.
NEAR = range(-64, 65)


class Standing(StrEnum):
    """How a place stands in the user's copy."""

    FOUND = "found"
    MOVED = "moved"
    DIFFERS = "differs"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One curated place and the sentence of the copy that stands for it; `reason` says why it is unverified.

    `sentence` has block, number and spans of the copy: verified and quoted, or as it differs; or None.
    """

    place: Sentence
    standing: Standing
    sentence: Sentence | None = None
    reason: str = ""

    @property
    def verified(self) -> bool:
        """Whether the copy holds the very sentence."""
        return self.standing in {Standing.FOUND, Standing.MOVED}

    @property
    def record(self) -> Sentence:
        """The place under its curated number, which claims go by: verified and quoted, or neither."""
        if self.sentence is None or not self.verified:
            return replace(self.place, verified=False, quote=None)
        return replace(self.place, spans=self.sentence.spans, verified=True, quote=self.sentence.quote)


@dataclass(frozen=True, slots=True)
class Report:
    """How every curated place stands, in the order of the places."""

    findings: tuple[Finding, ...]

    @property
    def unverified(self) -> tuple[Finding, ...]:
        """The places that the copy does not bear out."""
        return tuple(finding for finding in self.findings if not finding.verified)


def is_same_article(places: Sequence[Sentence], title: str, document: Document) -> bool:
    """Whether a copy is the curated article: the same title, or at least half of its sentences."""
    hashes = {sentence.sha256 for sentence in document.sentences}
    kept = sum(place.sha256 in hashes for place in places)
    same_title = document.title.casefold() == title.casefold()
    return same_title or (bool(places) and 2 * kept >= len(places))


def find_again(places: Sequence[Sentence], document: Document) -> Report:
    """Look for every curated place in a copy of the article."""
    search = _Search(places, document)
    search.by_order()
    search.by_hash()
    search.by_shifted_spans()
    return Report(tuple(search.found.get(_key(place)) or search.by_place(place) for place in places))


def _key(sentence: Sentence) -> Key:
    return sentence.block, sentence.sentence


class _Search:
    """The sentences of one copy, and which of them already stand for a place."""

    def __init__(self, places: Sequence[Sentence], document: Document) -> None:
        self.places = places
        self.document = document
        self.sentences = {_key(sentence): sentence for sentence in document.sentences}
        self.found: dict[Key, Finding] = {}
        self.taken: set[Key] = set()

    def by_order(self) -> None:
        """Find what the copy holds in the same order, so that sentences that read the same stay apart."""
        old = [place.sha256 for place in self.places]
        new = [sentence.sha256 for sentence in self.document.sentences]
        for i, j, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            for step in range(size):
                self._take(self.places[i + step], self.document.sentences[j + step])

    def by_hash(self) -> None:
        """Find what stands in another order."""
        others = {s.sha256: s for key, s in self.sentences.items() if key not in self.taken}
        for place in self._open():
            sentence = others.pop(place.sha256, None)
            if sentence is not None:
                self._take(place, sentence)

    def by_shifted_spans(self) -> None:
        """Find what stands whole in the text although a damaged neighbour ran into it."""
        for place in self._open():
            around = {self._shift(place, -1), self._shift(place, 1), 0}
            for shift in sorted((base + step for base in around for step in NEAR), key=abs):
                spans = tuple(Span(span.start + shift, span.end + shift) for span in place.spans)
                if self._stands_free(spans) and digest(self.document.text, spans) == place.sha256:
                    self._take(place, self._sentence_at(place, spans))
                    break

    def by_place(self, place: Sentence) -> Finding:
        """Say what stands where the sentence should."""
        for key in (self._expected(place, -1), self._expected(place, 1), _key(place)):
            sentence = self.sentences.get(key)
            if sentence is not None and key not in self.taken:
                reason = f"the sentence at {key[0]}.{key[1]} reads otherwise: its SHA-256 differs"
                return Finding(place, Standing.DIFFERS, sentence, reason)
        return Finding(place, Standing.MISSING, None, "no sentence stands in its place")

    def _stands_free(self, spans: tuple[Span, ...]) -> bool:
        """Whether nothing sticks to the sentence on either side."""
        start, end = spans[0].start, spans[-1].end
        text = self.document.text
        return start >= 0 and blank(text[max(0, start - 1) : start]) and blank(text[end : end + 1])

    def _open(self) -> list[Sentence]:
        return [place for place in self.places if _key(place) not in self.found]

    def _take(self, place: Sentence, sentence: Sentence) -> None:
        standing = Standing.FOUND if _key(place) == _key(sentence) else Standing.MOVED
        quoted = replace(sentence, verified=True, quote=self.document.quote(sentence))
        self.found[_key(place)] = Finding(place, standing, quoted)
        self.taken.add(_key(sentence))

    def _shift(self, place: Sentence, step: int) -> int:
        """How far the nearest place found before (-1) or after (1) has moved in the text."""
        near, now = self._neighbour(place, step)
        side = -1 if step < 0 else 0
        return now.spans[side].start - near.spans[side].start

    def _expected(self, place: Sentence, step: int) -> Key:
        """Where the place should be if it moved with its neighbour."""
        near, now = self._neighbour(place, step)
        along = now.sentence - near.sentence if near.block == place.block else 0
        return place.block + now.block - near.block, place.sentence + along

    def _neighbour(self, place: Sentence, step: int) -> tuple[Sentence, Sentence]:
        """Return the nearest place found in one direction and its sentence; the place itself if none is."""
        index = self.places.index(place) + step
        while 0 <= index < len(self.places):
            finding = self.found.get(_key(self.places[index]))
            if finding is not None and finding.sentence is not None:
                return finding.place, finding.sentence
            index += step
        return place, place

    def _sentence_at(self, place: Sentence, spans: tuple[Span, ...]) -> Sentence:
        starts = [block.start for block in self.document.blocks]
        block = self.document.blocks[max(0, bisect_right(starts, spans[0].start) - 1)].number
        headings = [section.block for section in self.document.sections]
        section = headings[max(0, bisect_right(headings, block) - 1)]
        return replace(place, section=section, block=block, spans=spans)
