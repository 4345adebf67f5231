"""GraphQL types of entities: the interface, and one concrete type for each kind in schema/."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.graphql.types.claims import Attribute, Claim, Relation
from api.graphql.types.connections import Connection, PageInfo
from api.graphql.types.declare import After, First, argument, field, leaf
from api.graphql.types.enums import FOREIGN_KIND, ClaimOrder, EntityKind, Predicate, RelationEnd
from api.graphql.types.filters import ClaimFilter, EntityFilter
from api.graphql.types.node import Node
from api.graphql.types.provenance import Mention
from schema.enums import MappingMatch
from schema.kinds import KINDS, Kind, Property


@strawberry.type(description="A public identifier of an entity and how well it fits.")
class Mapping:
    id: strawberry.ID = leaf("The CURIE, such as UniProtKB:P05231.")
    label: str | None = leaf("The label at its source.")
    match: MappingMatch = leaf("How well it fits.")
    source: str = leaf("The ontology or database that defines it.")
    version: str | None = leaf("The release that it was checked against.")


@strawberry.interface(description="Something that claims speak of.")
class Entity(Node):
    name: str = leaf("The preferred name.")
    kind: EntityKind = leaf("The kind.")
    category: str = leaf("The Biolink class, such as biolink:Disease.")
    synonyms: list[str] = leaf("Other names of the same thing.")
    as_written: list[str] = leaf("The forms that the sources use.")
    description: str | None = leaf("What it is, in our own words.")
    composition: list[str] = leaf("For a local term: the public terms it is composed of (GO, RO, CL …).")
    mappings: list[Mapping] = leaf("Public identifiers and how well they fit, by id.")
    url: str | None = leaf("A page about its id; null for local ids.")
    ancestors: list[Entity] = leaf("What it is a kind of, by the ontologies; nearest first.")
    descendants: list[Entity] = leaf("What is a kind of it, by the ontologies; nearest first.")

    @field
    def claims(
        self,
        filter: Annotated[  # noqa: A002 - the name is the contract's
            ClaimFilter | None,
            argument("Which claims; `role` names the parts that the entity plays in them."),
        ] = UNSET,
        order_by: Annotated[
            ClaimOrder | None, argument("In which order; in that of the text when left out.")
        ] = ClaimOrder.PLACE,
        first: First = 25,
        after: After = UNSET,
    ) -> Connection[Claim]:
        """The claims it plays a part in: as subject or object, or in `filter.role`."""

    @field
    def mentions(self, first: First = 25, after: After = UNSET) -> Connection[Mention]:
        """The sentences that name it, in the order of the text."""

    @field
    def neighbors(
        self,
        filter: Annotated[EntityFilter | None, argument("Which neighbours.")] = UNSET,  # noqa: A002
        predicate: Annotated[
            list[Predicate] | None, argument("Only by relations with one of these predicates.")
        ] = UNSET,
        role: Annotated[
            RelationEnd | None, argument("The end that this entity is at; either one when left out.")
        ] = UNSET,
        first: First = 25,
        after: After = UNSET,
    ) -> NeighborConnection:
        """The entities that it has relations with, and those relations, by the neighbour's id."""


@strawberry.type(description="A neighbour, and the relations to it.")
class NeighborEdge:
    cursor: str = leaf("Give it as `after` to read what follows.")
    node: Entity = leaf("The neighbour.")
    relations: list[Relation] = leaf("All relations between the two that were asked for, by id.")


@strawberry.type(description="A page of neighbours.")
class NeighborConnection:
    edges: list[NeighborEdge] = leaf("The neighbours with their relations.")
    page_info: PageInfo = leaf("Where this page stands.")
    nodes: list[Entity] = leaf("The neighbours alone.")
    total_count: int = leaf("The number of all neighbours; counted only when selected.")


def _type_of(kind: Kind) -> type[Entity]:
    body = {prop.name: leaf(_description(prop), prop.name) for prop in kind.properties}
    annotations = {prop.name: _annotation(prop) for prop in kind.properties}
    description = f"{kind.description} Ids: {', '.join(kind.prefixes)}, else mscev."
    made = type(kind.name, (Entity,), {**body, "__annotations__": annotations, "__module__": __name__})
    return strawberry.type(made, description=description)


def _description(prop: Property) -> str:
    return prop.description + (f" In {prop.unit}." if prop.unit else "")


def _annotation(prop: Property) -> Any:
    type_: Any = prop.type
    return list[type_] if prop.many else type_ | None


TYPE_BY_KIND: dict[str, type[Entity]] = {kind.name: _type_of(kind) for kind in KINDS}


@strawberry.type(description="An entity of a Biolink class that is none of ours; see `category`.")
class NamedThing(Entity):
    attributes: list[Attribute] = leaf("The columns of its graph that have no field of their own, by name.")


ENTITY_TYPES: list[type[Entity]] = [*TYPE_BY_KIND.values(), NamedThing]
assert NamedThing.__name__ == FOREIGN_KIND  # noqa: S101 - the enum names the type
