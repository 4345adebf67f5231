"""Neo4j's password and API keys are told nowhere: searched for in the real things."""

from __future__ import annotations

import base64
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import httpx
import psutil
import pytest

from api.app import create_app
from api.guards.keys import KeyFile
from api.settings import DatabaseSettings, ServiceSettings
from graph.connection import Database
from graph.reads.info import PING
from graph.server import Home, Server
from graph.server.install import install
from graph.server.process import environment, free_port
from graph.target import Target
from loaders.pdf import worker
from loaders.pdf.extract import Unreadable
from schema.errors import DatabaseUnavailable
from tests.conftest import served
from tests.security.service import SCHEMA, basic, bearer

pytestmark = pytest.mark.usefixtures("loaded")
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]
OTHER = "k7-dPq2z-never-told"
PATH = "/db/neo4j/query/v2"


def forms(secret: str, name: str = "neo4j") -> tuple[bytes, ...]:
    """Return what a secret looks like: plain, and as HTTP sends it."""
    plain = secret.encode()
    return plain, base64.b64encode(plain).rstrip(b"="), base64.b64encode(f"{name}:".encode() + plain)[:-4]


def told(text: str | bytes, *secrets: str) -> list[bytes]:
    """Return which secrets stand in a text."""
    data = text.encode() if isinstance(text, str) else text
    return [form for secret in secrets for form in forms(secret) if form in data]


def test_the_search_finds_each_form() -> None:
    assert len(told(f"x{OTHER}x", OTHER)) == 1
    assert told(httpx.BasicAuth("neo4j", OTHER)._auth_header, OTHER)
    assert not told("nothing", OTHER)


@dataclass(frozen=True, slots=True)
class Up:
    """`mscev up` in a process of its own, and what it printed so far."""

    url: str
    key: str
    process: psutil.Popen
    printed: Path


