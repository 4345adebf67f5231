"""The graphs that are measured, and stock pyvis's page of one."""

from __future__ import annotations

import random

from pyvis.network import Network

from schema.kinds import KINDS
from schema.predicates import PREDICATES
from views import Subgraph, ViewEdge, ViewNode

SIZES = ((200, 600), (2000, 6000), (5000, 15_000))


def graph(nodes: int, edges: int) -> Subgraph:
    """Return a connected graph with hubs; the same at each call."""
    chance = random.Random(1)
    made = tuple(
        ViewNode(f"mscev:n{i:05}", f"entity {i:05}", chance.choice(KINDS).name) for i in range(nodes)
    )
    ends = [(i, int(chance.random() ** 2 * i)) for i in range(1, nodes)]
    ends += [(chance.randrange(nodes), int(chance.random() ** 2 * nodes)) for _ in range(edges - nodes + 1)]
    links = tuple(
        ViewEdge(f"r{place:05}", made[a].id, made[b].id, chance.choice(PREDICATES).name)
        for place, (a, b) in enumerate(ends)
    )
    return Subgraph(made, links)


def stock(subgraph: Subgraph) -> bytes:
    """Return pyvis's page as its manual says, with the library in the file."""
    network = Network(directed=True, cdn_resources="in_line")
    for node in subgraph.nodes:
        network.add_node(node.id, label=node.name, group=node.kind)
    for edge in subgraph.edges:
        network.add_edge(edge.source, edge.target, label=edge.predicate)
    text: str = network.generate_html()
    return text.encode()
