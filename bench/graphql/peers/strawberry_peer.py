"""Plain Strawberry over the async driver: typed objects, DataLoaders, FastAPI on uvicorn.

What a Python team writes first, with the settings that it would find: parsed and validated documents are
kept, one query a loader and level, `execute_query` as the driver's documents have it, orjson for the answer.
"""

from __future__ import annotations

import argparse
import base64
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

import neo4j
import orjson
import strawberry
from fastapi import FastAPI
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.fastapi import GraphQLRouter
from strawberry.types import Info

from bench.graphql.serving import serve
from graph.cypher.lucene import words_query
from graph.indexes import ENTITY_TEXT
from graph.vocabulary import relation_type

Run = Callable[..., Awaitable[list[neo4j.Record]]]
Neighbours = tuple[str, tuple[str, ...], int]


@strawberry.enum
class Predicate(Enum):
    """The predicate that is asked for."""

    INCREASES = "INCREASES"


@strawberry.enum
class RelationEnd(Enum):
    """The end that is asked for."""

    SUBJECT = "SUBJECT"


_NEIGHBORS = """
    UNWIND $ids AS id
    MATCH (e:Entity {{id: id}})
    CALL (e) {{ MATCH (e)-[r:{types}]->(n:Entity) RETURN r, n ORDER BY n.id LIMIT $first }}
    RETURN id, n.id AS neighbor, n.name AS name, n.category AS category, r.id AS relation
"""
_PROTEINS = """
    MATCH (n:Protein) WHERE n.id > $after
    RETURN n.id AS id, n.name AS name, n.category AS category ORDER BY n.id LIMIT $first
"""
_SEARCH = f"""
    CALL db.index.fulltext.queryNodes('{ENTITY_TEXT}', $text, {{limit: $first}}) YIELD node, score
    RETURN score, node.id AS id, node.name AS name, node.category AS category
"""
_CLAIMS = """
    MATCH (c:Claim) WHERE c.place IS NOT NULL AND c.status = 'CURATED'
    RETURN c.id AS id, c.statement AS statement, c.negated AS negated, c.certainty AS certainty,
           c.predicate AS predicate ORDER BY c.place, c.id LIMIT $first
"""
_END = """
    UNWIND $ids AS id MATCH (:Claim {{id: id}})-[:{type}]->(n:Entity)
    RETURN id, n.id AS entity, n.name AS name, n.category AS category
"""
_EVIDENCE = """
    UNWIND $ids AS id MATCH (:Claim {id: id})-[:STATED_IN]->(s:Sentence)-[:PART_OF]->(t:Section)
    RETURN id, t.title AS section, s.block AS paragraph, s.sentence AS sentence ORDER BY s.id
"""
_CITATIONS = """
    UNWIND $ids AS id MATCH (:Claim {id: id})-[:CITES]->(f:Citation)
    OPTIONAL MATCH (f)-[:RESOLVED_TO]->(r:Reference)
    RETURN id, f.label AS label, f.status AS status, r.id AS reference, r.title AS title, r.doi AS doi
    ORDER BY f.marker, f.label
"""


