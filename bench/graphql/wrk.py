"""Load: `wrk` with one thread, some connections and a list of bodies, sent one after another."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

SCRIPT = Path(__file__).parent / "drive.lua"
# Longer than the slowest answer of a peer: a timeout is not a latency.
TIMEOUT = "60s"


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured: latencies in ms, requests a second, and answers that were not good."""

    median: float
    p99: float
    throughput: float
    requests: int
    bad: int


class Unanswered(Exception):
    """A server gave no single answer in the time of a measurement."""


def require_wrk() -> None:
    """Refuse to start without wrk."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: apt-get install wrk")


def write_bodies(path: Path, bodies: Sequence[bytes]) -> Path:
    """Write bodies for `drive`; JSON without line breaks, one a line."""
    path.write_bytes(b"\n".join(bodies) + b"\n")
    return path


def drive(url: str, bodies: Path, connections: int, seconds: float, *, check: bool = False) -> Load:
    """Send for some seconds; `check` reads the answers too, which costs time: for warming up only."""
    whole = max(1, round(seconds))
    command = ["wrk", "-t1", f"-c{connections}", f"-d{whole}s", "--timeout", TIMEOUT, "-s", str(SCRIPT), url]
    command += ["--", str(bodies), "check" if check else "no"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = orjson.loads(output.strip().rsplit("\n", 1)[-1])
    if not found["requests"]:
        raise Unanswered(url)
    return Load(
        median=found["p50"] / 1000,
        p99=found["p99"] / 1000,
        throughput=found["requests"] / (found["us"] / 1e6),
        requests=found["requests"],
        bad=found["bad"] + found["failed"],
    )
