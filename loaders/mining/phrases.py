"""A sentence's tokens with what the rules ask of them: clauses, noun phrases, certainty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.mining import words
from loaders.mining.triggers import Sense, nouns, predicate_for, verbs
from schema.enums import Certainty
from schema.predicates import PREDICATE_BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loaders.mining.clauses import Token

Place = tuple[int, int]
NOT_IN_OBJECT = (
    words.INVERSE | (words.PREPOSITIONS - {"of"}) | words.BOUNDARIES | words.RELATIVE | words.AUX | {","}
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a sentence says: two mentions (entity and place in the reading), predicate, rule."""

    subject: tuple[str, Place]
    predicate: str
    object: tuple[str, Place]
    negated: bool
    certainty: Certainty
    rule: str


@dataclass
class Phrases:
    """One sentence's tokens; `kinds` are those of the entities. Rules put what they read into `said`."""

    tokens: Sequence[Token]
    kinds: Mapping[str, str]
    said: list[Said] = field(default_factory=list)

    def say(
        self,
        subject: Token,
        sense: Sense | str,
        object_: Token,
        rule: str,
        at: int,
        *,
        negated: bool = False,
    ) -> None:
        """Say it of every pair whose kinds a predicate joins; a string is a predicate."""
        certainty = self.certainty(at)
        for one in subject.entities:
            for other in object_.entities:
                kinds = self.kinds[one[0]], self.kinds[other[0]]
                name = _fitting(sense, *kinds) if isinstance(sense, str) else predicate_for(sense, *kinds)
                if name is not None and one[0] != other[0]:
                    self.said.append(Said(one, name, other, negated, certainty, rule))

    # places

    def text(self, at: int) -> str:
        """Return the word at a place; empty for a mention and outside."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def texts(self, start: int, end: int) -> list[str]:
        """Return the words between two places."""
        return [token.text for token in self.tokens[max(0, start) : end]]

    def mention(self, at: int) -> Token | None:
        """Return the mention at a place; None where there is none."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else None
        return token if token is not None and token.is_mention else None

    def kind(self, token: Token) -> str:
        """Return the kind of a mention; of a list that of its first."""
        return self.kinds[token.entities[0][0]]

    def last_of_compound(self, at: int) -> int:
        """Return the place of the head of mentions side by side: "microglial IL-1β" is IL-1β.

        Who has it is no head: "cisplatin-induced AKI rats" speaks of the injury.
        """
        while (after := self.mention(at + 1)) is not None and self.kind(after) != "Population":
            at += 1
        return at

    # clauses

    def clause_start(self, at: int) -> int:
        """Return where the clause of a place begins: behind a boundary, a comma or a relative word."""
        stops = words.BOUNDARIES | words.RELATIVE | {","}
        return next((i + 1 for i in range(at - 1, -1, -1) if self.text(i) in stops), 0)

    def part_start(self, at: int) -> int:
        """Return where the part of the sentence begins: behind a boundary other than a comma."""
        return next((i + 1 for i in range(at - 1, -1, -1) if self.text(i) in words.BOUNDARIES), 0)

    def certainty(self, at: int) -> Certainty:
        """Return how firmly something is said at a place."""
        before = self.texts(self.part_start(at), at)
        if "which" in before:  # a clause of its own: what comes before says nothing of it
            before = before[len(before) - before[::-1].index("which") :]
        return Certainty.HEDGED if words.HEDGES & set(before) else Certainty.ASSERTED

    def is_unreal(self, at: int) -> bool:
        """Whether what is said at a place is asked, wished or assumed."""
        return not words.UNREAL.isdisjoint(self.texts(self.part_start(at), at))

    def is_denied(self, at: int) -> bool:
        """Whether one of the three words before a place denies."""
        return not words.NEGATING.isdisjoint(self.texts(at - 3, at))

    def skip_back(self, at: int) -> int:
        """Return the place before a verb's auxiliaries and adverbs."""
        i = at - 1
        while i >= 0 and not self.tokens[i].is_mention:
            text = self.text(i)
            if text not in words.AUX | words.ADVERBS | words.HEDGES and not text.endswith("ly"):
                break
            i -= 1
        return i

    # noun phrases

    def object(self, at: int, most: int = 6) -> tuple[Token, bool, int] | None:
        """Return the object that begins here, whether it is denied, and its place; None without one."""
        denied = False
        for i in range(at, min(at + most, len(self.tokens))):
            if self.mention(i) is not None:
                last = self.last_of_compound(i)
                after = self.text(last + 1)
                if after in words.INVERSE:
                    return None
                if words.HYPHEN.match(after):  # "reduced LPS-induced inflammation": the object is further on
                    return self.object(last + 2, most=4)
                return self.tokens[last], denied, last
            text = self.text(i)
            denied = denied or text in words.NEGATING
            if not self._goes_on(i, at):
                return None
        return None

    def _goes_on(self, i: int, at: int) -> bool:
        """Whether a word may stand between a verb and its object."""
        text = self.text(i)
        if text in words.NEGATING:
            return True
        if text in words.JOINTS:  # "local and systemic inflammation"
            after = self.text(i + 1)
            return i > at and words.ADJECTIVE.search(after) is not None and after not in verbs()
        if text in NOT_IN_OBJECT or (text == "of" and i == at):
            return False
        return text not in nouns() or text in words.AGENT_NOUNS

    def head(self, start: int, end: int) -> Token | None:
        """Return the head of the noun phrase between two places; None where it is none or turned round."""
        i = start
        while i < end:
            if self.mention(i) is None:
                i += 1
                continue
            last = i
            while last + 1 < end and self.mention(last + 1) is not None:
                last += 1
            head = self.tokens[last]
            after = self.text(last + 1) if last + 1 < end else ""
            if words.HYPHEN.match(after):
                i = last + 1
            elif self.kind(head) == "DeliveryRoute" and after == "of":
                i = start = last + 2
            else:
                return head if after not in words.INVERSE and self._opens(self.texts(start, i)) else None
        return None

    def _opens(self, before: list[str]) -> bool:
        """Whether the words before a mention leave it what the sentence speaks of."""
        if not words.INVERSE.isdisjoint(before):
            return False
        if before and before[-1] == "of":
            noun = next((w for w in reversed(before[:-1]) if w not in words.DETERMINERS), "")
            return noun in words.AGENT_NOUNS or noun in nouns() or noun == ""
        preposition = next((w for w in before if w in words.PREPOSITIONS), None)
        return preposition is None or (preposition == "with" and before[0] in words.AGENT_NOUNS)

    def doer(self, at: int) -> Token | None:
        """Return who does it, behind "by"."""
        stops = words.INVERSE | (words.PREPOSITIONS - {"of", "with"}) | words.BOUNDARIES | {","}
        for i in range(at, min(at + 6, len(self.tokens))):
            if self.mention(i) is not None:
                last = self.last_of_compound(i)
                after = self.text(last + 1)
                if after in words.INVERSE or words.HYPHEN.match(after):
                    return None
                if self.kind(self.tokens[last]) == "DeliveryRoute" and after == "of":
                    return self.doer(last + 2)
                return self.tokens[last]
            if self.text(i).endswith("ing") or self.text(i) in stops:
                return None
        return None


def _fitting(name: str, subject: str, object_: str) -> str | None:
    predicate = PREDICATE_BY_NAME[name]
    return name if subject in predicate.subjects and object_ in predicate.objects else None
