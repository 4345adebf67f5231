"""KGX files as records: what is kept, what is rejected, and why."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TypeVar

import pytest

from loaders.kgx.edges import edge_id
from loaders.kgx.graph import KgxGraph, name_of, source_named
from schema.enums import EvidenceLevel, MappingMatch
from schema.errors import InvalidSource, UsageError
from schema.records import Claim, Edge, Entity, IsA, Record, Source

NODES = "id\tcategory\tname\tsynonym\tdescription\txref\tmass\n"
EDGES = "id\tsubject\tpredicate\tobject\tknowledge_level\tagent_type\tpublications\n"
TWO = (
    NODES
    + "A:1\tbiolink:NamedThing|biolink:Gene\tone\ta|b\tx|y\tX:1|X:2\t1|2\nA:2\tbiolink:Protein\t\t\t\t\t\n"
)

R = TypeVar("R")
Told = list[tuple[str, int, str]]


def _read(
    folder: Path, nodes: str | bytes, edges: str | bytes, form: str = "tsv"
) -> tuple[list[Record], Told]:
    files = []
    for name, text in (("nodes", nodes), ("edges", edges)):
        path = folder / f"toy_{name}.{form}"
        content = text.encode() if isinstance(text, str) else text
        path.write_bytes(gzip.compress(content, mtime=0) if form.endswith(".gz") else content)
        files.append(path)
    told: Told = []
    graph = KgxGraph(files[0], files[1], source_named("toy", version="1", licence="CC0-1.0"))
    records = list(graph.records(lambda path, line, why: told.append((path.name.split(".")[0], line, why))))
    return records, told


def _of(type_: type[R], records: list[Record]) -> list[R]:
    return [record for record in records if isinstance(record, type_)]


def test_a_table_becomes_a_source_entities_and_edges(tmp_path: Path) -> None:
    edges = EDGES + "e1\tA:1\tbiolink:interacts_with\tA:2\tprediction\tmanual_agent\tPMID:1|PMID:2\n"
    records, told = _read(tmp_path, TWO, edges)
    assert told == []
    assert records[0] == Source("mscev.graph:toy", "toy", "1", "CC0-1.0")
    one, two = _of(Entity, records)
    assert (one.kind, one.category, one.synonyms, one.description) == (
        "NamedThing",
        "biolink:Gene",
        ("a", "b"),
        "x|y",
    )
    assert dict(one.properties) == {
        "category_": ("biolink:NamedThing", "biolink:Gene"),
        "xref": ("X:1", "X:2"),
        "mass": ("1", "2"),
    }
    assert (two.name, two.properties) == ("A:2", ())
    (edge,) = _of(Edge, records)
    assert (edge.id, edge.predicate) == ("e1", "INTERACTS_WITH")
    assert dict(edge.properties) == {
        "publications": ("PMID:1", "PMID:2"),
        "knowledgeLevel": "prediction",
        "agentType": "manual_agent",
    }


@pytest.mark.parametrize("form", ["tsv.gz", "jsonl", "jsonl.gz", "csv"])
def test_every_form_says_the_same(tmp_path: Path, form: str) -> None:
    nodes, edges = (
        (
            'id,category,name\nA:1,biolink:Gene,"a, b"\nA:2,,two\n',
            "subject,predicate,object\nA:1,biolink:affects,A:2\n",
        )
        if form == "csv"
        else (
            '{"id":"A:1","category":["biolink:Gene"],"name":"a, b"}\n\n{"id":"A:2","name":"two"}\n',
            '{"subject":"A:1","predicate":"biolink:affects","object":"A:2"}\n',
        )
        if form.startswith("jsonl")
        else (
            "id\tcategory\tname\nA:1\tbiolink:Gene\ta, b\nA:2\t\ttwo\n",
            "subject\tpredicate\tobject\nA:1\tbiolink:affects\tA:2\n",
        )
    )
    records, told = _read(tmp_path, nodes, edges, form)
    assert told == []
    assert [(e.name, e.category) for e in _of(Entity, records)] == [
        ("a, b", "biolink:Gene"),
        ("two", "biolink:NamedThing"),
    ]
    (edge,) = _of(Edge, records)
    assert edge.id == edge_id({"subject": "A:1", "predicate": "biolink:affects", "object": "A:2"})
    assert edge.id.startswith("mscev.edge:")


def test_values_of_json_keep_their_type(tmp_path: Path) -> None:
    nodes = (
        '{"id":"A:1","n":1,"x":[1,2.5],"b":true,"o":{"b":1,"a":[2]},"m":["a",1],"s":"a","xref":"X|1",'
        '"none":null,"big":18446744073709551616}\n'
    )
    (one,) = _of(Entity, _read(tmp_path, nodes, "", "jsonl")[0])
    assert dict(one.properties) == {
        "n": 1,
        "x": (1.0, 2.5),
        "b": True,
        "o": '{"a":[2],"b":1}',
        "m": ("a", "1"),
        "s": "a",
        "xref": ("X", "1"),
        "big": 1.8446744073709552e19,
    }


def test_predicates_keep_their_names(tmp_path: Path) -> None:
    head = "id\tsubject\tpredicate\tobject\toriginal_predicate\n"
    rows = [
        "e1\tA:1\tbiolink:subclass_of\tA:2\t",
        "e2\tA:1\tex:tastes_like\tA:2\t",
        "e3\tA:1\tsubclass_of\tA:2\t",
        "e4\tA:1\tex:tastes_like\tA:2\tfoo",
        "e5\tA:1\tbiolink:affects\tA:2\tmscev:DECREASES",
        "e6\tA:1\tbiolink:subclass_of\tA:2\tmscev:IS_A",
    ]
    records, told = _read(tmp_path, TWO, head + "\n".join(rows) + "\n")
    assert told == []
    found = {e.id: (e.predicate, dict(e.properties)) for e in _of(Edge, records)}
    kept = {id_: {k: v for k, v in p.items() if "redicate" in k} for id_, (_, p) in found.items()}
    assert {id_: type_ for id_, (type_, _) in found.items()} == {
        "e1": "SUBCLASS_OF",
        "e2": "RELATED_TO",
        "e3": "SUBCLASS_OF",
        "e4": "RELATED_TO",
        "e5": "DECREASES",
    }
    assert kept == {
        "e1": {},
        "e2": {"originalPredicate": "ex:tastes_like"},
        "e3": {"originalPredicate": "subclass_of"},
        "e4": {"originalPredicate": "foo", "given_predicate": "ex:tastes_like"},
        "e5": {"originalPredicate": "mscev:DECREASES"},
    }
    assert _of(IsA, records) == [IsA("A:1", "A:2", "mscev.graph:toy")]


def test_a_denied_edge_is_a_claim_without_a_place(tmp_path: Path) -> None:
    head = "id\tsubject\tpredicate\tobject\tnegated\tstatus\tpublications\tprimary_knowledge_source\n"
    rows = "e1\tA:1\tbiolink:affects\tA:2\tTrue\told\tPMID:1\tinfores:x\n"
    rows += "e2\tA:1\tbiolink:affects\tA:2\tfalse\t\t\t\n"
    records, told = _read(tmp_path, TWO, head + rows)
    assert told == []
    (claim,) = _of(Claim, records)
    assert (claim.negated, claim.placed, claim.makes_relation) == (True, False, False)
    assert (claim.predicate, claim.evidence_level) == ("AFFECTS", EvidenceLevel.NOT_STATED)
    assert claim.primary_knowledge_source == "infores:x"
    assert dict(claim.properties)["id_"] == "e1"
    assert dict(claim.properties)["status_"] == "old"
    assert dict(claim.properties)["publications"] == ("PMID:1",)
    assert [edge.id for edge in _of(Edge, records)] == ["e2"]


def test_a_rejected_row_takes_nobody_s_id(tmp_path: Path) -> None:
    ends = (("A:1", "A:9"), ("A:1", "A:2"), ("A:2", "A:1"))
    rows = "".join(f"e1\t{one}\tbiolink:affects\t{other}\t\t\t\n" for one, other in ends)
    records, told = _read(tmp_path, TWO, EDGES + rows)
    assert [(edge.id, edge.object) for edge in _of(Edge, records)] == [("e1", "A:2")]
    assert told == [
        ("toy_edges", 2, "there is no node A:9"),
        ("toy_edges", 4, "a row above has the id e1 too"),
    ]


def test_odd_values_of_json_reject_their_row_alone(tmp_path: Path) -> None:
    vesicle: dict[str, object] = {"id": "mscev:e", "category": ["mscev:EvSubtype"], "name": "e"}
    rows: list[dict[str, object]] = [
        {"id": "A:1", "category": ["biolink:Gene"], "name": "one"},
        {"id": "A:2", "category": ["biolink:Gene"], "name": "two"},
        *(vesicle | {"minDiameterNm": value} for value in ([30], {"a": 1}, "nan", "9" * 400, "1e999")),
        vesicle | {"mappings": [{"id": 7, "match": "EXACT", "source": "x"}]},
    ]
    edge = {"id": "e1", "subject": "A:1", "predicate": "biolink:affects", "object": "A:2"}
    edges = [edge | {"knowledge_level": ["prediction"], "agent_type": {"a": 1}}]
    nodes_text, edges_text = ("".join(json.dumps(row) + "\n" for row in part) for part in (rows, edges))
    records, told = _read(tmp_path, nodes_text, edges_text, "jsonl")
    assert [line for _, line, _ in told] == [3, 4, 5, 6, 7, 8]
    assert [entity.id for entity in _of(Entity, records)] == ["A:1", "A:2"]
    (only,) = _of(Edge, records)
    assert dict(only.properties)["knowledgeLevel"] == "not_provided"


def test_our_kinds_come_back(tmp_path: Path) -> None:
    nodes = (
        "id\tcategory\tname\tminDiameterNm\toperationalClasses\tmappings\tcolour\n"
        "mscev:e\tbiolink:CellularComponent|mscev:EvSubtype\texosome\t30\tSMALL_EV\t\tred\n"
        'HGNC:6018\tbiolink:Protein|mscev:Cytokine\tIL6\t\t\t[{"id":"HGNC:6018","match":"EXACT","source":"HGNC"}]\t\n'
        "HGNC:1\tmscev:Cytokine|biolink:Protein\tx\t\t\t\t\n"
        "OMIM:1\tmscev:Cytokine\tx\t\t\t\t\n"
        "mscev:f\tmscev:EvSubtype\tx\twide\t\t\t\n"
    )
    records, told = _read(tmp_path, nodes, EDGES)
    vesicle, il6, other = _of(Entity, records)
    assert (vesicle.kind, dict(vesicle.properties)) == (
        "EvSubtype",
        {"minDiameterNm": 30.0, "operationalClasses": ("SMALL_EV",)},
    )
    assert (il6.kind, il6.mappings[0].source) == ("Cytokine", "HGNC")
    assert (other.mappings[0].match, other.mappings[0].source) == (MappingMatch.EXACT, "mscev.graph:toy")
    assert [(line, why.split(";")[0]) for _, line, why in told] == [
        (2, "colour is no property of EvSubtype"),
        (5, "OMIM:1: prefix of Cytokine cannot be 'OMIM'"),
        (6, "minDiameterNm cannot be 'wide'"),
    ]


def test_bad_rows_are_reported_with_line_and_reason(tmp_path: Path) -> None:
    nodes = (
        TWO.encode()
        + b"A:1\tbiolink:Gene\tagain\t\t\t\t\nA:3\tx\n\tbiolink:Gene\t\t\t\t\t\nA:4\t\t\xff\t\t\t\t\n"
    )
    nodes += b"no curie\tbiolink:Gene\tx\t\t\t\t\n"
    edges = EDGES + "".join(
        f"{row}\t\t\t\n"
        for row in (
            "e1\tA:1\tbiolink:affects\tA:2",
            "e1\tA:2\tbiolink:affects\tA:1",
            "e2\tA:1\tbiolink:affects\tA:9",
            "e3\tA:1\t\tA:2",
            "e4\tA:4\tbiolink:affects\tA:2",
            "e5\tno curie\tbiolink:affects\tA:2",
        )
    )
    records, told = _read(tmp_path, nodes, edges)
    assert told == [
        ("toy_nodes", 4, "a row above has the id A:1 too"),
        ("toy_nodes", 5, "the row has 2 cells, the header 7"),
        ("toy_nodes", 6, "the row has no id"),
        ("toy_nodes", 7, "name is not UTF-8"),
        ("toy_nodes", 8, "no curie: id cannot be 'no curie'; allowed: PREFIX:LOCAL, as in MONDO:0005178"),
        ("toy_edges", 3, "a row above has the id e1 too"),
        ("toy_edges", 4, "there is no node A:9"),
        ("toy_edges", 5, "the row has no predicate"),
        ("toy_edges", 6, "there is no node A:4"),
        ("toy_edges", 7, "there is no node no curie"),
    ]
    assert [entity.name for entity in _of(Entity, records)] == ["one", "A:2"]
    assert [edge.id for edge in _of(Edge, records)] == ["e1"]


def test_json_that_is_none_is_reported(tmp_path: Path) -> None:
    records, told = _read(tmp_path, '{"id":"A:1"}\n{"id":\n[1]\n', "", "jsonl")
    assert [line for _, line, _ in told] == [2, 3]
    assert len(_of(Entity, records)) == 1


def test_a_property_whose_name_has_a_line_break_is_told_on_one_line(tmp_path: Path) -> None:
    node = '{"id":"A:1","category":"mscev:Cytokine","name":"a","two\\nlines":1}\n'
    _, told = _read(tmp_path, node, "", "jsonl")
    assert "\n" not in "".join(reason for _, _, reason in told)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nodes.xlsx", b"", "ends in .tsv"),
        ("nodes.tsv", b"", "no header"),
        ("nodes.tsv", b"id\tname\tid\n", "'id' is there twice"),
        ("nodes.csv", b'id,"name\nA:1,x"\n', "line break .* is a quotation mark missing"),
        ("nodes.tsv.gz", b"no gzip", "cannot be read"),
        ("nodes.tsv.gz", gzip.compress(TWO.encode() * 50, mtime=0)[:60], "cannot be read"),
        ("nodes.tsv.gz", gzip.compress(b"x" * 10_000_001, mtime=0), "longer than 10,000,000"),
    ],
)
def test_a_file_that_is_none_is_an_error(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path, edges = tmp_path / name, tmp_path / "edges.tsv"
    path.write_bytes(content)
    edges.write_text(EDGES)
    with pytest.raises(InvalidSource, match=words):
        list(KgxGraph(path, edges, source_named("toy")).records(lambda *_: None))


def test_names_of_sources() -> None:
    assert name_of(Path("x/chebi_kgx_tsv_nodes.tsv")) == "chebi"
    assert name_of(Path("nodes.jsonl.gz")) == "nodes"
    assert source_named("My Graph").id == "mscev.graph:my-graph"
    with pytest.raises(UsageError, match="letters and digits"):
        source_named("---")
