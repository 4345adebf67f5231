"""`import mscev` against the Neo4j of this run and against the service in front of it."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

import mscev
from graph.server import Server
from graph.target import Target
from graph.writer import LoadReport
from loaders.article.curated import built_in
from schema.errors import DatabaseUnavailable, InvalidQuery, NotFound, UsageError

ROOT = Path(__file__).parents[2]
CLAIMS = tuple(built_in().claims())
IL6, OA = "HGNC:6018", "MONDO:0005178"


def test_the_records_of_a_query_are_those_of_its_root(graph: mscev.Graph) -> None:
    assert graph.query("query($id: ID!) { entity(id: $id) { id name } }", id=IL6) == [
        {"id": IL6, "name": "IL6"}
    ]
    assert graph.query('{ entity(id: "HGNC:1") { id } }') == []
    page = graph.query("{ cytokines(first: 2) { nodes { id } totalCount } }")
    assert [row["id"] for row in page] == ["HGNC:11892", "HGNC:5962"]
    assert page.data is not None
    assert page.data["cytokines"]["totalCount"] > 2
    several = graph.query('{ a: entity(id: "HGNC:6018") { name } b: entity(id: "HGNC:1") { name } }')
    assert several == [{"a": {"name": "IL6"}, "b": None}]
    edges = graph.query('{ search(text: "macrophage", first: 2) { edges { score node { id } } } }')
    assert set(edges[0]) == {"score", "node"}


def test_a_wrong_query_says_what_is_wrong(graph: mscev.Graph) -> None:
    with pytest.raises(mscev.MscevError, match="nope"):
        graph.query("{ nope }")


def test_claims_are_all_there_with_their_places_and_papers(graph: mscev.Graph) -> None:
    rows = graph.claims()
    assert len(rows) == len(CLAIMS)
    assert rows.columns == mscev.CLAIM_COLUMNS
    assert {tuple(row) for row in rows} == {mscev.CLAIM_COLUMNS}
    by_id = {claim.id: claim for claim in CLAIMS}
    for row in rows:
        claim = by_id[row["id"]]
        assert (row["subjectId"], row["predicate"], row["objectId"], row["paragraph"], row["sentence"]) == (
            claim.subject,
            claim.predicate,
            claim.object,
            claim.block,
            claim.sentence,
        )
        assert row["markers"] == [citation.label for citation in claim.citations]
        assert set(row["unresolved"]) <= set(row["markers"])
    assert sum(len(row["unresolved"]) for row in rows) > 0


def test_claims_by_plain_tests(graph: mscev.Graph) -> None:
    found = graph.claims(object="interleukin 6", direction="DECREASED")
    assert {row["objectId"] for row in found} == {IL6}
    assert {row["id"] for row in found} == {
        claim.id for claim in CLAIMS if claim.object == IL6 and claim.direction == "DECREASED"
    }
    about = graph.claims(about="osteoarthritis")
    assert {row["id"] for row in about} == {c.id for c in CLAIMS if OA in {c.subject, c.object}}
    setting = graph.claims(disease=OA, negated=False, filter={"section": {"contains": "potential"}})
    assert {row["disease"] for row in setting} == {"osteoarthritis"}
    assert all("potential" in row["section"].lower() for row in setting)
    with pytest.raises(InvalidQuery, match=r"object: 'aspirin' names no entity; try search"):
        graph.claims(object="aspirin")
    with pytest.raises(UsageError, match=r"no test 'objekt'; allowed: about, subject, object"):
        graph.claims(objekt="IL-6")


def test_names_become_entities(graph: mscev.Graph) -> None:
    rows = graph.resolve("IL-6", "aspirin")
    assert [row["id"] for row in rows] == [IL6, None]
    assert rows[1]["reason"] == "names no entity"
    assert graph.resolve() == []


def test_a_frame_has_named_columns(graph: mscev.Graph) -> None:
    pytest.importorskip("pandas")
    frame = graph.claims(about=OA).to_frame()
    assert tuple(frame.columns) == mscev.CLAIM_COLUMNS
    assert len(frame) == len([c for c in CLAIMS if OA in {c.subject, c.object}])
    empty = graph.claims(about=OA, predicate="CAUSES").to_frame()
    assert tuple(empty.columns) == mscev.CLAIM_COLUMNS
    assert len(empty) == 0
    nested = graph.query(
        "{ claims(first: 500) { nodes { "
        "subject { name } citations { reference { title } } context { disease { name } } } } }"
    ).to_frame()
    assert list(nested.columns) == ["subject.name", "citations", "context.disease.name"]
    assert len(nested) == len(CLAIMS)
    assert nested["context.disease.name"].notna().any()


def test_networkx_holds_all_entities_and_relations(graph: mscev.Graph) -> None:
    pytest.importorskip("networkx")
    counts = graph.query("{ graph { entities predicates { count } } }")[0]
    whole = graph.to_networkx()
    assert whole.number_of_nodes() == counts["entities"] == len(list(built_in().entities()))
    assert whole.number_of_edges() == sum(row["count"] for row in counts["predicates"])
    assert whole.nodes[IL6] == {"name": "IL6", "kind": "CYTOKINE", "category": "biolink:Protein"}
    edges = [facts for _, _, facts in whole.in_edges(IL6, data=True) if facts["predicate"] == "DECREASES"]
    assert edges
    known = {claim.id for claim in CLAIMS}
    assert all(set(facts["claims"]) <= known and facts["direction"] == "DECREASED" for facts in edges)
    around = graph.to_networkx(OA)
    assert OA in around
    assert set(around) <= set(whole)
    assert set(around.neighbors("mscev:msc-ev")) >= {OA}
    with pytest.raises(InvalidQuery, match="focus: 'aspirin'"):
        graph.to_networkx("aspirin")


def test_a_view_shows_itself_in_a_closed_frame(graph: mscev.Graph) -> None:
    view = graph.view(OA, title='</iframe> & "quoted"')
    shown = view._repr_html_()
    frame = re.fullmatch(
        r'<iframe title="([^"]*)" sandbox="allow-scripts" .* srcdoc="([^"]*)"></iframe>', shown
    )
    assert frame
    assert unescape(frame[1]) == '</iframe> & "quoted"'
    assert "<" not in frame[2]
    assert unescape(frame[2]) == view.render("html").decode()
    assert not re.search(r"(src|href)=\"https?://", unescape(frame[2]).split("<script")[0])


def test_a_view_is_saved_in_each_format(graph: mscev.Graph, tmp_path: Path) -> None:
    view = graph.view("osteoarthritis", "IL-6")
    for suffix, start in (
        ("svg", b"<?xml"),
        ("png", b"\x89PNG"),
        ("pptx", b"PK"),
        ("html", b"<!DOCTYPE html>"),
    ):
        path = view.save(tmp_path / f"view.{suffix}")
        assert path.read_bytes().lstrip().lower().startswith(start.lower())
    for name, words in (("view", "no suffix"), ("view.gif", "unknown format 'gif'")):
        with pytest.raises(UsageError, match=words):
            view.save(tmp_path / name)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".png", ".pptx", ".svg"]


def _views(graph: mscev.Graph) -> list[mscev.View]:
    named = graph.view(name="osteoarthritis", theme="dark")
    return [graph.view(OA, hops=1), named, graph.view(graph.claims(about=OA))]


def test_both_ways_draw_the_same(over_bolt: mscev.Graph, over_http: mscev.Graph) -> None:
    for ours, served in zip(_views(over_bolt), _views(over_http), strict=True):
        assert ours.render("svg") == served.render("svg")


def test_the_answer_to_a_query_is_drawn_and_nothing_else(graph: mscev.Graph) -> None:
    claims = graph.claims(object=IL6, direction="DECREASED")
    drawn = graph.view(claims).render("svg").decode()
    assert "IL6" in drawn
    assert "osteoarthritis" not in drawn
    with pytest.raises(InvalidQuery, match="nothing that can be drawn"):
        graph.view(graph.query("{ graph { release } }"))


def test_a_view_says_what_it_cannot_draw(graph: mscev.Graph) -> None:
    with pytest.raises(InvalidQuery, match="'aspirin' names no entity"):
        graph.view("aspirin").render("svg")
    with pytest.raises((NotFound, InvalidQuery), match="osteoarthritis"):
        graph.view(name="nope").render("svg")
    with pytest.raises(UsageError, match="one of them"):
        graph.view(OA, name="osteoarthritis")
    with pytest.raises(UsageError, match="narrow a view around a focus"):
        graph.view(name="osteoarthritis", hops=2)


def test_a_graph_works_where_a_loop_runs(graph: mscev.Graph) -> None:
    async def cell() -> int:
        return len(graph.claims(about=OA)) + len(graph.view(graph.claims(about=OA)).render("svg"))

    assert asyncio.run(cell()) > 0


class TestCypher:
    def test_rows_are_records(self, graph: mscev.Graph) -> None:
        rows = graph.cypher("MATCH (c:Cytokine {id: $id}) RETURN c.id, c, date('2026-01-02') AS day", id=IL6)
        assert rows.columns == ("c.id", "c", "day")
        (row,) = rows
        assert row["c.id"] == row["c"]["properties"]["id"] == IL6
        assert sorted(row["c"]["labels"]) == ["Cytokine", "Entity"]
        assert row["day"] == "2026-01-02"
        assert "IL6" in graph.view(rows).render("svg").decode()

    def test_values_are_those_of_the_query_api(self, server: Server, over_bolt: mscev.Graph) -> None:
        statement = """MATCH p = (c:Cytokine {id: $id})<-[r:DECREASES]-(x)
            WITH p, c, r, x ORDER BY x.id LIMIT 1
            RETURN p, c, r, {x: [x]} AS map, datetime('2026-01-02T03:04:05.006Z') AS t,
            time('01:02:03Z') AS u, localdatetime('2026-01-02T03:04:05') AS v,
            duration('P1DT2S') AS d, point({x: 1.5, y: 2}) AS q, null AS none, [1, 2.5, true] AS list"""
        with mscev.connect(server.http_uri, username=server.username, password=server.password) as direct:
            theirs = direct.cypher(statement, id=IL6)
        ours = over_bolt.cypher(statement, id=IL6)
        assert ours.columns == theirs.columns
        assert ours == [_sorted_labels(row) for row in theirs]

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE (n:Entity {id: 'x'}) RETURN n",
            "LOAD CSV FROM 'http://127.0.0.1:9/' AS row RETURN row",
            "SHOW TRANSACTIONS",
            "CALL dbms.listConfig() YIELD name RETURN name",
            "PROFILE MATCH (n) RETURN n LIMIT 1",
        ],
    )
    def test_what_does_more_than_read_is_refused(self, graph: mscev.Graph, statement: str) -> None:
        before = graph.cypher("MATCH (n) RETURN count(n) AS n")
        with pytest.raises(InvalidQuery) as refused:
            graph.cypher(statement)
        assert len(str(refused.value).splitlines()) == 1
        assert graph.cypher("MATCH (n) RETURN count(n) AS n") == before

    def test_too_many_rows_are_an_error_not_a_cut(self, graph: mscev.Graph) -> None:
        assert len(graph.cypher("UNWIND range(1, 10000) AS x RETURN x")) == 10_000
        with pytest.raises(InvalidQuery, match="10000"):
            graph.cypher("UNWIND range(1, 10001) AS x RETURN x")

    def test_an_empty_frame_keeps_its_columns(self, graph: mscev.Graph) -> None:
        pytest.importorskip("pandas")
        empty = graph.cypher("MATCH (n:Disease {id: 'nope'}) RETURN n.id AS id, n.name AS x").to_frame()
        assert list(empty.columns) == ["id", "x"]


def _sorted_labels(value: object) -> object:
    """The order of labels has no meaning; ours is sorted."""
    if isinstance(value, dict):
        return {
            name: sorted(inner) if name == "labels" else _sorted_labels(inner)
            for name, inner in value.items()
        }
    return [_sorted_labels(inner) for inner in value] if isinstance(value, list) else value


class TestConnect:
    def test_nothing_named_is_the_managed_one(self, server: Server, loaded: LoadReport) -> None:
        graph = mscev.connect()
        assert graph.query("{ graph { release } }") == [{"release": loaded.release}]
        graph.close()
        graph.close()

    def test_the_environment_names_one(
        self, target: Target, loaded: LoadReport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NEO4J_URI", target.uri)
        monkeypatch.setenv("NEO4J_PASSWORD", target.password)
        with mscev.connect() as graph:
            assert graph.query("{ graph { release } }") == [{"release": loaded.release}]
        monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
        with mscev.connect() as graph, pytest.raises(DatabaseUnavailable, match="NEO4J_PASSWORD"):
            graph.query("{ graph { release } }")

    def test_what_does_not_answer_is_named(self) -> None:
        with (
            mscev.connect("http://127.0.0.1:9") as graph,
            pytest.raises(DatabaseUnavailable, match="mscev up"),
        ):
            graph.claims()
        with (
            mscev.connect("bolt://127.0.0.1:9") as graph,
            pytest.raises(DatabaseUnavailable, match="Neo4j at bolt"),
        ):
            graph.cypher("RETURN 1")

    def test_a_password_without_an_address_is_refused(self) -> None:
        with pytest.raises(UsageError, match="belong to a uri"):
            mscev.connect(password="x")


@pytest.mark.parametrize(
    ("package", "call"),
    [("pandas", "mscev.Records([]).to_frame()"), ("networkx", "mscev.Graph.to_networkx(None)")],
)
def test_a_missing_extra_is_one_line(package: str, call: str) -> None:
    code = f"""
import sys
sys.modules[{package!r}] = None
import mscev
try: {call}
except mscev.MscevError as error: print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, env=os.environ
    )
    assert re.fullmatch(rf"\w+ needs {package}: pip install 'mscev\[notebook\]'\n", done.stdout)
