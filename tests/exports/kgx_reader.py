"""Run by KGX's own environment: what its transformer reads of an export, and what bmt says of its words.

`python kgx_reader.py FORMAT NODES EDGES` prints JSON: numbers of nodes and edges, columns, and words that the
Biolink Model does not know. Nothing is asked of the network.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from types import SimpleNamespace
from typing import Any


def offline() -> None:
    """Let bmt and KGX read the model that the package biolink-model carries: their defaults are URLs."""
    from bmt import toolkit
    from kgx.config import jsonld_context_map

    model = files("biolink_model")
    prefixes = json.loads((model / "prefixmaps" / "biolink_model_prefix_map.json").read_text("utf-8"))
    jsonld_context_map["biolink"] = prefixes
    toolkit.Toolkit.__init__.__defaults__ = (str(model / "schema" / "biolink_model.yaml"), "")
    toolkit.requests = SimpleNamespace(get=lambda _: SimpleNamespace(text="predicate mappings: []"))


def read(form: str, nodes: str, edges: str) -> dict[str, Any]:
    """Read an export with KGX's transformer, and check its words."""
    from kgx.transformer import Transformer

    transformer = Transformer()
    transformer.transform({"filename": [nodes, edges], "format": form})
    graph = transformer.store.graph
    found_nodes = [data for _, data in graph.nodes(data=True)]
    found_edges = [data for *_, data in graph.edges(data=True)]
    return {
        "nodes": len(found_nodes),
        "edges": len(found_edges),
        "claims": sorted(claim for edge in found_edges for claim in _many(edge.get("claims"))),
        "unknown": sorted(_unknown(found_nodes, found_edges)),
    }


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _unknown(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> set[str]:
    from bmt import Toolkit

    model = Toolkit()
    unknown = set()
    for node in nodes:
        for category in _many(node.get("category")):
            if category.startswith("biolink:") and not model.is_category(category):
                unknown.add(category)
    for edge in edges:
        if not model.is_predicate(edge["predicate"]):
            unknown.add(edge["predicate"])
        for name, value in edge.items():
            if name == "qualified_predicate" and not model.is_predicate(value):
                unknown.add(f"{name} {value}")
            elif name.endswith("_qualifier"):
                if not model.is_qualifier(name):
                    unknown.add(name)
                elif not model.validate_qualifier(name, value):
                    unknown.add(f"{name} {value}")
    return unknown


if __name__ == "__main__":
    offline()
    sys.stdout.write("RESULT " + json.dumps(read(*sys.argv[1:])) + "\n")
