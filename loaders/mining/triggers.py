"""The words that say what one thing does to another, and the predicate that each says of two kinds.

A sense is what a group of verbs says; which predicate that is depends on the kinds of subject and object.
Adding a verb is one word in `SENSES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schema.predicates import (
    BIOLOGY,
    CELLS,
    CONDITIONS,
    MOLECULES,
    PREDICATE_BY_NAME,
    REMEDIES,
    TRAITS,
    VESICLES,
)

Choice = tuple[str, frozenset[str] | None, frozenset[str] | None]
"""A predicate for kinds of subject and of object; None: all that the predicate allows."""

DISEASE = frozenset({"Disease"})
OUTCOME = frozenset({"Outcome"})
EASED: Choice = ("IMPROVES", REMEDIES, DISEASE)


@dataclass(frozen=True, slots=True)
class Sense:
    """A group of verbs that say the same.

    `verbs` are infinitives, those with a particle need it ("lead to"); `nouns` what they make of it.
    `choices` are tried in order.
    """

    name: str
    verbs: tuple[str, ...]
    choices: tuple[Choice, ...]
    nouns: tuple[str, ...] = ()


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


SENSES: tuple[Sense, ...] = (
    Sense(
        "lower",
        _split("decrease, reduce, lower, diminish, lessen, cut, halve, shrink, curb, blunt, limit, dampen"),
        (EASED, ("DECREASES", None, None)),
        _split("decrease, reduction, lowering, decline, fall"),
    ),
    Sense(
        "ease",
        _split("attenuate, alleviate, ameliorate, relieve, mitigate, heal, slow, delay, cure"),
        (("IMPROVES", REMEDIES, CONDITIONS), ("DECREASES", None, None)),
        _split("attenuation, alleviation, amelioration, mitigation"),
    ),
    Sense(
        "prevent",
        _split("prevent, abolish, reverse, counteract, abrogate, eliminate, protect against, protect from"),
        (EASED, ("DECREASES", None, None)),
        _split("prevention, abrogation"),
    ),
    Sense(
        "suppress",
        _split("suppress, repress, restrain"),
        (EASED, ("DECREASES", None, MOLECULES), ("INHIBITS", None, None), ("DECREASES", None, None)),
        _split("suppression, repression"),
    ),
    Sense(
        "inhibit",
        _split("inhibit, block, antagonise, antagonize, inactivate, deactivate"),
        (("INHIBITS", None, None), EASED, ("DECREASES", None, None)),
        _split("inhibition, blockade, inactivation"),
    ),
    Sense(
        "impair",
        _split("impair, hamper, weaken, compromise, deplete"),
        (("DECREASES", None, None),),
        _split("impairment, depletion"),
    ),
    Sense("disrupt", ("disrupt", "disturb", "break down"), (("DISRUPTS", None, None),), ("disruption",)),
    Sense(
        "raise",
        _split(
            "increase, raise, elevate, augment, boost, strengthen, potentiate, prolong, double, accelerate"
        ),
        (("INCREASES", None, None),),
        _split("increase, elevation, augmentation, rise"),
    ),
    Sense(
        "promote",
        _split(
            "enhance, promote, facilitate, support, favour, favor, foster, restore, rescue, preserve, "
            "maintain"
        ),
        (
            ("IMPROVES", REMEDIES, OUTCOME),
            ("INCREASES", None, None),
        ),
        _split("enhancement, promotion, restoration"),
    ),
    Sense(
        "improve",
        ("improve",),
        (("IMPROVES", REMEDIES, CONDITIONS), ("INCREASES", None, None)),
        ("improvement",),
    ),
    Sense(
        "aggravate",
        _split("aggravate, exacerbate, worsen, intensify"),
        (("INCREASES", None, None),),
        _split("aggravation, exacerbation"),
    ),
    Sense(
        "stimulate",
        ("stimulate",),
        (("ACTIVATES", None, CELLS), ("INCREASES", None, None)),
        ("stimulation",),
    ),
    Sense(
        "activate",
        _split("activate, switch on, turn on"),
        (("ACTIVATES", None, None), ("INCREASES", None, None)),
        ("activation",),
    ),
    Sense(
        "induce",
        _split("induce, trigger, evoke, elicit, provoke, initiate"),
        (("CAUSES", None, CONDITIONS | BIOLOGY | TRAITS), ("INCREASES", None, None)),
        ("induction",),
    ),
    Sense(
        "cause",
        _split("cause, lead to, result in, give rise to, bring about, drive"),
        (("CAUSES", None, None), ("INCREASES", None, None)),
    ),
    Sense(
        "contribute",
        _split("contribute to, underlie"),
        (("CONTRIBUTES_TO", None, None),),
    ),
    Sense("predispose", ("predispose to",), (("PREDISPOSES_TO", None, None),)),
    Sense("mediate", ("mediate",), (("MEDIATES", None, None),)),
    Sense(
        "upregulate",
        _split("upregulate, up-regulate, overexpress"),
        (("UPREGULATES", None, None), ("INCREASES", None, None)),
        _split("upregulation, up-regulation"),
    ),
    Sense(
        "downregulate",
        _split("downregulate, down-regulate, silence"),
        (("DOWNREGULATES", None, None), ("DECREASES", None, None)),
        _split("downregulation, down-regulation"),
    ),
    Sense(
        "affect",
        _split("affect, modulate, regulate, influence, alter, target, change"),
        (("AFFECTS", None, None),),
        _split("modulation, regulation"),
    ),
    Sense(
        "secrete",
        _split("secrete, release, produce, shed"),
        (("SECRETES", CELLS, VESICLES | MOLECULES), ("INCREASES", BIOLOGY, None)),
        (),
    ),
    Sense(
        "carry",
        _split("carry, contain, harbour, harbor, package, encapsulate"),
        (("CARRIES", None, None),),
    ),
    Sense("deliver", _split("deliver, transfer, shuttle, convey, transport"), (("DELIVERS", None, None),)),
    Sense("express", ("express",), (("EXPRESSES", None, None),)),
    Sense(
        "differentiate",
        _split("differentiate into, differentiate to"),
        (("DIFFERENTIATES_INTO", None, None),),
    ),
    Sense("accumulate", ("accumulate in",), (("ACCUMULATES_IN", None, None),)),
    Sense("treat", ("treat",), (("STUDIED_FOR", None, None),)),
    Sense(
        "participate",
        _split("participate in, take part in"),
        (("PARTICIPATES_IN", None, None),),
    ),
)

SENSE_BY_NAME = {sense.name: sense for sense in SENSES}

IRREGULAR = {
    "cut": ("cuts", "cut", "cut", "cutting"),
    "shrink": ("shrinks", "shrank", "shrunk", "shrinking"),
    "shed": ("sheds", "shed", "shed", "shedding"),
    "lead": ("leads", "led", "led", "leading"),
    "give": ("gives", "gave", "given", "giving"),
    "bring": ("brings", "brought", "brought", "bringing"),
    "drive": ("drives", "drove", "driven", "driving"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "underlie": ("underlies", "underlay", "underlain", "underlying"),
    "take": ("takes", "took", "taken", "taking"),
    "transfer": ("transfers", "transferred", "transferred", "transferring"),
    "target": ("targets", "targeted", "targeted", "targeting"),
    "trigger": ("triggers", "triggered", "triggered", "triggering"),
    "deliver": ("delivers", "delivered", "delivered", "delivering"),
    "lower": ("lowers", "lowered", "lowered", "lowering"),
    "weaken": ("weakens", "weakened", "weakened", "weakening"),
    "harbor": ("harbors", "harbored", "harbored", "harboring"),
    "harbour": ("harbours", "harboured", "harboured", "harbouring"),
    "favor": ("favors", "favored", "favored", "favoring"),
    "worsen": ("worsens", "worsened", "worsened", "worsening"),
    "hamper": ("hampers", "hampered", "hampered", "hampering"),
    "dampen": ("dampens", "dampened", "dampened", "dampening"),
    "lessen": ("lessens", "lessened", "lessened", "lessening"),
    "heal": ("heals", "healed", "healed", "healing"),
    "alter": ("alters", "altered", "altered", "altering"),
    "treat": ("treats", "treated", "treated", "treating"),
    "limit": ("limits", "limited", "limited", "limiting"),
    "inhibit": ("inhibits", "inhibited", "inhibited", "inhibiting"),
    "elicit": ("elicits", "elicited", "elicited", "eliciting"),
    "strengthen": ("strengthens", "strengthened", "strengthened", "strengthening"),
    "maintain": ("maintains", "maintained", "maintained", "maintaining"),
    "contain": ("contains", "contained", "contained", "containing"),
    "foster": ("fosters", "fostered", "fostered", "fostering"),
    "support": ("supports", "supported", "supported", "supporting"),
    "prevent": ("prevents", "prevented", "prevented", "preventing"),
    "augment": ("augments", "augmented", "augmented", "augmenting"),
    "boost": ("boosts", "boosted", "boosted", "boosting"),
    "curb": ("curbs", "curbed", "curbed", "curbing"),
    "blunt": ("blunts", "blunted", "blunted", "blunting"),
    "restrain": ("restrains", "restrained", "restrained", "restraining"),
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One form of a verb: its sense, its form (base, third, past, participle, ing), its particle."""

    sense: Sense
    form: str
    particle: tuple[str, ...] = ()


