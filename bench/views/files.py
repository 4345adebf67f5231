"""Each format: bytes and time from the composed picture; stock pyvis's page beside the html."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module

from bench.table import show
from bench.views.graphs import SIZES, graph, stock
from views import FORMATS, Style, compose

_DRAWN_TO = {"png": 2000, "pptx": 200}  # entities up to which a format is measured


def timed(action: Callable[[], bytes], times: int) -> tuple[float, bytes]:
    """Return the shortest of some runs in seconds, and what the action gives."""
    found, best = b"", float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        found = action()
        best = min(best, time.perf_counter() - begun)
    return best, found


def main() -> None:
    """Measure and print."""
    rows = []
    for nodes, edges in SIZES:
        subgraph = graph(nodes, edges)
        picture = compose(subgraph, Style(title="bench"))
        for name, row in FORMATS.items():
            if nodes <= _DRAWN_TO.get(name, nodes):
                draw = import_module(row.module).draw
                rows.append(_row(f"{nodes}/{edges}", name, *timed(partial(draw, picture), 3)))
        rows.append(_row(f"{nodes}/{edges}", "pyvis", *timed(partial(stock, subgraph), 1)))
    show("formats: time without layout, size", ("nodes/edges", "format", "s", "kB", "kB gzip"), rows)


def _row(size: str, name: str, seconds: float, content: bytes) -> tuple[object, ...]:
    return size, name, f"{seconds:.3f}", len(content) / 1000, len(gzip.compress(content)) / 1000
