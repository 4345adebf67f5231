"""Columns of other graphs (KGX) as stored properties, and back.

A column is stored under its own name. Where that is a name of ours with a meaning of its own, `_` is put at
its end; the few that mean the same are stored under our name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schema.kinds import KINDS
from schema.stored import LABELS, RELATION

NODE_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "name": "name",
    "category": "category",
    "description": "description",
    "synonym": "synonyms",
}
EDGE_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "knowledge_level": "knowledgeLevel",
    "agent_type": "agentType",
    "publications": "publications",
    "original_predicate": "originalPredicate",
}
# What has no column of its own in KGX: all categories where the deepest does not say them, a predicate that
# nothing else says, and the identifiers of our own entities as JSON.
CATEGORIES = "category_"
PREDICATE = "given_predicate"
MAPPINGS = "mappings"
# A step of an ontology is an edge with this original predicate.
IS_A = "mscev:IS_A"
IS_A_SOURCE = "is_a_source"
IS_A_VERSION = "is_a_version"
_NODE_NAMES = frozenset(prop.name for prop in LABELS[0].properties).union(
    prop.name for kind in KINDS for prop in kind.properties
)
_CLAIM_NAMES = frozenset(
    prop.name for label in LABELS if label.name == "Claim" for prop in label.properties
) | {"subject", "object"}
_EDGE_NAMES = frozenset(prop.name for prop in RELATION) | {"subject", "predicate", "object"}


def node_property(column: str) -> str:
    """Return the property that a column of nodes is stored as.

    >>> node_property("synonym"), node_property("kind"), node_property("xref")
    ('synonyms', 'kind_', 'xref')
    """
    return _stored(column, NODE_COLUMNS, _NODE_NAMES)


def edge_property(column: str) -> str:
    """Return the property that a column of edges is stored as."""
    return _stored(column, EDGE_COLUMNS, _EDGE_NAMES)


def claim_property(column: str) -> str:
    """Return the property of a claim that a column of edges is stored as."""
    return _stored(column, {}, _CLAIM_NAMES)


def claim_column(name: str) -> str:
    """Return the column that a property of a claim came from."""
    return _column(name, {}, _CLAIM_NAMES)


def node_column(name: str) -> str:
    """Return the column that a property of a node came from.

    >>> node_column("kind_"), node_column("synonyms")
    ('kind', 'synonym')
    """
    return _column(name, NODE_COLUMNS, _NODE_NAMES)


def edge_column(name: str) -> str:
    """Return the column that a property of an edge came from."""
    return _column(name, EDGE_COLUMNS, _EDGE_NAMES)


def _stored(column: str, same: Mapping[str, str], ours: frozenset[str]) -> str:
    if column in same:
        return same[column]
    return f"{column}_" if _is_ours(column, same, ours) else column


def _column(name: str, same: Mapping[str, str], ours: frozenset[str]) -> str:
    for column, stored in same.items():
        if stored == name:
            return column
    return name[:-1] if name.endswith("_") and _is_ours(name[:-1], same, ours) else name


def _is_ours(name: str, same: Iterable[str], ours: frozenset[str]) -> bool:
    """Say whether a name is taken without the `_` at its end: `kind_` too, so that `kind__` is told apart."""
    bare = name.rstrip("_")
    return bare in ours or bare in same
