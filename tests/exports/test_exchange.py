"""A foreign graph beside the article: loaded, asked, drawn, exported, compared, made again from a script."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import time
import zipfile
from itertools import chain
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.settings import ServiceSettings
from exports.diff import diff
from exports.formats import format_named
from exports.manifest import export
from graph import release
from graph.connection import Database
from graph.reads.audit import read as audited
from graph.statement import Statement
from graph.target import Target
from graph.writer import LoadReport, load
from loaders.kgx.graph import KgxGraph, source_named
from schema.errors import InvalidSource, NotFound, UsageError
from tests.conftest import Service, served

NODES = """id\tcategory\tname\txref\tkind
X:1\tbiolink:NamedThing|biolink:Gene\tone\tY:1|Y:2\tq
X:2\tbiolink:SmallMolecule\ttwo\t\t
HGNC:6018\tbiolink:Gene\tinterleukin six\t\t
"""
EDGES = """id\tsubject\tpredicate\tobject\tnegated\toriginal_predicate\tstatus\tpublications
e1\tX:1\tbiolink:interacts_with\tX:2\t\t\told\tPMID:1|PMID:2
e2\tX:1\tbiolink:interacts_with\tX:2\t\t\tnew\t
e3\tX:2\tbiolink:part_of\tHGNC:6018\t\t\t\t
e4\tX:2\tbiolink:related_to\tX:1\t\tex:tastes_like\t\t
e5\tX:1\tbiolink:treats\tX:2\ttrue\t\tdoubted\tPMID:3
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of a foreign graph, and what is exported."""
    path = tmp_path_factory.mktemp("exchange")
    (path / "toy_nodes.tsv").write_text(NODES)
    (path / "toy_edges.tsv").write_text(EDGES)
    return path


@pytest.fixture(scope="module")
def alone(loaded: LoadReport, database: Database, folder: Path) -> Path:
    """An export of the article alone."""
    export(database.value, folder / "alone", format_named("csv"))
    return folder / "alone"


@pytest.fixture(scope="module")
def both(alone: Path, database: Database, folder: Path) -> Path:
    """An export of the article and the foreign graph, which is loaded from here on."""
    told: list[str] = []
    graph = KgxGraph(
        folder / "toy_nodes.tsv", folder / "toy_edges.tsv", source_named("toy", licence="CC0-1.0")
    )
    report = load(database, graph.records(lambda path, line, why: told.append(why)))
    assert told == []
    assert not report.rejected
    export(database.value, folder / "both", format_named("kgx-tsv"))
    return folder / "both"


def test_gates_hold_and_the_release_is_what_is_stored(both: Path, database: Database) -> None:
    stored = audited(database.value, database.stream)
    assert {name: found for name, found in stored.faults.items() if found} == {}
    assert stored.releases.graph == json.loads((both / "manifest.json").read_bytes())["release"]


def test_graphql_shows_foreign_nodes_and_edges(both: Path, service: Service) -> None:
    data = service.ask(
        """{
          entity(id: "X:1") {
            __typename kind category
            ... on NamedThing { attributes { name values } }
            neighbors { nodes { id } }
          }
          between(a: "X:1", b: "X:2") {
            relations {
              id predicate biolinkPredicate originalPredicate knowledgeLevel sources publications
              attributes { name values } claims { id }
            }
            claims { predicate negated evidenceLevel evidence { section } attributes { name values } }
          }
          relations(filter: { predicate: { in: [PART_OF, INTERACTS_WITH] } }) {
            totalCount nodes { id predicate }
          }
          graph { predicates { predicate count } kinds { kind count } }
          il6: entity(id: "HGNC:6018") { __typename name category }
        }"""
    )
    assert data["entity"] == {
        "__typename": "NamedThing",
        "kind": "NAMED_THING",
        "category": "biolink:Gene",
        "attributes": [
            {"name": "category_", "values": ["biolink:NamedThing", "biolink:Gene"]},
            {"name": "kind_", "values": ["q"]},
            {"name": "xref", "values": ["Y:1", "Y:2"]},
        ],
        "neighbors": {"nodes": [{"id": "X:2"}]},
    }
    assert data["il6"] == {"__typename": "Cytokine", "name": "IL6", "category": "biolink:Protein"}
    first, second, third = data["between"]["relations"]
    assert first == {
        "id": "e1",
        "predicate": "INTERACTS_WITH",
        "biolinkPredicate": "biolink:interacts_with",
        "originalPredicate": None,
        "knowledgeLevel": "NOT_PROVIDED",
        "sources": ["mscev.graph:toy"],
        "publications": ["PMID:1", "PMID:2"],
        "attributes": [{"name": "status", "values": ["old"]}],
        "claims": [],
    }
    assert second["id"] == "e2"
    assert (third["predicate"], third["originalPredicate"]) == ("RELATED_TO", "ex:tastes_like")
    (claim,) = data["between"]["claims"]
    assert (claim["predicate"], claim["negated"], claim["evidenceLevel"]) == ("TREATS", True, "NOT_STATED")
    assert claim["evidence"] == []
    assert {"name": "status_", "values": ["doubted"]} in claim["attributes"]
    assert data["relations"] == {
        "totalCount": 3,
        "nodes": [
            {"id": "e1", "predicate": "INTERACTS_WITH"},
            {"id": "e2", "predicate": "INTERACTS_WITH"},
            {"id": "e3", "predicate": "PART_OF"},
        ],
    }
    counts = {row["predicate"]: row["count"] for row in data["graph"]["predicates"]}
    assert (counts["INTERACTS_WITH"], counts["PART_OF"], counts["RELATED_TO"]) == (2, 1, 1)
    assert {"kind": "NAMED_THING", "count": 2} in data["graph"]["kinds"]


def test_a_view_names_the_class_of_a_foreign_node(both: Path, service: Service) -> None:
    drawn = httpx.get(f"{service.url}/views/graph.svg", params={"focus": "X:1"}, timeout=60)
    assert drawn.status_code == 200
    assert "Gene" in drawn.text
    assert "interacts with" in drawn.text


def test_kgx_gives_the_foreign_columns_back(both: Path) -> None:
    for name, given in (("nodes", NODES), ("edges", EDGES)):
        head, *rows = [line.split("\t") for line in (both / f"{name}.tsv").read_text("utf-8").splitlines()]
        told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
        columns, *wanted = [line.split("\t") for line in given.splitlines()]
        for row in wanted:
            if row[0] == "HGNC:6018":  # it is the article's entity
                continue
            for column, value in zip(columns, row, strict=True):
                assert told[row[0]].get(column, "") == value, (row[0], column)


def test_two_releases_are_compared(alone: Path, both: Path, folder: Path) -> None:
    found = diff(alone, both)
    assert [one.id for one in found.changes["relation"].added] == ["e1", "e2", "e3", "e4"]
    assert [one.id for one in found.changes["entity"].added] == ["X:1", "X:2"]
    assert [one.id for one in found.changes["entity"].changed] == ["HGNC:6018"]
    assert [one.words.split(": ", 1)[1] for one in found.changes["claim"].added] == ["X:1 TREATS X:2"]
    assert not any(changes.removed for changes in found.changes.values())
    assert diff(both, both / "manifest.json").count == 0
    back = CliRunner().invoke(app, ["diff", str(both), str(alone), "--json"])
    assert back.exit_code == 0
    assert [one["id"] for one in json.loads(back.stdout)["changes"]["relation"]["removed"]] == [
        "e1",
        "e2",
        "e3",
        "e4",
    ]
    with pytest.raises(InvalidSource, match="no manifest"):
        diff(folder, both)


def test_a_claim_with_another_id_in_its_place_is_changed(alone: Path, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes((alone / "manifest.json").read_bytes())
    lines = (alone / "index.tsv").read_text("utf-8").splitlines(keepends=True)
    last = lines[-1].split("\t")
    former, last[1] = last[1], "mscev.claim:ff"
    (tmp_path / "index.tsv").write_text("".join([*lines[:-2], "\t".join(last)]), "utf-8")
    claims = diff(alone, tmp_path).changes["claim"]
    assert [(one.id, one.former) for one in claims.changed] == [("mscev.claim:ff", former)]
    assert [one.id for one in claims.removed] == [lines[-2].split("\t")[1]]
    assert claims.added == []


def test_the_manifest_tells_files_and_licences(both: Path, database: Database, folder: Path) -> None:
    manifest = json.loads((both / "manifest.json").read_bytes())
    assert {one["name"] for one in manifest["files"]} == {path.name for path in both.iterdir()} - {
        "manifest.json"
    }
    for one in manifest["files"]:
        content = (both / one["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"])
    sources = {one["id"]: one for one in manifest["sources"]}
    assert sources["mscev.graph:toy"]["licence"] == "CC0-1.0"
    assert {"source": "HGNC", "licence": "CC0-1.0", "credit": "HUGO Gene Nomenclature Committee"} in manifest[
        "vocabularies"
    ]
    before = {path.name: path.read_bytes() for path in both.iterdir()}
    export(
        database.value, both, format_named("kgx-tsv")
    )  # a former export is replaced, byte by byte the same
    assert {path.name: path.read_bytes() for path in both.iterdir()} == before
    with pytest.raises(UsageError, match="holds other files"):
        export(database.value, folder, format_named("csv"))


def test_a_part_holds_what_lies_around_its_focus(both: Path, database: Database, folder: Path) -> None:
    manifest = export(database.value, folder / "part", format_named("kgx-jsonl"), focus=("X:1",))
    assert (manifest["around"], manifest["counts"]) == (["X:1"], {"claim": 1, "entity": 2, "relation": 3})
    lines = (folder / "part" / "edges.jsonl").read_text("utf-8").splitlines()
    assert sorted(json.loads(line)["id"] for line in lines) == ["e1", "e2", "e4", "e5"]
    with pytest.raises(NotFound, match="no entity has the id Z:9"):
        export(database.value, folder / "none", format_named("csv"), focus=("Z:9",))


def test_exports_over_http(both: Path, service: Service, target: Target) -> None:
    address = f"{service.url}/exports"
    turtle = httpx.get(f"{address}/ttl", timeout=120)
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert "biolink:Association" in turtle.text
    again = httpx.get(f"{address}/ttl", headers={"If-None-Match": turtle.headers["etag"]}, timeout=60)
    assert again.status_code == 304
    one, two = (httpx.get(f"{address}/kgx-tsv", timeout=120) for _ in range(2))
    assert one.content == two.content
    with zipfile.ZipFile(io.BytesIO(one.content)) as archive:
        assert archive.read("edges.tsv") == (both / "edges.tsv").read_bytes()
        assert archive.testzip() is None
    ended = time.monotonic() + 5  # the folder goes after the answer
    for words in ("bytes=999999999-", "lines=1"):
        assert httpx.get(f"{address}/ttl", headers={"Range": words}, timeout=120).status_code in {400, 416}
    while list(Path(tempfile.gettempdir()).glob("mscev-http-*")):
        assert time.monotonic() < ended, "an export was left behind"
        time.sleep(0.05)
    part = httpx.get(f"{address}/ttl", params={"focus": "X:1"}, timeout=120)
    assert part.headers["etag"] != turtle.headers["etag"]
    assert len(part.content) < len(turtle.content)
    assert httpx.get(f"{address}/docx", timeout=60).status_code == 404
    with served(create_app(target, ServiceSettings(export_limit=10))) as small:
        refused = httpx.get(f"{small}/exports/csv", timeout=60)
    assert refused.status_code == 400
    assert "MSCEV_EXPORT_LIMIT" in refused.text


@pytest.mark.tools
def test_the_script_makes_the_same_release(both: Path, database: Database, folder: Path) -> None:
    """Last in this file: the graph is emptied. Planning the long literals takes most of a minute."""
    manifest = export(database.value, folder / "cypher", format_named("cypher"))
    lines = (folder / "cypher" / "graph.cypher").read_text("utf-8").splitlines()
    assert all(line.endswith(";") for line in lines)
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    made = [line.removesuffix(";") for line in lines if line.startswith("UNWIND")]
    database.write(lambda tx: [tx.run(line).consume() for line in made])
    elements = chain.from_iterable(map(database.stream, release.ELEMENTS))
    assert release.compute(elements).graph == manifest["release"]
    stored = "MATCH (r:Release {id: 'graph'}) RETURN [r.hash, valueType(r.builtAt)] AS value"
    assert database.value(Statement(stored)) == [manifest["release"], "ZONED DATETIME NOT NULL"]
    assert export(database.value, folder / "again", format_named("cypher"))["files"] == manifest["files"]
