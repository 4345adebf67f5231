"""How long it takes to compose a picture: layout, labels, routes."""

from __future__ import annotations

import time

from bench.table import show
from bench.views.graphs import SIZES, graph
from views import Style, compose


def main() -> None:
    """Measure and print."""
    rows = []
    for nodes, edges in SIZES:
        subgraph, times = graph(nodes, edges), []
        for _ in range(3):
            begun = time.perf_counter()
            compose(subgraph, Style(title="bench"))
            times.append(time.perf_counter() - begun)
        rows.append((f"{nodes}/{edges}", min(times), sorted(times)[1]))
    show("composing a picture, all formats", ("nodes/edges", "least s", "median s"), rows)
