"""The answer of the tool `schema`: what may be in the graph, from schema/, and how much of it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.mcp import answers
from schema.enums import (
    Certainty,
    CitationConcern,
    CitationStatus,
    ClaimStatus,
    Described,
    Direction,
    EvidenceLevel,
)
from schema.kinds import COMMON, KINDS, Kind, Property
from schema.predicates import PREDICATES, Predicate

_ENUMS: tuple[type[Described], ...] = (
    Direction,
    Certainty,
    EvidenceLevel,
    ClaimStatus,
    CitationStatus,
    CitationConcern,
)
# Each pattern occurs in the built-in graph; tests run them.
PATTERNS = (
    "(:Entity)-[:DECREASES {direction, claimIds, publications}]->(:Entity)",
    "(:Claim)-[:SUBJECT]->(:Entity)",
    "(:Claim)-[:OBJECT]->(:Entity)",
    "(:Claim)-[:VIA]->(:Entity)",
    "(:Claim)-[:CONTEXT {role}]->(:Entity)",
    "(:Claim)-[:STATED_IN]->(:Sentence)-[:PART_OF]->(:Section)-[:PART_OF]->(:Article)",
    "(:Claim)-[:CITES {concerns, note}]->(:Citation)-[:RESOLVED_TO]->(:Reference)",
    "(:Citation)-[:MAY_BE]->(:Reference)",
    "(:Entity)-[:MENTIONED_IN]->(:Sentence)",
    "(:Entity)-[:IS_A]->(:Entity)",
    "(:Entity)-[:MAPPED_TO {match}]->(:Term)",
)
_NOTE = (
    "Labels and relationship types are the kinds' labels and the predicates; every node has a unique id. "
    "Claim: statement, predicate, direction, negated, certainty, evidenceLevel. Section: title. "
    "Sentence: block (the paragraph), sentence. Citation: label, marker, status. "
    "Reference: title, year, doi, pmid."
)


def described(data: Mapping[str, Any]) -> answers.SchemaAnswer:
    """Return the schema with the counts that GraphQL gave."""
    graph = data["graph"]
    kinds = {row["kind"]: row["count"] for row in graph["kinds"]}
    predicates = {row["predicate"]: row["count"] for row in graph["predicates"]}
    return answers.SchemaAnswer(
        release=graph["release"],
        entities=graph["entities"],
        claims=graph["claims"],
        sources=graph["sources"],
        kinds=[_kind(kind, kinds.get(kind.constant, 0)) for kind in KINDS],
        common=[_property(prop) for prop in COMMON],
        predicates=[_predicate(one, predicates.get(one.name, 0)) for one in PREDICATES],
        values={enum.__name__: {member.value: member.description for member in enum} for enum in _ENUMS},
        cypher="\n".join((*PATTERNS, _NOTE)),
    )


def _kind(kind: Kind, count: int) -> answers.Counted:
    return answers.Counted(
        name=kind.constant,
        label=kind.name,
        description=kind.description,
        id_prefixes=list(kind.prefixes),
        properties=[_property(prop) for prop in kind.properties],
        entities=count,
    )


def _property(prop: Property) -> str:
    return f"{prop.name}{f' ({prop.unit})' if prop.unit else ''}: {prop.description}"


def _predicate(predicate: Predicate, count: int) -> answers.Predicated:
    return answers.Predicated(
        name=predicate.name,
        description=predicate.description,
        direction=predicate.direction,
        subjects=_ends(predicate.subjects),
        objects=_ends(predicate.objects),
        relations=count,
    )


def _ends(kinds: frozenset[str]) -> list[str]:
    return [] if len(kinds) == len(KINDS) else sorted(kinds)
