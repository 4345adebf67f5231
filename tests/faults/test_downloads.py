"""Half-written downloads: nothing is trusted before its SHA-256 is right, and what is there is used."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from graph.server import jars as jars_module
from graph.server.jarlist import Jar, parse, render
from graph.server.jars import ensure
from schema.errors import DownloadFailed
from tests.faults.command import ROOT
from tests.faults.watch import HANG_SECONDS, report, wait_for
from tests.graph.server.serving import serving

pytestmark = pytest.mark.faults

SIZE = 400_000
FETCH = """
import sys
from pathlib import Path
from graph.server.jarlist import parse
from graph.server.jars import ensure
ensure(parse(Path(sys.argv[1]).read_text().splitlines()), Path(sys.argv[2]), mirror=sys.argv[3])
"""


@dataclass
class Repository:
    """Serves jars; `stops` says after how many bytes of an answer it stops, `stalls` that it then waits."""

    content: dict[str, bytes] = field(default_factory=dict)
    stops: int | None = None
    stalls: bool = False
    times: int = 0
    wrong: bool = False
    url: str = ""
    ended: threading.Event = field(default_factory=threading.Event)
    sent: int = 0

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = self.content[handler.path.lstrip("/")]
        if self.wrong:
            body = bytes(len(body))
        wanted = handler.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        handler.send_response(206 if wanted else 200)
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        rest = body[start:]
        if self.stops is not None and self.times > 0:
            self.times -= 1
            handler.wfile.write(rest[: self.stops])
            handler.wfile.flush()
            self.sent += 1
            if self.stalls:
                self.ended.wait(HANG_SECONDS)
            handler.close_connection = True
            return
        handler.wfile.write(rest)


@pytest.fixture
def repository() -> Iterator[Repository]:
    served = Repository()
    with serving(served.answer) as served.url:
        yield served
        served.ended.set()


def _publish(repository: Repository, count: int = 3) -> tuple[Jar, ...]:
    made = []
    for number in range(count):
        body = os.urandom(SIZE)
        jar = Jar("org.example", f"part{number}", "1.0", "", hashlib.sha256(body).hexdigest(), SIZE)
        repository.content[jar.remote_path] = body
        made.append(jar)
    return tuple(made)


def _right(repository: Repository, jars: tuple[Jar, ...], paths: tuple[Path, ...]) -> None:
    assert [path.read_bytes() for path in paths] == [repository.content[jar.remote_path] for jar in jars]


def test_a_jar_that_was_cut(repository: Repository, tmp_path: Path) -> None:
    """By a full disk, say, after it was found right."""
    jars = _publish(repository)
    paths = ensure(jars, tmp_path, mirror=repository.url)
    os.truncate(paths[1], SIZE // 2)
    begun = time.monotonic()
    _right(repository, jars, ensure(jars, tmp_path, mirror=repository.url))
    report("a jar cut in the middle", f"fetched again in {time.monotonic() - begun:.1f} s")


def test_a_repository_that_stops_half_way(repository: Repository, tmp_path: Path) -> None:
    """Twice for each jar; what came is kept, and the rest is asked for."""
    jars = _publish(repository)
    repository.stops, repository.times = SIZE // 4, 6
    begun = time.monotonic()
    _right(repository, jars, ensure(jars, tmp_path, mirror=repository.url))
    report("a repository that stops half way", f"goes on, {time.monotonic() - begun:.1f} s")


def test_a_repository_that_stalls(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another limit than the real one, for the test's sake."""
    monkeypatch.setattr(jars_module, "STALL_SECONDS", 1.0)
    jars = _publish(repository, 1)
    repository.stops, repository.times, repository.stalls = SIZE // 4, 99, True
    begun = time.monotonic()
    with pytest.raises(DownloadFailed, match=r"could not be fetched .* MSCEV_MAVEN_MIRROR names a mirror"):
        ensure(jars, tmp_path, mirror=repository.url)
    seconds = time.monotonic() - begun
    repository.stops = None
    _right(repository, jars, ensure(jars, tmp_path, mirror=repository.url))
    report("a repository that stalls", f"with a limit of 1 s: DOWNLOAD_FAILED after {seconds:.1f} s")


def test_wrong_bytes(repository: Repository, tmp_path: Path) -> None:
    jars = _publish(repository)
    repository.wrong = True
    with pytest.raises(DownloadFailed, match="is expected"):
        ensure(jars, tmp_path, mirror=repository.url)
    assert not list(tmp_path.glob("*.jar"))
    repository.wrong = False
    _right(repository, jars, ensure(jars, tmp_path, mirror=repository.url))


def test_a_killed_download_goes_on(repository: Repository, tmp_path: Path) -> None:
    jars = _publish(repository)
    listed = tmp_path / "jars.tsv"
    listed.write_text(render(jars), encoding="utf-8")
    assert parse(listed.read_text(encoding="utf-8").splitlines()) == jars
    repository.stops, repository.times, repository.stalls = SIZE // 2, 99, True
    command = [sys.executable, "-c", FETCH, str(listed), str(tmp_path / "cache"), repository.url]
    with subprocess.Popen(command, cwd=ROOT) as running:
        wait_for(lambda: repository.sent == len(jars))
        running.kill()
    assert not list((tmp_path / "cache").glob("*.jar"))
    repository.stops = None
    _right(repository, jars, ensure(jars, tmp_path / "cache", mirror=repository.url))
