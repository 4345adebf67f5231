"""GraphQL types of claims and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.graphql.enums import Predicate
from api.graphql.node import Info, Node, Row
from api.graphql.provenance import Citation, Evidence
from graph.reads import claims as reads
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
    from api.graphql.entities import Entity

LazyEntity = Annotated["Entity", strawberry.lazy("api.graphql.entities")]


async def entity_of(info: Info, id_: str) -> Entity:
    """Return the entity of an id that the graph is known to hold."""
    from api.graphql.entities import entity  # noqa: PLC0415 - the types refer to each other

    row = await info.context.entity(id_)
    assert row is not None, id_  # noqa: S101 - the writer makes both
    return entity(row)


def _role(role: ContextRole) -> Any:
    async def resolve(root: ClaimContext, info: Info) -> LazyEntity | None:
        ids = [part["id"] for part in root.row["context"] if part["role"] == role.value]
        return await entity_of(info, ids[0]) if ids else None

    resolve.__annotations__["return"] = LazyEntity | None
    return strawberry.field(resolver=resolve, description=f"{role.description.capitalize()}.")


@strawberry.type(description="An entity and the part it plays in a claim's setting.")
class ContextPart:
    id_: strawberry.Private[str]
    role: str = strawberry.field(description="The part: disease, anatomy, compartment and so on.")

    @strawberry.field(description="The entity.")
    async def entity(self, info: Info) -> LazyEntity:
        return await entity_of(info, self.id_)


@strawberry.type(description="The setting in which a claim holds; a role is null where it is not stated.")
class ClaimContext:
    row: strawberry.Private[Row]

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

    @strawberry.field(description="How much, how often or in which part, in words.")
    def extent(self) -> str | None:
        return self.row.get("extent")

    @strawberry.field(description="The dose, in words.")
    def dose(self) -> str | None:
        return self.row.get("dose")

    @strawberry.field(description="Every part of the setting, also where a role is played by several.")
    def parts(self) -> list[ContextPart]:
        return [ContextPart(id_=part["id"], role=part["role"]) for part in self.row["context"]]


@strawberry.type(description="What one source says in one place.")
class Claim(Node):
    @strawberry.field(description="What the claim is about.")
    async def subject(self, info: Info) -> LazyEntity:
        return await entity_of(info, self.row["subject"])

    @strawberry.field(description="What it says of its subject and object.")
    def predicate(self) -> Predicate:
        return Predicate(self.row["predicate"])

    @strawberry.field(description="What it relates its subject to.")
    async def object(self, info: Info) -> LazyEntity:
        return await entity_of(info, self.row["object"])

    @strawberry.field(description="The predicate's sign; null where it has none.")
    def direction(self) -> Direction | None:
        return Direction(self.row["direction"]) if self.row.get("direction") else None

    @strawberry.field(description="Whether the source denies it.")
    def negated(self) -> bool:
        return bool(self.row["negated"])

    @strawberry.field(description="How firmly the source says it.")
    def certainty(self) -> Certainty:
        return Certainty(self.row["certainty"])

    @strawberry.field(description="The kind of evidence, as the source states it.")
    def evidence_level(self) -> EvidenceLevel:
        return EvidenceLevel(self.row["evidenceLevel"])

    @strawberry.field(description="Curated, or proposed and not yet reviewed.")
    def status(self) -> ClaimStatus:
        return ClaimStatus(self.row["status"])

    @strawberry.field(description="The claim as one line in our own words.")
    def statement(self) -> str:
        return str(self.row["statement"])

    @strawberry.field(description="The setting in which it holds.")
    def context(self) -> ClaimContext:
        return ClaimContext(row=self.row)

    @strawberry.field(description="What the subject acts through.")
    async def mechanisms(self, info: Info) -> list[LazyEntity]:
        return [await entity_of(info, id_) for id_ in self.row["mechanisms"]]

    @strawberry.field(description="The places that it rests on.")
    def evidence(self) -> list[Evidence]:
        return [Evidence(row=row) for row in self.row["evidence"]]

    @strawberry.field(description="The markers that cover it; none: the source cites nothing for it.")
    def citations(self) -> list[Citation]:
        return [Citation(row=row) for row in self.row["citations"]]

    @strawberry.field(description="The information resource that makes the statement (Biolink).")
    def primary_knowledge_source(self) -> str:
        return str(self.row["primaryKnowledgeSource"])

    @strawberry.field(description="The level of knowledge (Biolink).")
    def knowledge_level(self) -> KnowledgeLevel:
        return KnowledgeLevel(self.row["knowledgeLevel"])

    @strawberry.field(description="Who made the statement (Biolink).")
    def agent_type(self) -> AgentType:
        return AgentType(self.row["agentType"])

    @strawberry.field(description="Claims that agree with it, oppose it, or explain it.")
    async def related(self, info: Info, kind: ClaimRelation) -> list[Claim]:
        found = await info.context.grouped(
            ("related", kind), lambda ids: reads.related_claims(ids, kind.value), self.row["id"]
        )
        return [Claim(row=row) for row in await info.context.claims(found.rows)]


@strawberry.type(description="An edge between two entities; what stands behind it is in its claims.")
class Relation:
    row: strawberry.Private[Row]

    @strawberry.field(description="The id.")
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.row["id"])

    @strawberry.field(description="Where the edge begins.")
    async def subject(self, info: Info) -> LazyEntity:
        return await entity_of(info, self.row["subject"])

    @strawberry.field(description="What it says.")
    def predicate(self) -> Predicate:
        return Predicate(self.row["predicate"])

    @strawberry.field(description="Where the edge ends.")
    async def object(self, info: Info) -> LazyEntity:
        return await entity_of(info, self.row["object"])

    @strawberry.field(description="The predicate's sign; null where it has none.")
    def direction(self) -> Direction | None:
        return Direction(self.row["direction"]) if self.row.get("direction") else None

    @strawberry.field(description="The sources that say it.")
    def sources(self) -> list[str]:
        return list(self.row["sources"])

    @strawberry.field(description="The publications that resolved citations lead to, as PMID or doi CURIEs.")
    def publications(self) -> list[strawberry.ID]:
        return [strawberry.ID(id_) for id_ in self.row["publications"]]

    @strawberry.field(description="The claims behind it, in the order of the text.")
    async def claims(self, info: Info) -> list[Claim]:
        return [Claim(row=row) for row in await info.context.claims(self.row["claimIds"])]
