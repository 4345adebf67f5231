"""What one sentence says: the rules, over its tokens. Everything stays inside the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.mining.triggers import SENSE_BY_NAME, Sense, Trigger, nouns, predicate_for, verbs
from schema.predicates import BODY, CELLS, CONDITIONS, PREDICATE_BY_NAME, REMEDIES, VESICLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loaders.mining.clauses import Token

Place = tuple[int, int]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _words("is are was were be been being")
AUX = BE | _words("has have had does do did may might can could will would should must to")
ADVERBS = _words(
    "not also then never only further thus thereby therefore subsequently markedly even still almost often "
    "both either all partly in part potentially directly well strongly dose-dependently already each"
)
DETERMINERS = _words("the a an its their this these those some many several such both all any each no")
NEGATING = _words("not never cannot neither nor without n't no")
HEDGES = _words(
    "may might could potentially possibly probably presumably likely perhaps seem seems seemed appear appears "
    "appeared suggest suggests suggested suggesting putative putatively hypothesised hypothesized thought believed"
)
UNREAL = _words("whether if would should hypothesis")
BOUNDARIES = _words("; : . whereas while but although though because since however when where so despite")
RELATIVE = _words("which that who")
PREPOSITIONS = _words(
    "in on at by from with without after before during via through into onto to for against among between "
    "under over within upon towards toward of as than following per across despite using"
)
# What stands before "of X" or behind X and means that X is at work.
AGENT_NOUNS = _words(
    "administration injection injections infusion instillation treatment treatments transfer delivery application "
    "overexpression expression level levels addition presence exposure use upregulation release secretion "
    "activation loading incubation transplantation transfection effect action activity dose doses uptake "
    "supplementation delivery inhalation production therapy formation number numbers concentration "
    "concentrations amount content rise growth amounts proliferation"
)
# What turns the claim round: "loss of X", "X knockdown".
INVERSE = _words(
    "loss lack absence inhibition reduction decrease degradation deficiency knockdown knockout silencing deletion "
    "depletion blockade blocking neutralisation neutralization downregulation suppression inhibitor inhibitors "
    "antagonist antagonists antibody antibodies withdrawal removal ablation death apoptosis dysfunction "
    "damage injury poor impaired deficient apoptotic dead dying disruption cleavage anti reduced silenced "
    "clearance resistance low decreased"
)
AGENT_STOPS = _words("targeting")
GIVEN = _words(
    "administered given injected delivered infused instilled applied received administering injecting transplanted"
)
TAKEN = _words(
    "derived isolated obtained purified harvested collected secreted released prepared produced generated "
    "originating extracted shed"
)
STUDIED = _words(
    "investigated studied examined evaluated tested assessed explored used proposed considered testing "
    "evaluating investigating candidate promising option emerged potential tool strategy treatment therapy "
    "alternative approach administered given"
)
TESTS = _words(
    "test tests testing tested evaluate evaluates evaluating evaluated assess assessing assessed investigate "
    "investigated investigating study studied examined examining received reported ongoing improved safe"
)
FILLED = {
    ("enriched", "in"), ("enriched", "with"), ("enriched", "for"), ("rich", "in"), ("loaded", "with"),
    ("packed", "with"), ("filled", "with"), ("positive", "for"), ("equipped", "with"), ("laden", "with"),
}  # fmt: skip
HELD = {("carried", "in"), ("carried", "by"), ("contained", "in"), ("packaged", "into"), ("packaged", "in"),
        ("loaded", "into"), ("present", "in"), ("encapsulated", "in"), ("cargo", "of"), ("enclosed", "in")}  # fmt: skip
HYPHEN = re.compile(r"^-(?P<how>[a-z]+)$")
COMPOUNDS = {
    "induced": "induce", "stimulated": "raise", "triggered": "induce", "driven": "cause", "evoked": "induce",
    "associated": "", "mediated": "", "dependent": "", "activated": "activate", "enhanced": "raise",
    "suppressed": "suppress", "inhibited": "inhibit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a sentence says: two mentions (entity and place in the reading), predicate, rule."""

    subject: tuple[str, Place]
    predicate: str
    object: tuple[str, Place]
    negated: bool
    certainty: str
    rule: str


@dataclass(slots=True)
class _Event:
    """A verb where it stands; what it was found to do."""

    at: int
    end: int
    trigger: Trigger
    passive: bool
    subject: Token | None = None
    agent: Token | None = None
    patient: Token | None = None
    negated: bool = False
    rule: str = ""


