"""Between the service and Neo4j: slow, cut, silent, closed, with changed bytes; and a wrong password."""

from __future__ import annotations

import gc
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import httpx
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.connection import Database
from graph.target import Target
from graph.writer import LoadReport
from tests.conftest import served
from tests.faults.command import run
from tests.faults.proxy import Fault, Proxy, closed, corrupt, cut, proxied, silent, slow, whole
from tests.faults.watch import DOORS, HANG_SECONDS, Seen, asked, is_whole, report, wait_for

SECONDS = 6.0
QUICK = ServiceSettings(answer_cache_mb=0, query_timeout=SECONDS, cypher_timeout=SECONDS)


@dataclass(frozen=True, slots=True)
class Line:
    """A service whose two ways to Neo4j can be harmed."""

    url: str
    target: Target
    proxies: tuple[Proxy, ...]

    def fault(self, fault: Fault) -> None:
        """From now on this happens to answers of Neo4j."""
        for proxy in self.proxies:
            proxy.fault = fault

    def ask_all(self) -> dict[str, Seen]:
        """Ask each door once, all at the same time."""
        with httpx.Client(base_url=self.url, timeout=HANG_SECONDS) as client, ThreadPoolExecutor() as pool:
            return {one.door: one for one in pool.map(lambda door: asked(door, client), DOORS)}


@contextmanager
def _line(target: Target, settings: ServiceSettings = QUICK) -> Iterator[Line]:
    bolt, http = urlsplit(target.uri).port, urlsplit(target.http_uri or "").port
    assert bolt is not None
    assert http is not None
    with proxied(bolt) as one, proxied(http) as other:
        harmed = replace(
            target, uri=f"bolt://127.0.0.1:{one.port}", http_uri=f"http://127.0.0.1:{other.port}"
        )
        with served(create_app(harmed, settings)) as url:
            yield Line(url, harmed, (one, other))


@pytest.fixture(scope="module")
def line(target: Target, loaded: LoadReport) -> Iterator[Line]:
    with _line(target) as made:
        yield made


@pytest.fixture(scope="module")
def answers(line: Line) -> dict[str, object]:
    """What each door answers undisturbed."""
    seen = line.ask_all()
    assert all(one.good for one in seen.values()), {door: one.response.text for door, one in seen.items()}
    return {door: one.answer for door, one in seen.items()}


@pytest.fixture
def right(line: Line, answers: dict[str, object]) -> Iterator[dict[str, object]]:
    """The same, and again after the fault."""
    yield answers
    line.fault(whole)
    with httpx.Client(base_url=line.url, timeout=HANG_SECONDS) as client:
        wait_for(lambda: asked("graphql", client).good and asked("cypher", client).good)
        assert asked("graphql", client).answer == answers["graphql"]


def _refused(seen: dict[str, Seen], status: int, code: str) -> None:
    for door, one in seen.items():
        assert (one.response.status_code, one.code) == (status, code), (door, one.response.text)
        assert ("retry-after" in one.response.headers) == (status == 503)


def _slowest(seen: dict[str, Seen]) -> str:
    door, seconds = max(((door, one.ended - one.begun) for door, one in seen.items()), key=lambda x: x[1])
    return f"longest wait {seconds:.1f} s ({door})"


def test_cut_once(line: Line, right: dict[str, object]) -> None:
    """In the middle of an answer; reads over Bolt are asked again, so that nobody notices."""
    line.fault(cut(2000, 1))
    seen = line.ask_all()
    assert seen["graphql"].answer == right["graphql"]
    for door, one in seen.items():
        assert one.answer == right[door] if one.good else one.code == "DATABASE_UNAVAILABLE"
    report("cut once", _slowest(seen))


def test_cut_always(line: Line, right: dict[str, object]) -> None:
    line.fault(closed)
    seen = line.ask_all()
    _refused(seen, 503, "DATABASE_UNAVAILABLE")
    report("cut always", _slowest(seen))


def test_silent(line: Line, right: dict[str, object]) -> None:
    line.fault(silent)
    seen = line.ask_all()
    _refused(seen, 503, "DATABASE_UNAVAILABLE")
    report("silent", f"time limit of {SECONDS:g} s, {_slowest(seen)}")


