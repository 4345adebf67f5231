"""GraphQL types of answers that are parts of the graph, and of the graph as a whole."""

from __future__ import annotations

import strawberry

from api.graphql.claims import Claim, Relation
from api.graphql.connections import PageInfo
from api.graphql.entities import Entity
from api.graphql.enums import EntityKind, Predicate


@strawberry.type(description="A text and the entity that it names.")
class Resolution:
    text: str = strawberry.field(description="The text as given.")
    entity: Entity | None = strawberry.field(description="The entity; null where none or several fit.")
    reason: str | None = strawberry.field(description="Why there is no entity.")


@strawberry.type(description="A part of the graph.")
class Subgraph:
    nodes: list[Entity] = strawberry.field(description="Entities, nearest first, then by id.")
    relations: list[Relation] = strawberry.field(description="All relations among these entities.")
    truncated: bool = strawberry.field(description="Whether the limit left entities out.")


@strawberry.type(description="A way from one entity to another.")
class Path:
    nodes: list[Entity] = strawberry.field(description="The entities on the way.")
    relations: list[Relation] = strawberry.field(description="The relation of each hop, in order.")
    mixed_context: bool = strawberry.field(
        description="Whether the hops hold in different diseases, so that the way may hold in none."
    )


@strawberry.type(description="What is stated between two entities.")
class Between:
    relations: list[Relation] = strawberry.field(description="Relations between the two, either way.")
    claims: list[Claim] = strawberry.field(description="Claims with the two as subject and object.")
    nearest: list[Entity] = strawberry.field(
        description="Where nothing is stated: entities that have relations with both, at most 25."
    )
    searched: list[str] = strawberry.field(description="The articles that were searched.")


@strawberry.type(description="A match of a search.")
class SearchEdge:
    cursor: str = strawberry.field(description="Give it as `after` to read what follows.")
    node: Entity = strawberry.field(description="The entity.")
    score: float = strawberry.field(description="How well it matches; comparable within one search only.")


@strawberry.type(description="A page of matches, best first.")
class SearchConnection:
    edges: list[SearchEdge] = strawberry.field(description="The matches.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")

    @strawberry.field(description="The entities alone.")
    def nodes(self) -> list[Entity]:
        return [edge.node for edge in self.edges]


@strawberry.type(description="How many entities are of a kind.")
class KindCount:
    kind: EntityKind = strawberry.field(description="The kind.")
    count: int = strawberry.field(description="The number.")


@strawberry.type(description="How many relations have a predicate.")
class PredicateCount:
    predicate: Predicate = strawberry.field(description="The predicate.")
    count: int = strawberry.field(description="The number.")


@strawberry.type(description="Something that was loaded.")
class GraphSource:
    id: strawberry.ID = strawberry.field(description="The id; for an article that of the article.")
    title: str = strawberry.field(description="The title.")
    version: str | None = strawberry.field(description="The version of the data.")
    licence: str | None = strawberry.field(description="The licence of the data (SPDX).")
    release: str | None = strawberry.field(description="The hash of this source's part of the graph.")


@strawberry.type(description="The graph as a whole.")
class GraphInfo:
    release: str | None = strawberry.field(
        description="SHA-256 over entities, relations and claims, in any order; null for an empty graph."
    )
    generation: int = strawberry.field(description="Raised by every write; caches hang on it.")
    built_at: str | None = strawberry.field(description="When the release last changed (ISO 8601, UTC).")
    entities: int = strawberry.field(description="The number of entities.")
    claims: int = strawberry.field(description="The number of claims.")
    kinds: list[KindCount] = strawberry.field(description="Entities by kind.")
    predicates: list[PredicateCount] = strawberry.field(description="Relations by predicate.")
    sources: list[GraphSource] = strawberry.field(description="What was loaded.")
