"""GraphQL types of claims and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.graphql.types.declare import argument, field, leaf
from api.graphql.types.enums import Predicate
from api.graphql.types.node import Node
from api.graphql.types.provenance import Citation, Evidence
from schema.enums import (
    AgentType,
    Certainty,
    ClaimRelation,
    ClaimStatus,
    ContextRole,
    Direction,
    EvidenceLevel,
    KnowledgeLevel,
)

if TYPE_CHECKING:
    from api.graphql.types.entities import Entity

LazyEntity = Annotated["Entity", strawberry.lazy("api.graphql.types.entities")]


def _role(role: ContextRole) -> Any:
    return leaf(f"{role.description.capitalize()}; the first by id where there are several.")


@strawberry.type(description="An entity and the part it plays in a claim's setting.")
class ContextPart:
    role: str = leaf("The part: disease, anatomy, compartment and so on.")
    entity: LazyEntity = leaf("The entity.")


@strawberry.type(description="The setting in which a claim holds; a role is null where it is not stated.")
class ClaimContext:
    disease: LazyEntity | None = _role(ContextRole.DISEASE)
    anatomy: LazyEntity | None = _role(ContextRole.ANATOMY)
    compartment: LazyEntity | None = _role(ContextRole.COMPARTMENT)
    cell_source: LazyEntity | None = _role(ContextRole.CELL_SOURCE)
    target_cell: LazyEntity | None = _role(ContextRole.TARGET_CELL)
    route: LazyEntity | None = _role(ContextRole.ROUTE)
    population: LazyEntity | None = _role(ContextRole.POPULATION)
    model: LazyEntity | None = _role(ContextRole.MODEL)
    comparator: LazyEntity | None = _role(ContextRole.COMPARATOR)
    phase: LazyEntity | None = _role(ContextRole.PHASE)
    extent: str | None = leaf("How much, how often or in which part, in words.")
    dose: str | None = leaf("The dose, in words.")
    parts: list[ContextPart] = leaf("Every part of the setting, by role and id; a role may have several.")


@strawberry.type(description="A column of a foreign graph that has no field of its own.")
class Attribute:
    name: str = leaf("The name of the column.")
    values: list[str] = leaf("Its values as texts; most columns have one.")


@strawberry.type(description="What one source says in one place.")
class Claim(Node):
    subject: LazyEntity = leaf("What the claim is about.")
    predicate: Predicate = leaf("What it says of its subject and object.")
    object: LazyEntity = leaf("What it relates its subject to.")
    direction: Direction | None = leaf("The predicate's sign; null where it has none.")
    negated: bool = leaf("Whether the source denies it.")
    certainty: Certainty = leaf("How firmly the source says it.")
    evidence_level: EvidenceLevel = leaf("The kind of evidence, as the source states it.")
    status: ClaimStatus = leaf("Curated, or proposed and not yet reviewed.")
    statement: str = leaf("The claim as one line in our own words.")
    context: ClaimContext = leaf("The setting in which it holds.")
    mechanisms: list[LazyEntity] = leaf("What the subject acts through, by id.")
    evidence: list[Evidence] = leaf("The places that it rests on.")
    citations: list[Citation] = leaf("The markers that cover it; none: the source cites nothing for it.")
    primary_knowledge_source: str = leaf(
        "The information resource that makes the statement (Biolink infores)."
    )
    knowledge_level: KnowledgeLevel = leaf("The level of knowledge (Biolink).")
    agent_type: AgentType = leaf("Who made the statement (Biolink).")
    rule: str | None = leaf("The mining rule that proposed it; null where a person made it.")
    score: float | None = leaf("How far that rule is to be trusted, from 0 to 1.")
    reviewer: str | None = leaf(
        "Who accepted the proposal, as an ORCID CURIE; null where nobody reviewed it."
    )
    attributes: list[Attribute] = leaf("The columns of a foreign graph's edge that is denied, by name.")

    @field
    def related(
        self,
        kind: Annotated[ClaimRelation, argument("How they relate to it.")],
        other_articles: Annotated[bool, argument("Only claims of other articles than its own.")] = False,
    ) -> list[Claim]:
        """Claims that agree with it, oppose it, or explain it, in the order of the text."""


@strawberry.type(description="An edge between two entities; what stands behind it is in its claims.")
class Relation:
    id: strawberry.ID = leaf("The id, mscev.relation: and a hash of subject, predicate and object.")
    subject: LazyEntity = leaf("Where the edge begins.")
    predicate: Predicate = leaf("What it says.")
    object: LazyEntity = leaf("Where the edge ends.")
    direction: Direction | None = leaf("The predicate's sign; null where it has none.")
    sources: list[str] = leaf("The sources that say it, by id.")
    publications: list[strawberry.ID] = leaf(
        "The publications that resolved citations lead to, as PMID or doi CURIEs."
    )
    claims: list[Claim] = leaf("The claims behind it, in the order of the text; an edge of a graph has none.")
    biolink_predicate: str = leaf("The predicate as Biolink calls it, such as biolink:subclass_of.")
    original_predicate: str | None = leaf("What the foreign graph calls it, where that says more.")
    knowledge_level: KnowledgeLevel = leaf("The level of knowledge (Biolink).")
    agent_type: AgentType = leaf("Who made the statement (Biolink).")
    attributes: list[Attribute] = leaf("The other columns of a foreign graph's edge, by name.")
