"""The stored graph is what schema/ says: a snapshot that is renewed by hand, and the loaded graph itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from graph.connection import Database
from graph.describe import as_cypher
from graph.indexes import statements
from graph.statement import Statement
from schema.enums import Described
from schema.kinds import KINDS, Property
from schema.predicates import PREDICATES
from schema.stored import LABELS, LINKS, RELATION
from views import meta

HERE = Path(__file__).parent
RELEASED = HERE / "released.cypher"
IMAGES = HERE.parents[1] / "docs" / "images"

TYPES = {str: "STRING", int: "INTEGER", float: "FLOAT", bool: "BOOLEAN", datetime: "ZONED DATETIME"}


def test_a_change_of_the_stored_graph_is_declared() -> None:
    assert RELEASED.read_text(encoding="utf-8") == as_cypher(), (
        "the stored graph changes: say so in CHANGELOG.md, then "
        ".venv/bin/mscev schema cypher > tests/contract/released.cypher"
    )


@pytest.mark.parametrize(
    ("name", "form", "draw"),
    [
        ("meta-graph", "svg", meta.provenance),
        ("meta-graph-kinds", "svg-kinds", meta.kinds),
    ],
)
def test_the_pictures_of_the_schema_are_the_schema(name: str, form: str, draw: object) -> None:
    assert callable(draw)
    renewal = f"renew it: .venv/bin/mscev schema {form} > docs/images/{name}.svg"
    assert IMAGES.joinpath(f"{name}.svg").read_text(encoding="utf-8") == draw(), renewal


def test_the_pictures_show_every_label_link_and_kind() -> None:
    provenance, kinds = meta.provenance(), meta.kinds()
    assert [label.name for label in LABELS if f">{label.name}<" not in provenance] == []
    words = [link.name.replace("_", " ").lower() for link in LINKS if link.name != "IS_A"]  # the loop
    assert [word for word in words if f">{word}<" not in provenance] == []
    assert [kind.word for kind in KINDS if kind.word not in kinds] == []


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_its_statements_make_its_constraints_and_indexes(self, database: Database) -> None:
        _, rows = database.rows(Statement("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"))
        assert {name for (name,) in rows} == dict(statements()).keys()
        lines = [line for line in as_cypher().splitlines() if line and not line.startswith("//")]
        assert len(lines) == len(rows)
        for line in lines:
            database.rows(Statement(f"EXPLAIN {line.removesuffix(';')}"))

    def test_labels_and_their_properties_are_described(self, database: Database) -> None:
        known = {label.name: label.properties for label in LABELS} | {k.name: k.properties for k in KINDS}
        cypher = """
            MATCH (n) UNWIND labels(n) AS label UNWIND keys(n) AS key
            RETURN DISTINCT labels(n) AS labels, label, key, valueType(n[key]) AS type
        """
        _, rows = database.rows(Statement(cypher))
        assert {label for _, label, _, _ in rows} <= known.keys()
        for labels, _, key, type_ in rows:
            (prop,) = {p.name: p for name in labels for p in known[name] if p.name == key}.values()
            assert type_ in _types(prop), (labels, key)

    def test_relationships_their_ends_and_properties_are_described(self, database: Database) -> None:
        ends = {link.name: set(link.ends) for link in LINKS}
        ends |= {predicate.name: {("Entity", "Entity")} for predicate in PREDICATES}
        known = {link.name: link.properties for link in LINKS}
        known |= {predicate.name: RELATION for predicate in PREDICATES}
        cypher = """
            MATCH (a)-[r]->(b) UNWIND CASE keys(r) WHEN [] THEN [null] ELSE keys(r) END AS key
            RETURN DISTINCT type(r) AS type, [l IN labels(a) WHERE l IN $labels][0],
              [l IN labels(b) WHERE l IN $labels][0], key, valueType(r[key]) AS value
        """
        _, rows = database.rows(Statement(cypher, {"labels": [label.name for label in LABELS]}))
        assert {(a, b) for type_, a, b, _, _ in rows if (a, b) not in ends[type_]} == set()
        for type_, _, _, key, value in rows:
            if key is not None:
                (prop,) = (p for p in known[type_] if p.name == key)
                assert value in _types(prop), (type_, key)
        assert {link.name for link in LINKS} <= {type_ for type_, *_ in rows}

    def test_values_are_among_those_that_are_listed(self, database: Database) -> None:
        for label in LABELS:
            for prop in label.properties:
                if issubclass(prop.type, Described):
                    cypher = f"MATCH (n:{label.name}) RETURN DISTINCT n.{prop.name}"
                    _, rows = database.rows(Statement(cypher))
                    assert {value for (value,) in rows if value} <= {v.value for v in prop.type}


def _types(prop: Property) -> set[str]:
    one = "STRING" if issubclass(prop.type, Described) else TYPES[prop.type]
    if prop.many:
        return {f"LIST<{one} NOT NULL> NOT NULL", "LIST<NOTHING> NOT NULL"}
    return {f"{one} NOT NULL"}
