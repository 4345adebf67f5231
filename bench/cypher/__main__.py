"""Measure what the gate costs: each statement in turns straight to Neo4j and through this service, warm.

The goal is at most 1.5 times the time of Neo4j's own Query API or 2 ms more, whichever is larger.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import orjson
import psutil
import uvloop

from bench.table import show
from graph.connection import Database
from graph.queryapi import QueryApi
from graph.server import Home, managed
from graph.target import Target
from graph.writer import load
from loaders.article.curated import built_in

RATIO, MORE_MS = 1.5, 2.0
CONNECTIONS: Final = (1, 8)
ROUNDS: Final = 6
JSON, LINES = "application/json", "application/jsonl"
COLUMNS = ("", "", "bytes", "Neo4j ms", "p99", "gate ms", "p99", "ratio", "more ms", "goal", "p99 goal")


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, its parameters, the form of the answer and how often it is asked in a round."""

    name: str
    statement: str
    requests: int
    parameters: dict[str, Any] = field(default_factory=dict)
    accept: str = JSON

    @property
    def body(self) -> bytes:
        """The body of the request."""
        asked = {"statement": self.statement, "parameters": self.parameters, "accessMode": "Read"}
        return orjson.dumps(asked)


_CLAIMS = (
    "MATCH (c:Claim)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o) "
    "RETURN c.id, c.statement, c.predicate, c.place, s.id, s.name, o.id, o.name ORDER BY c.place"
)
_WIDE = f"UNWIND range(1, 10) AS copy {_CLAIMS}"
CASES: Final = (
    Case("one row", "MATCH (e:Entity {id: $id}) RETURN e.name", 120, {"id": "HGNC:6018"}),
    Case("page of 50", f"{_CLAIMS} LIMIT 50", 60),
    Case("365 claims", _CLAIMS, 32),
    Case("3,650 rows", _WIDE, 8),
    Case("3,650 rows, lines", _WIDE, 8, accept=LINES),
)


async def _one(api: QueryApi, case: Case) -> int:
    reply = await api.send("POST", "", {"content-type": JSON, "accept": case.accept}, case.body)
    size = 0
    last = b""
    async for chunk in reply.chunks():
        size += len(chunk)
        last = chunk
    if reply.status != 202 or b'"bookmarks"' not in last[-400:]:
        raise SystemExit(f"{case.name}: {reply.status} {last[-300:]!r}")
    return size


async def _round(api: QueryApi, case: Case, connections: int) -> tuple[list[float], int]:
    """Ask over some connections at once; return the times in ms and the size of an answer."""
    times: list[float] = []
    sizes: list[int] = []

    async def ask(number: int) -> None:
        for _ in range(number):
            begun = time.perf_counter()
            sizes.append(await _one(api, case))
            times.append((time.perf_counter() - begun) * 1000)

    await asyncio.gather(*(ask(max(1, case.requests // connections)) for _ in range(connections)))
    return times, sizes[0]


async def measure(direct: Target, ours: Target, rounds: int) -> list[tuple[object, ...]]:
    """Return a row a case and number of connections; the two take turns, the first round is not counted."""
    rows: list[tuple[object, ...]] = []
    apis = (QueryApi(direct), QueryApi(ours))
    for case in CASES:
        for connections in CONNECTIONS:
            times: tuple[list[float], list[float]] = ([], [])
            size = 0
            for number in range(rounds + 1):
                for api, kept in zip(apis, times, strict=True):
                    took, size = await _round(api, case, connections)
                    kept.extend(took if number else [])
            (a, a99), (b, b99) = (_figures(kept) for kept in times)
            rows.append(
                (
                    case.name,
                    f"{connections} conn.",
                    size,
                    a,
                    a99,
                    b,
                    b99,
                    b / a,
                    b - a,
                    _kept(a, b),
                    _kept(a99, b99),
                )
            )
    for api in apis:
        api.close()
    return rows


def _figures(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.99)]


def _kept(before: float, after: float) -> str:
    return "kept" if after <= max(before * RATIO, before + MORE_MS) else "MISSED"


@contextmanager
def _served(target: Target) -> Iterator[Target]:
    """Run this service in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "NEO4J_USERNAME": target.username,
        "NEO4J_PASSWORD": target.password,
        "NEO4J_HTTP_URI": target.http_uri or "",
    }
    command = [sys.executable, "-m", "bench.graphql.ours", "--uri", target.uri, "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, env=environment)
    try:
        for _ in range(300):
            try:
                httpx.get(f"{url}/health/live", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield Target(target.uri, "nobody", "", http_uri=url)
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Measure and print; exit 1 where the goal for the median is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.cypher", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mscev-bench-") as folder:
        home = Home.from_environ({"MSCEV_HOME": str(Path(folder) / "home")})
        with managed(home) as server:
            target = server.target
            with Database(target) as database:
                load(database, built_in().records())
            with _served(target) as ours, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                rows = runner.run(measure(target, ours, given.rounds))
    title = f"read-only gate, warm, {given.rounds} rounds, {psutil.cpu_count()} processors"
    show(title, COLUMNS, rows)
    if any(row[-2] == "MISSED" for row in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
