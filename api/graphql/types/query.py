"""The root of GraphQL: one field a door into the graph."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.graphql.types.claims import Claim, Relation
from api.graphql.types.connections import Connection
from api.graphql.types.declare import After, First, argument, field
from api.graphql.types.entities import TYPE_BY_KIND, Entity
from api.graphql.types.enums import ClaimOrder, EntityKind, EntityOrder, Predicate
from api.graphql.types.filters import ClaimFilter, EntityFilter, ReferenceFilter, RelationFilter
from api.graphql.types.node import Node
from api.graphql.types.provenance import Article, Citation, Reference
from api.graphql.types.subgraphs import Between, GraphInfo, Path, Resolution, SearchConnection, Subgraph
from schema.kinds import KINDS, Kind

Entities = Annotated[EntityFilter | None, argument("Which entities.")]
EntitiesBy = Annotated[EntityOrder | None, argument("In which order; by id when left out.")]
ArticleId = Annotated[
    strawberry.ID | None, argument("The article's id (mscev.article:); the built-in one without.")
]


def _root(kind: Kind) -> Any:
    """Declare the root field of a kind."""

    def declared(
        self: Any,
        filter: Entities = UNSET,  # noqa: A002 - the name is the contract's
        order_by: EntitiesBy = EntityOrder.ID,
        first: First = 25,
        after: After = UNSET,
    ) -> Any:
        raise NotImplementedError

    connection: Any = Connection
    declared.__annotations__["return"] = connection[TYPE_BY_KIND[kind.name]]
    return strawberry.field(declared, name=kind.root, description=kind.description)


@strawberry.type
class Root:
    """The fields that are written out; the roots of the kinds are added from schema/."""

    @field
    def node(self, id: Annotated[strawberry.ID, argument("The id.")]) -> Node | None:  # noqa: A002
        """Anything by its id; null where there is none."""

    @field
    def nodes(
        self, ids: Annotated[list[strawberry.ID], argument("The ids, at most 1,000.")]
    ) -> list[Node | None]:
        """Up to 1,000 things by their ids, in the order of the ids; null where there is none."""

    @field
    def entity(
        self,
        id: Annotated[strawberry.ID, argument("The id, or an exact mapping.")],  # noqa: A002
    ) -> Entity | None:
        """An entity by its id or by any exact mapping; null where there is none."""

    @field
    def entities(
        self,
        filter: Entities = UNSET,  # noqa: A002
        order_by: EntitiesBy = EntityOrder.ID,
        first: First = 25,
        after: After = UNSET,
    ) -> Connection[Entity]:
        """Entities of all kinds."""

    @field
    def resolve(
        self,
        texts: Annotated[list[str], argument("Names, synonyms, written forms or CURIEs, at most 1,000.")],
    ) -> list[Resolution]:
        """Entities for names, synonyms or identifiers, in the order of the texts."""

    @field
    def search(
        self,
        text: Annotated[str, argument("Words; each must occur, whole or as a beginning.")],
        kind: Annotated[list[EntityKind] | None, argument("Only these kinds.")] = UNSET,
        first: First = 25,
        after: After = UNSET,
    ) -> SearchConnection:
        """Entities by words in their names, synonyms, forms and descriptions, best first."""

    @field
    def claims(
        self,
        filter: Annotated[ClaimFilter | None, argument("Which claims.")] = UNSET,  # noqa: A002
        order_by: Annotated[
            ClaimOrder | None, argument("In which order; in that of the text when left out.")
        ] = ClaimOrder.PLACE,
        first: First = 25,
        after: After = UNSET,
    ) -> Connection[Claim]:
        """Claims, in the order of the text unless another order is named."""

    @field
    def relations(
        self,
        filter: Annotated[RelationFilter | None, argument("Which relations.")] = UNSET,  # noqa: A002
        first: First = 25,
        after: After = UNSET,
    ) -> Connection[Relation]:
        """Relations between entities, by id."""

    @field
    def between(
        self,
        a: Annotated[strawberry.ID, argument("An entity's id.")],
        b: Annotated[strawberry.ID, argument("Another entity's id.")],
    ) -> Between:
        """What is stated between two entities; else what is nearest."""

    @field
    def article(self, id: ArticleId = UNSET) -> Article | None:  # noqa: A002
        """An article; the built-in one without an id."""

    @field
    def articles(self) -> list[Article]:
        """All articles, by id."""

    @field
    def references(
        self,
        filter: Annotated[ReferenceFilter | None, argument("Which references.")] = UNSET,  # noqa: A002
        first: First = 25,
        after: After = UNSET,
    ) -> Connection[Reference]:
        """Printed references, in the order of their lists."""

    @field
    def citation(
        self,
        marker: Annotated[int, argument("The number in the text.")],
        article: ArticleId = UNSET,
    ) -> Citation | None:
        """An in-text marker of an article; of the built-in one without an id."""

    @field
    def paths(
        self,
        from_: Annotated[strawberry.ID, argument("The entity's id to start from.", "from")],
        to: Annotated[strawberry.ID, argument("The entity's id to reach.")],
        max_hops: Annotated[int | None, argument("How many relations at most, 1 to 4.")] = 4,
        first: Annotated[int | None, argument("How many ways at most, 1 to 100.")] = 10,
    ) -> list[Path]:
        """Ways from one entity to another, shortest first, without loops."""

    @field
    def neighborhood(
        self,
        ids: Annotated[
            list[strawberry.ID], argument("Entities' ids, at most 1,000; none: the whole graph, by id.")
        ],
        hops: Annotated[int | None, argument("How many relations away at most, 0 to 4.")] = 1,
        limit: Annotated[int | None, argument("How many entities at most, 1 to 2,000.")] = 200,
        kind: Annotated[list[EntityKind] | None, argument("Only these kinds, beside `ids`.")] = UNSET,
        predicate: Annotated[
            list[Predicate] | None, argument("Only by relations with one of these predicates.")
        ] = UNSET,
    ) -> Subgraph:
        """What lies around entities."""

    @field
    def graph(self) -> GraphInfo:
        """The graph as a whole: release, counts, sources."""


Query = strawberry.type(
    type("Query", (Root,), {kind.root: _root(kind) for kind in KINDS}), description="What can be asked."
)
