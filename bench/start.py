"""The managed Neo4j: start to the first answer with and without the AOT cache, load, stop, memory.

Each start is a process of its own home; the median of some runs stands beside the slowest.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import psutil

from bench.table import show
from graph.connection import Database
from graph.reads.info import PING
from graph.server import LAPTOP, Home, Settings, aot, install, managed
from graph.writer import load
from loaders.article.curated import built_in

RUNS = 3
# The AOT cache belongs to exact settings; one MiB more has none.
WITHOUT_CACHE = replace(LAPTOP, page_cache=LAPTOP.page_cache + 1)


def _run(home: Home, settings: Settings) -> dict[str, float]:
    begun = time.perf_counter()
    with managed(home, settings=settings) as server:
        with Database(server.target) as database:
            database.value(PING)
            answered = time.perf_counter()
            load(database, built_in().records())
            first = time.perf_counter()
            load(database, built_in().records())
            second = time.perf_counter()
        memory = psutil.Process(server.pid).memory_info().rss / 1e6
        stopping = time.perf_counter()
    return {
        "start": answered - begun,
        "first load": first - answered,
        "load again": second - first,
        "stop": time.perf_counter() - stopping,
        "Neo4j MB": memory,
    }


def main() -> None:
    """Measure and print."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        home = Home.from_environ({"MSCEV_HOME": str(Path(folder) / "home")})
        aot.make(home, install(home), LAPTOP, Event())
        _run(home, WITHOUT_CACHE)
        plain = [_run(home, WITHOUT_CACHE) for _ in range(RUNS)]
        fast = [_run(home, LAPTOP) for _ in range(RUNS)]
        for name in plain[0]:
            a, b = ([run[name] for run in runs] for runs in (plain, fast))
            medians = statistics.median(a), statistics.median(b)
            rows.append((name, medians[0], max(a), medians[1], max(b), medians[0] / medians[1]))
    columns = ("", "without AOT", "slowest", "with AOT", "slowest", "ratio")
    show(f"managed Neo4j, median of {RUNS} warm runs (s, MB)", columns, rows)
    own = psutil.Process().memory_info().rss / 1e6
    show("memory of our process", ("MB",), [(own,)])
