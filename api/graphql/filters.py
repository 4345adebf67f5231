"""Filter inputs and what they become: `{ field: { eq in prefix … } }` joined by and, or, not."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import Any, cast

import strawberry
from strawberry import UNSET

from api.graphql.enums import ClaimRole, EntityKind, Predicate
from graph.query import EVERYTHING, Compare, Condition, Every, Negation, Op, Some
from schema.enums import Certainty, ClaimStatus, Direction, EvidenceLevel
from schema.errors import InvalidQuery


def _field(description: str, name: str | None = None) -> Any:
    return strawberry.field(default=UNSET, description=description, name=name)


@strawberry.input(description="Tests of a text.")
class StringFilter:
    eq: str | None = _field("equal")
    in_: list[str] | None = _field("one of these", "in")
    prefix: str | None = _field("begins with, in any case")
    contains: str | None = _field("contains, in any case")


@strawberry.input(description="Tests of an identifier.")
class IDFilter:
    eq: strawberry.ID | None = _field("equal")
    in_: list[strawberry.ID] | None = _field("one of these", "in")


@strawberry.input(description="Tests of a number.")
class FloatFilter:
    eq: float | None = _field("equal")
    lt: float | None = _field("less than")
    lte: float | None = _field("at most")
    gt: float | None = _field("more than")
    gte: float | None = _field("at least")


@strawberry.input(description="Tests of a whole number.")
class IntFilter:
    eq: int | None = _field("equal")
    in_: list[int] | None = _field("one of these", "in")
    lt: int | None = _field("less than")
    lte: int | None = _field("at most")
    gt: int | None = _field("more than")
    gte: int | None = _field("at least")


@strawberry.input(description="Tests of a yes or no.")
class BooleanFilter:
    eq: bool | None = _field("equal")


@strawberry.input(description="Tests of a kind.")
class EntityKindFilter:
    eq: EntityKind | None = _field("equal")
    in_: list[EntityKind] | None = _field("one of these", "in")


@strawberry.input(description="Tests of a predicate.")
class PredicateFilter:
    eq: Predicate | None = _field("equal")
    in_: list[Predicate] | None = _field("one of these", "in")


@strawberry.input(description="Tests of a direction.")
class DirectionFilter:
    eq: Direction | None = _field("equal")
    in_: list[Direction] | None = _field("one of these", "in")


@strawberry.input(description="Tests of a certainty.")
class CertaintyFilter:
    eq: Certainty | None = _field("equal")
    in_: list[Certainty] | None = _field("one of these", "in")


@strawberry.input(description="Tests of an evidence level.")
class EvidenceLevelFilter:
    eq: EvidenceLevel | None = _field("equal")
    in_: list[EvidenceLevel] | None = _field("one of these", "in")


@strawberry.input(description="Tests of a status.")
class ClaimStatusFilter:
    eq: ClaimStatus | None = _field("equal")
    in_: list[ClaimStatus] | None = _field("one of these", "in")


@strawberry.input(description="Which entities. All given fields must hold.")
class EntityFilter:
    id: IDFilter | None = _field("The id.")
    name: StringFilter | None = _field("The preferred name.")
    kind: EntityKindFilter | None = _field("The kind.")
    category: StringFilter | None = _field("The Biolink class.")
    under: strawberry.ID | None = _field("This ontology term or any below it; an entity's id.")
    min_diameter_nm: FloatFilter | None = _field("Lower bound of the diameter in nm (EV subtypes).")
    max_diameter_nm: FloatFilter | None = _field("Upper bound of the diameter in nm (EV subtypes).")
    and_: list[EntityFilter] | None = _field("All of these hold.", "and")
    or_: list[EntityFilter] | None = _field("At least one of these holds.", "or")
    not_: EntityFilter | None = _field("This does not hold.", "not")


@strawberry.input(
    description="Which claims. All given fields must hold; proposed claims only when asked for."
)
class ClaimFilter:
    id: IDFilter | None = _field("The id.")
    subject: IDFilter | None = _field("The subject's id.")
    predicate: PredicateFilter | None = _field("The predicate.")
    object: IDFilter | None = _field("The object's id.")
    mechanism: IDFilter | None = _field("An entity that the claim acts through.")
    context: IDFilter | None = _field("An entity in the claim's setting, in any role.")
    direction: DirectionFilter | None = _field("The direction.")
    negated: BooleanFilter | None = _field("Whether the source denies it.")
    certainty: CertaintyFilter | None = _field("The certainty.")
    evidence_level: EvidenceLevelFilter | None = _field("The kind of evidence.")
    status: ClaimStatusFilter | None = _field("Curated or proposed.")
    cited: BooleanFilter | None = _field("Whether the claim rests on any marker.")
    marker: IntFilter | None = _field("A marker that the claim rests on.")
    section: StringFilter | None = _field("The section's title.")
    verified: BooleanFilter | None = _field("Whether the place was found in a loaded copy of the article.")
    statement: StringFilter | None = _field("The statement.")
    article: IDFilter | None = _field("The article's id.")
    role: list[ClaimRole] | None = _field(
        "In `Entity.claims`: the parts that the entity plays; subject and object when left out."
    )
    and_: list[ClaimFilter] | None = _field("All of these hold.", "and")
    or_: list[ClaimFilter] | None = _field("At least one of these holds.", "or")
    not_: ClaimFilter | None = _field("This does not hold.", "not")


@strawberry.input(description="Which relations. All given fields must hold.")
class RelationFilter:
    id: IDFilter | None = _field("The id.")
    subject: IDFilter | None = _field("The subject's id.")
    predicate: PredicateFilter | None = _field("The predicate.")
    object: IDFilter | None = _field("The object's id.")
    direction: DirectionFilter | None = _field("The direction.")
    and_: list[RelationFilter] | None = _field("All of these hold.", "and")
    or_: list[RelationFilter] | None = _field("At least one of these holds.", "or")
    not_: RelationFilter | None = _field("This does not hold.", "not")


@strawberry.input(description="Which references. All given fields must hold.")
class ReferenceFilter:
    id: IDFilter | None = _field("The id.")
    doi: StringFilter | None = _field("The DOI, without a resolver's address.")
    pmid: StringFilter | None = _field("The PubMed id.")
    pmcid: StringFilter | None = _field("The PubMed Central id.")
    title: StringFilter | None = _field("The title.")
    journal: StringFilter | None = _field("The journal, as printed.")
    year: IntFilter | None = _field("The year.")
    article: IDFilter | None = _field("The article that lists it.")
    and_: list[ReferenceFilter] | None = _field("All of these hold.", "and")
    or_: list[ReferenceFilter] | None = _field("At least one of these holds.", "or")
    not_: ReferenceFilter | None = _field("This does not hold.", "not")


FilterInput = EntityFilter | ClaimFilter | RelationFilter | ReferenceFilter
_WORDS = {"and_", "or_", "not_", "role"}


def condition_of(given: FilterInput | None) -> Condition:
    """Return a filter as a condition; nothing given holds for everything."""
    if given is None:
        return EVERYTHING
    parts: list[Condition] = []
    for field in fields(given):
        value = getattr(given, field.name)
        if value is UNSET or field.name in _WORDS:
            continue
        parts += _tests(_graphql_name(field.name), value)
    and_, or_, not_ = (getattr(given, word) for word in ("and_", "or_", "not_"))
    if and_ not in (UNSET, None):
        parts.append(Every(tuple(condition_of(part) for part in and_)))
    if or_ not in (UNSET, None):
        parts.append(Some(tuple(condition_of(part) for part in or_)))
    if not_ not in (UNSET, None):
        parts.append(Negation(condition_of(not_)))
    return Every(tuple(parts))


def roles_of(given: ClaimFilter | None) -> tuple[str, ...]:
    """Return the roles that an entity's claims are asked for by."""
    if given is None or given.role is UNSET or given.role is None:
        return ("SUBJECT", "OBJECT")
    if not given.role:
        raise InvalidQuery("role: name at least one role, or leave it out", given=[])
    return tuple(role.value for role in given.role)


def refuse_role(given: ClaimFilter | None) -> None:
    """Raise `InvalidQuery` where a role is given but no entity plays it."""
    if given is not None and given.role not in (UNSET, None):
        raise InvalidQuery("role belongs to the claims of an entity; here use subject, object or context")


def _tests(name: str, given: Any) -> list[Condition]:
    if given is None:
        raise InvalidQuery(f"{name}: null is not a test; leave the field out, or use not", field=name)
    if isinstance(given, str):
        return [Compare(name, Op.EQ, given)]
    tests: list[Condition] = []
    for field in fields(given):
        value = getattr(given, field.name)
        if value is UNSET:
            continue
        if value is None:
            raise InvalidQuery(f"{name}.{field.name.rstrip('_')}: null is not a value to compare", field=name)
        tests.append(Compare(name, Op(field.name.rstrip("_")), _plain(value)))
    return tests


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return cast(str, value.value) if isinstance(value, Enum) else value


def _graphql_name(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)
