"""Kills a load at random moments and runs it again: it must come to the release of an undisturbed one."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from random import Random

from bench.load.data import SOURCE, Sizes, records
from bench.table import show
from graph import release
from graph.bulk import load_bulk
from graph.connection import Database
from graph.reads.info import STATE, UNFINISHED
from graph.server import Home, managed
from graph.stream import load_stream

_RUN = """
import sys
from pathlib import Path
from bench.load import kill
kill.WAYS[sys.argv[1]](kill.home_of(sys.argv[2]), kill.Sizes(int(sys.argv[3]), int(sys.argv[4])))
"""


def home_of(root: str) -> Home:
    """Return a home there, with the user's downloads."""
    return Home(Path(root), Home.from_environ().cache)


def online(home: Home, sizes: Sizes) -> str:
    """Load in parts; return the release."""
    with managed(home) as server, Database(server.target) as database:
        return load_stream(database, SOURCE, records(sizes), input_id=sizes.id).release


def bulk(home: Home, sizes: Sizes) -> str:
    """Load in bulk; return the release."""
    return load_bulk(home, SOURCE, records(sizes)).release


WAYS: dict[str, Callable[[Home, Sizes], str]] = {"online": online, "bulk": bulk}


def _state(home: Home) -> tuple[str, str, int]:
    """Return the release, the one that the stored graph comes to, and the number of unfinished loads."""
    with managed(home) as server, Database(server.target) as database:
        computed = release.compute(chain.from_iterable(map(database.stream, release.ELEMENTS))).graph
        told = database.value(STATE)
        unfinished = len(database.value(UNFINISHED))
    return (told["hash"] if told else release.EMPTY), computed, unfinished


def main() -> None:
    """Kill and load again; exit 1 where anything differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.load.kill", description=__doc__)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    sizes, chance = Sizes(asked.entities, asked.edges), Random(asked.seed)
    rows: list[tuple[object, ...]] = []
    wanted = None
    for way, load in WAYS.items():
        with tempfile.TemporaryDirectory(prefix="mscev-kill-") as root:
            begun = time.perf_counter()
            undisturbed = load(home_of(root), sizes)
            seconds = time.perf_counter() - begun
        wanted = wanted or undisturbed
        rows.append((way, "not disturbed", seconds, "", undisturbed[:16], undisturbed == wanted))
        with tempfile.TemporaryDirectory(prefix="mscev-kill-") as root:
            for _ in range(asked.kills):
                after = chance.uniform(0.05, 0.9) * seconds
                command = [sys.executable, "-c", _RUN, way, root, str(sizes.entities), str(sizes.edges)]
                with subprocess.Popen(command) as running:
                    try:
                        running.wait(after)
                    except subprocess.TimeoutExpired:
                        os.kill(running.pid, signal.SIGKILL)
                told, computed, unfinished = _state(home_of(root))
                rows.append((way, "killed", after, unfinished, told[:16], told == computed))
            resumed = load(home_of(root), sizes)
            told, computed, unfinished = _state(home_of(root))
            good = resumed == wanted == told == computed and not unfinished
            rows.append((way, "run again", "", unfinished, resumed[:16], good))
    show(
        f"{sizes.entities:,} entities, {sizes.edges:,} relations",
        ["way", "what", "after seconds", "unfinished", "release", "as it should be"],
        rows,
    )
    if not all(row[-1] for row in rows):
        raise SystemExit("a release differs")


if __name__ == "__main__":
    main()