def predicate_for(sense: Sense, subject: str, object_: str) -> str | None:
    """Return what a sense says of two kinds; None where no predicate joins them."""
    for name, subjects, objects in sense.choices:
        predicate = PREDICATE_BY_NAME[name]
        if subject in (
            predicate.subjects if subjects is None else subjects & predicate.subjects
        ) and object_ in (predicate.objects if objects is None else objects & predicate.objects):
            return name
    return None


@cache
def verbs() -> dict[str, tuple[Trigger, ...]]:
    """Return the triggers by the first word of every form, those with the longest particle first."""
    found: dict[str, list[Trigger]] = {}
    for sense in SENSES:
        for verb in sense.verbs:
            word, *particle = verb.split()
            third, past, participle, ing = IRREGULAR.get(word) or _regular(word)
            forms = {"base": word, "third": third, "past": past, "participle": participle, "ing": ing}
            if past == participle:
                del forms["participle"]
            for form, spelled in forms.items():
                found.setdefault(spelled, []).append(Trigger(sense, form, tuple(particle)))
    return {word: tuple(sorted(ways, key=lambda t: -len(t.particle))) for word, ways in found.items()}


@cache
def nouns() -> dict[str, Sense]:
    """Return the senses by their nouns."""
    return {noun: sense for sense in SENSES for noun in sense.nouns}


def _regular(verb: str) -> tuple[str, str, str, str]:
    if verb.endswith("e"):
        return f"{verb}s", f"{verb}d", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y"):
        return f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    return third, f"{verb}ed", f"{verb}ed", f"{verb}ing"