@pytest.mark.faults
def test_slow(line: Line, right: dict[str, object]) -> None:
    """Slow is right; slower than the time limit is refused."""
    line.fault(slow(0.02))
    seen = line.ask_all()
    assert {door: one.answer for door, one in seen.items()} == right
    line.fault(slow(SECONDS))
    late = line.ask_all()
    for one in late.values():
        assert one.good or one.code in {"QUERY_TIMEOUT", "DATABASE_UNAVAILABLE"}
        assert one.good or one.response.status_code in {503, 504}
    assert not late["graphql"].good
    report("slow", f"0.02 s a piece: {_slowest(seen)}; {SECONDS:g} s a piece: {_slowest(late)}")


@pytest.mark.faults
def test_changed_bytes(line: Line, right: dict[str, object], target: Target) -> None:
    """What can no longer be read is refused; only encryption tells that a letter was changed."""
    chance = Random(9)
    line.fault(corrupt(chance, 300))
    kinds: dict[str, int] = {}
    for _ in range(15):
        with httpx.Client(base_url=line.url, timeout=HANG_SECONDS) as client:
            for door in ("graphql", "view", "ready"):
                one = asked(door, client)
                refused = one.response.status_code in {503, 504}
                assert one.good or refused or one.code in {"DATABASE_REJECTED", "INTERNAL"}
                kind = "answered" if one.good else f"{one.response.status_code} {one.code}"
                kinds[kind] = kinds.get(kind, 0) + 1
    report("changed bytes", ", ".join(f"{number} x {kind}" for kind, number in sorted(kinds.items())))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """The end of an encrypted connection."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not there to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    command = f"{openssl} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1".split()
    subprocess.run([*command, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context


@pytest.mark.faults
# The driver forgets connections whose handshake broke, and uvloop says so at its end.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_changed_bytes_of_tls(target: Target, loaded: LoadReport, certificate: ssl.SSLContext) -> None:
    """Every changed byte is noticed: an answer is right or refused."""
    bolt = urlsplit(target.uri).port
    assert bolt is not None
    with proxied(bolt, certificate) as end, proxied(end.port) as harmed:
        encrypted = replace(target, uri=f"bolt+ssc://127.0.0.1:{harmed.port}", http_uri=None)
        with (
            served(create_app(encrypted, QUICK)) as url,
            httpx.Client(base_url=url, timeout=HANG_SECONDS) as client,
        ):
            right = {door: asked(door, client).answer for door in ("graphql", "view")}
            harmed.fault = corrupt(Random(9), 2_000)
            seen = [asked(door, client) for _ in range(20) for door in right]
            harmed.fault = whole
            assert {door: asked(door, client).answer for door in right} == right
    good = [one for one in seen if one.good]
    assert 0 < len(good) < len(seen)
    assert all(one.answer == right[one.door] for one in good)
    assert {one.response.status_code for one in seen if not one.good} <= {503, 504}
    report("changed bytes, encrypted", f"{len(good)} right, {len(seen) - len(good)} refused, 0 wrong")
    gc.collect()  # what is said of those connections is said here, not in another test


@pytest.mark.faults
def test_wrong_password(target: Target, loaded: LoadReport, connection: Database, tmp_path: Path) -> None:
    """More often than the three times after which Neo4j itself refuses to look; then the right one."""
    wrong = replace(target, password="not-the-password")
    with _line(wrong) as line:
        seen = [line.ask_all() for _ in range(2)]
        for one in seen:
            _refused(one, 503, "DATABASE_UNAVAILABLE")
    begun = time.monotonic()
    done = run(tmp_path, "status", NEO4J_URI=target.uri, NEO4J_PASSWORD="not-the-password")
    seconds = time.monotonic() - begun
    assert done.returncode == 1
    assert "refuses the user name or password; set NEO4J_USERNAME and NEO4J_PASSWORD" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    is_whole(connection, loaded.release)
    report("wrong password", f"{_slowest(seen[0])}; the command after {seconds:.1f} s")


@pytest.mark.faults
def test_the_command_line_ends(line: Line, right: dict[str, object], tmp_path: Path) -> None:
    """Before a Neo4j that is silent: one line, no traceback, within the time of a read."""
    line.fault(silent)
    begun = time.monotonic()
    done = run(tmp_path, "status", NEO4J_URI=line.target.uri, NEO4J_PASSWORD=line.target.password)
    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    report("silent, the command line", f"exit 1 after {time.monotonic() - begun:.1f} s")
