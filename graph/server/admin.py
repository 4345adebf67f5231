"""What `mscev db status`, `logs` and `reset` need."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psutil

from graph.server import locks, probe, process, shared, state
from graph.server.home import password

if TYPE_CHECKING:
    from pathlib import Path

    from graph.server.home import Home

NEO4J_LOG: Final = "neo4j.log"


@dataclass(frozen=True, slots=True)
class Status:
    """The server as it is now; what a stopped one does not have is None."""

    running: bool
    answers: bool
    in_use: bool
    kept: bool
    pid: int | None
    bolt_uri: str | None
    http_uri: str | None
    seconds: float | None
    resident: int | None
    home: Path
    stored: int


def status(home: Home) -> Status:
    """Look without starting anything."""
    home.prepare()
    found = state.running(home)
    server = shared.describe(home, found) if found is not None else None
    answers = found is not None and probe.answers(found.ports.bolt, password(home))
    resident, seconds = _measure(found) if found is not None else (None, None)
    return Status(
        running=found is not None,
        answers=answers,
        in_use=locks.in_use(home),
        kept=home.keep_marker.exists(),
        pid=server.pid if server else None,
        bolt_uri=server.bolt_uri if server else None,
        http_uri=server.http_uri if server else None,
        seconds=seconds,
        resident=resident,
        home=home.root,
        stored=size_of(home.data),
    )


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder, which may come and go meanwhile."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            size += path.stat().st_size if path.is_file() else 0
    return size


def usage(home: Home) -> tuple[int, float] | None:
    """Resident memory in bytes and processor time in seconds of the server; None where none runs."""
    found = state.running(home)
    if found is None:
        return None
    try:
        seen = psutil.Process(found.pid)
        times = seen.cpu_times()
        return int(seen.memory_info().rss), times.user + times.system
    except psutil.NoSuchProcess:
        return None


def logs(home: Home, lines: int = 50) -> list[str]:
    """The last lines of Neo4j's own log, over several starts."""
    try:
        text = (home.logs / NEO4J_LOG).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return text.splitlines()[-lines:] if lines > 0 else []


def reset(home: Home) -> None:
    """Delete the graph; the password and the ports stay. Refused while somebody uses the server."""
    with locks.starting(home):
        shared.require_unused(home)
        found = state.running(home)
        if found is not None:
            process.terminate(found)
        gone = home.neo4j / f"gone-{time.time_ns()}"
        home.data.replace(gone)
        home.prepare()
        for left in home.neo4j.glob("gone-*"):
            shutil.rmtree(left, ignore_errors=True)


def _measure(found: process.Process) -> tuple[int | None, float | None]:
    try:
        seen = psutil.Process(found.pid)
        return int(seen.memory_info().rss), time.time() - seen.create_time()
    except psutil.NoSuchProcess:
        return None, None
