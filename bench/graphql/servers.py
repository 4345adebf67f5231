"""The servers: processes of their own on free ports of loopback, over the same Neo4j."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
import psutil

from graph.indexes import ENTITY_TEXT
from graph.target import Target

PEERS = Path(__file__).parent / "peers"
START_SECONDS = 90.0
STOP_SECONDS = 10.0

# Our limits off, as the peers have none; the answer cache off where answers are to be made.
OURS = {"MSCEV_GRAPHQL_MAX_FIRST": "2000", "MSCEV_CLIENT_CONCURRENCY": "64"}
UNCACHED = {"MSCEV_ANSWER_CACHE_MB": "0"}
NODE = {"NODE_ENV": "production"}


@dataclass(frozen=True, slots=True)
class Kind:
    """How a server is started; `{uri}` and `{port}` are filled in."""

    name: str
    title: str
    command: Sequence[str]
    path: str = "/graphql"
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def library(self) -> bool:
        """Whether it speaks the schema of @neo4j/graphql."""
        return self.command[0] == "node"

    @property
    def bare(self) -> bool:
        """Whether it is sent the Cypher that is written by hand."""
        return self.command == _BARE


_OURS = (sys.executable, "-m", "bench.graphql.ours", "--uri", "{uri}", "--port", "{port}")
_BARE = (sys.executable, "-m", "bench.graphql.peers.bare", "--port", "{port}")
_STRAWBERRY = (sys.executable, "-m", "bench.graphql.peers.strawberry_peer", "--port", "{port}")

KINDS = (
    Kind("ours", "this service, uvicorn", _OURS, environment=OURS | UNCACHED),
    Kind("apollo", "@neo4j/graphql on Apollo Server", ("node", "apollo.js"), path="/", environment=NODE),
    Kind("yoga", "@neo4j/graphql on GraphQL Yoga", ("node", "yoga.js"), environment=NODE),
    Kind("strawberry", "plain Strawberry with DataLoaders, uvicorn", _STRAWBERRY),
    Kind("bare", "uvicorn and the driver, sent Cypher written by hand", _BARE),
)
CACHED = (
    Kind("ours", "this service with its answer cache", _OURS, environment=OURS),
    Kind(
        "yoga",
        "@neo4j/graphql on GraphQL Yoga with its response cache",
        ("node", "yoga.js"),
        environment=NODE | {"RESPONSE_CACHE": "1"},
    ),
)


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    kind: Kind
    url: str
    process: subprocess.Popen[bytes]

    @property
    def memory(self) -> float:
        """Resident memory in MB."""
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)

    def ask(self, body: bytes) -> Any:
        """Send one body; return the data of the answer. Raises `SystemExit` where there are errors."""
        response = httpx.post(self.url, content=body, headers=_JSON, timeout=120)
        answer = response.json()
        if response.status_code != 200 or answer.get("errors"):
            raise SystemExit(f"{self.kind.name} answers {response.status_code}: {str(answer)[:500]}")
        return answer["data"]


_JSON = {"Content-Type": "application/json", "Accept": "application/json"}


def versions() -> dict[str, str]:
    """The packages of the peers on Node and their versions, as they are pinned."""
    pinned: dict[str, str] = orjson.loads((PEERS / "package.json").read_bytes())["dependencies"]
    return pinned


def install_peers() -> None:
    """Install the packages of the peers on Node, once, as the lock file has them."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise SystemExit(
                f"{program} is not installed; leave the peers on Node out: --only ours,strawberry"
            )
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--omit=dev", "--ignore-scripts"], cwd=PEERS, check=True)


@contextmanager
def running(kinds: Sequence[Kind], target: Target, logs: Path) -> Iterator[list[Running]]:
    """Start servers and wait until all answer; end them all in any case."""
    if any(kind.library for kind in kinds):
        install_peers()
    started: list[Running] = []
    try:
        for kind in kinds:
            started.append(_start(kind, target, logs))  # noqa: PERF401 - those that run are ended if one fails
        for server in started:
            _await(server, logs)
        yield started
    finally:
        for server in started:
            server.process.terminate()
        for server in started:
            try:
                server.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.process.kill()
                server.process.wait()


def _start(kind: Kind, target: Target, logs: Path) -> Running:
    port = _free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "MSCEV_"))}
    environment = {
        **own,
        **kind.environment,
        "NEO4J_URI": target.uri,
        "NEO4J_USERNAME": target.username,
        "NEO4J_PASSWORD": target.password,
        "PORT": str(port),
        "ENTITY_TEXT": ENTITY_TEXT,
    }
    command = [part.format(uri=target.uri, port=port) for part in kind.command]
    folder = PEERS if kind.library else PEERS.parents[2]
    with _log(logs, kind).open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    return Running(kind, f"http://127.0.0.1:{port}{kind.path}", process)


def _await(server: Running, logs: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            httpx.post(server.url, json={"query": "{ __typename }"}, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    said = _log(logs, server.kind).read_text(errors="replace")[-2000:]
    raise SystemExit(f"{server.kind.name} does not answer; it says:\n{said}")


def _log(logs: Path, kind: Kind) -> Path:
    return logs / f"{kind.name}{'-cached' if kind in CACHED else ''}.log"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
