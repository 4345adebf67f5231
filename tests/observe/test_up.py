"""`mscev up` for real: by one process and by several; ended under load, and with workers killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.review.guard import TOKEN
from graph.server.process import free_port
from graph.target import Target
from graph.writer import LoadReport

pytestmark = pytest.mark.faults

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0
QUERY = {"query": "{ diseases(first: 50) { nodes { id claims { totalCount } } } }"}
STREAM = {"statement": "UNWIND range(1, 9000) AS n RETURN n, 'x' AS a"}


@dataclass
class Up:
    process: subprocess.Popen[str]
    url: str

    def ready(self) -> bool:
        assert self.process.poll() is None, self.process.communicate()[0]
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=60).status_code == 200
        except httpx.TransportError:
            return False

    def workers(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children()
        return [one for one in children if "spawn_main" in _line(one)]

    def value(self, name: str, **labels: str) -> float:
        text = httpx.get(f"{self.url}/metrics", timeout=60).text
        return sum(
            sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    def end(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=PATIENCE)[0]


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has just ended
        return ""


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def up(target: Target, home: Path, *options: str, **variables: str) -> Iterator[Up]:
    """Serve the graph of this run as one of others."""
    port = free_port()
    given = {
        "NEO4J_URI": target.uri,
        "NEO4J_HTTP_URI": target.http_uri or "",
        "NEO4J_PASSWORD": target.password,
        "MSCEV_HOME": str(home),
        **variables,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.cli import main; main()", "up", "--port", str(port), *options],
        cwd=ROOT,
        env=os.environ | given,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    running = Up(process, f"http://127.0.0.1:{port}")
    try:
        until(running.ready)
        yield running
    finally:
        if process.poll() is None:
            running.end()
        process.communicate(timeout=PATIENCE)


@dataclass
class Client(threading.Thread):
    """Asks until it is told that the service ends; what it saw is in `seen`."""

    url: str
    kept: bool
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        threading.Thread.__init__(self, daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self._is_told():
            with httpx.Client(base_url=self.url, timeout=60) as client:
                for _ in range(20 if self.kept else 1):
                    self._ask(client, "/graphql", QUERY)
                    self._ask(client, "/db/neo4j/query/v2", STREAM)

    def _is_told(self) -> bool:
        return self.seen["503"] > 0

    def _ask(self, client: httpx.Client, path: str, body: dict[str, str]) -> None:
        if self._is_told():
            return
        try:
            answer = client.post(path, json=body)
        except httpx.ConnectError:
            self.seen["503"] += 1  # the end was between two questions
            self.seen["not listening"] += 1
            return
        except httpx.TransportError:
            self.seen["silent connection closed"] += 1
            return
        if answer.status_code == 503:
            assert answer.headers["retry-after"]
            assert answer.headers["connection"] == "close"
        self.seen["200" if answer.status_code in {200, 202} else str(answer.status_code)] += 1


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("workers", [1, 2])
def test_nobody_is_cut_off_when_the_service_ends(target: Target, tmp_path: Path, workers: int) -> None:
    """Every request that the service took was answered whole: its log and its clients count the same."""
    log = tmp_path / "mscev.log"
    variables = {"MSCEV_LOG": "json", "MSCEV_LOG_FILE": str(log)}
    with up(target, tmp_path, "--workers", str(workers), **variables) as running:
        clients = [Client(running.url, kept=number % 2 == 0) for number in range(6)]
        for client in clients:
            client.start()
        until(lambda: sum(client.seen["200"] for client in clients) > 60)
        begun = time.monotonic()
        output = running.end()
        seconds = time.monotonic() - begun
        for client in clients:
            client.join(PATIENCE)
    seen = sum((client.seen for client in clients), Counter[str]())
    print(f"{workers} workers ended in {seconds:.1f} s, clients saw {dict(seen)}")  # noqa: T201
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    asked = Counter(line["status"] for line in lines if line.get("method") == "POST")
    assert asked[200] + asked[202] == seen["200"]
    assert asked[503] == seen["503"] - seen["not listening"]
    assert set(asked) <= {200, 202, 503}
    assert set(seen) <= {"200", "503", "not listening", "silent connection closed"}
    assert "Traceback" not in output


@pytest.mark.usefixtures("loaded")
def test_workers_are_one_service(target: Target, tmp_path: Path) -> None:
    log = tmp_path / "mscev.log"
    variables = {"MSCEV_LOG": "json", "MSCEV_LOG_FILE": str(log)}
    with up(target, tmp_path, "--workers", "2", **variables) as running:
        until(lambda: len(running.workers()) == 2)
        assert not any(target.password in _line(one) for one in running.workers())
        _the_page_of_one_is_good_for_all(running)
        _a_transaction_goes_on_anywhere(running)
        _figures_are_added_up(running)
        _a_killed_worker_is_replaced(running)
        running.end()
    text = log.read_text(encoding="utf-8")
    assert target.password not in text
    assert '"path":"/graphql"' in text
    assert '"event":"worker"' in text


def _fresh(running: Up) -> httpx.Client:
    """Return a client with a connection of its own: another worker may take it."""
    return httpx.Client(base_url=running.url, timeout=60)


def _the_page_of_one_is_good_for_all(running: Up) -> None:
    with _fresh(running) as client:
        page = client.get("/review").text
    token = _token(page)
    for _ in range(12):
        with _fresh(running) as client:
            answer = client.post("/review/undo", json={}, headers={TOKEN: token})
        assert answer.status_code == 400, answer.text  # not 403: it is let in, and says nothing


def _token(page: str) -> str:
    found = re.search(r'id="page">(.*?)</script>', page)
    assert found
    return str(json.loads(found[1])["token"])


def _a_transaction_goes_on_anywhere(running: Up) -> None:
    base = "/db/neo4j/query/v2/tx"
    for _ in range(12):
        with _fresh(running) as client:
            id_ = client.post(base, json={}).json()["transaction"]["id"]
        with _fresh(running) as client:
            answer = client.post(f"{base}/{id_}", json={"statement": "RETURN 1 AS n"})
            assert answer.json()["data"]["values"] == [[1]]
        with _fresh(running) as client:
            assert client.post(f"{base}/{id_}/commit", json={}).status_code == 202
    assert running.value("mscev_cypher_transactions") == 0


def _figures_are_added_up(running: Up) -> None:
    asked = {"method": "POST", "route": "/graphql", "status": "200"}
    before = running.value("mscev_requests_total", **asked)
    for _ in range(30):
        with _fresh(running) as client:
            client.post("/graphql", json=QUERY)
    assert running.value("mscev_requests_total", **asked) == before + 30


def _a_killed_worker_is_replaced(running: Up) -> None:
    gone = running.workers()[0]
    gone.kill()
    until(lambda: len({one.pid for one in running.workers()} - {gone.pid}) == 2)
    until(running.ready)
    until(lambda: running.value("mscev_worker_restarts_total") == 1)


@pytest.mark.usefixtures("loaded")
def test_workers_end_with_their_parent(target: Target, tmp_path: Path) -> None:
    with up(target, tmp_path, "--workers", "2") as running:
        until(lambda: len(running.workers()) == 2)
        workers = running.workers()
        running.process.kill()
        until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in workers))


@pytest.mark.usefixtures("loaded")
def test_a_backup_says_how_long_the_service_was_away(tmp_path: Path, loaded: LoadReport) -> None:
    """With a managed Neo4j of its own, which a backup stops while `mscev up` serves."""
    port = free_port()
    variables = os.environ | {"MSCEV_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", "from api.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "up", "--port", str(port)],
        cwd=ROOT,
        env=variables,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    running = Up(process, f"http://127.0.0.1:{port}")
    seen: Counter[int] = Counter()
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            seen[httpx.post(f"{running.url}/graphql", json=QUERY, timeout=60).status_code] += 1

    try:
        until(running.ready)
        client = threading.Thread(target=ask, daemon=True)
        client.start()
        archive = tmp_path / "graph.tar.gz"
        done = subprocess.run(
            [*command, "db", "backup", str(archive)],
            cwd=ROOT,
            env=variables,
            text=True,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        assert f"Release {loaded.release}" in done.stdout
        assert "The service was away" in done.stdout
        until(running.ready)
        ended.set()
        client.join(PATIENCE)
        print(done.stdout.splitlines()[-1], dict(seen))  # noqa: T201 - the figure of docs/operations.md
        assert set(seen) <= {200, 503}, seen
    finally:
        ended.set()
        running.end()
