"""The writer on a real Neo4j: the same load changes nothing, a changed one removes, a failure rolls back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from graph import release, writes
from graph.connection import Database
from graph.statement import Statement
from graph.writer import LoadReport, load, refuse_foreign
from loaders.article.curated import built_in
from schema.enums import Certainty, ClaimStatus
from schema.errors import DatabaseRejected, ForeignDatabase, InvalidSource
from schema.ids import digest
from schema.records import Claim, Entity, Record, Sentence
from tests.conftest import count


def _records(change: type[Record] | None = None, **values: object) -> list[Record]:
    """Return the built-in records, the first of type `change` with other values."""
    records = list(built_in().records())
    if change is not None:
        at = next(i for i, record in enumerate(records) if isinstance(record, change))
        records[at] = replace(records[at], **values)  # type: ignore[arg-type]
    return records


def _snapshot(database: Database) -> list[str]:
    return sorted(digest(row) for row in _elements(database))


def _elements(database: Database) -> Iterator[list[Any]]:
    return chain.from_iterable(map(database.stream, release.ELEMENTS))


def test_nothing_is_rejected(loaded: LoadReport) -> None:
    assert loaded.rejected == ()
    assert loaded.counts["claims"] >= 80
    assert loaded.counts["references"] == 25
    assert loaded.counts["citations"] == 40


def test_loading_twice_changes_nothing(database: Database, loaded: LoadReport) -> None:
    before = _snapshot(database)
    again = load(database, built_in().records())
    assert again.release == loaded.release
    assert again.counts == loaded.counts
    assert again.generation == loaded.generation + 1
    assert _snapshot(database) == before


def test_order_of_records_does_not_matter(database: Database, loaded: LoadReport) -> None:
    assert load(database, reversed(_records())).release == loaded.release


def test_release_is_recomputed_from_the_stored_graph(database: Database, loaded: LoadReport) -> None:
    state = release.compute(_elements(database))
    assert state.graph == loaded.release
    assert state.by_source == {loaded.source: loaded.release}


def test_every_claim_has_ends_place_and_kept_citations(database: Database, loaded: LoadReport) -> None:
    claims = loaded.counts["claims"]
    for pattern in ("(c:Claim)-[:SUBJECT]->(:Entity)", "(c:Claim)-[:OBJECT]->(:Entity)"):
        assert count(database, pattern) == claims
    assert count(
        database, "(c:Claim)-[:STATED_IN]->(:Sentence)-[:PART_OF]->(:Section)-[:PART_OF]->(:Article)"
    ) == (claims)
    expected = sum(len(claim.citations) for claim in built_in().claims())
    assert count(database, "(:Claim)-[:CITES]->(:Citation)") == expected


def test_relations_are_what_their_claims_say(database: Database, loaded: LoadReport) -> None:
    made = {(c.subject, c.predicate, c.object) for c in built_in().claims() if c.makes_relation}
    _, rows = database.rows(
        Statement(
            "MATCH (a:Entity)-[r]->(b:Entity) WHERE r.claimIds IS NOT NULL "
            "RETURN a.id, type(r), b.id, r.claimIds"
        )
    )
    assert {(a, type_, b) for a, type_, b, _ in rows} == made
    by_key: dict[tuple[str, str, str], set[str]] = {}
    for claim in built_in().claims():
        if claim.makes_relation:
            by_key.setdefault((claim.subject, claim.predicate, claim.object), set()).add(claim.id)
    assert {(a, type_, b): set(ids) for a, type_, b, ids in rows} == by_key


@pytest.mark.parametrize(
    "values", [{"negated": True}, {"certainty": Certainty.HYPOTHETICAL}, {"status": ClaimStatus.PROPOSED}]
)
def test_a_claim_that_is_not_plainly_so_makes_no_relation(values: dict[str, object]) -> None:
    claim = next(claim for claim in built_in().claims() if claim.makes_relation)
    assert not replace(claim, **values).makes_relation  # type: ignore[arg-type]


def test_a_changed_source_loses_what_it_no_longer_says(database: Database, loaded: LoadReport) -> None:
    claim = next(claim for claim in built_in().claims() if claim.makes_relation)
    key = {"s": claim.subject, "o": claim.object, "id": claim.id}
    found = Statement(
        f"OPTIONAL MATCH (s:Entity {{id: $s}})-[r:{claim.predicate}]->(o:Entity {{id: $o}}) "
        "RETURN $id IN coalesce(r.claimIds, []) AS value",
        key,
    )
    assert database.value(found) is True
    less = load(database, [record for record in _records() if record != claim])
    assert less.counts["claims"] == loaded.counts["claims"] - 1
    assert less.release != loaded.release
    assert database.value(found) is False
    assert load(database, built_in().records()).release == loaded.release


def test_an_entity_that_is_gone_takes_nothing_else_along(database: Database, loaded: LoadReport) -> None:
    extra = Entity("mscev:extra", "Disease", "extra", "biolink:Disease")
    more = load(database, [*_records(), extra])
    assert more.counts["entities"] == loaded.counts["entities"] + 1
    assert load(database, built_in().records()).release == loaded.release
    assert count(database, "(n:Entity {id: 'mscev:extra'})") == 0


def test_verified_sentences_stay_verified_without_the_file(database: Database, loaded: LoadReport) -> None:
    place = next(iter(built_in().sentences()))
    load(database, [replace(r, verified=True, quote="as read") if r == place else r for r in _records()])
    load(database, built_in().records())
    kept = Statement("MATCH (s:Sentence {id: $id}) RETURN [s.verified, s.quote] AS value", {"id": place.id})
    assert database.value(kept) == [True, "as read"]
    other = replace(place, sha256="0" * 64)
    load(database, [other if isinstance(r, Sentence) and r == place else r for r in _records()])
    assert database.value(kept) == [False, None]
    load(database, built_in().records())


def test_bad_records_are_reported_and_the_rest_is_loaded(database: Database, loaded: LoadReport) -> None:
    claim = next(iter(built_in().claims()))
    bad: list[Record] = [
        Entity("mscev:odd", "Planet", "odd", "biolink:Disease"),
        replace(claim, object="mscev:nowhere"),
        replace(claim, predicate="CURES"),
        replace(claim, block=999),
    ]
    report = load(database, [*_records(), *bad])
    assert [item.record for item in report.rejected] == bad
    messages = [item.problems[0].message for item in report.rejected]
    assert "MscSource" in messages[0]
    assert "mscev:nowhere" in messages[1]
    assert "DECREASES" in messages[2]
    assert "block 999" in messages[3]
    assert report.release == loaded.release


def test_a_failure_rolls_everything_back(database: Database, loaded: LoadReport) -> None:
    before = _snapshot(database)
    broken = replace(next(iter(built_in().entities())), id="mscev:broken", mappings=(), name="broken")
    nested = replace(broken, properties=(), synonyms=({"not": "a text"},))  # type: ignore[arg-type]
    with pytest.raises(DatabaseRejected):
        load(database, [*_records(), nested])
    assert _snapshot(database) == before


def test_a_load_needs_one_source(database: Database) -> None:
    with pytest.raises(InvalidSource, match="exactly one source"):
        load(database, [])


@pytest.fixture
def foreign(database: Database) -> Iterator[None]:
    database.write(lambda tx: tx.run("CREATE (:Film {title: 'foreign'})").consume())
    yield
    database.write(lambda tx: tx.run("MATCH (f:Film) DELETE f").consume())


@pytest.mark.usefixtures("foreign")
def test_a_foreign_database_is_left_alone(database: Database) -> None:
    total = database.value(writes.COUNT_NODES)[0]
    with pytest.raises(ForeignDatabase, match="nothing was written"):
        load(database, built_in().records())
    assert database.value(writes.COUNT_NODES)[0] == total


def test_ours_is_not_foreign(database: Database, loaded: LoadReport) -> None:
    refuse_foreign(database)


def test_claim_ids_are_stable_and_distinct() -> None:
    claims = list(built_in().claims())
    assert len({claim.id for claim in claims}) == len(claims)
    first = Claim(
        "mscev.article:x",
        "a:1",
        "INCREASES",
        "a:2",
        "words",
        1,
        1,
        "00",
        Certainty.ASSERTED,
        claims[0].evidence_level,
    )
    assert len(first.id) == len("mscev.claim:") + 32
    assert replace(first, statement="other words").id == first.id
    assert replace(first, negated=True).id != first.id
    assert replace(first, mechanisms=("a:3",)).id != first.id
