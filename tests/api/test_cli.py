"""The commands, run as a user runs them, on the server of this run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pptx import Presentation

from graph.server import Server
from graph.writer import LoadReport
from loaders.article.curated import built_in
from tests.command import run
from tests.conftest import NOWHERE, Service
from views.named import NAMED
from views.places import read as read_places


@pytest.fixture(autouse=True)
def _ready(server: Server, loaded: LoadReport) -> None:
    """The commands find a running server that holds the article."""


def test_query_prints_json() -> None:
    done = run("query", "query ($id: ID!) { entity(id: $id) { name } }", "-v", '{"id": "HGNC:6018"}')
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["data"] == {"entity": {"name": "IL6"}}


def test_query_with_errors_exits_1() -> None:
    done = run("query", "{ nope }")
    assert done.returncode == 1
    assert "nope" in json.loads(done.stdout)["errors"][0]["message"]


def test_cypher_reads_and_refuses_to_write() -> None:
    done = run("cypher", "MATCH (d:Disease)<-[r]-(x:Entity) RETURN d.name, type(r), x.name", "--json")
    rows = json.loads(done.stdout)
    assert {"d.name": "osteoarthritis", "type(r)": "IMPROVES", "x.name": "MSC-EV"} in rows
    refused = run("cypher", "CREATE (n) RETURN n")
    assert refused.returncode == 1
    assert "not allowed" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


WRONG_USE = (
    (("query", "{ graph { claims } }", "-v", "[1"), "JSON"),
    (("schema", "xml"), "markdown"),
    (("view", "-o", "x.gif"), "html"),
    (("view", "-o", "x.html", "--steps"), "--steps needs a file that ends in .pptx"),
    (("view", "-o", "x.svg", "--template", "t.pptx"), "--template needs a file that ends in .pptx"),
    (("view", "-o", "x.html", "--transparent"), "--transparent needs a file that ends in"),
    (("view", "-o", "x.pptx", "--template", "missing.pptx"), "missing.pptx cannot be read"),
    (("view",), "--list"),
    (("view", "-o", "x.html", "--name", "nope"), "osteoarthritis"),
    (("view", "-o", "x.html", "--name", "citations", "--focus", "HGNC:6018"), "--focus"),
    (("view", "-o", "x.html", "--name", "citations", "--layout-from", "old.html"), "--layout-from"),
    (("view", "-o", "x.html", "--query", "{ graph { release } }", "--cypher", "RETURN 1"), "--cypher"),
    (("view", "-o", "x.html", "--query", "missing.graphql"), "missing.graphql cannot be read"),
    (("up", "--host", "0.0.0.0"), "--public-read"),
)


@pytest.mark.parametrize(("arguments", "words"), WRONG_USE)
def test_wrong_use_exits_2_with_one_line(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_load_twice_is_the_same(loaded: LoadReport) -> None:
    first, second = (json.loads(run("load", "article", "--json").stdout) for _ in range(2))
    assert first["release"] == second["release"] == loaded.release
    assert first["counts"] == second["counts"]
    assert second["generation"] == first["generation"] + 1


def test_a_changed_byte_is_told_and_the_rest_is_loaded(
    article_file: Path, tmp_path: Path, loaded: LoadReport
) -> None:
    data = article_file.read_bytes()
    changed = tmp_path / "changed.md"
    changed.write_bytes(data.replace(b"suppresses SASP", b"suppresseS SASP"))
    done = run("load", "article", str(changed), "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert [(row["paragraph"], row["sentence"]) for row in report["unverified"]] == [(25, 3)]
    assert report["verified"] == loaded.counts["sentences"] - 1
    assert report["counts"] == loaded.counts
    assert report["release"] == loaded.release
    rests = """{ claims(filter: { verified: { eq: false } }, first: 100) {
        nodes { evidence { paragraph sentence quote } } } }"""
    nodes = json.loads(run("query", rests).stdout)["data"]["claims"]["nodes"]
    places = [(e["paragraph"], e["sentence"], e["quote"]) for node in nodes for e in node["evidence"]]
    own = [c for c in built_in().claims() if (c.block, c.sentence) == (25, 3)]
    assert places == [(25, 3, None)] * len(own)
    assert own
    mended = json.loads(run("load", "article", str(article_file), "--json").stdout)
    assert mended["unverified"] == []


def test_status_counts(loaded: LoadReport) -> None:
    found = json.loads(run("status", "--json").stdout)
    assert found["release"] == loaded.release
    assert found["claims"] == loaded.counts["claims"]


def test_view_writes_a_file(tmp_path: Path) -> None:
    output = tmp_path / "oa.html"
    done = run("view", "-o", str(output), "--focus", "MONDO:0005178", "--hops", "2")
    assert done.returncode == 0, done.stderr
    assert "osteoarthritis" in output.read_text(encoding="utf-8")


def test_view_builds_a_deck_up_in_steps(tmp_path: Path) -> None:
    output = tmp_path / "oa.pptx"
    done = run("view", "-o", str(output), "--focus", "MONDO:0005178", "--hops", "2", "--steps")
    assert done.returncode == 0, done.stderr
    first, *_, last = Presentation(str(output)).slides
    ids = [{shape.name for shape in slide.shapes} for slide in (first, last)]
    assert "!!MONDO:0005178" in ids[0] & ids[1]
    assert len(ids[0]) < len(ids[1])


def test_named_views_are_listed_and_drawn(tmp_path: Path) -> None:
    rows = json.loads(run("view", "--list", "--json").stdout)
    assert [row["name"] for row in rows] == list(NAMED)
    assert all(name in run("view", "--list").stdout for name in NAMED)
    output = tmp_path / "sizes.html"
    done = run("view", "--name", "ev-subtypes", "-o", str(output))
    assert done.returncode == 0, done.stderr
    assert "5 entities, 5 relations" in done.stdout
    assert "apoptotic body" in output.read_text(encoding="utf-8")


def test_answers_to_queries_are_drawn(tmp_path: Path) -> None:
    lowered = 'claims(filter: {object: {eq: "HGNC:6018"}, negated: {eq: false}}) { nodes { id } }'
    file = tmp_path / "lowered.graphql"
    file.write_text(f"{{ {lowered} }}")
    for wanted, said in (
        (("--query", str(file)), "3 entities, 2 relations"),
        (("--query", f'{{ entity(id: "HGNC:6018") {{ id }} {lowered} }}'), "3 entities, 2 relations"),
        (
            ("--cypher", "MATCH p = (:EvPreparation)-[:DECREASES]->({id: 'HGNC:6018'}) RETURN p"),
            "3 entities, 2 relations",
        ),
        (("--cypher", "MATCH (c:Cytokine) RETURN collect(c) AS all"), "7 entities, 0 relations"),
    ):
        done = run("view", "-o", str(tmp_path / "x.json"), *wanted)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    nothing = run("view", "-o", str(tmp_path / "y.json"), "--cypher", "RETURN 1")
    assert nothing.returncode == 1
    assert "return nodes, relationships or paths" in nothing.stderr


def test_a_view_keeps_the_places_of_a_former_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old.html", tmp_path / "new.json"
    assert run("view", "-o", str(old), "--focus", "MONDO:0005178", "--kind", "Phenotype").returncode == 0
    done = run("view", "-o", str(new), "--focus", "MONDO:0005178", "--layout-from", str(old))
    assert done.returncode == 0, done.stderr
    was, places = read_places(old), json.loads(new.read_text())["nodes"]
    assert len(places) > len(was.nodes) > 2
    for i, (x, y) in was.nodes.items():
        assert abs(places[i][0] - x) <= 64
        assert abs(places[i][1] - y) <= 64
    broken = run("view", "-o", str(new), "--layout-from", str(tmp_path / "nothing.html"))
    assert broken.returncode == 1
    assert "cannot be read" in broken.stderr


def test_schema_in_every_form() -> None:
    assert "type Query" in run("schema", "graphql").stdout
    assert json.loads(run("schema", "json").stdout)["kinds"][0]["name"] == "MscSource"
    assert "| `DECREASES` |" in run("schema", "markdown").stdout


def test_db_status_knows_the_server(server: Server) -> None:
    found = json.loads(run("db", "status", "--json").stdout)
    assert found["running"] is True
    assert found["bolt_uri"] == server.bolt_uri


def test_db_commands_leave_an_outside_database_alone() -> None:
    done = run("db", "stop", NEO4J_URI=NOWHERE.uri)
    assert done.returncode == 2
    assert "NEO4J_URI" in done.stderr


def test_an_outside_database_is_used(server: Server, service: Service) -> None:
    done = run(
        "status",
        "--json",
        MSCEV_HOME="/nonexistent",
        NEO4J_URI=server.bolt_uri,
        NEO4J_PASSWORD=server.password,
    )
    assert json.loads(done.stdout)["uri"] == server.bolt_uri
    wrong = run("status", MSCEV_HOME="/nonexistent", NEO4J_URI=server.bolt_uri, NEO4J_PASSWORD="wrong-one")
    assert wrong.returncode == 1
    assert "password" in wrong.stderr


def test_a_view_comes_with_what_puts_it_into_a_deck(tmp_path: Path) -> None:
    done = run("view", "-o", str(tmp_path / "oa.html"), "--focus", "MONDO:0005178", "--embed", "reveal")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('<section>\n  <iframe data-src="oa.html" title="Osteoarthritis" sandbox=')
    assert (tmp_path / "oa.html").stat().st_size > 100_000
    assert 'src="view.html" title="A view of the graph"' in run("view", "--embed", "iframe").stdout
    for words, arguments in (
        ("quarto, marp", ["--embed", "keynote"]),
        (".html", ["-o", str(tmp_path / "oa.svg"), "--embed", "reveal"]),
    ):
        refused = run("view", *arguments)
        assert refused.returncode == 2
        assert words in refused.stderr


def test_a_deck_has_a_slide_for_every_named_view(tmp_path: Path) -> None:
    done = run("deck", "-o", str(tmp_path / "deck.pptx"))
    assert done.returncode == 0, done.stderr
    slides = Presentation(str(tmp_path / "deck.pptx")).slides
    assert [slide.shapes.title.text for slide in slides] == [view.title for view in NAMED.values()]
    assert run("deck", "-o", str(tmp_path / "deck.pdf")).returncode == 2
