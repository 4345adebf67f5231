"""Alternatives in filters: as one condition where they are alike, and the same answer whatever they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.cypher import statement_of
from graph.cypher.simplify import simplified
from graph.query import Compare, Condition, Count, Every, Linked, Negation, Op, Quantifier, Select, Some
from loaders.article.curated import built_in
from schema.records import Claim
from tests.conftest import Service

EV = "mscev:msc-ev"
CLAIMS = list(built_in().claims())
OBJECTS = sorted({claim.object for claim in CLAIMS if claim.subject == EV})[:11]
SUBJECTS = sorted({claim.subject for claim in CLAIMS})[:11]
Branch = tuple[str, Callable[[Claim], bool]]


def _end(end: str, id_: str) -> Branch:
    return f'{end}: {{eq: "{id_}"}}', lambda claim: getattr(claim, end) == id_


def _mechanism(id_: str) -> Branch:
    return f'mechanism: {{eq: "{id_}"}}', lambda claim: id_ in claim.mechanisms


def _context(id_: str) -> Branch:
    return f'context: {{eq: "{id_}"}}', lambda claim: id_ in [one for _, one in claim.context.roles]


def _both(one: Branch, other: Branch) -> Branch:
    return f"{one[0]}, {other[0]}", lambda claim: one[1](claim) and other[1](claim)


SHAPES: dict[str, list[Branch]] = {
    "one link": [_end("subject", id_) for id_ in SUBJECTS],
    "four links": [
        (_end("subject", id_), _end("object", id_), _mechanism(id_), _context(id_))[i % 4]
        for i, id_ in enumerate(OBJECTS)
    ],
    "pairs with one end in common": [_both(_end("subject", EV), _end("object", id_)) for id_ in OBJECTS],
    "pairs with nothing in common": [
        _both(_end("subject", claim.subject), _end("object", claim.object)) for claim in CLAIMS[:330:30]
    ],
}


def eq(field: str, value: object) -> Compare:
    return Compare(field, Op.EQ, value)


def some(link: str, *parts: Condition) -> Linked:
    return Linked(link, Quantifier.SOME, Every(parts))


class TestSimplified:
    def test_one_field_becomes_a_list(self) -> None:
        given = Some((Every((eq("predicate", "A"),)), eq("predicate", "B"), eq("negated", True)))
        assert simplified(given, "Claim") == Some(
            (Compare("predicate", Op.ONE_OF, ("A", "B")), eq("negated", True))
        )

    def test_one_link_is_followed_once(self) -> None:
        given = Some(
            (some("subject", eq("id", 1)), some("object", eq("id", 2)), some("subject", eq("id", 3)))
        )
        assert simplified(given, "Claim") == Some(
            (
                Linked("subject", Quantifier.SOME, Compare("id", Op.ONE_OF, (1, 3))),
                Linked("object", Quantifier.SOME, eq("id", 2)),
            )
        )

    def test_what_all_ask_for_is_asked_once(self) -> None:
        given = Some(
            tuple(Every((some("subject", eq("id", 1)), some("object", eq("id", i)))) for i in (2, 3))
        )
        assert simplified(given, "Claim") == Every(
            (
                Linked("subject", Quantifier.SOME, eq("id", 1)),
                Linked("object", Quantifier.SOME, Compare("id", Op.ONE_OF, (2, 3))),
            )
        )

    def test_an_alternative_without_tests_holds_for_all(self) -> None:
        given = Some((Every(()), eq("negated", True)))
        assert simplified(given, "Claim") == given
        assert simplified(Some(()), "Claim") == Some(())

    def test_every_and_none_are_not_joined(self) -> None:
        parts = tuple(Linked("evidence", Quantifier.EVERY, eq("page", i)) for i in (1, 2))
        assert simplified(Some(parts), "Claim") == Some(parts)
        negated = Negation(Some((eq("page", 1), eq("page", 2))))
        assert simplified(negated, "Evidence") == Negation(Compare("page", Op.ONE_OF, (1, 2)))

    def test_a_default_is_not_taken_from_who_relies_on_it(self) -> None:
        proposed, any_ = some("claims", eq("status", "PROPOSED")), some("claims", eq("negated", True))
        joined = simplified(Some((proposed, any_)), "Entity")
        assert isinstance(joined, Some)
        assert len(joined.parts) == 2


def test_an_index_finds_what_alternatives_name() -> None:
    ids = tuple(some("subject", eq("id", f"x:{i}")) for i in range(11))
    text = statement_of(Select((Count("claims", Some(ids)),))).text
    assert text.count("EXISTS") == 0
    assert " IN [$p0, $p1, $p2" in text


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("shape", SHAPES)
def test_eleven_alternatives_find_what_each_asks_for(service: Service, shape: str) -> None:
    branches = SHAPES[shape]
    assert len(branches) == 11
    filters = ", ".join(f"{{{text}}}" for text, _ in branches)
    nodes = service.ask(f"{{ claims(filter: {{or: [{filters}]}}, first: 500) {{ nodes {{ id }} }} }}")[
        "claims"
    ]["nodes"]
    expected = {claim.id for claim in CLAIMS if any(fits(claim) for _, fits in branches)}
    assert expected
    assert {node["id"] for node in nodes} == expected
