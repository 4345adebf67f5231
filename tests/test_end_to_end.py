"""The main job as a user has it: from the article's file to Neo4j, GraphQL and a view; and after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from graph.server import Home, status
from graph.server.process import free_port
from loaders.article.curated import built_in

COMMAND = str(Path(sys.executable).parent / "mscev")
# A kept answer is given for a second after the graph was last seen.
KEPT_SECONDS = 1.1
STARTED_SECONDS = 300.0
LOWERED = """{ entity(id: "HGNC:6018") { claims(filter: { role: [OBJECT], direction: { eq: DECREASED } }) {
    nodes { statement evidence { verified quote } } } } }"""


@dataclass(frozen=True)
class Up:
    """A running `mscev up`."""

    process: subprocess.Popen[str]
    home: Home
    url: str

    def ask(self) -> httpx.Response:
        """Ask one question over GraphQL."""
        return httpx.post(f"{self.url}/graphql", json={"query": LOWERED}, timeout=60)

    def until_ready(self) -> None:
        """Wait until the service answers."""
        end = time.monotonic() + STARTED_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, self.process.communicate()[0]
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=10).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        pytest.fail("the service did not get ready")


def _start(root: Path, *options: str) -> Up:
    port = free_port()
    environment = os.environ | {"MSCEV_HOME": str(root)}
    process = subprocess.Popen(
        [COMMAND, "up", "--port", str(port), *options],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return Up(process, Home.from_environ(environment), f"http://127.0.0.1:{port}")


def _end(up: Up) -> str:
    up.process.send_signal(signal.SIGTERM)
    return up.process.communicate(timeout=30)[0]


def _is_gone(pid: int) -> bool:
    """Say whether a process has ended, collected by its parent or not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("up")


@pytest.fixture(scope="module")
def up(root: Path) -> Iterator[Up]:
    running = _start(root)
    try:
        running.until_ready()
        yield running
    finally:
        if running.process.poll() is None:
            _end(running)


def test_an_empty_graph_is_filled_and_served(up: Up) -> None:
    claims = up.ask().json()["data"]["entity"]["claims"]["nodes"]
    assert {claim["evidence"][0]["verified"] for claim in claims} == {False}
    graph = httpx.post(f"{up.url}/graphql", json={"query": "{ graph { claims } }"}, timeout=60).json()
    assert graph["data"]["graph"]["claims"] == len(list(built_in().claims()))


def test_the_view_is_on_disk(up: Up) -> None:
    path = up.home.root / "views" / "overview.html"
    end = time.monotonic() + STARTED_SECONDS
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.2)
    assert "osteoarthritis" in path.read_text(encoding="utf-8")


def test_a_taken_port_is_told(up: Up, root: Path) -> None:
    port = up.url.rpartition(":")[2]
    done = subprocess.run(
        [COMMAND, "up", "--port", port],
        env=os.environ | {"MSCEV_HOME": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert port in done.stderr
    assert "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_killed_neo4j_gives_503_and_comes_back(up: Up) -> None:
    before = up.ask().json()
    pid = status(up.home).pid
    assert pid is not None
    psutil.Process(pid).kill()
    time.sleep(KEPT_SECONDS)
    down = up.ask()
    assert down.status_code == 503
    assert down.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNAVAILABLE"
    up.until_ready()
    assert up.ask().json() == before


def test_sigterm_stops_everything(up: Up) -> None:
    pid = status(up.home).pid
    assert pid is not None
    output = _end(up)
    assert "Traceback" not in output
    assert _is_gone(pid)


def test_with_the_file_every_claim_shows_its_sentence(root: Path, article_file: Path) -> None:
    running = _start(root, "--article", str(article_file))
    try:
        running.until_ready()
        claims = running.ask().json()["data"]["entity"]["claims"]["nodes"]
        text = " ".join(article_file.read_text(encoding="utf-8").split())
        assert claims
        for claim in claims:
            (evidence,) = claim["evidence"]
            assert evidence["verified"] is True
            assert evidence["quote"] in text
    finally:
        running.process.send_signal(signal.SIGINT)
        output = running.process.communicate(timeout=30)[0]
    assert running.process.returncode == 0, output
    assert "Traceback" not in output
