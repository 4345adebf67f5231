"""One real Neo4j for the whole run, in a home of its own, wiped between modules; NEO4J_* are ignored."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, expect, sync_playwright
from starlette.types import ASGIApp

from api.app import create_app
from api.guards import SERVED
from graph.connection import Database
from graph.reads.info import STATE
from graph.server import Home, Server, Settings, managed, process
from graph.server.config import jvm_flags
from graph.statement import Statement
from graph.target import Target
from graph.writer import LoadReport, load
from graph.writes import COUNT_NODES
from loaders.article.curated import built_in

ARTICLE_VARIABLE = "MSCEV_TEST_ARTICLE"
CHROMIUM = Path("/usr/bin/chromium")
NOWHERE = Target("bolt://127.0.0.1:1", "neo4j", "x")  # nothing listens there
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


_KEPT = {
    ARTICLE_VARIABLE,
    "MSCEV_TEST_SAMPLES",
    "MSCEV_CACHE",
    "MSCEV_MAVEN_MIRROR",
    "MSCEV_FAIL_ON_SKIP",
    "MSCEV_FUZZ_CASES",
    "MSCEV_FUZZ_INPUTS",
}


# The few tests of these take minutes: begun last, one would run alone at the end. Longest first.
LONG = (
    "graph/test_bulk.py",
    "api/test_differential.py",
    "test_end_to_end.py",
    "graph/server/test_store.py",
    "explorer/test_browser.py",
    "explorer/test_cypher_browser.py",
    "release/test_image.py",
    "exports/test_exchange.py",
    "contract/test_fuzz.py",
    "graph/server/test_server.py",
    "loaders/test_corpus.py",
    "api/test_audit.py",
    "api/test_cli.py",
    "api/test_cypher_attacks.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first (the Makefile keeps xdist from sorting by number of tests)."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def _short_lived(settings: Settings) -> tuple[str, ...]:
    """Without the second compiler: it takes two fifths of all processor time in a server's first minutes."""
    return (*jvm_flags(settings), "-XX:TieredStopAtLevel=1")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing of the user's is touched: no database of theirs, no graph of theirs."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setattr(process, "jvm_flags", _short_lived)
    for name in [name for name in os.environ if name.startswith(("NEO4J_", "MSCEV_"))]:
        if name not in _KEPT:
            del os.environ[name]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where everything is said to be installed (make test-all)."""
    report = yield
    if os.environ.get("MSCEV_FAIL_ON_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and MSCEV_FAIL_ON_SKIP is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home for the managed server; downloads come from the user's cache."""
    path = tmp_path_factory.mktemp("mscev")
    os.environ["MSCEV_HOME"] = str(path)
    return Home.from_environ()


@pytest.fixture(scope="session")
def server(home: Home) -> Iterator[Server]:
    """The managed server of this run."""
    with managed(home) as running:
        yield running


@pytest.fixture(scope="session")
def target(server: Server) -> Target:
    """The server as the drivers see it."""
    return server.target


@pytest.fixture(scope="session")
def connection(target: Target) -> Iterator[Database]:
    """A sync connection."""
    with Database(target) as database:
        yield database


@pytest.fixture(scope="module")
def database(connection: Database) -> Database:
    """The database of this run; `loaded` says what is in it."""
    return connection


VERIFIED = Statement("RETURN COUNT { MATCH (s:Sentence) WHERE s.verified RETURN s } AS value")


@pytest.fixture(scope="session")
def first_load() -> dict[str, tuple[LoadReport, list[int]]]:
    """What the first load of this run left behind."""
    return {}


@pytest.fixture(scope="module")
def loaded(connection: Database, first_load: dict[str, tuple[LoadReport, list[int]]]) -> LoadReport:
    """The built-in article and nothing else; what an earlier module left as it was is not loaded again."""
    known = first_load.get("built-in")
    state = connection.value(STATE)
    left = [state and state["hash"], connection.value(COUNT_NODES), connection.value(VERIFIED)]
    if known and left == [known[0].release, known[1], 0]:
        return replace(known[0], generation=state["generation"])
    connection.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    report = load(connection, built_in().records())
    first_load["built-in"] = (report, connection.value(COUNT_NODES))
    return report


@pytest.fixture(scope="session")
def article_file() -> Path:
    """The article's file, where the environment names it."""
    name = os.environ.get(ARTICLE_VARIABLE)
    if not name:
        pytest.skip(f"{ARTICLE_VARIABLE} does not name the article's file")
    return Path(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium without a profile; a statement that is planned for the first time may take seconds."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not there; `make tools` installs it")
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass(frozen=True, slots=True)
class Service:
    """The service on a free port, and how to ask it."""

    url: str

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """Return the data of a GraphQL query; fail on errors."""
        answer = self.post(query, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def post(self, query: str, **variables: object) -> dict[str, Any]:
        """Return the whole GraphQL answer."""
        response = httpx.post(
            f"{self.url}/graphql", json={"query": query, "variables": variables}, timeout=60
        )
        value: dict[str, Any] = response.json()
        return value


@pytest.fixture(scope="session")
def service(target: Target) -> Iterator[Service]:
    """The HTTP service in a thread of its own."""
    with served(create_app(target)) as url:
        yield Service(url)


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an app on a free port of loopback; yield its address."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", **SERVED)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the service did not start"
        time.sleep(0.02)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(timeout=10)


def count(database: Database, pattern: str) -> int:
    """Return how often a pattern occurs."""
    return int(database.value(Statement(f"MATCH {pattern} RETURN count(*) AS value")))
