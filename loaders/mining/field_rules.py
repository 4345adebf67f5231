"""The rules that read what articles about vesicles say: cargo, source, route, treatment, kinship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.mining import words
from loaders.mining.triggers import verbs
from loaders.mining.verb_rules import nearest
from schema.predicates import BODY, CELLS, REMEDIES, VESICLES

if TYPE_CHECKING:
    from loaders.mining.clauses import Token
    from loaders.mining.phrases import Phrases

# Cells that are given as a remedy; of other cells "in asthma" says where they are.
GIVEN_CELLS = frozenset({"CL:0000134", "CL:0000034", "CL:0002540", "CL:0002568", "CL:0002569", "CL:0002570"})
FAR = 8


def read_cargo(phrases: Phrases) -> None:
    """Read "vesicles enriched in X", "X carried in vesicles"."""
    for i in range(1, len(phrases.tokens) - 1):
        pair = (phrases.text(i), phrases.text(i + 1))
        found = phrases.object(i + 2) if pair in words.FILLED | words.HELD else None
        if found is None:
            continue
        if pair in words.FILLED:
            vesicles, held = nearest(phrases, i, VESICLES), found[0]
        else:
            start = phrases.skip_back(i)
            while phrases.text(start) in {"as", "a", "identified", "found", "detected"}:
                start = phrases.skip_back(start)
            held_ = phrases.mention(start)
            vesicles, held = (found[0], held_) if held_ else (None, found[0])
        if vesicles is not None:
            phrases.say(vesicles, "CARRIES", held, "filled-with", i, negated=phrases.is_denied(i))


def read_sources(phrases: Phrases) -> None:
    """Read "vesicles isolated from X", "vesicles of X"."""
    for i, token in enumerate(phrases.tokens):
        if not token.is_mention or phrases.kind(token) not in VESICLES:
            continue
        j, taken = i + 1, False
        skipped = words.BE | words.ADVERBS | words.TAKEN
        while j < len(phrases.tokens) and (phrases.text(j) in skipped or phrases.text(j).endswith("ly")):
            taken = taken or phrases.text(j) in words.TAKEN
            j += 1
        if phrases.text(j) not in ({"from", "by"} if taken else {"from", "of"}):
            continue
        source = _source(phrases, j + 1)
        if source is not None:
            rule = "taken-from" if taken else "vesicles-of-cells"
            phrases.say(token, "DERIVES_FROM", source, rule, i)


def _source(phrases: Phrases, at: int) -> Token | None:
    stops = words.BOUNDARIES | {",", "and", "by", "to", "in", "with"}
    for i in range(at, min(at + FAR, len(phrases.tokens))):
        token = phrases.mention(i)
        if token is not None and phrases.kind(token) not in {"Cargo", "Population"}:
            head = phrases.tokens[phrases.last_of_compound(i)]
            return head if phrases.kind(head) in CELLS | BODY else None
        if token is None and (phrases.text(i) in stops or phrases.text(i) in verbs()):
            return None
    return None


def read_routes(phrases: Phrases) -> None:
    """Read "intravenous injection of X", "X was given intravenously"."""
    for i, token in enumerate(phrases.tokens):
        if not token.is_mention or phrases.kind(token) != "DeliveryRoute":
            continue
        found = phrases.object(i + 2, most=4) if phrases.text(i + 1) in {"of", "with"} else None
        if found and phrases.kind(found[0]) in REMEDIES:
            phrases.say(found[0], "DELIVERED_BY", token, "route-of", i)
            continue
        given = next((j for j in range(i - 1, max(-1, i - FAR), -1) if phrases.text(j) in words.GIVEN), None)
        remedy = _remedy(phrases, given) if given is not None else None
        if given is not None and remedy is not None:
            denied = phrases.is_denied(given)
            phrases.say(remedy, "DELIVERED_BY", token, "given-by-route", i, negated=denied)


def _remedy(phrases: Phrases, at: int) -> Token | None:
    """Return the first remedy of the part of the sentence before a place, or the object behind it."""
    for i in range(phrases.part_start(at), at):
        token = phrases.mention(i)
        if token is not None and phrases.kind(token) in REMEDIES - CELLS:
            return token
    found = phrases.object(at + 1, most=3)
    return found[0] if found and phrases.kind(found[0]) in REMEDIES else None


def read_treatments(phrases: Phrases) -> None:
    """Read that a remedy is meant for a condition, or is a means of a therapy."""
    for i, token in enumerate(phrases.tokens):
        kind = phrases.kind(token) if token.is_mention else ""
        if kind not in {"Disease", "Phenotype", "Therapy"} or phrases.is_unreal(i):
            continue
        part = phrases.part_start(i)
        remedy = next((t for t in phrases.tokens[part:i] if _is_remedy(phrases, t)), None)
        if remedy is None:
            continue
        place = _of_list(phrases, i, part)
        if kind == "Therapy":
            if _is_means(phrases, part, place) and phrases.kind(remedy) != "Therapy":
                phrases.say(remedy, "USED_IN", token, "used-in", i)
        elif _is_for(phrases, part, place):
            phrases.say(remedy, "STUDIED_FOR", token, "treatment-for", i)


def _is_remedy(phrases: Phrases, token: Token) -> bool:
    if not token.is_mention:
        return False
    given = token.entities[0][0] in GIVEN_CELLS or token.entities[0][0].endswith("-msc")
    return phrases.kind(token) in REMEDIES - CELLS or given


def _of_list(phrases: Phrases, at: int, part: int) -> int:
    """Return the place of what a list gives instances of ("diseases such as A, B"); else the place itself."""
    i = at
    if phrases.texts(i - 2, i) == ["such", "as"]:
        i -= 2
    elif phrases.text(i - 1) in {"including", "like"}:
        i -= 1
    else:
        return at
    if phrases.text(i - 1) == ",":
        i -= 1
    while i - 1 > part and phrases.text(i - 1) not in words.PREPOSITIONS | {"treating", "treat"}:
        i -= 1
    return i


def _is_for(phrases: Phrases, part: int, at: int) -> bool:
    """Whether the words before a condition say that something is meant for it."""
    said = set(phrases.texts(part, at))
    close = phrases.texts(max(part, at - 5), at)
    if close[-2:] == ["to", "treat"]:
        return True
    treatments = {"treatment", "therapy", "treating", "management", "prevention", "therapeutics"}
    noun = next((n for n, text in enumerate(close) if text in treatments), None)
    if noun is not None and (close[noun] == "treating" or {"of", "for", "in"} & set(close[noun + 1 :])):
        return bool(said & words.MEANT) or "for" in phrases.texts(max(part, at - 7), at)
    return bool(said & words.STUDIED) and _is_setting(phrases, part, at)


def _is_setting(phrases: Phrases, part: int, at: int) -> bool:
    """Whether a condition stands behind "in", "in patients with", "in a model of"."""
    i = at - 1
    if words.HYPHEN.match(phrases.text(i)) and phrases.mention(i - 1):
        i -= 2
    model = {"of", "with", "model", "models", "experimental", "acute", "chronic", "severe", "having"}
    while i > part and (
        phrases.text(i) in words.DETERMINERS | model
        or ((token := phrases.mention(i)) is not None and phrases.kind(token) == "Population")
    ):
        i -= 1
    return phrases.text(i) in {"in", "to", "for"}


def _is_means(phrases: Phrases, part: int, at: int) -> bool:
    """Whether the words before a therapy say that something is used in it."""
    close = phrases.texts(max(part, at - 4), at)
    meant = words.STUDIED | {"tool", "use", "applied", "application", "source", "cells"}
    return bool(set(phrases.texts(part, at)) & meant) and bool({"for", "in"} & set(close[-1:] + close[:2]))


def read_studies(phrases: Phrases) -> None:
    """Read that a study tests vesicles."""
    said = {token.text for token in phrases.tokens}
    studies = [token for token in phrases.tokens if token.is_mention and phrases.kind(token) == "Study"]
    if not studies or not said & words.TESTS or said & words.UNREAL or "must" in said:
        return
    remedy = next((t for t in phrases.tokens if t.is_mention and phrases.kind(t) in VESICLES), None)
    if remedy is not None:
        for study in studies:
            phrases.say(remedy, "TESTED_IN", study, "tested-in", 0)


def read_kinship(phrases: Phrases) -> None:
    """Read "associated with", "characterised by", "plays a role in", "is a"."""
    for i in range(1, len(phrases.tokens) - 2):
        pair = (phrases.text(i), phrases.text(i + 1))
        if pair in words.LINKED:
            _linked(phrases, i)
        elif pair[1] == "by" and pair[0] in words.SHOWN:
            _shown(phrases, i)
        elif pair[0] in words.ROLES or pair[1] == "for":
            _role(phrases, i)
        elif pair[0] in {"is", "are"} and pair[1] in {"a", "an", "the"}:
            head, found = phrases.mention(i - 1), phrases.object(i + 2, most=5)
            if head and found and phrases.kind(head) == phrases.kind(found[0]):
                phrases.say(head, "SUBCLASS_OF", found[0], "is-a", i, negated=phrases.is_denied(i))


def _linked(phrases: Phrases, i: int) -> None:
    start = phrases.skip_back(i)
    if words.BE.isdisjoint(phrases.texts(start + 1, i)) and phrases.text(i) != "correlates":
        return
    begin = phrases.clause_start(start + 1)
    first = next((token for token in phrases.tokens[begin : start + 1] if token.is_mention), None)
    head = phrases.head(begin, start + 1) or first
    found = phrases.object(i + 2)
    if head is not None and found is not None:
        phrases.say(head, "ASSOCIATED_WITH", found[0], "goes-with", i, negated=phrases.is_denied(i))


def _shown(phrases: Phrases, i: int) -> None:
    start = phrases.skip_back(i)
    head = phrases.head(phrases.clause_start(start + 1), start + 1)
    found = phrases.object(i + 2)
    if head is not None and found is not None:
        phrases.say(head, "HAS_PHENOTYPE", found[0], "shows", i)


def _role(phrases: Phrases, i: int) -> None:
    """Read "X plays a key role in Y", "X is essential for Y"."""
    if phrases.text(i) in words.ROLES:
        noun = next((n for n in range(i + 1, i + 5) if phrases.text(n) in {"role", "roles", "part"}), None)
        if noun is None or phrases.text(noun + 1) != "in":
            return
        start, behind = phrases.skip_back(i), noun + 2
    else:
        if phrases.text(i) not in {"essential", "crucial", "necessary", "required", "important", "vital"}:
            return
        start, behind = phrases.skip_back(i), i + 2
        if words.BE.isdisjoint(phrases.texts(start + 1, i)):
            return
    found = phrases.object(behind)
    if phrases.text(start) in words.RELATIVE:
        head = phrases.mention(start - 1) or phrases.mention(start - 2)
    else:
        head = phrases.head(phrases.clause_start(start + 1), start + 1)
    if head is not None and found is not None:
        phrases.say(head, "PARTICIPATES_IN", found[0], "plays-a-role", i, negated=phrases.is_denied(i))
