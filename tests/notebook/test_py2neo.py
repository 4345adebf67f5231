"""py2neo over Bolt on the Neo4j of this run: Graph, NodeMatcher, and the classes made from schema/."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mscev
from graph.connection import Database
from loaders.article.curated import built_in
from schema.errors import UsageError
from schema.kinds import COMMON, KINDS
from schema.predicates import PREDICATES
from tests.conftest import count

py2neo = pytest.importorskip("py2neo")
ogm = pytest.importorskip("graph.ogm")
ROOT = Path(__file__).parents[2]
IL6 = "HGNC:6018"
ENTITIES, CLAIMS = tuple(built_in().entities()), tuple(built_in().claims())


@pytest.fixture
def old(over_bolt: mscev.Graph) -> Any:
    """A py2neo graph of the same database."""
    return over_bolt.py2neo()


def test_statements_run(old: Any) -> None:
    statement = "MATCH (c:Cytokine) RETURN c.id AS id ORDER BY id"
    expected = sorted(entity.id for entity in ENTITIES if entity.kind == "Cytokine")
    assert [row["id"] for row in old.run(statement)] == expected
    assert old.evaluate("MATCH (c:Cytokine {id: $id}) RETURN c.name", id=IL6) == "IL6"


def test_nodes_and_relationships_match(old: Any) -> None:
    node = py2neo.NodeMatcher(old).match("Cytokine", id=IL6).first()
    assert node["name"] == "IL6"
    assert len(py2neo.NodeMatcher(old).match("Disease")) == sum(e.kind == "Disease" for e in ENTITIES)
    found = py2neo.RelationshipMatcher(old).match((None, node), "DECREASES").all()
    assert {relation.start_node["id"] for relation in found} == {
        claim.subject for claim in CLAIMS if claim.object == IL6 and claim.predicate == "DECREASES"
    }


def test_every_kind_has_a_class_with_its_properties_and_predicates() -> None:
    assert list(ogm.CLASSES) == [kind.name for kind in KINDS]
    for kind in KINDS:
        made = ogm.CLASSES[kind.name]
        assert made.__primarylabel__ == kind.name
        assert made.__doc__ == kind.description
        names = {prop.name for prop in (*COMMON, *kind.properties)} | {"id"}
        assert {name for name in names if not isinstance(_declared(made, name), py2neo.ogm.Property)} == set()
        for predicate in PREDICATES:
            way = predicate.name.lower()
            assert (way in vars(made)) == (kind.name in predicate.subjects)
            assert (f"{way}_of" in vars(made)) == (kind.name in predicate.objects)


def _declared(made: type, name: str) -> object:
    return next((vars(base)[name] for base in made.__mro__ if name in vars(base)), None)


def test_objects_are_read_and_followed(old: Any) -> None:
    il6 = ogm.Cytokine.match(old, IL6).first()
    assert (il6.name, il6.category) == ("IL6", "biolink:Protein")
    lowering = list(il6.decreases_of)
    assert {other.id for other in lowering} == {
        claim.subject for claim in CLAIMS if claim.object == IL6 and claim.predicate == "DECREASES"
    }
    assert {type(other).__name__ for other in lowering} == {"EvPreparation"}
    exosome = ogm.EvSubtype.match(old).where(name="exosome").first()
    assert (exosome.minDiameterNm, exosome.maxDiameterNm) == (30.0, 150.0)
    assert ogm.Cytokine.match(old, "HGNC:1").first() is None


def test_it_only_reads(old: Any, database: Database) -> None:
    before = count(database, "(n)")
    node = py2neo.Node("Entity", id="x")
    for write in (
        lambda: old.run("CREATE (n:Entity {id: 'x'})"),
        lambda: old.create(node),
        lambda: old.merge(node, "Entity", "id"),
        old.delete_all,
        lambda: old.update("CREATE (n:Entity {id: 'x'})"),
        lambda: old.begin(readonly=False).run("CREATE (n:Entity {id: 'x'})"),
    ):
        with pytest.raises(py2neo.errors.ClientError, match="AccessMode"):
            write()
    assert count(database, "(n)") == before


def test_behind_http_there_is_none(over_http: mscev.Graph) -> None:
    with pytest.raises(UsageError, match="speaks Bolt"):
        over_http.py2neo()


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(AttributeError, match="kinds: MscSource, CellType"):
        _ = ogm.Nope


def test_a_missing_extra_is_one_line() -> None:
    code = "import sys; sys.modules['py2neo'] = None\ntry: import graph.ogm\nexcept Exception as e: print(e)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, env=os.environ
    )
    assert done.stdout == "this needs py2neo: pip install 'mscev[py2neo]'\n"