@dataclass
class Clauses:
    """One sentence's tokens, read by every rule; `kinds` are those of the entities."""

    tokens: Sequence[Token]
    kinds: Mapping[str, str]
    said: list[Said] = field(default_factory=list)

    def read(self) -> list[Said]:
        """Return what the sentence says, each thing once, by the first rule that reads it."""
        self._compounds()
        self._filled()
        self._taken()
        self._routes()
        self._events()
        self._nouns()
        self._no_effect()
        self._treatments()
        self._studies()
        self._others()
        found: dict[tuple[str, str, str], Said] = {}
        for one in self.said:
            found.setdefault((one.subject[0], one.predicate, one.object[0]), one)
        return list(found.values())

    # words and places

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _mention(self, at: int) -> Token | None:
        token = self.tokens[at] if 0 <= at < len(self.tokens) else None
        return token if token is not None and token.is_mention else None

    def _clause_start(self, at: int) -> int:
        """Return where the clause of a token begins: behind a boundary, a relative word or an introduction."""
        i = at - 1
        while i >= 0:
            text = self._text(i)
            if text in BOUNDARIES or text == "," or text in RELATIVE:
                return i + 1
            i -= 1
        return 0

    def _sentence_part(self, at: int) -> int:
        """Return where the part of the sentence begins: behind a boundary other than a comma."""
        return next((i + 1 for i in range(at - 1, -1, -1) if self._text(i) in BOUNDARIES), 0)

    def _certainty(self, at: int) -> str:
        before = [t.text for t in self.tokens[self._sentence_part(at) : at]]
        if "which" in before:  # a clause of its own: what comes before says nothing of it
            before = before[len(before) - before[::-1].index("which") :]
        return "HEDGED" if HEDGES & set(before) else "ASSERTED"

    def _is_unreal(self, at: int) -> bool:
        return any(t.text in UNREAL for t in self.tokens[self._sentence_part(at) : at])

    # saying

    def _say(
        self,
        subject: Token,
        sense: Sense | str,
        object_: Token,
        rule: str,
        at: int,
        *,
        negated: bool = False,
    ) -> bool:
        """Say it of every pair; a string is a predicate. False where the kinds fit no predicate."""
        done = False
        certainty = self._certainty(at)
        for one in subject.entities:
            for other in object_.entities:
                if one[0] == other[0]:
                    continue
                kinds = self.kinds[one[0]], self.kinds[other[0]]
                name = _fitting(sense, *kinds) if isinstance(sense, str) else predicate_for(sense, *kinds)
                if name is None:
                    continue
                done = True
                self.said.append(Said(one, name, other, negated, certainty, rule))
        return done

    # noun phrases

    def _object(self, at: int, *, most: int = 6) -> tuple[Token, bool, int] | None:
        """Return the object that begins here, whether it is negated, and where it stands."""
        negated = False
        for i in range(at, min(at + most, len(self.tokens))):
            token = self._mention(i)
            if token is not None:
                while self._mention(i + 1) is not None:  # "microglial IL-1β": the last is the head
                    i += 1
                head = self.tokens[i]
                after = self._text(i + 1)
                if after in INVERSE or (after == "of" and False):
                    return None
                if HYPHEN.match(after):  # "reduced LPS-induced inflammation": the object is further on
                    inner = self._object(i + 2, most=4)
                    return inner
                return head, negated, i
            text = self._text(i)
            if text in NEGATING:
                negated = True
            elif text in INVERSE or text in PREPOSITIONS - {"of"} or text in BOUNDARIES or text in RELATIVE:
                return None
            elif text in {",", "and", "or", "nor"} or text in AUX:
                return None
            elif text == "of" and i == at:
                return None
            elif text in nouns() and text not in AGENT_NOUNS:
                return None
        return None

    def _head(self, start: int, end: int) -> Token | None:
        """Return the head of the noun phrase between two places; None where it is none or turned round."""
        i = start
        while i < end:
            token = self._mention(i)
            if token is None:
                i += 1
                continue
            before = self._before(start, i)
            last = i
            while last + 1 < end and self._mention(last + 1) is not None:
                last += 1
            head = self.tokens[last]
            after = self._text(last + 1) if last + 1 < end else ""
            if after in INVERSE or HYPHEN.match(after):
                if HYPHEN.match(after):
                    i = last + 1
                    continue
                return None
            if before and before[-1] == "of":
                noun = next((w for w in reversed(before[:-1]) if w not in DETERMINERS), "")
                if any(w in INVERSE for w in before):
                    return None
                return head if noun in AGENT_NOUNS or noun in nouns() or noun == "" else None
            if any(w in INVERSE for w in before):
                return None
            opens = next((w for w in before if w in PREPOSITIONS), None)
            if opens == "with" and before[0] in AGENT_NOUNS:
                return head
            if opens is not None:
                return None
            if self._kind(head) == "DeliveryRoute" and after == "of":
                i = last + 1
                start = last + 2
                continue
            return head
        return None

    def _before(self, start: int, at: int) -> list[str]:
        return [t.text for t in self.tokens[start:at] if not t.is_mention]

    def _kind(self, token: Token) -> str:
        return self.kinds[token.entities[0][0]]

    # verbs

    def _events(self) -> None:
        events = list(self._verbs())
        for n, event in enumerate(events):
            self._place(event, events[:n])
        for n, event in enumerate(events):
            if not event.passive or event.agent is not None or event.subject is None:
                continue
            later = events[n + 1] if n + 1 < len(events) else None
            joined = later and "and" in [t.text for t in self.tokens[event.end : later.at]]
            if later and later.passive and later.agent is not None and joined and not event.negated:
                between = [t.text for t in self.tokens[event.end : later.at]]
                if not (set(between) & (BOUNDARIES | {","})):
                    self._say(later.agent, event.trigger.sense, event.subject, "shared-agent", event.at)

    def _verbs(self) -> Iterator[_Event]:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            ways = () if token.is_mention else verbs().get(token.text, ())
            for way in ways:
                end = self._particle(at, way)
                if end is not None and self._is_verb(at, end, way):
                    yield _Event(at, end, way, self._is_passive(at, end, way))
                    at = end - 1
                    break
            at += 1

    def _particle(self, at: int, way: Trigger) -> int | None:
        """Return the index after the verb with its particle; the object of "protect X from Y" comes between."""
        end = at + 1 + len(way.particle)
        texts = [t.text for t in self.tokens[at + 1 : end]]
        if texts == list(way.particle):
            return end
        if way.particle in {("against",), ("from",)}:
            for i in range(at + 1, min(at + 6, len(self.tokens))):
                if self._text(i) in {"against", "from"}:
                    return i + 1
        if len(way.particle) == 1 and self._text(at + 1) in ADVERBS and self._text(at + 2) == way.particle[0]:
            return at + 3
        return None

    def _is_verb(self, at: int, end: int, way: Trigger) -> bool:
        before = self._skip_back(at)
        prior = self._text(before)
        if way.form == "base":
            if self._text(end) in {"in", "of"} or prior in DETERMINERS or prior in PREPOSITIONS - {"to"}:
                return False
            spoken = {self._text(i) for i in range(before, at)} | {prior}
            return bool(
                spoken & (AUX - BE)
                or self._mention(before)
                or prior in RELATIVE | {"and", "or", "they", "we"}
                or prior in {"vesicles", "exosomes", "cells", "evs", "these", "levels"}
            )
        if way.form == "ing":
            return not (self._text(end) == "of")
        return True

    def _is_passive(self, at: int, end: int, way: Trigger) -> bool:
        if way.form not in {"past", "participle"}:
            return False
        if self._text(end) == "by":
            return True
        for i in range(at - 1, max(-1, at - 5), -1):
            text = self._text(i)
            if text in BE:
                return True
            if text not in ADVERBS and not text.endswith("ly") and text not in NEGATING:
                return False
        return False

    def _skip_back(self, at: int) -> int:
        """Return the place before a verb's auxiliaries and adverbs."""
        i = at - 1
        while i >= 0 and not self.tokens[i].is_mention:
            text = self._text(i)
            if text in AUX or text in ADVERBS or text.endswith("ly") or text in HEDGES:
                i -= 1
            else:
                break
        return i

    def _place(self, event: _Event, before: Sequence[_Event]) -> None:
        """Find subject and object of a verb, and say it."""
        if self._is_unreal(event.at):
            return
        negated, start = self._negation(event)
        if start is None:
            return
        event.negated = negated
        subject, rule = self._subject(event, start, before)
        if subject is None:
            return
        event.subject = subject
        event.rule = rule
        if event.passive:
            event.agent = self._agent(event.end)
            if event.agent is not None:
                name = "participle" if rule == "participle" else "passive-verb"
                self._say(event.agent, event.trigger.sense, subject, name, event.at, negated=negated)
            return
        found = self._object(event.end)
        if found is None:
            return
        object_, inner, _ = found
        self._say(subject, event.trigger.sense, object_, rule, event.at, negated=negated != inner)

    def _negation(self, event: _Event) -> tuple[bool, int | None]:
        """Return whether the verb is denied, and the place before its auxiliaries; None where it is unreal."""
        i = self._skip_back(event.at)
        spoken = [t.text for t in self.tokens[i + 1 : event.at]]
        negated = any(text in NEGATING or text.endswith("n't") for text in spoken)
        if spoken and spoken[-1] == "to" or "to" in spoken:
            text = self._text(i)
            if text in {"failed", "fails", "fail", "unable", "insufficient"}:
                return True, self._skip_back(i)
            if text in {"shown", "found", "reported", "demonstrated", "known", "able", "ability", "observed", "proven",
                        "tended", "tends", "continue", "helps", "help", "helped", "likely"}:  # fmt: skip
                j = self._skip_back(i)
                again = [t.text for t in self.tokens[j + 1 : i]]
                return negated != any(text in NEGATING for text in again), j
            if not self._mention(i) and text not in {""} and event.trigger.form == "base":
                if set(spoken) & {"seem", "seems", "appear", "appears", "appeared", "seemed"}:
                    return negated, i
                return negated, None
        return negated, i

    def _subject(self, event: _Event, start: int, before: Sequence[_Event]) -> tuple[Token | None, str]:
        """Return what the verb is said of, and the rule by which that was found."""
        last = before[-1] if before else None
        text = self._text(start)
        form = event.trigger.form
        if form == "ing" and not (set(self._between(start, event.at)) & BE):
            if text in {"by", "thereby", "thus", "through", "via"} or set(self._between(start, event.at)) & {
                "thereby",
                "thus",
            }:
                if last is None:
                    return None, ""
                actor = last.agent if last.passive else last.subject
                return actor, "by-doing"
            token = self._mention(start)
            return (token, "participle") if token is not None else (None, "")
        if text in RELATIVE or (text == "and" and self._text(start - 1) in RELATIVE):
            i = start - 1
            while i >= 0 and self._text(i) == ",":
                i -= 1
            return self._mention(i), "relative-clause"
        if text in {"and", "or", "but", ",", "then"}:
            if last is not None and last.subject is not None and last.passive == event.passive:
                if not self._mentions_of_their_own(last, event):
                    return last.subject, "joined-verb"
                return last.subject, "joined-verb"
            if last is not None and last.passive and not event.passive and last.subject is not None:
                return last.subject, "joined-verb"
            return None, ""
        spoken = self._between(start, event.at)
        if "to" in spoken and self._mention(start) is not None and last is not None and form == "base":
            return self._mention(start), "infinitive"
        begin = self._clause_start(start + 1)
        while True:
            joint = next((i for i in range(start, begin - 1, -1) if self._text(i) in {"and", "or"}), None)
            if joint is not None and any(self._mention(i) for i in range(joint, start + 1)):
                begin = joint + 1
            break
        denied = any(t.text in {"no", "neither"} for t in self.tokens[begin : start + 1])
        head = self._head(begin, start + 1)
        if head is None and self._text(begin - 1) == "," and begin > 1:
            head = None
        if denied:
            event.negated = True
        if event.passive and head is None and self._mention(event.at - 1) is not None:
            return self._mention(event.at - 1), "participle"
        if event.passive and head is not None and not (set(spoken) & BE):
            return self._mention(event.at - 1), "participle"
        return head, "active-verb"

    def _mentions_of_their_own(self, last: _Event, event: _Event) -> bool:
        return any(self._mention(i) for i in range(last.end, event.at))

    def _between(self, start: int, end: int) -> list[str]:
        return [t.text for t in self.tokens[start + 1 : end]]

    def _agent(self, at: int) -> Token | None:
        for i in range(at, min(at + 9, len(self.tokens))):
            text = self._text(i)
            if text == "by":
                return self._by(i + 1)
            if text in BOUNDARIES or text in RELATIVE or text == ",":
                return None
            if not self.tokens[i].is_mention and text in verbs() and i > at:
                return None
        return None

    def _by(self, at: int) -> Token | None:
        """Return the doer behind "by"."""
        for i in range(at, min(at + 6, len(self.tokens))):
            token = self._mention(i)
            if token is not None:
                while self._mention(i + 1) is not None:
                    i += 1
                after = self._text(i + 1)
                if after in INVERSE or HYPHEN.match(after):
                    return None
                if self._kind(self.tokens[i]) == "DeliveryRoute" and after == "of":
                    return self._by(i + 2)
                return self.tokens[i]
            text = self._text(i)
            if (
                text.endswith("ing")
                or text in INVERSE
                or text in PREPOSITIONS - {"of", "with"}
                or text in BOUNDARIES | {","}
            ):
                return None
        return None

    # what has no verb

    def _nouns(self) -> None:
        for i, token in enumerate(self.tokens):
            sense = None if token.is_mention else nouns().get(token.text)
            if sense is None or self._is_unreal(i):
                continue
            if self._text(i + 1) in {"of", "in"}:
                found = self._object(i + 2, most=5)
                if found is None:
                    continue
                object_, _, place = found
                self._noun_by(i, sense, object_, place)
                self._led_to(i, sense, object_)
                self._mediated(i, sense, object_)

    def _noun_by(self, i: int, sense: Sense, object_: Token, place: int) -> None:
        for j in range(place + 1, min(place + 5, len(self.tokens))):
            if self._text(j) == "by":
                doer = self._by(j + 1)
                if doer is not None:
                    self._say(doer, sense, object_, "noun-of-by", i)
                return
            if self._text(j) in BOUNDARIES | {","} or self._text(j) in verbs():
                return

    def _led_to(self, i: int, sense: Sense, object_: Token) -> None:
        """Read "X led to a marked reduction in Y"; in "and in Z" the object of the second is read too."""
        j = i - 1
        while (
            j >= 0
            and not self.tokens[j].is_mention
            and (
                self._text(j) in DETERMINERS
                or self._text(j).endswith(("ant", "ed", "ly", "ic", "ial"))
                or self._text(j) in {"strong", "marked", "clear", "further", "dose-dependent", "greater"}
            )
            and self._text(j) not in {"caused", "showed", "resulted", "produced", "induced"}
        ):
            j -= 1
        text, prior = self._text(j), self._text(j - 1)
        if (text, prior) in {
            ("to", "led"),
            ("to", "leads"),
            ("to", "lead"),
            ("in", "resulted"),
            ("in", "results"),
        }:
            end = j - 1
        elif text in {"caused", "causes", "showed", "produced", "induced", "had", "achieved"}:
            end = j
        else:
            return
        start = self._skip_back(end)
        head = self._head(self._clause_start(start + 1), start + 1)
        if head is not None and self.tokens[j].text not in {"showed", "had"}:
            self._say(head, sense, object_, "led-to-change", i)

    def _mediated(self, i: int, sense: Sense, object_: Token) -> None:
        hyphen = HYPHEN.match(self._text(i - 1))
        doer = self._mention(i - 2)
        if hyphen and doer is not None and hyphen["how"] in {"mediated", "induced", "driven", "dependent"}:
            self._say(doer, sense, object_, "mediated-change", i)

    def _compounds(self) -> None:
        """Read "X-induced Y"."""
        for i in range(1, len(self.tokens)):
            hyphen = HYPHEN.match(self._text(i)) or (
                HYPHEN.match(self._text(i) + self._text(i + 1)) if self._text(i) == "-" else None
            )
            doer = self._mention(i - 1)
            if hyphen is None or doer is None or not COMPOUNDS.get(hyphen["how"]):
                continue
            found = self._object(i + (2 if self._text(i) == "-" else 1), most=3)
            if found is not None:
                self._say(doer, SENSE_BY_NAME[COMPOUNDS[hyphen["how"]]], found[0], "induced-by-compound", i)

    def _filled(self) -> None:
        for i in range(1, len(self.tokens) - 1):
            pair = (self._text(i), self._text(i + 1))
            if pair in FILLED:
                vesicles = self._nearest(i, VESICLES)
                found = self._object(i + 2)
                if vesicles and found:
                    self._say(vesicles, "CARRIES", found[0], "filled-with", i, negated=self._denied(i))
            elif pair in HELD:
                vesicles_ = self._object(i + 2)
                start = self._skip_back(i)
                while self._text(start) in {"as", "a", "identified", "found", "detected"}:
                    start = self._skip_back(start)
                held = self._mention(start)
                if vesicles_ and held and self._kind(vesicles_[0]) in VESICLES:
                    self._say(vesicles_[0], "CARRIES", held, "filled-with", i, negated=self._denied(i))

    def _denied(self, at: int) -> bool:
        return any(t.text in NEGATING for t in self.tokens[max(0, at - 3) : at])

    def _nearest(self, at: int, kinds: frozenset[str]) -> Token | None:
        """Return the mention of these kinds that stands before a place, with words that say nothing between."""
        i = self._skip_back(at)
        token = self._mention(i)
        return token if token is not None and self._kind(token) in kinds else None

    def _taken(self) -> None:
        for i, token in enumerate(self.tokens):
            if not token.is_mention or self._kind(token) not in VESICLES:
                continue
            j = i + 1
            taken = False
            while j < len(self.tokens) and (
                self._text(j) in BE | ADVERBS | TAKEN or self._text(j).endswith("ly")
            ):
                taken = taken or self._text(j) in TAKEN
                j += 1
            if self._text(j) not in ({"from", "by"} if taken else {"from", "of"}):
                continue
            source = self._source(j + 1)
            if source is not None:
                rule = "taken-from" if taken else "vesicles-of-cells"
                self._say(token, "DERIVES_FROM", source, rule, i)

    def _source(self, at: int) -> Token | None:
        for i in range(at, min(at + 9, len(self.tokens))):
            token = self._mention(i)
            if token is not None:
                while self._mention(i + 1) is not None:
                    i += 1
                if self._kind(self.tokens[i]) in CELLS | BODY:
                    return self.tokens[i]
                if self._kind(token) in {"Cargo", "Population"}:
                    continue
                return None
            text = self._text(i)
            if text in BOUNDARIES | {",", "and", "by", "to", "in", "with"} or text in verbs():
                return None
        return None

    def _routes(self) -> None:
        for i, token in enumerate(self.tokens):
            if not token.is_mention or self._kind(token) != "DeliveryRoute":
                continue
            if self._text(i + 1) in {"of", "with"}:
                found = self._object(i + 2, most=4)
                if found and self._kind(found[0]) in REMEDIES:
                    self._say(found[0], "DELIVERED_BY", token, "route-of", i)
                    continue
            given = next((j for j in range(i - 1, max(-1, i - 6), -1) if self._text(j) in GIVEN), None)
            if given is not None:
                remedy = self._remedy(given)
                if remedy is not None:
                    self._say(remedy, "DELIVERED_BY", token, "given-by-route", i, negated=self._denied(given))

    def _remedy(self, at: int) -> Token | None:
        """Return the first remedy of the clause before a place, or the object behind it."""
        for i in range(self._sentence_part(at), at):
            token = self._mention(i)
            if token is not None and self._kind(token) in REMEDIES - CELLS:
                return token
        found = self._object(at + 1, most=3)
        return found[0] if found and self._kind(found[0]) in REMEDIES else None

    def _no_effect(self) -> None:
        for i in range(len(self.tokens) - 3):
            words = [self._text(i + n) for n in range(4)]
            if words[0] not in {"no", "little"}:
                continue
            j = next(
                (n for n in range(1, 4) if words[n] in {"effect", "effects", "influence", "impact"}), None
            )
            if j is None or self._text(i + j + 1) not in {"on", "upon"}:
                continue
            found = self._object(i + j + 2)
            start = self._skip_back(i)
            if self._text(start) in {"showed", "exerted", "exert", "produced"}:
                start = self._skip_back(start)
            head = self._head(self._opening(start), start + 1)
            if head is None and self._text(start) in {"and", "but"}:
                head = self._first_subject(start)
            if found and head is not None:
                self._say(head, SENSE_BY_NAME["affect"], found[0], "no-effect", i, negated=True)

    def _opening(self, start: int) -> int:
        return self._clause_start(start + 1)

    def _first_subject(self, at: int) -> Token | None:
        begin = self._sentence_part(at)
        return next((t for t in self.tokens[begin:at] if t.is_mention), None)

    def _treatments(self) -> None:
        """Read that a remedy is studied for a condition."""
        texts = [t.text for t in self.tokens]
        for i, token in enumerate(self.tokens):
            if not token.is_mention or self._kind(token) not in CONDITIONS - {"Outcome"}:
                continue
            part = self._sentence_part(i)
            remedy = next(
                (t for t in self.tokens[part:i] if t.is_mention and self._kind(t) in REMEDIES - CELLS), None
            )
            if remedy is None or self._is_unreal(i) or not self._is_for(texts, part, i):
                continue
            self._say(remedy, "STUDIED_FOR", token, "treatment-for", i)

    def _is_for(self, texts: Sequence[str], part: int, at: int) -> bool:
        """Whether the words before a condition say that something is meant for it."""
        before = list(texts[max(part, at - 7) : at])
        clause = set(texts[part:at])
        close = before[-5:]
        for noun in ("treatment", "therapy", "treating", "management", "prevention", "therapeutics"):
            if noun in close and close[close.index(noun) :][-1:] != [""]:
                rest = close[close.index(noun) + 1 :]
                if noun == "treating" or set(rest) & {"of", "for", "in"}:
                    return bool(clause & STUDIED) or "for" in before
        if before[-2:] == ["to", "treat"]:
            return True
        studied = clause & (
            STUDIED - {"potential", "treatment", "therapy", "tool", "strategy", "alternative"}
        )
        compound = 3 if HYPHEN.match(texts[at - 1]) else 0
        near = list(texts[max(part, at - 7 - compound) : at])
        return bool(studied) and bool(set(near) & {"with", "in", "for", "of"}) and self._is_setting(at, part)

    def _is_setting(self, at: int, part: int) -> bool:
        """Whether the condition stands behind "in", "in patients with", "in a model of"."""
        i = at - 1
        if HYPHEN.match(self._text(i)) and self._mention(i - 1):
            i -= 2
        while i > part and (
            self._text(i)
            in DETERMINERS
            | {"of", "with", "model", "models", "experimental", "acute", "chronic", "severe", "having"}
            or (self._mention(i) and self._kind(self.tokens[i]) == "Population")
        ):
            i -= 1
        return self._text(i) in {"in", "to", "for"}

    def _studies(self) -> None:
        texts = {t.text for t in self.tokens}
        studies = [t for t in self.tokens if t.is_mention and self._kind(t) == "Study"]
        if not studies or not texts & TESTS or texts & UNREAL or "must" in texts:
            return
        remedy = next((t for t in self.tokens if t.is_mention and self._kind(t) in VESICLES), None)
        if remedy is not None:
            for study in studies:
                self._say(remedy, "TESTED_IN", study, "tested-in", 0)

    def _others(self) -> None:
        for i in range(1, len(self.tokens) - 2):
            pair = (self._text(i), self._text(i + 1))
            start = self._skip_back(i)
            if pair in {
                ("associated", "with"),
                ("correlated", "with"),
                ("correlates", "with"),
                ("linked", "to"),
            }:
                head = self._subject_of(start)
                found = self._object(i + 2)
                if (
                    head is not None
                    and found is not None
                    and set(self._between(start, i)) & BE | {pair[0]} & {"correlates"}
                ):
                    self._say(head, "ASSOCIATED_WITH", found[0], "goes-with", i, negated=self._denied(i))
            elif pair[1] == "by" and pair[0] in {"characterized", "characterised", "marked", "accompanied"}:
                head = self._head(self._clause_start(start + 1), start + 1)
                found = self._object(i + 2)
                if head is not None and found is not None:
                    self._say(head, "HAS_PHENOTYPE", found[0], "shows", i)
            elif pair[0] in {"is", "are"} and pair[1] in {"a", "an", "the"}:
                head = self._mention(i - 1)
                found = self._object(i + 2, most=5)
                if head and found and self._kind(head) == self._kind(found[0]):
                    self._say(head, "SUBCLASS_OF", found[0], "is-a", i, negated=self._denied(i))

    def _subject_of(self, start: int) -> Token | None:
        begin = self._clause_start(start + 1)
        head = self._head(begin, start + 1)
        if head is not None:
            return head
        return next((t for t in self.tokens[begin : start + 1] if t.is_mention), None)


def _fitting(name: str, subject: str, object_: str) -> str | None:
    predicate = PREDICATE_BY_NAME[name]
    return name if subject in predicate.subjects and object_ in predicate.objects else None
