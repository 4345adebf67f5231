"""Every format, written from the graph of the article and read back by a library that is not ours."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pandas as pd
import pytest
import rdflib
import rispy
from bibtexparser.entrypoint import parse_file
from ndex2.cx2 import RawCX2NetworkFactory

from exports.bibliography import references
from exports.elements import element_links, element_nodes
from exports.files import Losses
from exports.formats import FORMATS, format_named
from exports.kgx import claim_rows, edge_rows, node_rows
from exports.rdf import PREFIXES, claim_parts, entity_nodes, iri, relation_nodes
from exports.sheet import EVIDENCE, PIVOT, evidence_rows
from exports.snapshot import BESIDE, Row, Snapshot
from loaders.kgx.graph import KgxGraph, source_named
from schema.errors import NotFound
from schema.kinds import KIND_BY_NAME
from schema.records import Edge, Entity, IsA

Write = Callable[[str], Path]


@pytest.fixture(scope="module")
def write(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Write a format into a folder; nothing may be changed for it."""

    def written(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        losses = Losses()
        format_named(name).write(snapshot, folder, losses)
        assert losses.counts == {}
        return folder

    return written


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, [])}


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(NotFound, match="kgx-jsonl, kgx-tsv, graphml"):
        format_named("docx")


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_the_same_release_gives_the_same_bytes(write: Write, name: str) -> None:
    one, two = write(name), write(name)
    files = sorted(path.name for path in one.iterdir())
    assert files == sorted(path.name for path in two.iterdir())
    for file in files:
        assert (one / file).read_bytes() == (two / file).read_bytes(), file


def test_kgx_lines_hold_every_column(snapshot: Snapshot, write: Write) -> None:
    folder = write("kgx-jsonl")
    assert _lines(folder / "nodes.jsonl") == [_filled(row) for row in node_rows(snapshot)]
    assert _lines(folder / "edges.jsonl") == [_filled(row) for row in edge_rows(snapshot)]
    assert _lines(folder / "claims.jsonl") == [_filled(row) for row in claim_rows(snapshot)]
    for table in BESIDE:
        assert len(_lines(folder / f"{table}.jsonl")) == sum(1 for _ in snapshot.rows(table)) > 0
    node = next(row for row in _lines(folder / "nodes.jsonl") if row["id"] == "HGNC:6018")
    assert node["category"] == ["biolink:Protein", "mscev:Cytokine"]
    edge = next(
        row for row in _lines(folder / "edges.jsonl") if row["original_predicate"] == "mscev:DECREASES"
    )
    assert (edge["predicate"], edge["qualified_predicate"]) == ("biolink:affects", "biolink:causes")
    assert edge["object_direction_qualifier"] == "decreased"
    told = {row["id"] for row in _lines(folder / "claims.jsonl")}
    assert all(set(row["claims"]) <= told for row in _lines(folder / "edges.jsonl") if "claims" in row)


