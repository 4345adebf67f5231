"""The graph as readers see it: the leaves and links of every type of element."""

from __future__ import annotations

from collections.abc import Mapping

from graph.cypher.model import claims, entities, provenance, roots, subgraphs
from graph.cypher.model.link import Leaves, Link, Links

_PARTS = (roots, entities, claims, provenance, subgraphs)

LEAVES: Mapping[str, Leaves] = {type_: leaves for part in _PARTS for type_, leaves in part.LEAVES.items()}
LINKS: Mapping[str, Links] = {type_: links for part in _PARTS for type_, links in part.LINKS.items()}
# What a list of a type leaves out unless a condition speaks of the field.
DEFAULTS: Mapping[str, tuple[str, str]] = {"Claim": claims.DEFAULT}

__all__ = ["DEFAULTS", "LEAVES", "LINKS", "Link"]
