"""Finds the names of entities in text: the longest first, by their words, with exact places."""
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick

from loaders.article.abbreviations import STARTER
from loaders.mining.definitions import Abbreviations, abbreviations
from loaders.mining.folding import fold
from loaders.mining.lexicon import Form, Lexicon, letters_of, punctuation_of
from loaders.mining.view import View, views
from schema.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from loaders.mining.ontologies import Term
    from schema.records import Entity

    Pattern = Callable[[str], Iterator[tuple[int, int, Entity]]]

WORD = r"[\w'’-]+"
# "respiratory, autoimmune, and dermatologic diseases", "stem/progenitor cells": all share the last word.
SHARED = re.compile(
    rf"(?P<joint>,? (?:and/or|and|or) |/)(?P<last>{WORD} (?P<head>{WORD})(?: (?P<far>{WORD}))?)"
)
ITEMS = re.compile(rf"{WORD}(?:, {WORD})*$")
ITEM = re.compile(WORD)
# "differentiation into osteoblasts, chondrocytes, and adipocytes": all share what opens the first.
GOES_ON = re.compile(rf"(?:, {WORD})*,? (?:and/or|and|or) {WORD}")
# "non-MSC" is no MSC; "anti-inflammatory cytokine" is no inflammatory cytokine, but "anti-TNF" speaks of TNF.
NOT = re.compile(r"(?<![\w-])non-$", re.IGNORECASE)
TURNED = re.compile(r"(?<![\w-])(?:non|anti|pro|pre|post|sub|off)-$", re.IGNORECASE)
# A degree stands behind a person's name and other degrees: "Adam Brown, DC, ND".
DEGREE = re.compile(
    r"(?P<first>[A-Z][\w'’]*\.?)(?: [A-Z]\.)* [A-Z][a-z][\w'’-]*,? (?:(?:[A-Z][A-Za-z]{0,3}\.?){1,3},? )*$"
)
NEAR, WIDEST = 60, 200


class Found(NamedTuple):
    """One naming of an entity; several spans where layout or a list parts it."""

    entity: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A naming that may be chosen; `own` is what no other name may have: words shared in a list are all's."""

    form: Form
    spans: tuple[Span, ...]
    own: tuple[Span, ...]
    size: int


class Tagger:
    """Finds the entities that it was made with, and those whose names a pattern reads in a sentence."""

    def __init__(
        self, entities: Iterable[Entity], pattern: Pattern | None = None, terms: Iterable[Term] = ()
    ) -> None:
        self.lexicon = Lexicon(entities, terms)
        self.pattern = pattern
        self._forms = ahocorasick.Automaton()
        for form in self.lexicon:
            self._forms.add_word(f" {form.key} ", form)
        if len(self.lexicon):
            self._forms.make_automaton()

    def read(self, text: str, marks: Iterable[Span] = ()) -> Reading:
        """Return a text to be tagged sentence by sentence; `marks` are citation markers inside it."""
        return Reading(self, text, tuple(sorted(marks, key=lambda span: span.start)))

    def mentions(self, text: str, spans: Sequence[Span]) -> list[Found]:
        """Return what one sentence of a text names; for many sentences, `read` the text once."""
        return self.read(text).mentions(spans)

    def matches(self, folded: str) -> Iterator[tuple[int, int, Form]]:
        """Yield all forms in a folded text, at word boundaries, overlapping: start, end, form."""
        if not len(self.lexicon):
            return
        for last, form in self._forms.iter(f" {folded} "):
            yield last - 1 - len(form.key), last - 1, form


