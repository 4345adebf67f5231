"""Names in the stored graph: labels and relationship types; entities and relations come from schema/."""

from __future__ import annotations

from schema.kinds import FOREIGN, KIND_BY_NAME, KINDS, kind_named
from schema.predicates import PREDICATES
from schema.predicates import relation_type as checked_type
from schema.stored import LABELS, LINKS

# Every label with a unique `id`; all nodes of ours carry one of these.
NODE_LABELS = tuple(label.name for label in LABELS)
STRUCTURE = tuple(link.name for link in LINKS)
RELATION_TYPES = tuple(predicate.name for predicate in PREDICATES)
KIND_LABELS = (*KIND_BY_NAME, FOREIGN.name)


def label(kind: str) -> str:
    """Return a kind's label, checked, so that it may stand in Cypher text."""
    return kind_named(kind).name


def relation_type(predicate: str) -> str:
    """Return a predicate's relationship type, checked, so that it may stand in Cypher text."""
    return checked_type(predicate)


def relation_pattern() -> str:
    """Return all relationship types of relations, as `A|B|C`."""
    return "|".join(RELATION_TYPES)


ALL_KIND_PROPERTIES = tuple(sorted({prop.name for kind in KINDS for prop in kind.properties}))
