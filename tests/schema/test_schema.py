"""The one description: consistent with Biolink, with itself, and strict with records."""

from __future__ import annotations

from typing import Any

import pytest

from schema import biolink, columns, ids
from schema.enums import Certainty, EvidenceLevel, MappingMatch
from schema.errors import InvalidRecord
from schema.kinds import KINDS, Kind, kind_named
from schema.predicates import PREDICATES, Predicate, predicate_named, relation_type
from schema.records import Claim, Edge, Entity, IsA, Mapping
from schema.validate import check_claim, check_edge, check_entities, check_entity, check_is_a


def _entity(**values: object) -> Entity:
    plain: dict[str, Any] = {"id": "mscev:x", "kind": "Disease", "name": "x", "category": "biolink:Disease"}
    return Entity(**(plain | values))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kinds(kind: Kind) -> None:
    assert biolink.is_class(kind.biolink)
    assert kind.description.endswith(".")


def test_kinds_are_told_apart() -> None:
    for values in (
        [kind.name for kind in KINDS],
        [kind.root for kind in KINDS],
        [kind.constant for kind in KINDS],
        [(kind.shape, kind.colour) for kind in KINDS],
    ):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("predicate", PREDICATES, ids=lambda predicate: predicate.name)
def test_predicates(predicate: Predicate) -> None:
    assert biolink.is_predicate(predicate.biolink)
    names = {kind.name for kind in KINDS}
    assert predicate.subjects <= names
    assert predicate.objects <= names
    qualifiers = dict(predicate.qualifiers)
    sign = qualifiers.get("object_direction_qualifier")
    if sign:
        expected = "INCREASED" if sign in {"increased", "upregulated"} else "DECREASED"
        assert predicate.direction == expected


def test_unknown_names_say_what_is_allowed() -> None:
    with pytest.raises(InvalidRecord, match="EvSubtype"):
        kind_named("Planet")
    with pytest.raises(InvalidRecord, match="DECREASES"):
        predicate_named("CURES")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "Planet"}, "MscSource"),
        ({"id": "no curie"}, "PREFIX:LOCAL"),
        ({"id": "HGNC:1"}, "MONDO"),
        ({"id": "MONDO:1"}, "maps to exactly"),
        ({"category": "biolink:Planet"}, "Biolink 4.4.6"),
        ({"name": " "}, "a text"),
        ({"properties": (("minDiameterNm", 1.0),)}, "none"),
        ({"kind": "EvSubtype", "properties": (("minDiameterNm", "wide"),)}, "float"),
        ({"mappings": (Mapping("bad", MappingMatch.CLOSE, "x"),)}, "PREFIX:LOCAL"),
    ],
)
def test_a_bad_entity_is_told(values: dict[str, object], words: str) -> None:
    assert any(words in problem.message for problem in check_entity(_entity(**values)))


def test_a_good_entity_passes() -> None:
    exact = Mapping("MONDO:1", MappingMatch.EXACT, "MONDO")
    assert list(check_entity(_entity(id="MONDO:1", mappings=(exact,)))) == []


def test_an_identifier_has_one_holder() -> None:
    exact = Mapping("MONDO:1", MappingMatch.EXACT, "MONDO")
    twice = [_entity(mappings=(exact,)), _entity(id="mscev:y", mappings=(exact,)), _entity()]
    messages = [problem.message for _, problem in check_entities(twice)]
    assert any("mscev:x has it too" in message for message in messages)
    assert any("no other entity" in message for message in messages)


def test_is_a_needs_two_known_ends() -> None:
    kinds = {"mscev:x": "Disease"}
    assert [p.values["given"] for p in check_is_a(IsA("mscev:x", "mscev:y", "s"), kinds)] == ["mscev:y"]
    assert list(check_is_a(IsA("mscev:x", "mscev:x", "s"), kinds))


