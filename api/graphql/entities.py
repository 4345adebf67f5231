"""GraphQL types of entities: the interface, and one concrete type for each kind in schema/."""

from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.claims import Claim, Relation
from api.graphql.connections import Connection, Count, PageInfo, connect, known, page_info
from api.graphql.cursors import cursor_of, order_of, page_of
from api.graphql.enums import FOREIGN_KIND, ClaimOrder, EntityKind
from api.graphql.filters import ClaimFilter, EntityFilter, condition_of, roles_of
from api.graphql.node import Info, Node, Row
from api.graphql.provenance import Mention
from graph.reads import claims as claim_reads
from graph.reads import entities as reads
from schema.enums import MappingMatch
from schema.ids import url_of
from schema.kinds import KINDS, Kind, Property

_BY_ID = order_of("id")
_BY_PLACE = order_of("place")


@strawberry.type(description="A public identifier of an entity and how well it fits.")
class Mapping:
    id: strawberry.ID = strawberry.field(description="The CURIE.")
    label: str | None = strawberry.field(description="The label at its source.")
    match: MappingMatch = strawberry.field(description="How well it fits.")
    source: str = strawberry.field(description="The ontology or database that defines it.")
    version: str | None = strawberry.field(description="The release that it was checked against.")


@strawberry.interface(description="Something that claims speak of.")
class Entity(Node):
    @strawberry.field(description="The preferred name.")
    def name(self) -> str:
        return str(self.row["name"])

    @strawberry.field(description="The kind.")
    def kind(self) -> EntityKind:
        return EntityKind(self.row["kind"])

    @strawberry.field(description="The Biolink class.")
    def category(self) -> str:
        return str(self.row["category"])

    @strawberry.field(description="Other names of the same thing.")
    def synonyms(self) -> list[str]:
        return list(self.row.get("synonyms") or ())

    @strawberry.field(description="The forms that the sources use.")
    def as_written(self) -> list[str]:
        return list(self.row.get("asWritten") or ())

    @strawberry.field(description="What it is, in our own words.")
    def description(self) -> str | None:
        return self.row.get("description")

    @strawberry.field(description="For a local term: the public terms it is composed of (GO, RO, CL …).")
    def composition(self) -> list[str]:
        return list(self.row.get("composition") or ())

    @strawberry.field(description="Public identifiers and how well they fit.")
    def mappings(self) -> list[Mapping]:
        return [
            Mapping(
                id=strawberry.ID(row["id"]),
                label=row["label"],
                match=MappingMatch(row["match"]),
                source=row["source"],
                version=row["version"],
            )
            for row in self.row["mappings"]
        ]

    @strawberry.field(description="A page about its id; null for local ids.")
    def url(self) -> str | None:
        return url_of(self.row["id"])

    @strawberry.field(description="What it is a kind of, by the ontologies; nearest first.")
    async def ancestors(self, info: Info) -> list[Entity]:
        found = await info.context.grouped("up", lambda ids: reads.lineage(ids, up=True), self.row["id"])
        return [entity(row) for row in found.rows]

    @strawberry.field(description="What is a kind of it, by the ontologies; nearest first.")
    async def descendants(self, info: Info) -> list[Entity]:
        found = await info.context.grouped("down", lambda ids: reads.lineage(ids, up=False), self.row["id"])
        return [entity(row) for row in found.rows]

    @strawberry.field(description="The claims it plays a part in: as subject or object, or in `filter.role`.")
    async def claims(
        self,
        info: Info,
        filter: ClaimFilter | None = None,  # noqa: A002 - the name is the contract's
        order_by: ClaimOrder = ClaimOrder.PLACE,
        first: int = 25,
        after: str | None = None,
    ) -> Connection[Claim]:
        order = order_of(order_by.value)
        page = page_of(first, after, order)
        roles, condition = roles_of(filter), condition_of(filter)
        found = await info.context.grouped(
            ("claims", roles, repr(condition), order, page),
            lambda ids: claim_reads.claims_of(ids, roles, condition, order, page),
            self.row["id"],
        )
        return connect(found.rows, order, page, lambda row: Claim(row=row), known(found.total))

    @strawberry.field(description="The sentences that name it, in the order of the text.")
    async def mentions(self, info: Info, first: int = 25, after: str | None = None) -> Connection[Mention]:
        page = page_of(first, after, _BY_PLACE)
        found = await info.context.grouped(
            ("mentions", page), lambda ids: reads.mentions(ids, page), self.row["id"]
        )
        return connect(found.rows, _BY_PLACE, page, lambda row: Mention(row=row), known(found.total))

    @strawberry.field(description="The entities that it has relations with, and those relations.")
    async def neighbors(
        self,
        info: Info,
        filter: EntityFilter | None = None,  # noqa: A002 - the name is the contract's
        first: int = 25,
        after: str | None = None,
    ) -> NeighborConnection:
        page = page_of(first, after, _BY_ID)
        condition = condition_of(filter)
        found = await info.context.grouped(
            ("neighbors", repr(condition), page),
            lambda ids: reads.neighbors(ids, condition, page),
            self.row["id"],
        )
        edges = [
            NeighborEdge(
                cursor=cursor_of(_BY_ID, row),
                node=entity(row),
                relations=[Relation(row=relation) for relation in relations],
            )
            for row, relations in found.rows[:first]
        ]
        info_ = page_info([edge.cursor for edge in edges], page, more=len(found.rows) > first)
        return NeighborConnection(edges=edges, page_info=info_, count=known(found.total))


@strawberry.type(description="A neighbour, and the relations to it.")
class NeighborEdge:
    cursor: str = strawberry.field(description="Give it as `after` to read what follows.")
    node: Entity = strawberry.field(description="The neighbour.")
    relations: list[Relation] = strawberry.field(description="All relations between the two.")


@strawberry.type(description="A page of neighbours.")
class NeighborConnection:
    edges: list[NeighborEdge] = strawberry.field(description="The neighbours with their relations.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    count: strawberry.Private[Count]

    @strawberry.field(description="The neighbours alone.")
    def nodes(self) -> list[Entity]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="The number of all neighbours.")
    async def total_count(self) -> int:
        return await self.count()


def _resolver(prop: Property) -> Any:
    type_: Any = prop.type
    if prop.many:

        def resolve(root: Any) -> Any:
            return [type_(value) for value in root.row.get(prop.name) or ()]

        resolve.__annotations__["return"] = list[type_]
    else:

        def resolve(root: Any) -> Any:
            return root.row.get(prop.name)

        resolve.__annotations__["return"] = type_ | None
    unit = f" In {prop.unit}." if prop.unit else ""
    return strawberry.field(resolver=resolve, name=prop.name, description=prop.description + unit)


def _type_of(kind: Kind) -> type[Entity]:
    body = {prop.name: _resolver(prop) for prop in kind.properties}
    description = f"{kind.description} Ids: {', '.join(kind.prefixes)}, else mscev."
    return strawberry.type(type(kind.name, (Entity,), body), description=description)


TYPE_BY_KIND: dict[str, type[Entity]] = {kind.name: _type_of(kind) for kind in KINDS}


@strawberry.type(description="An entity of a Biolink class that is none of ours; see `category`.")
class NamedThing(Entity):
    pass


def entity(row: Row) -> Entity:
    """Return a row as an entity of its kind's type."""
    return TYPE_BY_KIND.get(row["kind"], NamedThing)(row=row)


ENTITY_TYPES: list[type[Entity]] = [*TYPE_BY_KIND.values(), NamedThing]
assert NamedThing.__name__ == FOREIGN_KIND  # noqa: S101 - the enum names the type
