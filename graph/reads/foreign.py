"""Which predicates of foreign graphs are there: the relationship types that reads look for beside ours."""

from __future__ import annotations

from collections.abc import Iterable

from graph.statement import Statement
from graph.vocabulary import RELATION_TYPES
from schema import biolink

# every type that was ever stored, those without a relationship too
TYPES = Statement(
    "CALL db.relationshipTypes() YIELD relationshipType RETURN collect(relationshipType) AS value"
)


def counted(types: Iterable[str]) -> Statement | None:
    """Return a read of (type, number) of foreign predicates among these types; None where there are none."""
    foreign = sorted(set(types).intersection(biolink.predicates_by_type()).difference(RELATION_TYPES))
    if not foreign:
        return None
    pairs = ", ".join(f"['{type_}', COUNT {{ (:Entity)-[:{type_}]->() }}]" for type_ in foreign)
    return Statement(f"RETURN [{pairs}] AS value")
