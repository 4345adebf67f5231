"""The rules that read nouns and compounds: "inhibition of X by Y", "X-induced Y", "no effect on X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.mining import words
from loaders.mining.triggers import SENSE_BY_NAME, Sense, nouns, verbs

if TYPE_CHECKING:
    from loaders.mining.clauses import Token
    from loaders.mining.phrases import Phrases

LED = frozenset({("to", "led"), ("to", "leads"), ("to", "lead"), ("in", "resulted"), ("in", "results")})
MADE = frozenset({"caused", "causes", "produced", "induced", "achieved"})
STRONG = frozenset({"strong", "marked", "clear", "further", "dose-dependent", "greater", "rapid"})
MEDIATING = frozenset({"mediated", "induced", "driven", "dependent"})


def read_nouns(phrases: Phrases) -> None:
    """Say what nouns of the senses say of what stands behind "of" or "in"."""
    for i, token in enumerate(phrases.tokens):
        sense = None if token.is_mention else nouns().get(token.text)
        if sense is None or phrases.text(i + 1) not in {"of", "in"} or phrases.is_unreal(i):
            continue
        found = phrases.object(i + 2, most=5)
        if found is not None:
            _by(phrases, i, sense, found[0], found[2])
            _led_to(phrases, i, sense, found[0])
            _mediated(phrases, i, sense, found[0])


def _by(phrases: Phrases, i: int, sense: Sense, object_: Token, place: int) -> None:
    for j in range(place + 1, min(place + 5, len(phrases.tokens))):
        if phrases.text(j) == "by":
            doer = phrases.doer(j + 1)
            if doer is not None:
                phrases.say(doer, sense, object_, "noun-of-by", i)
            return
        if phrases.text(j) in words.BOUNDARIES | {","} or phrases.text(j) in verbs():
            return


def _led_to(phrases: Phrases, i: int, sense: Sense, object_: Token) -> None:
    """Read "X led to a marked reduction in Y"."""
    j = i - 1
    while j >= 0 and phrases.text(j) not in MADE and _describes(phrases.text(j)):
        j -= 1
    if (phrases.text(j), phrases.text(j - 1)) in LED:
        j -= 1
    elif phrases.text(j) not in MADE:
        return
    start = phrases.skip_back(j)
    head = phrases.head(phrases.clause_start(start + 1), start + 1)
    if head is not None:
        phrases.say(head, sense, object_, "led-to-change", i)


def _describes(text: str) -> bool:
    return text in words.DETERMINERS | STRONG or text.endswith(("ant", "ed", "ly", "ic", "ial"))


def _mediated(phrases: Phrases, i: int, sense: Sense, object_: Token) -> None:
    hyphen = words.HYPHEN.match(phrases.text(i - 1))
    doer = phrases.mention(i - 2)
    if hyphen and doer is not None and hyphen["how"] in MEDIATING:
        phrases.say(doer, sense, object_, "mediated-change", i)


def read_compounds(phrases: Phrases) -> None:
    """Read "X-induced Y"."""
    for i in range(1, len(phrases.tokens)):
        hyphen = words.HYPHEN.match(phrases.text(i))
        doer = phrases.mention(i - 1)
        if hyphen is None or doer is None or hyphen["how"] not in words.COMPOUNDS:
            continue
        found = phrases.object(i + 1, most=3)
        if found is not None:
            sense = SENSE_BY_NAME[words.COMPOUNDS[hyphen["how"]]]
            phrases.say(doer, sense, found[0], "induced-by-compound", i)


def read_no_effect(phrases: Phrases) -> None:
    """Read "X had no effect on Y"."""
    for i in range(len(phrases.tokens) - 3):
        if phrases.text(i) not in {"no", "little"}:
            continue
        effects = ("effect", "effects", "influence", "impact")
        j = next((n for n in range(i + 1, i + 4) if phrases.text(n) in effects), None)
        if j is None or phrases.text(j + 1) not in {"on", "upon"}:
            continue
        found = phrases.object(j + 2)
        start = phrases.skip_back(i)
        if phrases.text(start) in {"showed", "exerted", "exert", "produced"}:
            start = phrases.skip_back(start)
        head = phrases.head(phrases.clause_start(start + 1), start + 1)
        if head is None and phrases.text(start) in {"and", "but"}:
            before = phrases.tokens[phrases.part_start(start) : start]
            head = next((token for token in before if token.is_mention), None)
        if found and head is not None:
            phrases.say(head, SENSE_BY_NAME["affect"], found[0], "no-effect", i, negated=True)
