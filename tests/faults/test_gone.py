"""The managed Neo4j is killed, paused, filled, or does not take its password, while clients ask."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.connection import Database
from graph.reads.info import STATE
from graph.server import Home, Supervisor, managed, state, supervised
from graph.statement import Statement
from graph.writer import load
from loaders.article.curated import built_in
from tests.conftest import served
from tests.faults.command import COMMAND, ROOT, environment, run
from tests.faults.watch import HANG_SECONDS, Watch, is_whole, report, wait_for, watched

pytestmark = pytest.mark.faults

# shorter than the time after which the supervisor starts a silent Neo4j anew
PAUSE_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class House:
    """A service over a managed Neo4j that is watched, as `mscev up` runs it."""

    home: Home
    url: str
    supervisor: Supervisor
    release: str
    said: list[str]

    @property
    def process(self) -> psutil.Process:
        """The JVM of now."""
        found = state.running(self.home)
        assert found is not None
        return psutil.Process(found.pid)

    def is_whole(self) -> None:
        """Raise unless nothing was lost or doubled."""
        with Database(self.supervisor.server.target) as database:
            is_whole(database, self.release)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home = Home(tmp_path_factory.mktemp("gone"), Home.from_environ().cache)
    said: list[str] = []
    with managed(home) as server, supervised(server, notify=said.append) as supervisor:
        target = server.target
        with Database(target) as database:
            loaded = load(database, built_in().records())
        # kept answers would hide the fault
        with served(create_app(target, ServiceSettings(answer_cache_mb=0))) as url:
            yield House(home, url, supervisor, loaded.release, said)


def _end(house: House, watch: Watch, row: str) -> None:
    watch.judge()
    house.is_whole()
    report(row, f"refused for {watch.outage():.1f} s, longest wait {watch.slowest():.1f} s; {watch.told()}")


def test_killed(house: House) -> None:
    restarts = house.supervisor.restarts
    with watched(house.url) as watch:
        wait_for(lambda: watch.good_since(0))
        house.process.kill()
        wait_for(lambda: house.supervisor.restarts > restarts)
        restarted = time.monotonic()
        wait_for(lambda: watch.good_since(restarted))
    assert any(not one.good for one in watch.seen)
    _end(house, watch, "killed")


def test_paused(house: House) -> None:
    restarts = house.supervisor.restarts
    with watched(house.url) as watch:
        wait_for(lambda: watch.good_since(0))
        house.process.send_signal(signal.SIGSTOP)
        time.sleep(PAUSE_SECONDS)
        house.process.send_signal(signal.SIGCONT)
        going = time.monotonic()
        wait_for(lambda: watch.good_since(going))
    assert house.supervisor.restarts == restarts, "it was only paused"
    assert any(one.door == "ready" and not one.good for one in watch.seen)
    _end(house, watch, "paused and continued")


def test_paused_for_good(house: House) -> None:
    restarts = house.supervisor.restarts
    with watched(house.url) as watch:
        wait_for(lambda: watch.good_since(0))
        house.process.send_signal(signal.SIGSTOP)
        stopped = time.monotonic()
        wait_for(lambda: house.supervisor.restarts > restarts)
        restarted = time.monotonic()
        wait_for(lambda: watch.good_since(restarted))
    assert watch.refused_since(stopped)
    assert "Neo4j does not answer: it is restarted." in house.said
    _end(house, watch, "paused for good")


FILLING = "UNWIND range(1, 100000000) AS x WITH collect([x, x + 1, toString(x)]) AS held RETURN size(held)"


def test_memory(house: House) -> None:
    pid = house.process.pid
    with watched(house.url) as watch:
        wait_for(lambda: watch.good_since(0))
        begun = time.monotonic()
        answer = httpx.post(
            f"{house.url}/db/neo4j/query/v2", json={"statement": FILLING}, timeout=HANG_SECONDS
        )
        seconds = time.monotonic() - begun
        ended = time.monotonic()
        wait_for(lambda: watch.good_since(ended))
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["reason"] == "QUERY_MEMORY"
    assert house.process.pid == pid, "one statement ends nothing but itself"
    report("memory", f"the statement was ended after {seconds:.1f} s")
    _end(house, watch, "memory, the others")


def test_password_of_the_managed(house: House) -> None:
    """Somebody changed the file: what is connected goes on, what begins says what is wrong."""
    right = house.home.password_file.read_text(encoding="ascii")
    house.home.password_file.write_text("not-the-password\n", encoding="ascii")
    try:
        begun = time.monotonic()
        done = run(house.home.root, "status")
        seconds = time.monotonic() - begun
    finally:
        house.home.password_file.write_text(right, encoding="ascii")
    assert done.returncode == 1
    assert "refuses the password in MSCEV_HOME/password" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    wait_for(lambda: httpx.get(f"{house.url}/health/ready", timeout=HANG_SECONDS).status_code == 200)
    house.is_whole()
    report("wrong password, managed", f"exit 1 after {seconds:.1f} s")


def test_killed_during_a_load(house: House) -> None:
    """The last one: the graph grows by an article."""
    load_it = [*COMMAND, "load", "article", str(ROOT / "tests/loaders/second-article.md")]
    options: dict[str, Any] = {"env": environment(house.home.root), "cwd": ROOT, "text": True}
    restarts = house.supervisor.restarts
    with subprocess.Popen(load_it, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, **options) as running:
        wait_for(lambda: _writes(house) or running.poll() is not None)
        house.process.kill()
        said = running.communicate(timeout=HANG_SECONDS)[1]
    wait_for(lambda: house.supervisor.restarts > restarts)
    wait_for(lambda: httpx.get(f"{house.url}/health/ready", timeout=HANG_SECONDS).status_code == 200)
    with Database(house.supervisor.server.target) as database:
        found = database.value(STATE)["hash"]
        is_whole(database, found)
        done = run(house.home.root, "load", "article", load_it[-1])
        assert done.returncode == 0, done.stderr
        grown = database.value(STATE)["hash"]
        is_whole(database, grown)
    assert grown != house.release
    assert found in {house.release, grown}
    if running.returncode:
        assert running.returncode == 1
        assert len(said.splitlines()) == 1
        assert "does not answer" in said
    report(
        "killed during a load", f"exit {running.returncode}, {'as before' if found != grown else 'loaded'}"
    )


def _writes(house: House) -> bool:
    """Say whether somebody writes."""
    statement = Statement(
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND' RETURN count(*)"
    )
    with Database(house.supervisor.server.target) as database:
        return bool(database.rows(statement)[1][0][0])