@contextmanager
def _up(home: Home, folder: Path) -> Iterator[Up]:
    keys = KeyFile(folder / "keys")
    key = keys.add("reader")
    port = free_port()
    given = {
        "MSCEV_KEYS": str(keys.path),
        "MSCEV_REQUIRE_KEY": "true",
        "MSCEV_CYPHER_LOG": str(folder / "cypher.log"),
        "MSCEV_CYPHER_LOG_TEXT": "true",
        "NEO4J_PASSWORD": OTHER,  # of no use to a managed Neo4j, and nothing that it should learn
    }
    printed = folder / "printed"
    with printed.open("wb") as output:
        process = psutil.Popen(
            [*COMMAND, "up", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | given,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = monotonic() + 120
        while True:
            assert process.is_running(), printed.read_text()
            assert monotonic() < deadline, printed.read_text()
            try:
                if httpx.get(f"http://localhost:{port}/health/ready", timeout=60).status_code == 200:
                    break
            except httpx.TransportError:
                sleep(0.1)
        yield Up(f"http://localhost:{port}", key, process, printed)
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def running(server: Server, home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with _up(home, tmp_path_factory.mktemp("up")) as up:
        yield up


def test_a_key_opens_the_running_service(running: Up) -> None:
    assert httpx.get(running.url + SCHEMA, timeout=60).status_code == 401
    for headers in (bearer(running.key), basic(running.key)):
        answer = httpx.get(running.url + SCHEMA, headers=headers, timeout=60)
        assert answer.status_code == 200
        assert "server" not in answer.headers
    forged = httpx.get(
        running.url + SCHEMA, headers=bearer(running.key) | {"x-forwarded-proto": "https"}, timeout=60
    )
    assert "strict-transport-security" not in forged.headers


def test_processes_do_not_show_them(running: Up, server: Server) -> None:
    secrets = (server.password, running.key, OTHER)
    ours = [psutil.Process(server.pid), running.process, *running.process.children(recursive=True)]
    for process in ours:
        assert not told("\0".join(process.cmdline()), *secrets), process
        if process.pid != running.process.pid:
            assert not told("\0".join(process.environ().values()), *secrets), process
    listed = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, check=True, timeout=60).stdout
    assert b"--home-dir=" in listed
    assert not told(listed, *secrets)


def test_answers_and_logs_do_not_tell_them(running: Up, server: Server, home: Home) -> None:
    secrets = (server.password, running.key)
    wrong = running.key[:-3] + "xyz"
    asked = {"statement": "RETURN $x", "parameters": {"x": 1}}
    answers = []
    with httpx.Client(base_url=running.url, timeout=60) as client:
        for headers in (bearer(running.key), basic(running.key), basic(server.password), bearer(wrong)):
            answers += [
                client.get("/", headers=headers),
                client.get("/", headers=headers | {"accept": "application/json"}),
                client.get("/docs", headers=headers),
                client.get("/openapi.json", headers=headers),
                client.get("/views/graph.html?focus=HGNC:6018", headers=headers),
                client.get("/views/graph.gif", headers=headers),
                client.get("/exports/csv", headers=headers),
                client.get("/entity/nobody", headers=headers),
                client.post("/graphql", json={"query": "{ nope }"}, headers=headers),
                client.post("/graphql", json={"query": "{ graph { sources { id } } }"}, headers=headers),
                client.post(PATH, json=asked, headers=headers),
                client.post(PATH, json={"statement": "SHOW SETTINGS"}, headers=headers),
                client.post(PATH, content=b"{", headers=headers | {"content-type": "application/json"}),
            ]
    assert {200, 202, 400, 401, 404} <= {answer.status_code for answer in answers}
    for answer in answers:
        assert not told(answer.content, *secrets), answer.url
        assert not told(repr(answer.headers.raw), *secrets), answer.url
    printed = running.printed.read_bytes()
    assert b"/graphql" in printed
    log = running.printed.with_name("cypher.log").read_bytes()
    assert b"key:reader" in log
    kept = [
        path for folder in (home.logs, home.root / "views") for path in folder.rglob("*") if path.is_file()
    ]
    logs = {path: path.read_bytes() for path in kept}
    assert any(b"Started" in text for text in logs.values())
    for where, text in [("printed", printed), ("cypher.log", log), *logs.items()]:
        assert not told(text, *secrets, OTHER), where


def test_commands_do_not_print_them(server: Server, home: Home, tmp_path: Path) -> None:
    outside = {
        "MSCEV_HOME": str(tmp_path),
        "NEO4J_URI": server.bolt_uri,
        "NEO4J_PASSWORD": OTHER,
        "COLUMNS": "200",
    }
    for arguments, environ in (
        (("status", "--json"), {}),
        (("status", "--json"), outside),
        (("up", "--port", str(free_port())), outside),
        (("db", "status"), outside | {"NEO4J_URI": f"bolt://neo4j:{OTHER}@127.0.0.1:1"}),
        (("status",), outside | {"NEO4J_URI": f"bolt://neo4j:{OTHER}@127.0.0.1:1"}),
    ):
        done = subprocess.run(
            [*COMMAND, *arguments],
            capture_output=True,
            timeout=120,
            check=False,
            cwd=ROOT,
            env=os.environ | environ,
        )
        assert bool(done.returncode) is bool(environ), done.stderr
        assert not told(done.stdout + done.stderr, server.password, OTHER), arguments
        assert b"Traceback" not in done.stderr


def test_what_is_printed_of_objects_does_not_hold_them(
    server: Server, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://db.example.org")
    monkeypatch.setenv("NEO4J_PASSWORD", OTHER)
    settings = DatabaseSettings()
    assert settings.target is not None
    assert settings.target.password == OTHER
    for value in (settings, settings.target, server, target, ServiceSettings()):
        assert not told(f"{value!r} {value!s}", OTHER, server.password)
    assert not told(settings.model_dump_json(), OTHER)


def test_the_most_talkative_log_does_not_hold_them(
    server: Server, target: Target, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = "mscev_" + "k" * 43
    with Database(target) as database:
        database.value(PING)
    wrong = Target(target.uri, "neo4j", OTHER)
    with pytest.raises(DatabaseUnavailable) as raised, Database(wrong) as database:
        database.value(PING)
    with served(create_app(target)) as url:
        for headers in (bearer(key), basic(server.password), basic(OTHER)):
            httpx.post(url + PATH, json={"statement": "RETURN 1"}, headers=headers, timeout=60)
            httpx.post(f"{url}/graphql", json={"query": "{ graph { claims } }"}, headers=headers, timeout=60)
    assert {"neo4j", "httpx"} <= {record.name.partition(".")[0] for record in caplog.records}
    assert not told(caplog.text, server.password, OTHER, key)
    assert not told(f"{raised.value.message} {raised.value.values}", OTHER)


def test_children_get_no_secret_to_tell(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", OTHER)
    monkeypatch.setenv("SOME_API_KEY", OTHER)
    assert not told(repr(environment(install(home))), OTHER)
    # a real child, which says what it was given in place of what a PDF holds
    tells = "import os, json; print(json.dumps({'problem': repr(dict(os.environ)), 'page': None}))"
    monkeypatch.setattr(worker, "START", tells)
    with pytest.raises(Unreadable) as raised:
        worker.read_apart(b"")
    assert "PATH" in raised.value.problem
    assert not told(raised.value.problem, OTHER)
