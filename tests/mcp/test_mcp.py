"""The MCP server as clients have it: the SDK's client over stdio (a process) and HTTP, on the real graph."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from graph.connection import Database
from graph.server import Home, Server
from graph.server.process import free_port
from graph.target import Target
from graph.writer import LoadReport
from loaders.article.curated import built_in
from schema.kinds import KINDS
from schema.predicates import PREDICATES
from tests.command import run
from tests.conftest import count

pytest.importorskip("mcp")

from mcp.types import ImageContent

from api.app import LOOPBACK_HOSTS
from api.mcp.describe import PATTERNS
from api.mcp.serve import application
from api.settings import ServiceSettings
from tests.mcp.client import ROOT, SECONDS, Asked, connected, started

CLAIMS = tuple(built_in().claims())
IL6, OA, EV = "HGNC:6018", "MONDO:0005178", "mscev:msc-ev"


@pytest.fixture(scope="module")
def stdio(server: Server, loaded: LoadReport) -> Iterator[Asked]:
    """The command as a client starts it, in the home of this run."""
    with started() as asked:
        yield asked


@pytest.fixture(scope="module")
def address(target: Target, loaded: LoadReport) -> Iterator[str]:
    """The server over HTTP."""
    port = free_port()
    serving: list[uvicorn.Server] = []

    async def serve() -> None:
        async with application(target, ServiceSettings(), LOOPBACK_HOSTS) as app:
            serving.append(uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning")))
            await serving[0].serve()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    pause = threading.Event()
    while not (serving and serving[0].started):
        assert thread.is_alive(), "the server did not start"
        pause.wait(0.02)
    yield f"http://127.0.0.1:{port}/mcp"
    serving[0].should_exit = True
    thread.join(SECONDS)


@pytest.fixture(scope="module")
def http(address: str) -> Iterator[Asked]:
    """A client over HTTP."""
    with connected(address) as asked:
        yield asked


@pytest.fixture(params=["stdio", "http"])
def asked(request: pytest.FixtureRequest) -> Asked:
    """The same tools by either way."""
    found: Asked = request.getfixturevalue(request.param)
    return found


def test_the_tools_are_described_and_typed(asked: Asked) -> None:
    tools = asked.tools()
    assert list(tools) == ["schema", "search", "resolve", "claims", "between", "paths", "cypher", "view"]
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
    claims = json.dumps(tools["claims"].input_schema)
    assert all(f'"{predicate.name}"' in claims for predicate in PREDICATES)
    assert all(word in claims for word in ("HGNC:6018", "CLINICAL", "DECREASED", '"maximum": 50'))


def test_schema_says_what_may_be_there(asked: Asked, database: Database) -> None:
    told = asked.ask("schema")
    assert [kind["label"] for kind in told["kinds"]] == [kind.name for kind in KINDS]
    assert sum(kind["entities"] for kind in told["kinds"]) == told["entities"]
    assert told["claims"] == len(CLAIMS)
    subtype = next(kind for kind in told["kinds"] if kind["name"] == "EV_SUBTYPE")
    assert any(line.startswith("minDiameterNm (nm): ") for line in subtype["properties"])
    assert {one["name"] for one in told["predicates"]} == {one.name for one in PREDICATES}
    assert told["values"]["CitationStatus"].keys() == {"RESOLVED", "UNRESOLVED"}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_pattern_for_cypher_occurs(database: Database, loaded: LoadReport, pattern: str) -> None:
    assert count(database, _without_properties(pattern)) > 0


def _without_properties(pattern: str) -> str:
    while "{" in pattern:
        start, _, rest = pattern.partition("{")
        pattern = start.rstrip() + rest.partition("}")[2]
    return pattern


def test_claims_carry_places_citations_and_concerns(asked: Asked) -> None:
    told = asked.ask("claims", object="IL-6", direction="DECREASED")
    expected = [c for c in CLAIMS if c.object == IL6 and c.direction == "DECREASED"]
    assert told["stated"]
    assert told["total"] == len(expected)
    assert {claim["id"] for claim in told["claims"]} == {claim.id for claim in expected}
    by_id = {claim.id: claim for claim in expected}
    for claim in told["claims"]:
        source = by_id[claim["id"]]
        (place,) = claim["evidence"]
        assert (place["paragraph"], place["sentence"]) == (source.block, source.sentence)
        assert place["section"]
        assert place["article"]["id"] == source.article
        for cited, citation in zip(claim["citations"], source.citations, strict=True):
            assert cited["label"] == citation.label
            assert cited["status"] in {"RESOLVED", "UNRESOLVED"}
            assert cited["concerns"] == [concern.value for concern in citation.concerns]


def test_claims_come_in_pages(asked: Asked) -> None:
    seen: list[str] = []
    after = None
    while True:
        told = asked.ask("claims", about=EV, first=20, after=after)
        seen += [claim["id"] for claim in told["claims"]]
        after = told["after"]
        if after is None:
            break
    expected = {claim.id for claim in CLAIMS if EV in {claim.subject, claim.object}}
    assert len(seen) == len(set(seen)) == told["total"] == len(expected)
    assert set(seen) == expected


def test_what_is_not_stated_is_said_with_the_nearest(asked: Asked) -> None:
    told = asked.ask("claims", about=OA, predicate="CAUSES")
    assert (told["stated"], told["total"], told["claims"]) == (False, 0, [])
    assert told["answer"].startswith("Not stated: ")
    assert told["searched"] == ["mscev.article:msc-ev"]
    assert EV in {entity["id"] for entity in told["nearest"]}
    apart = asked.ask("between", a="osteoarthritis", b="IL-6")
    assert not apart["stated"]
    assert apart["answer"].startswith("Not stated: no claim joins osteoarthritis and IL6")
    assert [entity["id"] for entity in apart["nearest"]] == [EV]
    nothing = asked.ask("search", text="aspirin")
    assert (nothing["stated"], nothing["entities"]) == (False, [])
    far = asked.ask("paths", start=OA, end=IL6, max_hops=1)
    assert (far["stated"], far["paths"]) == (False, [])
    assert [entity["id"] for entity in far["nearest"]] == [EV]


def test_between_gives_relations_and_claims(asked: Asked) -> None:
    told = asked.ask("between", a=EV, b="UniProtKB:P05231")
    assert told["stated"]
    assert (told["a"]["id"], told["b"]["id"]) == (EV, IL6)
    assert {claim["id"] for claim in told["claims"]} == {
        claim.id for claim in CLAIMS if {claim.subject, claim.object} == {EV, IL6}
    }
    stated = {claim["id"] for relation in told["relations"] for claim in relation["claims"]}
    assert stated <= {claim["id"] for claim in told["claims"]}


def test_paths_are_hops_of_relations(asked: Asked) -> None:
    told = asked.ask("paths", start="osteoarthritis", end="IL-6", first=3)
    assert told["paths"]
    lengths = [len(way["relations"]) for way in told["paths"]]
    assert lengths == sorted(lengths)
    for way in told["paths"]:
        assert (way["nodes"][0]["id"], way["nodes"][-1]["id"]) == (OA, IL6)
        for before, relation, behind in zip(way["nodes"], way["relations"], way["nodes"][1:], strict=False):
            ends = {relation["subject"]["id"], relation["object"]["id"]}
            assert ends == {before["id"], behind["id"]}


def test_names_are_resolved_or_left_open(asked: Asked) -> None:
    told = asked.ask("resolve", texts=["IL-6", "interleukin"])["resolved"]
    assert told[0]["entity"]["id"] == IL6
    assert told[1]["entity"] is None
    assert told[1]["reason"]
    assert IL6 in {entity["id"] for entity in told[1]["nearest"]}
    found = asked.ask("search", text="macrophage", kind=["CELL_TYPE"], first=2)
    assert {entity["kind"] for entity in found["entities"]} == {"CELL_TYPE"}
    assert len(found["entities"]) == 2


def test_cypher_reads_within_its_limit(asked: Asked) -> None:
    told = asked.ask(
        "cypher", statement="MATCH (c:Cytokine {id: $id}) RETURN c.id, c.name", parameters={"id": IL6}
    )
    assert told == {"columns": ["c.id", "c.name"], "rows": [[IL6, "IL6"]]}
    assert "more than 5 rows" in asked.error("cypher", statement="MATCH (n) RETURN n.id", limit=5)
    assert "limit: " in asked.error("cypher", statement="MATCH (n) RETURN n.id", limit=100_000)
    assert "at most 400000" in asked.error(
        "cypher",
        statement="UNWIND range(1, 500) AS x RETURN reduce(t = '', i IN range(1, 900) | t + 'x')",
        limit=1000,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Entity {id: 'x'}) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "LOAD CSV FROM 'http://127.0.0.1:9/' AS row RETURN row",
        "SHOW TRANSACTIONS",
        "CALL dbms.listConfig() YIELD name RETURN name",
    ],
)
def test_cypher_refuses_what_does_more_than_read(asked: Asked, database: Database, statement: str) -> None:
    before = count(database, "(n)")
    assert "not allowed" in asked.error("cypher", statement=statement)
    assert count(database, "(n)") == before


def test_a_view_is_a_picture(asked: Asked) -> None:
    for form, media, start in (("png", "image/png", b"\x89PNG"), ("svg", "image/svg+xml", b"<?xml")):
        answer = asked.call("view", focus=["osteoarthritis"], format=form, title="In short")
        image = answer.content[0]
        assert isinstance(image, ImageContent)
        assert image.mime_type == media
        drawn = base64.b64decode(image.data)
        assert drawn.startswith(start)
        told = answer.structured_content
        assert told is not None
        assert told["bytes"] == len(drawn)
        assert told["entities"] > 1
        assert "release" in told["source"]
    ready = asked.ask("view", name="osteoarthritis", format="svg")
    assert ready["relations"] > 0
    assert asked.ask("view", limit=5, format="svg")["truncated"]


def test_files_are_for_stdio_alone(stdio: Asked, http: Asked, home: Home) -> None:
    told = stdio.ask("view", focus=[IL6], format="html")
    path = Path(told["path"])
    assert path.parent == home.root / "views"
    assert path.stat().st_size == told["bytes"]
    assert b"IL6" in path.read_bytes()
    assert "a server over HTTP writes none" in http.error("view", focus=[IL6], format="html")


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("claims", {"predicates": "CAUSES"}, "unknown argument 'predicates'; allowed: about, subject"),
        ("claims", {"predicate": "HEALS"}, "unknown predicate 'HEALS'; allowed: INCREASES"),
        ("claims", {"direction": "UP"}, "direction: Input should be 'INCREASED' or 'DECREASED'"),
        ("claims", {"first": 500}, "first: Input should be less than or equal to 50"),
        ("claims", {"object": "aspirin"}, "object: 'aspirin' names no entity; try search"),
        ("claims", {"after": "nonsense"}, "after"),
        ("search", {"text": "x", "kind": ["PLANET"]}, "unknown kind 'PLANET'"),
        ("between", {"a": IL6}, "b: Field required"),
        ("view", {"name": "nope"}, "unknown view 'nope'; allowed: "),
        ("view", {"name": "citations", "focus": [IL6]}, "leave out focus"),
        ("cypher", {"statement": "MATCH (n RETURN n"}, "Invalid input"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(
    asked: Asked, tool: str, arguments: dict[str, Any], words: str
) -> None:
    assert words in asked.error(tool, **arguments)


def test_other_hosts_and_origins_are_refused(address: str) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    assert (
        httpx.post(address, json=body, headers=accept | {"Host": "evil.example"}, timeout=60).status_code
        == 421
    )
    assert (
        httpx.post(
            address, json=body, headers=accept | {"Origin": "http://evil.example"}, timeout=60
        ).status_code
        == 403
    )


def test_wrong_use_of_the_command_is_one_line(server: Server) -> None:
    for arguments, words in (
        (("mcp", "--http", "--host", "0.0.0.0"), "--public-read"),
        (("mcp", "--http", "--port", server.http_uri.rpartition(":")[2]), "--port"),
    ):
        done = run(*arguments)
        assert done.returncode in {1, 2}
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_missing_extra_is_one_line() -> None:
    program = "import sys; sys.modules['mcp'] = None; from api.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "mcp"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 2
    assert done.stderr == "mscev: mscev mcp needs the MCP SDK: pip install 'mscev[mcp]'\n"
