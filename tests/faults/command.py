"""The command line in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from graph.server import Home
from graph.server.process import free_port
from tests.faults.watch import HANG_SECONDS

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from api.cli import main; main()")
STARTED_SECONDS = 300.0


def environment(root: Path, **more: str) -> dict[str, str]:
    """The environment of a command with this home."""
    return {**os.environ, "MSCEV_HOME": str(root), "MSCEV_CACHE": str(Home.from_environ().cache), **more}


def run(root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(root, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=STARTED_SECONDS,
        check=False,
    )


@dataclass(frozen=True, slots=True)
class Up:
    """A running `mscev up`."""

    process: subprocess.Popen[str]
    url: str

    def until_ready(self) -> None:
        """Wait until the service answers."""
        deadline = time.monotonic() + STARTED_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.process.communicate()[0]
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=HANG_SECONDS).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError("the service did not get ready")


def start(root: Path, port: int, **more: str) -> Up:
    """Start the service; whoever starts it ends it."""
    process = subprocess.Popen(
        [*COMMAND, "up", "--port", str(port)],
        env=environment(root, **more),
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return Up(process, f"http://127.0.0.1:{port}")


def end(up: Up) -> str:
    """End the service as an operator does; return what it printed."""
    if up.process.poll() is None:
        up.process.send_signal(signal.SIGTERM)
    return up.process.communicate(timeout=HANG_SECONDS)[0]


@contextmanager
def served_by_command(root: Path, **more: str) -> Iterator[Up]:
    """Run `mscev up` for as long as the block lasts."""
    up = start(root, free_port(), **more)
    try:
        up.until_ready()
        yield up
    finally:
        end(up)