def test_kgx_tables_are_read_by_pandas(snapshot: Snapshot, write: Write) -> None:
    folder = write("kgx-tsv")
    for name, rows in (("nodes", list(node_rows(snapshot))), ("edges", list(edge_rows(snapshot)))):
        frame = pd.read_csv(
            folder / f"{name}.tsv", sep="\t", dtype=str, quoting=csv.QUOTE_NONE, keep_default_na=False
        )
        assert len(frame) == len(rows)
        for told, row in zip(frame.to_dict("records"), rows, strict=True):
            assert {k: v for k, v in told.items() if v} == {
                k: _cell(v) for k, v in _filled(row).items() if v != ""
            }


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(map(_cell, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("form", ["jsonl", "tsv"])
def test_our_own_export_is_loaded_with_our_kinds(snapshot: Snapshot, write: Write, form: str) -> None:
    folder = write(f"kgx-{form}")
    told: list[str] = []
    graph = KgxGraph(folder / f"nodes.{form}", folder / f"edges.{form}", source_named("again"))
    records = list(graph.records(lambda path, line, why: told.append(f"{path.name}:{line}: {why}")))
    assert told == []
    entities = {one.id: one for one in records if isinstance(one, Entity)}
    for row in snapshot.rows("entities"):
        own, again = row["properties"], entities[row["properties"]["id"]]
        assert (again.kind, again.name, again.category) == (own["kind"], own["name"], own["category"])
        assert again.kind in KIND_BY_NAME
        assert (list(again.synonyms), list(again.as_written)) == (
            own.get("synonyms", []),
            own.get("asWritten", []),
        )
        assert (again.description, list(again.composition)) == (
            own.get("description"),
            own.get("composition", []),
        )
        extra = {name: own[name] for name, _ in again.properties}
        assert {n: list(v) if isinstance(v, tuple) else v for n, v in again.properties} == extra
        assert [(m.id, m.match.value, m.label) for m in again.mappings] == [
            (m["id"], m["properties"]["match"], m["label"]) for m in row["mappings"]
        ]
    edges = Counter((e.subject, e.predicate, e.object) for e in records if isinstance(e, Edge))
    assert edges == Counter((r["subject"], r["predicate"], r["object"]) for r in snapshot.relations())
    steps = {(s.child, s.parent, s.source, s.version) for s in records if isinstance(s, IsA)}
    assert steps == {
        (row["properties"]["id"], s["parent"], s["properties"]["source"], s["properties"].get("version"))
        for row in snapshot.rows("entities")
        for s in row["isA"]
    }


def test_graphml_is_read_by_networkx(snapshot: Snapshot, write: Write) -> None:
    graph = nx.read_graphml(write("graphml") / "graph.graphml", force_multigraph=True)
    nodes = dict(element_nodes(snapshot))
    assert graph.nodes.keys() == nodes.keys()
    for key, own in nodes.items():
        assert {name: _plain(value) for name, value in own.items()} == graph.nodes[key], key
    told = Counter((a, b, json.dumps(own, sort_keys=True)) for a, b, own in graph.edges(data=True))
    links = [
        (a, b, {n: _plain(v) for n, v in own.items() if v is not None})
        for a, b, own in element_links(snapshot)
    ]
    assert told == Counter((a, b, json.dumps(own, sort_keys=True)) for a, b, own in links)


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, list) else value


def test_cx2_is_read_by_ndex2(snapshot: Snapshot, write: Write) -> None:
    text = (write("cx2") / "graph.cx2").read_text("utf-8")
    network = RawCX2NetworkFactory().get_cx2network(json.loads(text))
    nodes = dict(element_nodes(snapshot))
    read = {node["v"]["key"]: node["v"] for node in network.get_nodes().values()}
    assert read == {key: {"key": key, **own} for key, own in nodes.items()}
    keys = {id_: node["v"]["key"] for id_, node in network.get_nodes().items()}
    told = [(keys[e["s"]], keys[e["t"]], e["v"]) for e in network.get_edges().values()]
    links = [
        (a, b, {"interaction" if n == "label" else n: v for n, v in own.items()})
        for a, b, own in element_links(snapshot)
    ]
    assert told == links


def _values(graph: rdflib.Graph | rdflib.Dataset, subject: str, name: str) -> set[str]:
    prefix, _, local = name.partition(":")
    term = rdflib.URIRef(PREFIXES[prefix] + local)
    return {str(value) for value in graph.objects(rdflib.URIRef(subject), term)}


def _rdf_holds_all(graph: rdflib.Graph | rdflib.Dataset, snapshot: Snapshot) -> None:
    """Look up every node that was written; nested ones by what leads to them."""
    nodes = [*entity_nodes(snapshot), *relation_nodes(snapshot)]
    nodes += [part for row in snapshot.rows("claims") for part in claim_parts(row)]
    for node in nodes:
        for name, value in node.items():
            if name in {"@id", "@type"}:
                continue
            values = value if isinstance(value, list) else [value]
            nested = [one for one in values if isinstance(one, dict) and "@id" not in one]
            found = _values(graph, node["@id"], name)
            if nested:
                assert len(found) == len(nested), (node["@id"], name)
            else:
                assert found == {_told(one) for one in values}, (node["@id"], name)


def _told(value: Any) -> str:
    if isinstance(value, dict):
        prefix, _, local = value["@id"].partition(":")
        return PREFIXES[prefix] + local if prefix in PREFIXES else str(value["@id"])
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_turtle_is_read_by_rdflib(snapshot: Snapshot, write: Write) -> None:
    graph = rdflib.Graph().parse(write("ttl") / "graph.ttl")
    _rdf_holds_all(graph, snapshot)
    answer = graph.query(
        "SELECT (COUNT(?c) AS ?n) WHERE { ?c mscev:citation/mscev:marker/mscev:resolvedTo ?r }",
        initNs=PREFIXES,
    )
    cited = sum(len(one["references"]) for row in snapshot.rows("claims") for one in row["citations"])
    assert [row.asdict()["n"].toPython() for row in answer] == [cited]  # type: ignore[union-attr]


# rdflib's own reader calls what rdflib calls old
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.filterwarnings("ignore:Dataset")
def test_jsonld_holds_nanopublications(snapshot: Snapshot, write: Write) -> None:
    graph = rdflib.Dataset(default_union=True).parse(write("jsonld") / "graph.jsonld")
    _rdf_holds_all(graph, snapshot)
    claims = [row["properties"]["id"] for row in snapshot.rows("claims")]
    names = {str(context.identifier) for context in graph.graphs()}
    for claim in claims:
        head = graph.graph(rdflib.URIRef(f"{iri(claim)}#head"))
        parts = {str(o) for s, p, o in head if "has" in str(p)}
        assert parts == {f"{iri(claim)}#{part}" for part in ("assertion", "provenance", "pubinfo")}
        assert parts <= names


def test_csv_is_read_by_pandas(snapshot: Snapshot, write: Write) -> None:
    folder = write("csv")
    frames = {path.stem: pd.read_csv(path, keep_default_na=False) for path in folder.iterdir()}
    claims = list(snapshot.rows("claims"))
    assert len(frames["claims"]) == len(claims)
    assert len(frames["claim_citations"]) == sum(len(row["citations"]) for row in claims)
    assert len(frames["claim_evidence"]) == sum(len(row["evidence"]) for row in claims)
    assert len(frames["relations"]) == sum(1 for _ in snapshot.relations())
    assert len(frames["entities"]) == sum(1 for _ in snapshot.rows("entities"))
    assert len(frames["mappings"]) == sum(len(row["mappings"]) for row in snapshot.rows("entities"))
    assert len(frames["mentions"]) == sum(1 for _ in snapshot.mentions())
    for table in BESIDE:
        assert list(frames[table]["id"]) == [row["properties"]["id"] for row in snapshot.rows(table)]
    by_id = frames["claims"].set_index("id")
    for row in claims:
        own, told = row["properties"], by_id.loc[row["properties"]["id"]]
        assert (told["statement"], told["subject"]) == (own["statement"], row["subject"]["id"])
        assert bool(told["negated"]) is own["negated"]
        roles = {part["role"] for part in row["context"]}
        assert {
            name.removeprefix("context.") for name in told.index if name.startswith("context.") and told[name]
        } == roles


def test_the_evidence_table_is_read_by_openpyxl(snapshot: Snapshot, write: Write) -> None:
    book = openpyxl.load_workbook(write("xlsx") / "evidence.xlsx")
    assert book.sheetnames == ["Evidence", "Combinations", "References", "About"]
    head, *rows = book["Evidence"].iter_rows(values_only=True)
    assert head == EVIDENCE
    wanted = [
        tuple(
            None
            if row[name] in (None, "", [])
            else "; ".join(row[name])
            if isinstance(row[name], list)
            else str(row[name]).lower()
            if isinstance(row[name], bool)
            else row[name]
            for name in EVIDENCE
        )
        for row in evidence_rows(snapshot)
    ]
    assert rows == wanted
    counts = list(book["Combinations"].iter_rows(min_row=2, values_only=True))
    assert sum(row[-1] for row in counts) == len(rows)
    assert len({row[: len(PIVOT)] for row in counts}) == len(counts)
    statuses = Counter(row[head.index("reference status")] for row in rows)
    assert set(statuses) <= {"NOT_CITED", "RESOLVED", "UNRESOLVED", "PARTLY_RESOLVED"}
    uncited = sum(1 for row in snapshot.rows("claims") if not row["citations"])
    assert statuses["NOT_CITED"] == uncited > 0


def test_bibtex_is_read_by_bibtexparser(snapshot: Snapshot, write: Write) -> None:
    library = parse_file(str(write("bibtex") / "references.bib"))
    assert library.failed_blocks == []
    wanted = list(references(snapshot))
    assert [entry["mscev-id"] for entry in library.entries] == [row["id"] for row in wanted]
    for entry, row in zip(library.entries, wanted, strict=True):
        for field in ("doi", "year", "pmid"):
            assert (entry[field] if field in entry.fields_dict else None) == (
                str(row[field]) if row.get(field) else None
            )
        authors = entry["author"].split(" and ") if row["authors"] else []
        assert len(authors) == len(row["authors"])


def test_ris_is_read_by_rispy(snapshot: Snapshot, write: Write) -> None:
    entries = rispy.loads((write("ris") / "references.ris").read_text("utf-8"))
    wanted = list(references(snapshot))
    assert [entry["id"] for entry in entries] == [row["id"] for row in wanted]
    for entry, row in zip(entries, wanted, strict=True):
        assert entry.get("doi") == row.get("doi")
        assert entry.get("title") == (" ".join(row["title"].split()) if row.get("title") else None)
        assert len(entry.get("authors", [])) == len(row["authors"])
