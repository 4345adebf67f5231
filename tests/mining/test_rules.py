"""Every rule reads its own example; voice, negation, hedges and lists are read as they are meant."""
# ruff: noqa: RUF001, E501 - a case is a line

from __future__ import annotations

import pytest

from loaders.article.document import parse
from loaders.mining.proposals import propose
from loaders.mining.rules import RULES, Rule
from loaders.mining.triggers import IRREGULAR, SENSES, predicate_for, verbs
from schema.predicates import PREDICATE_BY_NAME

Read = tuple[str, str, str]


def said(text: str) -> set[Read]:
    """What a text says: subject, predicate (with `not` and `may` before it), object, as they read."""
    document = parse(text)
    found = set()
    for one in propose(document).proposals:
        ends = [
            " ".join(document.text[s.start : s.end] for s in spans) for spans in (one.subject, one.object)
        ]
        name = f"{'may ' if one.claim.certainty == 'HEDGED' else ''}{'not ' if one.claim.negated else ''}"
        found.add((ends[0], name + one.claim.predicate, ends[1]))
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_its_example(rule: Rule) -> None:
    found = propose(parse(rule.example)).claims
    assert rule.name in {claim.rule for claim in found}
    assert {claim.score for claim in found if claim.rule == rule.name} == {rule.score}


def test_rules_are_named_once_and_scored() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(0 < rule.score < 1 for rule in RULES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MSC-EVs reduced IL-6, TNF-α and IL-1β.", {("MSC-EVs", "DECREASES", o) for o in ("IL-6", "TNF-α", "IL-1β")}),
        ("IL-6 and TNF-α were lowered by MSC-EVs.", {("MSC-EVs", "DECREASES", o) for o in ("IL-6", "TNF-α")}),
        ("MSC-EVs lowered IL-6, and IL-10 was increased.", {("MSC-EVs", "DECREASES", "IL-6")}),
        ("MSC-EVs did not reduce IL-6.", {("MSC-EVs", "not DECREASES", "IL-6")}),
        ("MSC-EVs failed to lower IL-6.", {("MSC-EVs", "not DECREASES", "IL-6")}),
        ("Neither MSC-EVs nor IL-10 lowered IL-6.", {("MSC-EVs", "not DECREASES", "IL-6"), ("IL-10", "not DECREASES", "IL-6")}),
        ("The vesicles contained neither IL-6 nor TNF-α.", set()),
        ("MSC-EVs may lower IL-6.", {("MSC-EVs", "may DECREASES", "IL-6")}),
        ("Our data suggest that MSC-EVs lower IL-6.", {("MSC-EVs", "may DECREASES", "IL-6")}),
        ("Whether MSC-EVs lower IL-6 is unknown.", set()),
        ("Knockdown of IL-10 lowered IL-6.", set()),
        ("IL-10 inhibitors raised IL-6.", set()),
        ("MSC-EVs reduced the loss of IL-10.", set()),
        ("MSC-EVs improved osteoarthritis.", {("MSC-EVs", "IMPROVES", "osteoarthritis")}),
        ("MSC-EVs reduced osteoarthritis.", {("MSC-EVs", "IMPROVES", "osteoarthritis")}),
        ("TNF-α induced apoptosis.", {("TNF-α", "CAUSES", "apoptosis")}),
        ("TNF-α induced IL-6.", {("TNF-α", "INCREASES", "IL-6")}),
        ("MSC-EVs reduced TNF-α-induced apoptosis.", {("MSC-EVs", "DECREASES", "apoptosis"), ("TNF-α", "CAUSES", "apoptosis")}),
        ("Intravenous injection of MSC-EVs lowered IL-6.", {("MSC-EVs", "DECREASES", "IL-6"), ("MSC-EVs", "DELIVERED_BY", "Intravenous injection")}),
        ("The release of IL-6 was blocked in cells by IL-10.", {("IL-10", "INHIBITS", "IL-6")}),
    ],
)  # fmt: skip
def test_what_a_sentence_says(text: str, expected: set[Read]) -> None:
    assert said(text) == expected


def test_nothing_reaches_over_the_end_of_a_sentence() -> None:
    assert said("MSC-EVs are vesicles. They lowered it in IL-6. TNF-α stayed.") == set()


def test_a_sense_says_only_what_the_schema_allows() -> None:
    kinds = {kind for predicate in PREDICATE_BY_NAME.values() for kind in predicate.subjects}
    for sense in SENSES:
        for subject in kinds:
            for object_ in kinds:
                name = predicate_for(sense, subject, object_)
                if name is not None:
                    predicate = PREDICATE_BY_NAME[name]
                    assert subject in predicate.subjects
                    assert object_ in predicate.objects


def test_every_irregular_verb_is_used_and_no_verb_stands_twice() -> None:
    stems = [verb.split()[0] for sense in SENSES for verb in sense.verbs]
    assert set(IRREGULAR) <= set(stems)
    whole = [verb for sense in SENSES for verb in sense.verbs]
    assert len(whole) == len(set(whole))
    assert verbs()["led"][0].particle == ("to",)
