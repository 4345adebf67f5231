"""GraphQL types of answers that are parts of the graph, and of the graph as a whole."""

from __future__ import annotations

import strawberry

from api.graphql.types.claims import Claim, Relation
from api.graphql.types.connections import PageInfo
from api.graphql.types.declare import leaf
from api.graphql.types.entities import Entity
from api.graphql.types.enums import EntityKind, Predicate


@strawberry.type(description="A text and the entity that it names.")
class Resolution:
    text: str = leaf("The text as given.")
    entity: Entity | None = leaf("The entity; null where none or several fit.")
    reason: str | None = leaf("Why there is no entity.")


@strawberry.type(description="A part of the graph.")
class Subgraph:
    nodes: list[Entity] = leaf("Entities, nearest first, then by id.")
    relations: list[Relation] = leaf("All relations among these entities that were asked for, by id.")
    truncated: bool = leaf("Whether the limit left entities out.")


@strawberry.type(description="A way from one entity to another.")
class Path:
    nodes: list[Entity] = leaf("The entities on the way.")
    relations: list[Relation] = leaf("The relation of each hop, in order.")
    mixed_context: bool = leaf(
        "Whether the hops hold in different diseases, so that the way may hold in none."
    )


@strawberry.type(description="What is stated between two entities.")
class Between:
    relations: list[Relation] = leaf("Relations between the two, either way, by id.")
    claims: list[Claim] = leaf("Claims with the two as subject and object, in the order of the text.")
    nearest: list[Entity] = leaf(
        "Where nothing is stated: entities that have relations with both, by id, at most 25."
    )
    searched: list[str] = leaf("The articles that were searched, by id.")


@strawberry.type(description="A match of a search.")
class SearchEdge:
    cursor: str = leaf("Give it as `after` to read what follows.")
    node: Entity = leaf("The entity.")
    score: float = leaf("How well it matches; comparable within one search only.")


@strawberry.type(description="A page of matches, best first.")
class SearchConnection:
    edges: list[SearchEdge] = leaf("The matches.")
    page_info: PageInfo = leaf("Where this page stands.")
    nodes: list[Entity] = leaf("The entities alone.")


@strawberry.type(description="How many entities are of a kind.")
class KindCount:
    kind: EntityKind = leaf("The kind.")
    count: int = leaf("The number.")


@strawberry.type(description="How many relations have a predicate.")
class PredicateCount:
    predicate: Predicate = leaf("The predicate.")
    count: int = leaf("The number.")


@strawberry.type(description="Something that was loaded.")
class GraphSource:
    id: strawberry.ID = leaf("The id; for an article that of the article.")
    title: str = leaf("The title.")
    version: str | None = leaf("The version of the data.")
    licence: str | None = leaf("The licence of the data (SPDX).")
    release: str | None = leaf("The hash of this source's part of the graph.")


@strawberry.type(description="The graph as a whole.")
class GraphInfo:
    release: str | None = leaf(
        "SHA-256 over entities, relations and claims, in any order; null for an empty graph."
    )
    generation: int = leaf("Raised by every write; caches hang on it.")
    built_at: str | None = leaf("When the release last changed (ISO 8601, UTC).")
    entities: int = leaf("The number of entities.")
    claims: int = leaf("The number of claims.")
    kinds: list[KindCount] = leaf("Entities by kind.")
    predicates: list[PredicateCount] = leaf("Relations by predicate.")
    sources: list[GraphSource] = leaf(
        "What was loaded, by id; while a load or removal is under way, only what something is there of."
    )
