"""Claims as JSON, field by field: which names a file uses, how each value is read, which may be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from dataclasses import fields as fields_of
from typing import Any, TypeVar

from schema.enums import (
    AgentType,
    Certainty,
    CitationConcern,
    ClaimStatus,
    ContextRole,
    Described,
    EvidenceLevel,
    KnowledgeLevel,
)
from schema.errors import InvalidRecord
from schema.predicates import predicate_named
from schema.records import Claim, ClaimCitation, ClaimContext

E = TypeVar("E", bound=Described)
Json = Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a claim: its name in JSON, its attribute, and how a value is read and written."""

    name: str
    attribute: str
    read: Callable[[str, Json], Any]
    write: Callable[[Any], Json] = lambda value: value
    editable: bool = False


def problem(field: str, given: object, allowed: str) -> InvalidRecord:
    """Return what is wrong with a value, and what would be right."""
    return InvalidRecord(
        f"{field} cannot be {given!r}; allowed: {allowed}", field=field, given=given, allowed=allowed
    )


def text(name: str, given: Json) -> str:
    """Read a text that says something, without white space around it."""
    if not isinstance(given, str) or not given.strip():
        raise problem(name, given, "a text")
    return given.strip()


def mapping(name: str, given: Json) -> Mapping[str, Json]:
    """Read a JSON object."""
    if not isinstance(given, dict):
        raise problem(name, given, "an object of JSON")
    return given


def known(given: Mapping[str, Json], allowed: tuple[str, ...]) -> None:
    """Raise `InvalidRecord` for a field that is none of those allowed."""
    for name in given:
        if name not in allowed:
            raise problem("field", name, ", ".join(allowed))


def _flag(name: str, given: Json) -> bool:
    if not isinstance(given, bool):
        raise problem(name, given, "true, false")
    return given


def _whole(name: str, given: Json) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise problem(name, given, "a whole number")
    return given


def _score(name: str, given: Json) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise problem(name, given, "a number from 0 to 1")
    return float(given)


def _one_of(enum: type[E]) -> Callable[[str, Json], E]:
    def read(name: str, given: Json) -> E:
        if given not in enum.__members__.values():
            raise problem(name, given, ", ".join(enum))
        return enum(given)

    return read


def _list(name: str, given: Json) -> list[Json]:
    if not isinstance(given, list):
        raise problem(name, given, "a list")
    return given


def _texts(name: str, given: Json) -> tuple[str, ...]:
    return tuple(text(name, one) for one in _list(name, given))


def _predicate(name: str, given: Json) -> str:
    return predicate_named(text(name, given)).name


_ROLES = tuple(role.value for role in ContextRole)


def _context(name: str, given: Json) -> ClaimContext:
    row = mapping(name, given)
    known(row, (*_ROLES, "extent", "dose"))
    roles = []
    for role in ContextRole:
        value = row.get(role.value, [])
        roles += [(role, id_) for id_ in _texts(role.value, [value] if isinstance(value, str) else value)]
    extent, dose = (text(key, row[key]) if row.get(key) is not None else None for key in ("extent", "dose"))
    return ClaimContext(tuple(roles), extent, dose)


def _context_row(context: ClaimContext) -> Json:
    by_role: dict[str, list[str]] = {}
    for role, id_ in sorted(context.roles, key=lambda pair: (_ROLES.index(pair[0]), pair[1])):
        by_role.setdefault(role.value, []).append(id_)
    row: dict[str, Json] = {role: ids[0] if len(ids) == 1 else ids for role, ids in by_role.items()}
    return row | {key: value for key in ("extent", "dose") if (value := getattr(context, key)) is not None}


def _citations(name: str, given: Json) -> tuple[ClaimCitation, ...]:
    found = []
    for one in _list(name, given):
        row = mapping(name, one)
        known(row, ("label", "concerns", "note"))
        concerns = tuple(_one_of(CitationConcern)("concerns", c) for c in _list("concerns", row["concerns"]))
        note = text("note", row["note"]) if row.get("note") is not None else None
        found.append(ClaimCitation(text("label", row.get("label")), concerns, note))
    return tuple(found)


def _citation_rows(citations: tuple[ClaimCitation, ...]) -> Json:
    return [
        {"label": c.label, "concerns": [one.value for one in c.concerns]}
        | ({"note": c.note} if c.note else {})
        for c in citations
    ]


FIELDS = (
    Field("article", "article", text),
    Field("block", "block", _whole),
    Field("sentence", "sentence", _whole),
    Field("sha256", "sha256", text),
    Field("subject", "subject", text, editable=True),
    Field("predicate", "predicate", _predicate, editable=True),
    Field("object", "object", text, editable=True),
    Field("negated", "negated", _flag, editable=True),
    Field("certainty", "certainty", _one_of(Certainty), str, editable=True),
    Field("evidenceLevel", "evidence_level", _one_of(EvidenceLevel), str, editable=True),
    Field("statement", "statement", text, editable=True),
    Field("context", "context", _context, _context_row, editable=True),
    Field("mechanisms", "mechanisms", _texts, list, editable=True),
    Field("citations", "citations", _citations, _citation_rows),
    Field("status", "status", _one_of(ClaimStatus), str),
    Field("rule", "rule", text),
    Field("score", "score", _score),
    Field("reviewer", "reviewer", text),
    Field("primaryKnowledgeSource", "primary_knowledge_source", text),
    Field("knowledgeLevel", "knowledge_level", _one_of(KnowledgeLevel), str),
    Field("agentType", "agent_type", _one_of(AgentType), str),
)
EDITABLE = tuple(field for field in FIELDS if field.editable)
_NAMES = tuple(field.name for field in FIELDS)
_REQUIRED = frozenset(
    field.name
    for field in FIELDS
    if field.attribute in {f.name for f in fields_of(Claim) if f.default is f.default_factory is MISSING}
)


def as_row(claim: Claim) -> dict[str, Json]:
    """Return a claim as JSON has it; what it does not say is left out."""
    found = {
        field.name: field.write(value)
        for field in FIELDS
        if (value := getattr(claim, field.attribute)) is not None
    }
    return {name: value for name, value in found.items() if value not in ([], {})}


def as_claim(given: Json) -> Claim:
    """Read a claim from JSON; `InvalidRecord` names what is wrong, and what is allowed."""
    row = mapping("proposal", given)
    known(row, _NAMES)
    values = {
        field.attribute: field.read(field.name, row[field.name]) for field in FIELDS if field.name in row
    }
    try:
        return Claim(**values)
    except TypeError as error:
        required = ", ".join(name for name in _NAMES if name in _REQUIRED)
        raise problem("proposal", sorted(row), f"a claim with at least {required}") from error


def read_edits(given: Json) -> tuple[tuple[str, Any], ...]:
    """Read edited fields as attributes and values, in the order of the fields."""
    row = mapping("edits", given)
    known(row, tuple(field.name for field in EDITABLE))
    return tuple((f.attribute, f.read(f.name, row[f.name])) for f in EDITABLE if f.name in row)


def edits_row(edits: tuple[tuple[str, Any], ...]) -> dict[str, Json]:
    """Return edited fields as JSON."""
    values = dict(edits)
    return {f.name: f.write(values[f.attribute]) for f in EDITABLE if f.attribute in values}
