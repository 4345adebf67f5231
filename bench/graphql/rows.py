"""The rows in an answer, in one form for all servers, so that they can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Node = dict[str, Any]


def table(nodes: Sequence[Node], *names: str) -> list[list[Any]]:
    """Fields of nodes."""
    return [_fields(node, *names) for node in nodes]


def entity(node: Node) -> list[Any]:
    """[id, name, [[id, name, [relation]] of the neighbours]]."""
    return [
        *_fields(node, "id", "name"),
        [
            [*_fields(edge["node"], "id", "name"), [relation["id"] for relation in edge["relations"]]]
            for edge in node["neighbors"]["edges"]
        ],
    ]


def library_entity(node: Node) -> list[Any]:
    """The same of the library."""
    return [
        *_fields(node, "id", "name"),
        [
            [*_fields(edge["node"], "id", "name"), [edge["properties"]["id"]]]
            for edge in node["increasesConnection"]["edges"]
        ],
    ]


def page(data: Node) -> tuple[list[Any], bool]:
    """Entities, and whether more follow."""
    found = data["proteins"]
    return [entity(node) for node in found["nodes"]], found["pageInfo"]["hasNextPage"]


def library_page(data: Node) -> tuple[list[Any], bool]:
    """The same of the library's connection."""
    found = data["proteinsConnection"]
    return [library_entity(edge["node"]) for edge in found["edges"]], found["pageInfo"]["hasNextPage"]


def tuned_page(data: Node) -> tuple[list[Any], bool]:
    """The same of a list with one row more than a page has."""
    return [library_entity(node) for node in data["proteins"][:50]], len(data["proteins"]) > 50


def tree(node: Node) -> list[Any]:
    """[id, name, [the same of the neighbours]]."""
    below = [[tree(child) for child in node["neighbors"]["nodes"]]] if "neighbors" in node else []
    return [*_fields(node, "id", "name"), *below]


def library_trees(data: Node) -> list[Any]:
    """The same of the library."""
    return [_library_tree(node) for node in data["proteins"]]


def _library_tree(node: Node) -> list[Any]:
    found = node.get("increasesConnection")
    below = [[_library_tree(edge["node"]) for edge in found["edges"]]] if found else []
    return [*_fields(node, "id", "name"), *below]


def library_total(data: Node) -> int:
    """The total of the library's connection."""
    return int(data["proteinsConnection"]["totalCount"])


def library_aggregate(data: Node) -> int:
    """The count of the library's aggregation."""
    return int(data["proteinsConnection"]["aggregate"]["count"]["nodes"])


def found(connection: Node) -> list[Any]:
    """[score, id, name] of what was found."""
    return [[edge["score"], *_fields(edge["node"], "id", "name")] for edge in connection["edges"]]


def claim(node: Node) -> list[Any]:
    """Fields, ends, places and citations of a claim."""
    return [
        *_fields(node, "id", "statement", "negated", "certainty", "predicate"),
        *(_fields(node[end], "id", "name") for end in ("subject", "object")),
        table(node["evidence"], "section", "paragraph", "sentence"),
        [_citation(citation, citation["reference"]) for citation in node["citations"]],
    ]


def library_claim(node: Node) -> list[Any]:
    """The same of the library, which knows lists only."""
    return [
        *_fields(node, "id", "statement", "negated", "certainty", "predicate"),
        *(_fields(node[end][0], "id", "name") for end in ("subject", "object")),
        [[place["section"][0]["title"], place["block"], place["sentence"]] for place in node["sentences"]],
        [_citation(citation, next(iter(citation["reference"]), None)) for citation in node["citations"]],
    ]


def _fields(node: Node, *names: str) -> list[Any]:
    return [node[name] for name in names]


def _citation(citation: Node, reference: Node | None) -> list[Any]:
    return [*_fields(citation, "label", "status"), _fields(reference, "title", "doi") if reference else None]
