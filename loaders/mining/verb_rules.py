"""The rules that read verbs: active and passive, joined, relative, by doing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from loaders.mining import words
from loaders.mining.triggers import Trigger, verbs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.mining.clauses import Token
    from loaders.mining.phrases import Phrases

# "was shown to lower", "is able to lower": the verb is said all the same.
PASSES_ON = frozenset(
    {
        *("shown", "found", "reported", "demonstrated", "known", "observed", "proven"),
        *("able", "ability", "tended", "tends", "continue", "helps", "help", "helped", "likely", "used"),
    }
)
FAILS = frozenset({"failed", "fails", "fail", "unable", "insufficient"})
SEEMS = frozenset({"seem", "seems", "appear", "appears", "appeared", "seemed"})
SUBJECT_WORDS = frozenset({"they", "we", "vesicles", "exosomes", "cells", "evs", "these", "levels"})


@dataclass(slots=True)
class Event:
    """A verb where it stands, and what it was found to be said of: `subject` is the grammatical one."""

    at: int
    end: int
    trigger: Trigger
    passive: bool
    subject: Token | None = None
    agent: Token | None = None
    negated: bool = False

    @property
    def actor(self) -> Token | None:
        """Who does it."""
        return self.agent if self.passive else self.subject


def read_verbs(phrases: Phrases) -> None:
    """Say what the verbs of a sentence say."""
    events = list(_verbs(phrases))
    for n, event in enumerate(events):
        if not phrases.is_unreal(event.at):
            _place(phrases, event, events[n - 1] if n else None)
    for event, later in pairwise(events):
        _share_agent(phrases, event, later)


def _share_agent(phrases: Phrases, event: Event, later: Event) -> None:
    """Say "A was lowered and B was raised by C" of the first verb too."""
    if not (event.passive and event.agent is None and event.subject is not None and not event.negated):
        return
    between = phrases.texts(event.end, later.at)
    apart = words.BOUNDARIES | {","}
    if later.passive and later.agent is not None and "and" in between and apart.isdisjoint(between):
        phrases.say(later.agent, event.trigger.sense, event.subject, "shared-agent", event.at)


def _verbs(phrases: Phrases) -> Iterator[Event]:
    end = 0
    for at, token in enumerate(phrases.tokens):
        if token.is_mention or at < end:
            continue
        for way in verbs().get(token.text, ()):
            found = _particle(phrases, at, way)
            if found is not None and _is_verb(phrases, at, found, way):
                end = found
                yield Event(at, end, way, _is_passive(phrases, at, end, way))
                break


def _particle(phrases: Phrases, at: int, way: Trigger) -> int | None:
    """Return the index after a verb with its particle; the object of "protect X from Y" comes between."""
    end = at + 1 + len(way.particle)
    if phrases.texts(at + 1, end) == list(way.particle):
        return end
    if way.particle in {("against",), ("from",)}:
        behind = range(at + 1, min(at + 6, len(phrases.tokens)))
        return next((i + 1 for i in behind if phrases.text(i) in {"against", "from"}), None)
    if len(way.particle) == 1 and phrases.text(at + 1) in words.ADVERBS:
        return at + 3 if phrases.text(at + 2) == way.particle[0] else None
    return None


def _is_verb(phrases: Phrases, at: int, end: int, way: Trigger) -> bool:
    """Whether a word is a verb here, and no noun: "an increase in", "the transfer of"."""
    if way.form == "ing":
        return phrases.text(end) != "of"
    if way.form != "base":
        return True
    before = phrases.skip_back(at)
    prior = phrases.text(before)
    if phrases.text(end) in {"in", "of"} or prior in words.DETERMINERS | (words.PREPOSITIONS - {"to"}):
        return False
    spoken = {*phrases.texts(before + 1, at), prior}
    if spoken & (words.AUX - words.BE):
        return True
    return phrases.mention(before) is not None or prior in words.RELATIVE | words.JOINTS | SUBJECT_WORDS


def _is_passive(phrases: Phrases, at: int, end: int, way: Trigger) -> bool:
    if way.form not in {"past", "participle"}:
        return False
    if phrases.text(end) == "by":
        return True
    for i in range(at - 1, max(-1, at - 5), -1):
        text = phrases.text(i)
        if text in words.BE:
            return True
        if text not in words.ADVERBS | words.NEGATING and not text.endswith("ly"):
            return False
    return False


def _place(phrases: Phrases, event: Event, last: Event | None) -> None:
    """Find subject and object of a verb, and say it."""
    start, event.negated = _before(phrases, event)
    if start is None:
        return
    event.subject, rule = _subject(phrases, event, start, last)
    if event.subject is None:
        return
    sense = event.trigger.sense
    if event.passive:
        event.agent = _agent(phrases, event.end)
        if event.agent is not None:
            name = rule if rule == "participle" else "passive-verb"
            phrases.say(event.agent, sense, event.subject, name, event.at, negated=event.negated)
        return
    found = phrases.object(event.end)
    if found is not None:
        object_, denied, _ = found
        phrases.say(event.subject, sense, object_, rule, event.at, negated=event.negated != denied)


def _before(phrases: Phrases, event: Event) -> tuple[int | None, bool]:
    """Return the place before a verb's auxiliaries (None: no statement), and whether it is denied."""
    i = phrases.skip_back(event.at)
    spoken = phrases.texts(i + 1, event.at)
    negated = any(text in words.NEGATING or text.endswith("n't") for text in spoken)
    if "to" not in spoken:
        return i, negated
    text = phrases.text(i)
    if text in FAILS:
        return phrases.skip_back(i), True
    if text in PASSES_ON:
        j = phrases.skip_back(i)
        return j, negated != (not words.NEGATING.isdisjoint(phrases.texts(j + 1, i)))
    meant = phrases.mention(i) is None and text != "" and event.trigger.form == "base"
    return (None if meant and SEEMS.isdisjoint(spoken) else i), negated