class Reading:
    """One text and what it says of its abbreviations."""

    def __init__(self, tagger: Tagger, text: str, marks: tuple[Span, ...] = ()) -> None:
        self.tagger = tagger
        self.text = text
        self.marks = marks
        self.composed: dict[str, Entity] = {}  # what the pattern has read so far, by id

    def mentions(self, spans: Sequence[Span]) -> list[Found]:
        """Return what a sentence names, in the order of the text: the longest names, none inside another.

        A form that describes ("diseases of the central nervous system") leaves the names inside it. Spans
        are code points of the untouched text.
        """
        candidates = [c for view in views(self.text, spans, self.marks) for c in self._candidates(view)]
        sure = any(not self._is_doubtful(c.form) for c in candidates)
        chosen = _longest(c for c in candidates if sure or not self._is_doubtful(c.form))
        chosen.sort(key=lambda c: (c.spans[0].start, -c.size))
        return [Found(c.form.entity, c.spans) for c in chosen]

    @cached_property
    def abbreviations(self) -> Abbreviations:
        """What the text defines."""
        return abbreviations(self.text, self.tagger.lexicon, self._named)

    @cached_property
    def _aliases(self) -> re.Pattern[str] | None:
        """The abbreviations that only this text gives a meaning."""
        own = [
            short
            for short, entity in self.abbreviations.meant.items()
            if (form := self.tagger.lexicon.get(short)) is None or form.entity != entity
        ]
        names = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
        return re.compile(rf"(?<![\w-])(?P<short>{names})s?(?!\w)") if own else None

    @cached_property
    def _all_named(self) -> set[str]:
        """The entities that the text names otherwise than by an abbreviation."""
        return self._named(self.text)

    def _named(self, phrase: str) -> set[str]:
        return {f.entity for _, _, f in self.tagger.matches(fold(phrase)) if not f.is_abbreviation}

    def _candidates(self, view: View) -> Iterator[_Candidate]:
        plain = view.plain
        for start, end, form in self.tagger.matches(view.folded):
            sure = form.is_sure and plain[start - 1 : start] != "-"
            if sure or self._stands(form, plain, start, end):
                yield _candidate(form, view.spans(start, end))
                if form.describes:
                    yield from self._going_on(view, form, start, end)
        for start, end, entity in self.tagger.pattern(plain) if self.tagger.pattern else ():
            self.composed[entity.id] = entity
            yield _candidate(_composed(entity, plain[start:end]), view.spans(start, end))
        if self._aliases is not None:
            for match in self._aliases.finditer(plain):
                if not _is_degree(plain, match.start()):
                    form = self._alias(match["short"])
                    yield _candidate(form, view.spans(*match.span()))
        if "/" in plain or " and " in plain or " or " in plain:
            yield from self._sharing(view)

    def _alias(self, short: str) -> Form:
        entity = self.abbreviations.meant[short]
        return Form(entity, short, fold(short), frozenset({short, f"{short}s"}), "", describes=False)

    def _sharing(self, view: View) -> Iterator[_Candidate]:
        """Yield names whose last word stands at the end of a list only."""
        forms = self.tagger.lexicon.forms
        for match in SHARED.finditer(view.plain):
            # "preclinical and early clinical studies": the far word only where all three are one name.
            head = "far" if match["far"] and fold(match["last"]) in forms else "head"
            if fold(match[head]) not in self.tagger.lexicon.heads:
                continue
            before = max(0, match.start() - WIDEST)
            items = ITEMS.search(view.plain[before : match.start()])
            for item in ITEM.finditer(view.plain, before + items.start(), match.start()) if items else ():
                form = forms.get(fold(f"{item[0]} {match[head]}"))
                if form is not None and not form.punctuation:
                    own, shared = view.spans(*item.span()), view.spans(*match.span(head))
                    yield _Candidate(form, (*own, *shared), own, len(form.key))

    def _going_on(self, view: View, first: Form, start: int, end: int) -> Iterator[_Candidate]:
        """Yield names whose first words stand at the start of a list only."""
        opening, _, word = view.plain[start:end].rpartition(" ")
        rest = GOES_ON.match(view.plain, end)
        for item in ITEM.finditer(view.plain, end, rest.end()) if rest and word else ():
            form = self.tagger.lexicon.forms.get(fold(f"{opening} {item[0]}"))
            if form is not None and form.describes and form.entity != first.entity:
                own = view.spans(*item.span())
                shared = view.spans(start, start + len(opening))
                yield _Candidate(form, (*shared, *own), own, len(form.key))

    def _stands(self, form: Form, plain: str, start: int, end: int) -> bool:
        """Whether a form is written here as it must be, and means its entity."""
        written = plain[start:end]
        if form.letters and letters_of(written) not in form.letters:
            return False
        if punctuation_of(written) != form.punctuation:
            return False
        if plain[start - 1 : start] == "-" and _is_turned(written, plain[max(0, start - NEAR) : start]):
            return False
        if not form.is_abbreviation:
            return True
        short = letters_of(form.text)
        denied = (short, form.entity) in self.abbreviations.denied
        return not denied and not _is_degree(plain, start)

    def _is_doubtful(self, form: Form) -> bool:
        """Whether two letters stand without definition or full name anywhere in the text."""
        if not form.is_abbreviation or len(letters_of(form.text)) > 2:
            return False
        defined = self.abbreviations.meant.get(letters_of(form.text)) == form.entity
        return not defined and form.entity not in self._all_named


def _composed(entity: Entity, written: str) -> Form:
    return Form(entity.id, written, fold(written), frozenset(), "", describes=False)


def _candidate(form: Form, spans: tuple[Span, ...]) -> _Candidate:
    return _Candidate(form, spans, spans, len(form.key))


def _is_turned(written: str, before: str) -> bool:
    """Whether a prefix before the name makes it another one."""
    first = written.split(maxsplit=1)[0]
    several = len(written.split()) > 1 and first.islower()
    return (TURNED if several else NOT).search(before) is not None


def _is_degree(plain: str, start: int) -> bool:
    match = DEGREE.search(plain[max(0, start - NEAR) : start])
    return match is not None and STARTER.match(match["first"]) is None


def _longest(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Choose the longest first; what overlaps a chosen one is left, save inside one that describes."""
    chosen: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.size, c.spans[0].start, c.form.entity)):
        start, end = candidate.own[0].start, candidate.own[-1].end
        for other in chosen:
            near = other.own[0].start < end and start < other.own[-1].end
            if near and _excludes(other, candidate):
                break
        else:
            chosen.append(candidate)
    return chosen


def _excludes(chosen: _Candidate, other: _Candidate) -> bool:
    if chosen.form.entity != other.form.entity and chosen.form.describes:
        return False
    return any(a.start < b.end and b.start < a.end for a in chosen.own for b in other.own)
