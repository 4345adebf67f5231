"""A row of edges as an edge of the graph; one that is said not to hold as a claim without a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loaders.kgx.files import Row
from loaders.kgx.values import OURS, is_true, value_of
from schema import biolink, ids
from schema.columns import IS_A, IS_A_SOURCE, IS_A_VERSION, PREDICATE, claim_property, edge_property
from schema.enums import AgentType, Certainty, Described, EvidenceLevel, KnowledgeLevel
from schema.errors import InvalidRecord
from schema.predicates import PREDICATE_BY_NAME
from schema.records import Claim, Edge, IsA

_ENDS = ("subject", "predicate", "object")
_LEVELS: Mapping[str, Mapping[Any, Described]] = {
    "knowledge_level": {level.value: level for level in KnowledgeLevel},
    "agent_type": {agent.value: agent for agent in AgentType},
}
_NOT = {"knowledge_level": KnowledgeLevel.NOT_PROVIDED, "agent_type": AgentType.NOT_PROVIDED}
_READ = {"id", *_ENDS, "negated", "original_predicate", *_LEVELS}


def edge_id(row: Row) -> str:
    """Return the id of an edge: its own, or the hash of its columns."""
    own = row.get("id")
    return str(own) if own not in (None, "") else f"{ids.LOCAL}.edge:{ids.digest(_filled(row), bits=128)}"


def _filled(row: Row) -> Row:
    return {column: cell for column, cell in row.items() if cell not in (None, "", [])}


def edge_of(row: Row, source: str) -> Edge | Claim | IsA:
    """Return what a row of edges says. Raises `InvalidRecord` where it says nothing."""
    subject, predicate, object_ = (str(row.get(name) or "").strip() for name in _ENDS)
    for name, text in zip(_ENDS, (subject, predicate, object_), strict=True):
        if not text:
            raise InvalidRecord(f"the row has no {name}", field=name, given=text)
    negated = is_true(row.get("negated"))
    if negated is None:
        given = row["negated"]
        raise InvalidRecord(
            f"negated cannot be {given!r}; allowed: true, false", field="negated", given=given
        )
    original = str(row.get("original_predicate") or "")
    if original == IS_A:
        return IsA(subject, object_, str(row.get(IS_A_SOURCE) or source), row.get(IS_A_VERSION) or None)
    type_, told = _type_of(predicate, original)
    values = _values(row) | told
    if negated:
        return _denied(row, source, (subject, type_, object_), values)
    levels = {edge_property(column): level.value for column, level in _levels(row).items()}
    named = {edge_property(name): value for name, value in values.items()}
    return Edge(edge_id(row), subject, type_, object_, tuple((named | levels).items()))


def _type_of(predicate: str, original: str) -> tuple[str, dict[str, object]]:
    """Return the relationship type, and what must be kept beside it so that the predicate comes back."""
    ours = original.removeprefix(OURS)
    if original.startswith(OURS) and ours in PREDICATE_BY_NAME and biolink.is_predicate(predicate):
        same = predicate == PREDICATE_BY_NAME[ours].biolink
        kept: dict[str, object] = {"original_predicate": original}
        return ours, kept if same else kept | {PREDICATE: predicate}
    full = predicate if ":" in predicate else f"biolink:{predicate}"
    kept = {"original_predicate": original} if original else {}
    if predicate == full and biolink.is_predicate(full):
        return biolink.relation_type(full), kept
    kept[PREDICATE if original else "original_predicate"] = predicate
    known = full if biolink.is_predicate(full) else biolink.ROOT_PREDICATE
    return biolink.relation_type(known), kept


def _values(row: Row) -> dict[str, object]:
    """Return the values of all columns but the edge's ends and id, by column."""
    values = {column: value_of(column, cell) for column, cell in row.items() if column not in _READ}
    for column, allowed in _LEVELS.items():
        if (cell := row.get(column)) and str(cell) not in allowed:
            values[column] = str(cell)
    return {column: value for column, value in values.items() if value is not None}


def _levels(row: Row) -> dict[str, Described]:
    """Return Biolink's two levels; what Biolink does not know is not provided, and stays as a column."""
    return {
        column: allowed.get(str(row.get(column) or ""), _NOT[column]) for column, allowed in _LEVELS.items()
    }


def _denied(row: Row, source: str, said: tuple[str, str, str], values: dict[str, object]) -> Claim:
    subject, type_, object_ = said
    known = PREDICATE_BY_NAME.get(type_)
    words = known.words if known else type_.replace("_", " ").lower()
    own = {"id": str(row["id"])} if row.get("id") else {}
    levels = _levels(row)
    return Claim(
        source,
        subject,
        type_,
        object_,
        f"Said not to hold: {subject} {words} {object_}.",
        0,
        0,
        ids.digest(_filled(row)),
        Certainty.ASSERTED,
        EvidenceLevel.NOT_STATED,
        negated=True,
        primary_knowledge_source=str(row.get("primary_knowledge_source") or source),
        knowledge_level=KnowledgeLevel(levels["knowledge_level"]),
        agent_type=AgentType(levels["agent_type"]),
        properties=tuple((claim_property(name), value) for name, value in (own | values).items()),
    )
