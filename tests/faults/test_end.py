"""SIGTERM while clients ask: what is under way is answered, what comes is told to come again."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from graph.connection import Database
from graph.server import Home, state
from graph.server.home import password
from graph.server.process import free_port
from graph.statement import Statement
from graph.target import Target
from tests.faults.command import start
from tests.faults.watch import CLAIMS, HANG_SECONDS, report, wait_for

pytestmark = pytest.mark.faults

CLIENTS = 8
# a few seconds of work for Neo4j
LONG = "UNWIND range(1, 12000000) AS x RETURN sum(x % 7) AS answer"


@dataclass
class Clients:
    """Ask until nobody listens any longer."""

    url: str
    answers: list[tuple[float, httpx.Response]] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)
    long: list[httpx.Response] = field(default_factory=list)

    def ask(self) -> None:
        """Ask over one kept connection after another."""
        try:
            while True:
                with httpx.Client(base_url=self.url, timeout=HANG_SECONDS) as client:
                    for _ in range(5):
                        answer = client.post("/graphql", json={"query": CLAIMS})
                        self.answers.append((time.monotonic(), answer))
                        time.sleep(0.02)
        except httpx.ConnectError:
            return  # it has ended
        except httpx.TransportError as error:
            self.failed.append(error)

    def ask_long(self) -> None:
        """Ask one question that takes a while."""
        self.long.append(
            httpx.post(f"{self.url}/db/neo4j/query/v2", json={"statement": LONG}, timeout=HANG_SECONDS)
        )


def _is_read(home: Home) -> bool:
    """Say whether Neo4j is at the long question."""
    process = state.running(home)
    assert process is not None
    statement = Statement(
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $text RETURN count(*) AS value",
        {"text": LONG},
    )
    with Database(Target(f"bolt://127.0.0.1:{process.ports.bolt}", "neo4j", password(home))) as database:
        return bool(database.value(statement))


def test_sigterm_under_load(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path)
    up = start(tmp_path, free_port(), MSCEV_DRAIN_SECONDS="30")
    try:
        up.until_ready()
        clients = Clients(up.url)
        threads = [threading.Thread(target=clients.ask) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        wait_for(lambda: len(clients.answers) > 5 * CLIENTS)
        long = threading.Thread(target=clients.ask_long)
        long.start()
        wait_for(lambda: _is_read(home))
        assert not clients.long, "it was to be under way"
        up.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        printed = up.process.communicate(timeout=HANG_SECONDS)[0]
        seconds = time.monotonic() - begun
        for thread in [*threads, long]:
            thread.join()
    finally:
        up.process.kill()
        up.process.wait(HANG_SECONDS)
    assert up.process.returncode == 128 + signal.SIGTERM, printed
    assert "Traceback" not in printed
    assert [answer.status_code for answer in clients.long] == [202], clients.long[0].text
    assert clients.failed == [], "nobody is cut off in the middle"
    refused = [answer for _, answer in clients.answers if answer.status_code != 200]
    assert refused, "new questions were asked while the old one was answered"
    assert {answer.status_code for answer in refused} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    right = {answer.text for _, answer in clients.answers if answer.status_code == 200}
    assert len(right) == 1
    assert state.running(home) is None, "the Neo4j that it started has stopped"
    report(
        "SIGTERM",
        f"ended after {seconds:.1f} s; {len(clients.answers) - len(refused)} answered, {len(refused)} x 503",
    )
