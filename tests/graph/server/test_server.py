"""One real server and its life: shared, asked, killed, healed.

The tests share it and run in their order; a start costs seconds, so each one proves several things.
"""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import neo4j
import psutil
import pytest
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from graph.server import (
    LAPTOP,
    Home,
    Server,
    Wanted,
    logs,
    managed,
    reset,
    restore,
    start,
    state,
    status,
    stop,
    supervised,
)
from graph.server.install import install
from graph.server.process import free_port
from schema.errors import ServerBusy
from tests.graph.server.asking import ask

HEAL_SECONDS = 240.0
FIRST_USER = """
import sys
from pathlib import Path
from graph.server import Home, managed
with managed(Home(Path(sys.argv[1]), Path(sys.argv[2]), mirror=sys.argv[3])) as server:
    print(server.pid, flush=True)
    sys.stdin.read()
"""
PY2NEO = """
import sys
from py2neo import Graph
graph = Graph(sys.argv[1], auth=(sys.argv[2], sys.stdin.read()))
print(graph.run("MATCH (k:Kept) RETURN k.name AS name").data())
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Home:
    """A home whose mirror is dead: with everything cached no network is needed."""
    home = Home(tmp_path_factory.mktemp("server") / "home", cache)
    install(home)
    return Home(home.root, home.cache, mirror=f"http://127.0.0.1:{free_port()}")


@pytest.fixture(scope="module")
def server(house: Home) -> Iterator[Server]:
    """Started by another process, which leaves while we use it; we are the last one out."""
    assert house.mirror is not None
    arguments = [sys.executable, "-c", FIRST_USER, str(house.root), str(house.cache), house.mirror]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        started = int(first.stdout.readline())
        with managed(house) as ours:
            assert ours.pid == started
            _, _ = first.communicate(timeout=60)
            assert first.returncode == 0
            assert state.running(house) is not None, "the first one out must not stop it"
            yield ours
    assert state.running(house) is None, "the last one out stops it"


def wait_for(what: Callable[[], bool], seconds: float = HEAL_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def test_first_query(server: Server) -> None:
    assert ask(server, "RETURN 6 * 7 AS answer")[0]["answer"] == 42
    ask(server, "CREATE (:Kept {name: 'kept'})")


def test_status_and_logs(server: Server, house: Home) -> None:
    seen = status(house)
    assert (seen.running, seen.answers, seen.in_use, seen.kept) == (True, True, True, False)
    assert seen.bolt_uri == server.bolt_uri
    assert seen.resident is not None
    assert seen.resident < 800 << 20
    assert any("Started" in line for line in logs(house))


def test_the_password_is_in_no_process_list_and_no_log(server: Server, house: Home) -> None:
    process = psutil.Process(server.pid)
    assert server.password not in " ".join(process.cmdline())
    assert server.password not in " ".join(process.environ().values())
    assert server.password not in repr(server)
    assert stat.S_IMODE(house.password_file.stat().st_mode) == 0o600
    with pytest.raises(ClientError, match=r"nauthorized|authentication"):
        ask(Server(server.bolt_uri, server.http_uri, "neo4j", "neo4j", server.pid, house), "RETURN 1")


def test_it_listens_on_loopback_only(server: Server) -> None:
    listening = [one for one in psutil.Process(server.pid).net_connections("inet") if one.status == "LISTEN"]
    addresses = {one.laddr.ip.removeprefix("::ffff:") for one in listening}
    assert addresses == {"127.0.0.1"}
    assert len(listening) == 2


def test_settings_are_effective(server: Server) -> None:
    found = {row["name"]: row["value"] for row in ask(server, "SHOW SETTINGS YIELD name, value")}
    expected = {
        "client.allow_telemetry": "false",
        "dbms.usage_report.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "db.transaction.timeout": f"{LAPTOP.transaction_seconds // 60}m",
        "db.memory.transaction.max": f"{LAPTOP.transaction_memory}.00MiB",
        "server.memory.pagecache.size": f"{LAPTOP.page_cache}.00MiB",
        "server.bolt.advertised_address": server.bolt_uri.removeprefix("bolt://"),
    }
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("place", ["file:///etc/passwd", "http://127.0.0.1:1/x.csv"])
def test_load_csv_is_refused(server: Server, place: str) -> None:
    with pytest.raises(Neo4jError, match=r"LOAD CSV|blocked|import|load"):
        ask(server, "LOAD CSV FROM $place AS row RETURN row", place=place)


def test_query_api_and_browser(server: Server) -> None:
    answer = httpx.post(
        f"{server.http_uri}/db/neo4j/query/v2",
        json={"statement": "RETURN 1 AS one"},
        auth=(server.username, server.password),
        timeout=60,
    )
    assert answer.json()["data"] == {"fields": ["one"], "values": [[1]]}
    page = httpx.get(f"{server.http_uri}/browser/", follow_redirects=True, timeout=60)
    assert page.status_code == 200
    assert "<title>" in page.text


def test_py2neo_runs_a_match(server: Server) -> None:
    """In a process of its own: py2neo warns when it is imported and leaves sockets open."""
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PY2NEO, server.bolt_uri, server.username],
        input=server.password,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert found.stdout == "[{'name': 'kept'}]\n"


def test_nobody_takes_it_from_its_users(server: Server, house: Home, tmp_path: Path) -> None:
    for take in (lambda: stop(house), lambda: reset(house), lambda: restore(house, tmp_path / "any")):
        with pytest.raises(ServerBusy, match="use Neo4j"):
            take()
    with (
        pytest.raises(ServerBusy, match="already runs on the ports"),
        managed(house, ports=Wanted(bolt=free_port())),
    ):
        pass
    assert ask(server, "RETURN 1")


def test_a_kill_heals_on_the_same_ports(server: Server, house: Home) -> None:
    said: list[str] = []
    with (
        supervised(server, notify=said.append) as supervisor,
        neo4j.GraphDatabase.driver(server.bolt_uri, auth=(server.username, server.password)) as driver,
    ):
        driver.verify_connectivity()
        psutil.Process(server.pid).kill()

        def healed() -> bool:
            try:
                with driver.session() as session:
                    found = session.run("MATCH (k:Kept) RETURN count(k) AS n").single(strict=True)
                    return bool(found["n"] == 1)
            except (DriverError, Neo4jError):
                return False

        wait_for(lambda: supervisor.restarts == 1)
        wait_for(healed)
        assert supervisor.server.pid != server.pid
        assert supervisor.server.bolt_uri == server.bolt_uri
    assert said[0] == "Neo4j is gone: it is started again."
    assert "answers again" in said[-1]


def test_a_start_that_is_kept_outlives_its_user(server: Server, house: Home) -> None:
    """The server runs already: `start` only asks that it stay."""
    assert start(house).bolt_uri == server.bolt_uri
    assert status(house).kept
    house.keep_marker.unlink()
