"""Several sources in one graph: no order of loads matters, and each can be taken out without a trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import merge, rows
from graph.connection import Database
from graph.statement import Statement
from graph.unload import unload
from graph.writer import LoadReport, load
from loaders.article.curated import built_in
from schema.enums import Certainty, EvidenceLevel, MappingMatch
from schema.errors import NotFound
from schema.records import (
    Article,
    Claim,
    Edge,
    Entity,
    IsA,
    Mapping,
    Mention,
    Record,
    Section,
    Sentence,
    Source,
    Span,
)
from tests.conftest import count
from tests.graph.whole import checked, everything

DISEASE = "MONDO:0005178"
CYTOKINE = "HGNC:6018"
EDGE = (("knowledgeLevel", "not_provided"), ("agentType", "manual_agent"), ("p_value", 0.5))


def _article(
    name: str, *, words: str, version: str, label: str | None, negated: bool = False
) -> list[Record]:
    id_ = f"mscev.article:{name}"
    span = (Span(0, 4),)
    return [
        Source(id_, name),
        Article(id_, name),
        Section(id_, 0, "Results", 1),
        Sentence(id_, 0, 1, 1, span, "00"),
        Entity(
            DISEASE,
            "Disease",
            words,
            "biolink:Disease",
            synonyms=(f"synonym of {name}", "OA"),
            mappings=(Mapping(DISEASE, MappingMatch.EXACT, "MONDO", label, version),),
        ),
        Entity(f"mscev:parent-{version}", "Disease", "above", "biolink:Disease"),
        Entity("mscev:parent", "Disease", "joint disease", "biolink:Disease"),
        Entity(
            CYTOKINE,
            "Cytokine",
            "interleukin 6",
            "biolink:Protein",
            mappings=(Mapping(CYTOKINE, MappingMatch.EXACT, "HGNC", "IL6"),),
        ),
        IsA(DISEASE, "mscev:parent", "MONDO", version),
        IsA(DISEASE, f"mscev:parent-{version}", "MONDO", version),
        Mention(id_, CYTOKINE, 1, 1, span),
        Claim(
            id_,
            DISEASE,
            "INCREASES",
            CYTOKINE,
            "raises it",
            1,
            1,
            "00",
            Certainty.ASSERTED,
            EvidenceLevel.REVIEW_STATEMENT,
            negated=negated,
        ),
    ]


def _graph(name: str, value: float) -> list[Record]:
    return [
        Source(name, name),
        Entity(CYTOKINE, "NamedThing", "IL6", "biolink:Protein", properties=(("taxon", "NCBITaxon:9606"),)),
        Entity("KEGG:1", "NamedThing", name, "biolink:Gene", properties=(("weight", value),)),
        Edge(f"{name}-1", "KEGG:1", "INTERACTS_WITH", CYTOKINE, EDGE),
        Edge(f"{name}-2", "KEGG:1", "INCREASES", CYTOKINE, (*EDGE, ("publications", ("PMID:1", "PMID:2")))),
    ]


SOURCES: tuple[list[Record], ...] = (
    _article("b", words="osteoarthritis", version="2", label="b label"),
    _article("a", words="OA", version="1", label="a label"),
    _graph("x-graph", 1.5),
    _graph("a-graph", 2.0),
)


def _name(records: Sequence[Record]) -> str:
    return next(record.id for record in records if isinstance(record, Source))


@pytest.fixture
def empty(database: Database) -> Iterator[Database]:
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    yield database
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


def test_no_order_of_loads_matters_and_any_source_can_go(empty: Database) -> None:
    states: dict[frozenset[str], list[str]] = {}
    orders = list(permutations(SOURCES))
    for order in (orders[0], orders[9], orders[23]):
        for place in range(len(order)):
            load(empty, order[place])
            if place == 1:
                load(empty, order[0])  # again, and nothing changes
            _seen(empty, states, order[: place + 1])
        for place in (1, 0, 3, 2):
            unload(empty, _name(order[place]))
            gone = {1: [1], 0: [1, 0], 3: [1, 0, 3], 2: [1, 0, 3, 2]}[place]
            _seen(empty, states, [s for i, s in enumerate(order) if i not in gone])
    assert len(states) >= 12
    assert count(empty, "(n) WHERE NOT n:Release") == 0


def _seen(
    database: Database, states: dict[frozenset[str], list[str]], sources: Sequence[Sequence[Record]]
) -> None:
    found = [checked(database), *everything(database)]
    assert states.setdefault(frozenset(map(_name, sources)), found) == found


def test_claims_stand_side_by_side_and_make_one_relation(empty: Database) -> None:
    for source in SOURCES:
        load(empty, source)
    assert count(empty, f"(:Claim)-[:SUBJECT]->(:Entity {{id: '{DISEASE}'}})") == 2
    _, found = empty.rows(
        Statement(
            "MATCH ()-[r:INCREASES]->() RETURN size(coalesce(r.claimIds, [])), r.sources ORDER BY r.sources"
        )
    )
    assert found == [
        [0, ["a-graph"]],
        [2, ["mscev.article:a", "mscev.article:b"]],
        [0, ["x-graph"]],
    ]
    _, ((shown, labels),) = empty.rows(
        Statement("MATCH (n:Entity {id: $id}) RETURN properties(n), labels(n)", {"id": CYTOKINE})
    )
    assert set(labels) == {"Entity", "Cytokine"}
    assert (shown["kind"], shown["name"]) == ("Cytokine", "interleukin 6")
    assert "taxon" not in shown
    assert len(shown["variants"]) == 2
    unload(empty, "mscev.article:a")
    unload(empty, "mscev.article:b")
    _, ((shown, labels),) = empty.rows(
        Statement("MATCH (n:Entity {id: $id}) RETURN properties(n), labels(n)", {"id": CYTOKINE})
    )
    assert (set(labels), shown["taxon"]) == ({"Entity", "NamedThing"}, "NCBITaxon:9606")
    assert "variants" not in shown


def test_a_small_source_beside_the_article_leaves_it_as_it_was(
    database: Database, loaded: LoadReport
) -> None:
    before = everything(database)
    for source in SOURCES:
        load(database, source)
    checked(database)
    for source in SOURCES:
        unload(database, _name(source))
    assert checked(database) == loaded.release
    assert everything(database) == before


def test_an_unknown_source_is_named_with_those_that_are_loaded(
    database: Database, loaded: LoadReport
) -> None:
    with pytest.raises(NotFound, match=r"'nothing'.*mscev\.article:msc-ev"):
        unload(database, "nothing")


_SAID = st.builds(
    lambda kind, name, synonyms, text, version: rows.said(
        Entity(
            "mscev:x",
            kind,
            name,
            "biolink:NamedThing",
            text,
            tuple(synonyms),
            mappings=(Mapping("MONDO:1", MappingMatch.CLOSE, "MONDO", version=version),),
        )
    ),
    st.sampled_from(["Disease", "NamedThing", "Protein"]),
    st.text("ab", min_size=1, max_size=2),
    st.lists(st.text("ab", min_size=1, max_size=2), max_size=3, unique=True),
    st.none() | st.text("ab", max_size=2),
    st.none() | st.sampled_from(["1", "2"]),
)


@given(st.dictionaries(st.sampled_from(["mscev.article:a", "mscev.article:b", "g", "a"]), _SAID, min_size=1))
def test_what_each_source_says_is_read_back(said: dict[str, Any]) -> None:
    row = rows.entity("mscev:x", said)
    alone = merge.entity_said(row["properties"], [(m["id"], m["properties"]) for m in row["mappings"]])
    assert merge.by_source(row["properties"], row["properties"]["sources"], alone) == said
    assert rows.entity("mscev:x", dict(reversed(said.items()))) == row
    shown = {word for words in said.values() for word in words["properties"].get("synonyms", ())}
    assert set(row["properties"].get("synonyms", ())) == shown


def test_the_built_in_records_hold_what_a_row_needs() -> None:
    for entity in built_in().entities():
        row = rows.entity(entity.id, {"s": rows.said(entity)})
        assert row["properties"]["sources"] == ["s"]
        assert row["properties"]["variants"] is None
