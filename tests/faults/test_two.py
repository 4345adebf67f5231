"""Two `mscev up` in the same second: on one home, and on one port of it."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from graph.connection import Database
from graph.server import Home, managed, state
from graph.server.process import free_port
from graph.writer import LoadReport
from tests.conftest import Service
from tests.faults.command import end, run, start
from tests.faults.watch import is_whole, report, wait_for

pytestmark = pytest.mark.faults
RELEASE = "{ graph { release claims } }"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two")


def _is_whole(root: Path, wanted: str) -> None:
    home = Home(root, Home.from_environ().cache)
    assert state.running(home) is None, "the last one out stops it"
    with managed(home) as server, Database(server.target) as database:
        is_whole(database, wanted)


def test_on_one_home(root: Path, loaded: LoadReport) -> None:
    """Both find the graph empty, share one Neo4j, load the article, and neither doubles a claim."""
    both = [start(root, free_port()) for _ in range(2)]
    try:
        for up in both:
            up.until_ready()
        answers = [Service(up.url).ask(RELEASE)["graph"] for up in both]
    finally:
        printed = [end(up) for up in both]
    assert [answer["release"] for answer in answers] == [loaded.release] * 2
    assert [up.process.returncode for up in both] == [128 + signal.SIGTERM] * 2, printed
    assert not any("Traceback" in text for text in printed)
    _is_whole(root, loaded.release)
    report("two at once, one home", "both serve the same release")


def test_on_one_port(root: Path, loaded: LoadReport) -> None:
    """One serves; the other says which port is taken."""
    port = free_port()
    both = [start(root, port) for _ in range(2)]
    try:
        wait_for(lambda: any(up.process.poll() is not None for up in both))
        loser = next(up for up in both if up.process.poll() is not None)
        winner = next(up for up in both if up is not loser)
        winner.until_ready()
        assert Service(winner.url).ask(RELEASE)["graph"]["release"] == loaded.release
    finally:
        printed = {up: end(up) for up in both}
    assert loser.process.returncode == 1
    said = printed[loser].splitlines()[-1]
    assert str(port) in said
    assert "--port" in said
    assert winner.process.returncode == 128 + signal.SIGTERM, printed[winner]
    assert not any("Traceback" in text for text in printed.values())
    _is_whole(root, loaded.release)
    report("two at once, one port", said)


def test_the_service_killed(root: Path, loaded: LoadReport) -> None:
    """Its Neo4j goes on without it; whoever comes next uses it, and the last one out stops it."""
    home = Home(root, Home.from_environ().cache)
    up = start(root, free_port())
    try:
        up.until_ready()
        before = state.running(home)
    finally:
        up.process.kill()
        up.process.communicate(timeout=60)
    assert before is not None
    assert state.running(home) == before
    begun = time.monotonic()
    done = run(root, "status", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["release"] == loaded.release
    report("the service killed", f"the next command answered after {time.monotonic() - begun:.1f} s")
    _is_whole(root, loaded.release)