def test_a_claim_joins_allowed_kinds() -> None:
    claim = Claim(
        "a:1",
        "mscev:d",
        "SECRETES",
        "mscev:v",
        "words",
        1,
        1,
        "00",
        Certainty.ASSERTED,
        EvidenceLevel.REVIEW_STATEMENT,
    )
    kinds = {"mscev:d": "Disease", "mscev:v": "EvPreparation"}
    (problem,) = check_claim(claim, kinds, {("a:1", 1, 1)}, set())
    assert "subject of SECRETES" in problem.message
    assert "CellType" in problem.message


def test_classes_and_predicates_of_biolink_are_known() -> None:
    named = ["biolink:BiologicalEntity", "biolink:Gene", "biolink:NamedThing", "Node"]
    assert biolink.most_specific(named) == "biolink:Gene"
    assert biolink.most_specific(["Node"]) == "biolink:NamedThing"
    assert "biolink:BiologicalEntity" in biolink.ancestors("biolink:Gene")
    assert relation_type("SUBCLASS_OF") == relation_type(biolink.relation_type("biolink:subclass_of"))
    with pytest.raises(InvalidRecord, match="DECREASES"):
        relation_type("TASTES_LIKE")


def test_a_foreign_node_takes_any_identifier_and_columns() -> None:
    node = _entity(
        id="KEGG-1:a'b", kind="NamedThing", category="biolink:Gene", properties=(("xref", ("a",)),)
    )
    assert list(check_entity(node)) == []
    for bad in (("kind", "Gene"), ("xref", ("a", 1)), ("xref", {"a": 1}), ("", "x")):
        assert list(check_entity(_entity(kind="NamedThing", properties=(bad,))))
    assert list(check_entity(_entity(id="no curie", kind="NamedThing")))


_EDGE = (("knowledgeLevel", "not_provided"), ("agentType", "manual_agent"), ("p_value", 0.5))


@pytest.mark.parametrize(
    ("edge", "words"),
    [
        (Edge("e", "A:1", "INTERACTS_WITH", "A:2", _EDGE), ""),
        (Edge(" ", "A:1", "INTERACTS_WITH", "A:2", _EDGE), "a text"),
        (Edge("e", "A:1", "INTERACTS_WITH", "A:3", _EDGE), "a loaded entity"),
        (Edge("e", "A:1", "TASTES_LIKE", "A:2", _EDGE), "unknown predicate"),
        (Edge("e", "A:1", "AFFECTS", "A:2", _EDGE[1:]), "knowledge_assertion"),
        (Edge("e", "A:1", "AFFECTS", "A:2", (*_EDGE, ("sources", "x"))), "mscev does not use"),
    ],
)
def test_edges_of_foreign_graphs_are_checked(edge: Edge, words: str) -> None:
    found = [problem.message for problem in check_edge(edge, {"A:1", "A:2"})]
    assert len(found) == bool(words)
    assert all(words in message for message in found)


@pytest.mark.parametrize("name", ["id", "kind", "kind_", "synonym", "synonyms", "sources", "xref", "xref_"])
def test_columns_come_back_as_they_were(name: str) -> None:
    assert columns.node_column(columns.node_property(name)) == name
    assert columns.edge_column(columns.edge_property(name)) == name


def test_a_claim_of_a_graph_has_no_place() -> None:
    claim = Claim(
        "g:1",
        "A:1",
        "SUBCLASS_OF",
        "A:2",
        "not so",
        0,
        0,
        "00",
        Certainty.ASSERTED,
        EvidenceLevel.NOT_STATED,
        True,
    )
    kinds = {"A:1": "NamedThing", "A:2": "NamedThing"}
    assert not list(check_claim(claim, kinds, set(), set()))
    assert not claim.makes_relation
    assert claim.direction is None


def test_slugs_and_urls() -> None:
    assert ids.slug("Sjögren's syndrome") == "sjogren-s-syndrome"
    assert ids.url_of("MONDO:0005178") == "https://purl.obolibrary.org/obo/MONDO_0005178"
    assert ids.url_of("mscev:x") is None
