"""The interactive file against stock pyvis on the same graph: bytes and time of generation."""

from __future__ import annotations

import random
import time

from pyvis.network import Network

from bench.table import show
from schema.kinds import KINDS
from schema.predicates import PREDICATES
from views import Style, Subgraph, ViewEdge, ViewNode, render

SIZES = ((200, 600), (2000, 6000))


def _graph(nodes: int, edges: int) -> Subgraph:
    chance = random.Random(1)
    made = tuple(ViewNode(f"mscev:n{i}", f"entity {i:05}", chance.choice(KINDS).name) for i in range(nodes))
    links = tuple(
        ViewEdge(
            f"r{i}",
            chance.choice(made).id,
            chance.choice(made).id,
            chance.choice(PREDICATES).name,
        )
        for i in range(edges)
    )
    return Subgraph(made, links)


def _ours(graph: Subgraph) -> bytes:
    return render(graph, Style(title="bench"), "html")


def _stock(graph: Subgraph) -> bytes:
    network = Network(directed=True, cdn_resources="in_line")
    for node in graph.nodes:
        network.add_node(node.id, label=node.name, group=node.kind)
    for edge in graph.edges:
        network.add_edge(edge.source, edge.target, label=edge.predicate)
    text: str = network.generate_html()
    return text.encode()


def main() -> None:
    """Measure and print."""
    rows = []
    for nodes, edges in SIZES:
        graph = _graph(nodes, edges)
        figures = []
        for draw in (_ours, _stock):
            draw(graph)
            begun = time.perf_counter()
            size = len(draw(graph)) / 1000
            figures.append((time.perf_counter() - begun, size))
        (ours, our_size), (stock, stock_size) = figures
        rows.append(
            (f"{nodes}/{edges}", ours, stock, ours / stock, our_size, stock_size, our_size / stock_size)
        )
    columns = ("nodes/edges", "ours s", "pyvis s", "ratio", "ours kB", "pyvis kB", "ratio")
    show(
        "html: layout and file (ours) against file alone (stock pyvis, which lays out in the browser)",
        columns,
        rows,
    )
