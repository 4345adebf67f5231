"""Filter inputs: `{ field: { eq in prefix … } }`, joined by and, or, not; `some every none` over links."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import UNSET

from api.graphql.types.enums import ClaimRole, EntityKind, Predicate
from schema.enums import (
    AgentType,
    Certainty,
    CitationConcern,
    CitationStatus,
    ClaimStatus,
    ContextRole,
    Direction,
    EvidenceLevel,
    KnowledgeLevel,
    OperationalClass,
)


def _field(description: str, name: str | None = None) -> Any:
    return strawberry.field(default=UNSET, description=description, name=name)


@strawberry.input(description="Tests of a text; all that are given must hold.")
class StringFilter:
    eq: str | None = _field("Equal.")
    in_: list[str] | None = _field("One of these.", "in")
    prefix: str | None = _field("Begins with this, in any case.")
    contains: str | None = _field("Contains this, in any case.")
    words: str | None = _field(
        "Contains every one of these words (parted by white space), in any case and order."
    )


@strawberry.input(description="Tests of an identifier (a CURIE); all that are given must hold.")
class IDFilter:
    eq: strawberry.ID | None = _field("Equal.")
    in_: list[strawberry.ID] | None = _field("One of these.", "in")
    prefix: str | None = _field("Begins with this, as in MONDO: (the case counts).")


@strawberry.input(description="Tests of a number; all that are given must hold.")
class FloatFilter:
    eq: float | None = _field("Equal.")
    in_: list[float] | None = _field("One of these.", "in")
    lt: float | None = _field("Less than.")
    lte: float | None = _field("At most.")
    gt: float | None = _field("More than.")
    gte: float | None = _field("At least.")


@strawberry.input(description="Tests of a whole number; all that are given must hold.")
class IntFilter:
    eq: int | None = _field("Equal.")
    in_: list[int] | None = _field("One of these.", "in")
    lt: int | None = _field("Less than.")
    lte: int | None = _field("At most.")
    gt: int | None = _field("More than.")
    gte: int | None = _field("At least.")


@strawberry.input(description="Tests of a yes or no.")
class BooleanFilter:
    eq: bool | None = _field("Equal.")


@strawberry.input(description="A closed range of numbers; an end that is left out is open.")
class RangeInput:
    min: float | None = _field("The lower end, in the unit of what is tested.")
    max: float | None = _field("The upper end, in the unit of what is tested.")


@strawberry.input(description="Tests of a stored range against another; all that are given must hold.")
class RangeFilter:
    covers: RangeInput | None = _field("The stored range holds all of this one; min = max asks for a number.")
    overlaps: RangeInput | None = _field("The stored range and this one share a number.")
    within: RangeInput | None = _field("The stored range lies in this one.")


@strawberry.input(description="Tests of a kind; all that are given must hold.")
class EntityKindFilter:
    eq: EntityKind | None = _field("Equal.")
    in_: list[EntityKind] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of a predicate; all that are given must hold.")
class PredicateFilter:
    eq: Predicate | None = _field("Equal.")
    in_: list[Predicate] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of a direction; all that are given must hold.")
class DirectionFilter:
    eq: Direction | None = _field("Equal.")
    in_: list[Direction] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of a certainty; all that are given must hold.")
class CertaintyFilter:
    eq: Certainty | None = _field("Equal.")
    in_: list[Certainty] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of an evidence level; all that are given must hold.")
class EvidenceLevelFilter:
    eq: EvidenceLevel | None = _field("Equal.")
    in_: list[EvidenceLevel] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of a claim's status; all that are given must hold.")
class ClaimStatusFilter:
    eq: ClaimStatus | None = _field("Equal.")
    in_: list[ClaimStatus] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of a citation's status; all that are given must hold.")
class CitationStatusFilter:
    eq: CitationStatus | None = _field("Equal.")
    in_: list[CitationStatus] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of a concern; all that are given must hold.")
class CitationConcernFilter:
    eq: CitationConcern | None = _field("Equal.")
    in_: list[CitationConcern] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of an operational class; all that are given must hold.")
class OperationalClassFilter:
    eq: OperationalClass | None = _field("Equal.")
    in_: list[OperationalClass] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of a knowledge level; all that are given must hold.")
class KnowledgeLevelFilter:
    eq: KnowledgeLevel | None = _field("Equal.")
    in_: list[KnowledgeLevel] | None = _field("One of these.", "in")


@strawberry.input(description="Tests of an agent type; all that are given must hold.")
class AgentTypeFilter:
    eq: AgentType | None = _field("Equal.")
    in_: list[AgentType] | None = _field("One of these.", "in")


@strawberry.input(description="Which entities. All given fields must hold.")
class EntityFilter:
    id: IDFilter | None = _field("The id.")
    name: StringFilter | None = _field("The preferred name.")
    text: str | None = _field(
        "Words (parted by white space) that the name, the synonyms, the written forms and the description "
        "contain, in any case and order: each one in any of them."
    )
    kind: EntityKindFilter | None = _field("The kind.")
    category: StringFilter | None = _field("The Biolink class.")
    mapping: IDFilter | None = _field("A public identifier that fits exactly.")
    under: strawberry.ID | None = _field("This ontology term or any below it; an entity's id.")
    min_diameter_nm: FloatFilter | None = _field("Lower bound of the diameter in nm (EV subtypes).")
    max_diameter_nm: FloatFilter | None = _field("Upper bound of the diameter in nm (EV subtypes).")
    diameter_nm: RangeFilter | None = _field(
        "The range of the diameter in nm (EV subtypes); an unknown bound fits nothing."
    )
    operational_class: OperationalClassFilter | None = _field(
        "An operational class of MISEV2023 (EV subtypes)."
    )
    claims: ClaimListFilter | None = _field("The claims with it as subject or object.")
    and_: list[EntityFilter] | None = _field("All of these hold.", "and")
    or_: list[EntityFilter] | None = _field("At least one of these holds.", "or")
    not_: EntityFilter | None = _field("This does not hold.", "not")


@strawberry.input(description="Entities in the setting of a claim, by the part they play; all must hold.")
class ContextFilter:
    disease: IDFilter | None = _field(f"{ContextRole.DISEASE.description.capitalize()}; its id.")
    anatomy: IDFilter | None = _field(f"{ContextRole.ANATOMY.description.capitalize()}; its id.")
    compartment: IDFilter | None = _field(f"{ContextRole.COMPARTMENT.description.capitalize()}; its id.")
    cell_source: IDFilter | None = _field(f"{ContextRole.CELL_SOURCE.description.capitalize()}; its id.")
    target_cell: IDFilter | None = _field(f"{ContextRole.TARGET_CELL.description.capitalize()}; its id.")
    route: IDFilter | None = _field(f"{ContextRole.ROUTE.description.capitalize()}; its id.")
    population: IDFilter | None = _field(f"{ContextRole.POPULATION.description.capitalize()}; its id.")
    model: IDFilter | None = _field(f"{ContextRole.MODEL.description.capitalize()}; its id.")
    comparator: IDFilter | None = _field(f"{ContextRole.COMPARATOR.description.capitalize()}; its id.")
    phase: IDFilter | None = _field(f"{ContextRole.PHASE.description.capitalize()}; its id.")


@strawberry.input(
    description="Which claims. All given fields must hold; proposed claims only when `status` is named."
)
class ClaimFilter:
    id: IDFilter | None = _field("The id.")
    subject: IDFilter | None = _field("The subject's id.")
    predicate: PredicateFilter | None = _field("The predicate.")
    object: IDFilter | None = _field("The object's id.")
    subject_entity: EntityFilter | None = _field("What the subject is.")
    object_entity: EntityFilter | None = _field("What the object is.")
    mechanism: IDFilter | None = _field("An entity that the claim acts through.")
    context: IDFilter | None = _field("An entity in the claim's setting, in any role.")
    context_role: ContextFilter | None = _field("Entities in the claim's setting, by role.")
    direction: DirectionFilter | None = _field("The direction.")
    negated: BooleanFilter | None = _field("Whether the source denies it.")
    certainty: CertaintyFilter | None = _field("The certainty.")
    evidence_level: EvidenceLevelFilter | None = _field("The kind of evidence.")
    status: ClaimStatusFilter | None = _field("Curated or proposed.")
    cited: BooleanFilter | None = _field("Whether the claim rests on any marker; false: uncited.")
    marker: IntFilter | None = _field("A marker that the claim rests on.")
    concern: CitationConcernFilter | None = _field("A concern about a paper that the claim rests on.")
    doi: StringFilter | None = _field("The DOI of a paper that the claim rests on.")
    pmid: StringFilter | None = _field("The PubMed id of a paper that the claim rests on.")
    section: StringFilter | None = _field("The section's title.")
    verified: BooleanFilter | None = _field("Whether the place was found in a loaded copy of the article.")
    statement: StringFilter | None = _field("The statement.")
    article: IDFilter | None = _field("The article's id.")
    knowledge_level: KnowledgeLevelFilter | None = _field("The level of knowledge (Biolink).")
    agent_type: AgentTypeFilter | None = _field("Who made the statement (Biolink).")
    rule: StringFilter | None = _field("The mining rule that proposed it.")
    score: FloatFilter | None = _field("How far that rule is to be trusted, from 0 to 1.")
    reviewer: IDFilter | None = _field("Who accepted the proposal, as an ORCID CURIE.")
    evidence: EvidenceListFilter | None = _field("The places that it rests on.")
    citations: CitationListFilter | None = _field("The markers that cover it.")
    role: list[ClaimRole] | None = _field(
        "In `Entity.claims`: the parts that the entity plays; subject and object when left out."
    )
    and_: list[ClaimFilter] | None = _field("All of these hold.", "and")
    or_: list[ClaimFilter] | None = _field("At least one of these holds.", "or")
    not_: ClaimFilter | None = _field("This does not hold.", "not")


@strawberry.input(description="Which places. All given fields must hold.")
class EvidenceFilter:
    article: IDFilter | None = _field("The article's id.")
    section: StringFilter | None = _field("The section's title.")
    paragraph: IntFilter | None = _field("The number of the block in the file, from 1.")
    sentence: IntFilter | None = _field("The number of the sentence in its block, from 1.")
    page: IntFilter | None = _field("The page, in files that have pages.")
    verified: BooleanFilter | None = _field("Whether a loaded copy of the article holds it.")
    and_: list[EvidenceFilter] | None = _field("All of these hold.", "and")
    or_: list[EvidenceFilter] | None = _field("At least one of these holds.", "or")
    not_: EvidenceFilter | None = _field("This does not hold.", "not")


@strawberry.input(description="Which citations. All given fields must hold.")
class CitationFilter:
    label: StringFilter | None = _field("The marker as one label.")
    marker: IntFilter | None = _field("The marker as a number.")
    status: CitationStatusFilter | None = _field("Whether it leads to a printed reference.")
    confidence: FloatFilter | None = _field("How sure the link is, 0 to 1.")
    concern: CitationConcernFilter | None = _field("A concern for this claim.")
    doi: StringFilter | None = _field("The DOI of the printed reference.")
    pmid: StringFilter | None = _field("The PubMed id of the printed reference.")
    year: IntFilter | None = _field("The year of the printed reference.")
    and_: list[CitationFilter] | None = _field("All of these hold.", "and")
    or_: list[CitationFilter] | None = _field("At least one of these holds.", "or")
    not_: CitationFilter | None = _field("This does not hold.", "not")


@strawberry.input(description="Which relations. All given fields must hold.")
class RelationFilter:
    id: IDFilter | None = _field("The id.")
    subject: IDFilter | None = _field("The subject's id.")
    predicate: PredicateFilter | None = _field("The predicate.")
    object: IDFilter | None = _field("The object's id.")
    subject_entity: EntityFilter | None = _field("What the subject is.")
    object_entity: EntityFilter | None = _field("What the object is.")
    direction: DirectionFilter | None = _field("The direction.")
    source: IDFilter | None = _field("A source that says it, by its id.")
    publication: IDFilter | None = _field("A publication behind it, as PMID or doi CURIE.")
    claims: ClaimListFilter | None = _field("The claims behind it.")
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
    claims: ClaimListFilter | None = _field("The claims that rest on it.")
    and_: list[ReferenceFilter] | None = _field("All of these hold.", "and")
    or_: list[ReferenceFilter] | None = _field("At least one of these holds.", "or")
    not_: ReferenceFilter | None = _field("This does not hold.", "not")


@strawberry.input(description="Tests of claims; all that are given must hold.")
class ClaimListFilter:
    some: ClaimFilter | None = _field("At least one fits.")
    every: ClaimFilter | None = _field("Each one fits; it holds where there is none.")
    none: ClaimFilter | None = _field("No one fits.")


@strawberry.input(description="Tests of places; all that are given must hold.")
class EvidenceListFilter:
    some: EvidenceFilter | None = _field("At least one fits.")
    every: EvidenceFilter | None = _field("Each one fits; it holds where there is none.")
    none: EvidenceFilter | None = _field("No one fits.")


@strawberry.input(description="Tests of citations; all that are given must hold.")
class CitationListFilter:
    some: CitationFilter | None = _field("At least one fits.")
    every: CitationFilter | None = _field("Each one fits; it holds where there is none.")
    none: CitationFilter | None = _field("No one fits.")
