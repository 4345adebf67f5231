"""The root of GraphQL: one field a door into the graph."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

import strawberry

from api.graphql.claims import Claim, Relation
from api.graphql.connections import Connection, PageInfo, read_page
from api.graphql.context import Context
from api.graphql.cursors import MAX_FIRST, order_of, page_of
from api.graphql.entities import TYPE_BY_KIND, Entity, entity
from api.graphql.enums import ClaimOrder, EntityKind, EntityOrder, Predicate
from api.graphql.filters import (
    ClaimFilter,
    EntityFilter,
    ReferenceFilter,
    RelationFilter,
    condition_of,
    refuse_role,
)
from api.graphql.node import Info, Node
from api.graphql.provenance import Article, Citation, Reference
from api.graphql.subgraphs import (
    Between,
    GraphInfo,
    GraphSource,
    KindCount,
    Path,
    PredicateCount,
    Resolution,
    SearchConnection,
    SearchEdge,
    Subgraph,
)
from graph.query import Order, Page
from graph.reads import claims as claim_reads
from graph.reads import entities as entity_reads
from graph.reads import info as info_reads
from graph.reads import provenance as provenance_reads
from graph.reads import subgraphs as subgraph_reads
from loaders.article.curated import BUILT_IN_ARTICLE
from schema.errors import InvalidQuery
from schema.kinds import KINDS, Kind

MAX_IDS = 1000
MAX_HOPS = 4
MAX_PATHS = 100
MAX_NODES = 2000

_POSITION = order_of("position")
_BY_ID = order_of("id")


def _limited(name: str, given: int, lowest: int, highest: int) -> int:
    if not lowest <= given <= highest:
        raise InvalidQuery(f"{name}: {given} is not allowed; {lowest} to {highest}", given=given)
    return given


async def _entity_page(
    context: Context, kind: str | None, filter_: EntityFilter | None, order: Order, page: Page
) -> Connection[Any]:
    condition = condition_of(filter_)
    return await read_page(
        context,
        order,
        page,
        entity_reads.entity_page(kind, condition, order, page),
        entity_reads.entity_count(kind, condition),
        make=entity,
    )


def _root(kind: Kind) -> Any:
    """Return the root field of a kind."""

    async def resolve(
        info: Info,
        filter: EntityFilter | None = None,  # noqa: A002 - the name is the contract's
        order_by: EntityOrder = EntityOrder.ID,
        first: int = 25,
        after: str | None = None,
    ) -> Any:
        order = order_of(order_by.value)
        return await _entity_page(info.context, kind.name, filter, order, page_of(first, after, order))

    connection: Any = Connection
    resolve.__annotations__["return"] = connection[TYPE_BY_KIND[kind.name]]
    return strawberry.field(resolver=resolve, name=kind.root, description=kind.description)


async def nodes_in_order(context: Context, ids: list[str]) -> list[Node | None]:
    """Return nodes of any type for ids, in their order; null where there is none."""
    _limited("ids", len(ids), 0, MAX_IDS)
    found: list[Node | None] = []
    for id_ in ids:
        if id_.startswith("mscev.claim:"):
            (row,) = await context.claims([id_])
            found.append(Claim(row=row) if row else None)
        elif id_.startswith("mscev."):
            other = await context.other(id_)
            found.append(_OTHER[other[0]](row=other[1]) if other else None)
        else:
            entity_row = await context.entity(id_)
            found.append(entity(entity_row) if entity_row else None)
    return found


_OTHER: dict[str, type[Node]] = {"Reference": Reference, "Citation": Citation, "Article": Article}


@strawberry.type
class Root:
    """The fields that are written out; the roots of the kinds are added from schema/."""

    @strawberry.field(description="Anything by its id; null where there is none.")
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:  # noqa: A002
        return (await nodes_in_order(info.context, [id]))[0]

    @strawberry.field(description="Up to 1,000 things by their ids, in the order of the ids.")
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        return await nodes_in_order(info.context, list(ids))

    @strawberry.field(description="An entity by its id or by any exact mapping; null where there is none.")
    async def entity(self, info: Info, id: strawberry.ID) -> Entity | None:  # noqa: A002
        ((row,),) = await info.context.read(entity_reads.entities_by_identifier([id]))
        return entity(row) if row else None

    @strawberry.field(description="Entities of all kinds.")
    async def entities(
        self,
        info: Info,
        filter: EntityFilter | None = None,  # noqa: A002 - the name is the contract's
        order_by: EntityOrder = EntityOrder.ID,
        first: int = 25,
        after: str | None = None,
    ) -> Connection[Entity]:
        order = order_of(order_by.value)
        return await _entity_page(info.context, None, filter, order, page_of(first, after, order))

    @strawberry.field(description="Entities for names, synonyms or identifiers, in the order of the texts.")
    async def resolve(self, info: Info, texts: list[str]) -> list[Resolution]:
        _limited("texts", len(texts), 0, MAX_IDS)
        found = await info.context.read(subgraph_reads.resolve(texts))
        return [_resolution(text, rows) for text, rows in zip(texts, found, strict=True)]

    @strawberry.field(description="Entities by words in their names, synonyms, forms and descriptions.")
    async def search(
        self,
        info: Info,
        text: str,
        kind: list[EntityKind] | None = None,
        first: int = 25,
        after: str | None = None,
    ) -> SearchConnection:
        _limited("first", first, 1, MAX_FIRST)
        skip = _offset(after)
        kinds = [one.value for one in kind] if kind is not None else None
        rows = await info.context.read(subgraph_reads.search(text, kinds, first, skip))
        edges = [
            SearchEdge(cursor=_offset_cursor(skip + i + 1), node=entity(row), score=score)
            for i, (row, score) in enumerate(rows[:first])
        ]
        return SearchConnection(
            edges=edges,
            page_info=PageInfo(
                has_next_page=len(rows) > first,
                has_previous_page=skip > 0,
                start_cursor=edges[0].cursor if edges else None,
                end_cursor=edges[-1].cursor if edges else None,
            ),
        )

    @strawberry.field(description="Claims, in the order of the text unless another order is named.")
    async def claims(
        self,
        info: Info,
        filter: ClaimFilter | None = None,  # noqa: A002 - the name is the contract's
        order_by: ClaimOrder = ClaimOrder.PLACE,
        first: int = 25,
        after: str | None = None,
    ) -> Connection[Claim]:
        refuse_role(filter)
        order = order_of(order_by.value)
        page = page_of(first, after, order)
        condition = condition_of(filter)
        return await read_page(
            info.context,
            order,
            page,
            claim_reads.claim_page(condition, order, page),
            claim_reads.claim_count(condition),
            make=lambda row: Claim(row=row),
        )

    @strawberry.field(description="Relations between entities.")
    async def relations(
        self,
        info: Info,
        filter: RelationFilter | None = None,  # noqa: A002 - the name is the contract's
        first: int = 25,
        after: str | None = None,
    ) -> Connection[Relation]:
        page = page_of(first, after, _BY_ID)
        condition = condition_of(filter)
        return await read_page(
            info.context,
            _BY_ID,
            page,
            claim_reads.relation_page(condition, page),
            claim_reads.relation_count(condition),
            make=lambda row: Relation(row=row),
        )

    @strawberry.field(description="What is stated between two entities; else what is nearest.")
    async def between(self, info: Info, a: strawberry.ID, b: strawberry.ID) -> Between:
        found = await info.context.read(subgraph_reads.between(a, b))
        if found is None:
            raise InvalidQuery(f"between: {a!r} or {b!r} is not the id of an entity", given=[a, b])
        stated = found["relations"] or found["claims"]
        return Between(
            relations=[Relation(row=row) for row in found["relations"]],
            claims=[Claim(row=row) for row in await info.context.claims(found["claims"])],
            nearest=[] if stated else [entity(row) for row in found["nearest"]],
            searched=found["searched"],
        )

    @strawberry.field(description="An article; the built-in one without an id.")
    async def article(self, info: Info, id: strawberry.ID | None = None) -> Article | None:  # noqa: A002
        rows = await info.context.read(provenance_reads.articles([id or BUILT_IN_ARTICLE]))
        return Article(row=rows[0]) if rows else None

    @strawberry.field(description="All articles.")
    async def articles(self, info: Info) -> list[Article]:
        return [Article(row=row) for row in await info.context.read(provenance_reads.articles())]

    @strawberry.field(description="Printed references, in the order of their lists.")
    async def references(
        self,
        info: Info,
        filter: ReferenceFilter | None = None,  # noqa: A002 - the name is the contract's
        first: int = 25,
        after: str | None = None,
    ) -> Connection[Reference]:
        page = page_of(first, after, _POSITION)
        condition = condition_of(filter)
        return await read_page(
            info.context,
            _POSITION,
            page,
            provenance_reads.reference_page(condition, _POSITION, page),
            provenance_reads.reference_count(condition),
            make=lambda row: Reference(row=row),
        )

    @strawberry.field(description="An in-text marker of an article; of the built-in one without an id.")
    async def citation(
        self, info: Info, marker: int, article: strawberry.ID | None = None
    ) -> Citation | None:
        row = await info.context.read(provenance_reads.citation(marker, article or BUILT_IN_ARTICLE))
        return Citation(row=row) if row else None

    @strawberry.field(description="Ways from one entity to another, shortest first, without loops.")
    async def paths(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from")],
        to: strawberry.ID,
        max_hops: int = 4,
        first: int = 10,
    ) -> list[Path]:
        _limited("maxHops", max_hops, 1, MAX_HOPS)
        _limited("first", first, 1, MAX_PATHS)
        found = await info.context.read(subgraph_reads.paths(from_, to, max_hops, first))
        return [
            Path(
                nodes=[entity(row) for row in await info.context.entities(path["nodes"])],
                relations=[Relation(row=row) for row in path["relations"]],
                mixed_context=path["mixedContext"],
            )
            for path in found
        ]

    @strawberry.field(description="What lies around entities.")
    async def neighborhood(
        self, info: Info, ids: list[strawberry.ID], hops: int = 1, limit: int = 200
    ) -> Subgraph:
        _limited("ids", len(ids), 1, MAX_IDS)
        _limited("hops", hops, 0, MAX_HOPS)
        _limited("limit", limit, 1, MAX_NODES)
        found = await info.context.read(subgraph_reads.neighborhood(ids, hops, limit, None))
        return Subgraph(
            nodes=[entity(row) for row in found["nodes"]],
            relations=[Relation(row=row) for row in found["relations"]],
            truncated=found["truncated"],
        )

    @strawberry.field(description="The graph as a whole: release, counts, sources.")
    async def graph(self, info: Info) -> GraphInfo:
        found = await info.context.read(info_reads.GRAPH)
        return GraphInfo(
            release=found["release"],
            generation=found["generation"] or 0,
            built_at=found["builtAt"],
            entities=found["entities"],
            claims=found["claims"],
            kinds=[KindCount(kind=EntityKind(name), count=n) for name, n in found["kinds"]],
            predicates=[
                PredicateCount(predicate=Predicate(name), count=n) for name, n in found["predicates"]
            ],
            sources=[
                GraphSource(
                    id=strawberry.ID(row["id"]),
                    title=row["title"],
                    version=row.get("version"),
                    licence=row.get("licence"),
                    release=row.get("release"),
                )
                for row in found["sources"]
            ],
        )


def _resolution(text: str, rows: list[dict[str, Any]]) -> Resolution:
    exact = [row for row in rows if text in (row["id"], row["name"])]
    fitting = exact if len(exact) == 1 else rows
    if len(fitting) == 1:
        return Resolution(text=text, entity=entity(fitting[0]), reason=None)
    names = ", ".join(row["id"] for row in fitting[:5])
    reason = f"names {len(fitting)} entities: {names}" if fitting else "names no entity"
    return Resolution(text=text, entity=None, reason=reason)


def _offset_cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"search:{offset}".encode()).decode()


def _offset(after: str | None) -> int:
    """Return how many matches to skip: a search has no key to page by but its own order."""
    if after is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(after).decode().removeprefix("search:"))
    except (binascii.Error, ValueError):
        raise InvalidQuery(f"after: {after!r} is not a cursor of a search", given=after) from None


Query = strawberry.type(
    type("Query", (Root,), {kind.root: _root(kind) for kind in KINDS}), description="What can be asked."
)
