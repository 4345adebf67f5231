"""A real `mscev up` in a process of its own, on a fresh home, and the commands that work beside it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from graph.server import Home

START_SECONDS = 600.0
# All clients of a soak have one address, which a service would rightly hold back.
WIDE: Mapping[str, str] = {
    "MSCEV_CLIENT_CONCURRENCY": "100000",
    "MSCEV_CYPHER_CLIENT_CONCURRENCY": "100000",
    "MSCEV_RATE_LIMIT": "0",
}
MAIN = "from api.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Running:
    """The service: its port, its home and its process."""

    port: int
    home: Path
    process: psutil.Process

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def neo4j(self) -> psutil.Process:
        """The process of its Neo4j."""
        state = json.loads(Home.from_environ({"MSCEV_HOME": str(self.home)}).state_file.read_text("utf-8"))
        return psutil.Process(state["pid"])

    async def run(self, *arguments: str) -> tuple[int, str, float]:
        """Run a command beside it; return exit code, output and seconds."""
        begun = time.perf_counter()
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            MAIN,
            *arguments,
            env=environ(self.home),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await running.communicate()
        return running.returncode or 0, output.decode(), time.perf_counter() - begun


def environ(home: Path) -> dict[str, str]:
    """Return the environment of the service and its commands: nothing of the user's but the downloads."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return {**kept, **WIDE, "MSCEV_HOME": str(home)}


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Start the service below a folder, wait until it is ready, and stop it in the end."""
    home, log = folder / "home", folder / "service.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", MAIN, "up", "--port", str(port)],
            env=environ(home),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        found = Running(port, home, psutil.Process(process.pid))
        _await(found.url, process, log)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/health/ready", timeout=60).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit(f"the service did not start:\n{log.read_text('utf-8')}")