class Loaders:
    """The loaders of one request: each sends what was asked for at one level as one query."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.neighbors: DataLoader[Neighbours, list[NeighborEdge]] = DataLoader(self._neighbors)
        self.subjects: DataLoader[str, Entity] = DataLoader(lambda ids: self._ends("SUBJECT", ids))
        self.objects: DataLoader[str, Entity] = DataLoader(lambda ids: self._ends("OBJECT", ids))
        self.evidence: DataLoader[str, list[Evidence]] = DataLoader(self._evidence)
        self.citations: DataLoader[str, list[Citation]] = DataLoader(self._citations)

    async def _neighbors(self, keys: list[Neighbours]) -> list[list[NeighborEdge]]:
        found: dict[Neighbours, list[NeighborEdge]] = {key: [] for key in keys}
        for types, first in {key[1:] for key in keys}:
            ids = [key[0] for key in keys if key[1:] == (types, first)]
            pattern = "|".join(relation_type(name) for name in types)
            for row in await self.run(_NEIGHBORS.format(types=pattern), ids=ids, first=first):
                node = _entity_of(row, "neighbor")
                edge = NeighborEdge(node=node, relations=[Relation(id=row["relation"])])
                found[row["id"], types, first].append(edge)
        return [found[key] for key in keys]

    async def _ends(self, type_: str, ids: list[str]) -> list[Entity]:
        rows = await self.run(_END.format(type=type_), ids=ids)
        found = {row["id"]: _entity_of(row, "entity") for row in rows}
        return [found[id_] for id_ in ids]

    async def _evidence(self, ids: list[str]) -> list[list[Evidence]]:
        found: dict[str, list[Evidence]] = {id_: [] for id_ in ids}
        for row in await self.run(_EVIDENCE, ids=ids):
            found[row["id"]].append(
                Evidence(section=row["section"], paragraph=row["paragraph"], sentence=row["sentence"])
            )
        return [found[id_] for id_ in ids]

    async def _citations(self, ids: list[str]) -> list[list[Citation]]:
        found: dict[str, list[Citation]] = {id_: [] for id_ in ids}
        for row in await self.run(_CITATIONS, ids=ids):
            reference = Reference(title=row["title"], doi=row["doi"]) if row["reference"] else None
            found[row["id"]].append(Citation(label=row["label"], status=row["status"], reference=reference))
        return [found[id_] for id_ in ids]


def _loaders(info: Info[Any, Any]) -> Loaders:
    loaders: Loaders = info.context["loaders"]
    return loaders


@strawberry.type
class Relation:
    """A relation."""

    id: strawberry.ID


@strawberry.type
class NeighborEdge:
    """A neighbour and the relations to it."""

    node: Entity
    relations: list[Relation]


@strawberry.type
class NeighborConnection:
    """Neighbours by id."""

    edges: list[NeighborEdge]
    nodes: list[Entity]


async def _neighbors(
    root: Entity,
    info: Info[Any, Any],
    predicate: list[Predicate],
    role: RelationEnd,  # noqa: ARG001 - the only end that is asked for
    first: int = 25,
) -> NeighborConnection:
    key = (root.id, tuple(p.value for p in predicate), first)
    edges = await _loaders(info).neighbors.load(key)
    return NeighborConnection(edges=edges, nodes=[edge.node for edge in edges])


@strawberry.type
class Entity:
    """An entity."""

    id: strawberry.ID
    name: str
    category: str
    neighbors: NeighborConnection = strawberry.field(resolver=_neighbors)


def _entity_of(row: neo4j.Record, id_: str = "id") -> Entity:
    return Entity(id=row[id_], name=row["name"], category=row["category"])


@strawberry.type
class PageInfo:
    """Where a page stands."""

    end_cursor: str | None
    has_next_page: bool


@strawberry.input
class StringFilter:
    """Tests of a text."""

    contains: str


@strawberry.input
class EntityFilter:
    """Tests of an entity."""

    name: StringFilter


async def _total(root: ProteinConnection, info: Info[Any, Any]) -> int:
    where = "WHERE n.name CONTAINS $word" if root.word is not None else ""
    text = f"MATCH (n:Protein) {where} RETURN count(n) AS total"
    rows = await _loaders(info).run(text, word=root.word)
    return int(rows[0]["total"])


async def _page(root: ProteinConnection, info: Info[Any, Any]) -> list[Entity]:
    if root.found is None:
        rows = await _loaders(info).run(_PROTEINS, after=root.after, first=root.first + 1)
        root.found = [_entity_of(row) for row in rows]
    return root.found[: root.first]


async def _page_info(root: ProteinConnection, info: Info[Any, Any]) -> PageInfo:
    nodes = await _page(root, info)
    cursor = orjson.dumps(["id", False, nodes[-1].id, nodes[-1].id]) if nodes else None
    return PageInfo(
        end_cursor=base64.urlsafe_b64encode(cursor).decode() if cursor else None,
        has_next_page=len(root.found or ()) > root.first,
    )


@strawberry.type
class ProteinConnection:
    """A page of proteins by id; read and counted only when selected."""

    word: strawberry.Private[str | None]
    first: strawberry.Private[int]
    after: strawberry.Private[str]
    found: strawberry.Private[list[Entity] | None] = None
    nodes: list[Entity] = strawberry.field(resolver=_page)
    page_info: PageInfo = strawberry.field(resolver=_page_info)
    total_count: int = strawberry.field(resolver=_total)


@strawberry.type
class SearchEdge:
    """A found entity."""

    node: Entity
    score: float


@strawberry.type
class SearchConnection:
    """What was found, best first."""

    edges: list[SearchEdge]


@strawberry.type
class Evidence:
    """A place."""

    section: str
    paragraph: int
    sentence: int


@strawberry.type
class Reference:
    """A printed reference."""

    title: str | None
    doi: str | None


@strawberry.type
class Citation:
    """A citation."""

    label: str
    status: str
    reference: Reference | None


async def _subject(root: Claim, info: Info[Any, Any]) -> Entity:
    return await _loaders(info).subjects.load(root.id)


async def _object(root: Claim, info: Info[Any, Any]) -> Entity:
    return await _loaders(info).objects.load(root.id)


async def _evidence(root: Claim, info: Info[Any, Any]) -> list[Evidence]:
    return await _loaders(info).evidence.load(root.id)


async def _citations(root: Claim, info: Info[Any, Any]) -> list[Citation]:
    return await _loaders(info).citations.load(root.id)


@strawberry.type
class Claim:
    """A claim."""

    id: strawberry.ID
    statement: str
    negated: bool
    certainty: str
    predicate: str
    subject: Entity = strawberry.field(resolver=_subject)
    object: Entity = strawberry.field(resolver=_object)
    evidence: list[Evidence] = strawberry.field(resolver=_evidence)
    citations: list[Citation] = strawberry.field(resolver=_citations)


@strawberry.type
class ClaimConnection:
    """A page of claims in the order of the text."""

    nodes: list[Claim]


async def _entity(info: Info[Any, Any], id: strawberry.ID) -> Entity | None:  # noqa: A002 - the field's argument
    text = "MATCH (n:Entity {id: $id}) RETURN n.id AS id, n.name AS name, n.category AS category"
    rows = await _loaders(info).run(text, id=id)
    return _entity_of(rows[0]) if rows else None


async def _proteins(
    filter: EntityFilter | None = None,  # noqa: A002 - the field's argument
    first: int = 25,
    after: str | None = None,
) -> ProteinConnection:
    last = orjson.loads(base64.urlsafe_b64decode(after))[-1] if after else ""
    return ProteinConnection(word=filter.name.contains if filter else None, first=first, after=last)


async def _search(info: Info[Any, Any], text: str, first: int = 25) -> SearchConnection:
    rows = await _loaders(info).run(_SEARCH, text=words_query(text), first=first)
    return SearchConnection(edges=[SearchEdge(node=_entity_of(row), score=row["score"]) for row in rows])


async def _claims(info: Info[Any, Any], first: int = 25) -> ClaimConnection:
    rows = await _loaders(info).run(_CLAIMS, first=first)
    return ClaimConnection(nodes=[Claim(**row.data()) for row in rows])


@strawberry.type
class Query:
    """The roots that are measured."""

    entity: Entity | None = strawberry.field(resolver=_entity)
    proteins: ProteinConnection = strawberry.field(resolver=_proteins)
    search: SearchConnection = strawberry.field(resolver=_search)
    claims: ClaimConnection = strawberry.field(resolver=_claims)


class Router(GraphQLRouter[Any, None]):
    """The router with a faster encoder, as Strawberry's documents suggest."""

    def encode_json(self, data: object) -> bytes:
        """Encode an answer."""
        return orjson.dumps(data)


@dataclass(frozen=True, slots=True)
class Store:
    """The driver and how a query is run on it."""

    driver: neo4j.AsyncDriver

    async def run(self, text: str, /, **parameters: Any) -> list[neo4j.Record]:
        """Run one read."""
        result = await self.driver.execute_query(
            text,
            parameters,
            routing_=neo4j.RoutingControl.READ,
            database_="neo4j",
        )
        return result.records


def create_app() -> FastAPI:
    """Return the service over the database that the environment names."""
    driver = neo4j.AsyncGraphDatabase.driver(
        os.environ["NEO4J_URI"], auth=(os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    )
    store = Store(driver)
    schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])

    async def context() -> dict[str, Loaders]:
        return {"loaders": Loaders(store.run)}

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await driver.close()

    app = FastAPI(lifespan=lifespan, openapi_url=None)
    router = Router(schema, context_getter=context, graphql_ide=None, subscription_protocols=())
    app.include_router(router, prefix="/graphql")
    return app


def main() -> None:
    """Serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    port = options.parse_args().port
    serve(create_app(), port)


if __name__ == "__main__":
    main()