def _subject(phrases: Phrases, event: Event, start: int, last: Event | None) -> tuple[Token | None, str]:
    """Return what a verb is said of, and the rule by which that was found."""
    text = phrases.text(start)
    spoken = phrases.texts(start + 1, event.at)
    if event.trigger.form == "ing" and words.BE.isdisjoint(spoken):
        if text in words.BY or {"thereby", "thus"} & set(spoken):
            return (last.actor if last else None), "by-doing"
        return phrases.mention(start), "participle"
    if text in words.RELATIVE or (text in words.JOINTS and phrases.text(start - 1) in words.RELATIVE):
        return _antecedent(phrases, start), "relative-clause"
    if text in words.JOINTS | {"but", ",", "then"}:
        follows = last is not None and (last.passive or not event.passive)
        return (last.subject if last and follows else None), "joined-verb"
    if "to" in spoken and phrases.mention(start) and last is not None and event.trigger.form == "base":
        return phrases.mention(start), "infinitive"
    return _of_clause(phrases, event, start, spoken)


def _of_clause(phrases: Phrases, event: Event, start: int, spoken: list[str]) -> tuple[Token | None, str]:
    """Return the subject that the clause begins with; of a participle what stands right before it."""
    begin = _phrase_start(phrases, start)
    if not {"no", "neither"}.isdisjoint(phrases.texts(begin, start + 1)):
        event.negated = True
    head = phrases.head(begin, start + 1)
    if event.passive and (head is None or words.BE.isdisjoint(spoken)):
        return phrases.mention(event.at - 1), "participle"
    return head, "active-verb"


def _antecedent(phrases: Phrases, start: int) -> Token | None:
    """Return what a relative word stands for; behind "A of B that" it may be either, so neither is."""
    i = start - 1
    while i >= 0 and phrases.text(i) == ",":
        i -= 1
    unclear = phrases.text(start) == "that" and phrases.text(i - 1) == "of"
    return None if unclear else phrases.mention(i)


def _phrase_start(phrases: Phrases, start: int) -> int:
    """Return where the noun phrase before a verb begins."""
    begin = phrases.clause_start(start + 1)
    joint = next((i for i in range(start, begin - 1, -1) if phrases.text(i) in {"and", "or"}), None)
    if joint is not None and any(phrases.mention(i) for i in range(joint, start + 1)):
        return joint + 1
    return begin


def _agent(phrases: Phrases, at: int) -> Token | None:
    for i in range(at, min(at + 9, len(phrases.tokens))):
        text = phrases.text(i)
        if text == "by":
            return phrases.doer(i + 1)
        if text in words.BOUNDARIES | words.RELATIVE | {","}:
            return None
        if text in verbs() and i > at and not phrases.tokens[i].is_mention:
            return None
    return None


def nearest(phrases: Phrases, at: int, kinds: Sequence[str] | frozenset[str]) -> Token | None:
    """Return the mention of these kinds right before a place, with words that say nothing between."""
    token = phrases.mention(phrases.skip_back(at))
    return token if token is not None and phrases.kind(token) in kinds else None
