"""What others would write: the driver's batched loop, and the import tool on files that are there already."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

import neo4j

from bench.load.data import SOURCE, Sizes, records
from graph import merge, rows
from graph.bulk.files import Files
from graph.bulk.load import PART
from graph.bulk.store import Store
from graph.connection import Database
from graph.indexes import make_indexes
from graph.server import Home
from graph.server.admin import size_of
from graph.server.bulk import building
from graph.target import Target
from schema.records import Edge, Entity

BATCH = 10_000


def online(target: Target, sizes: Sizes) -> float:
    """Write the graph's nodes and relationships with the driver alone; return seconds."""
    with Database(target) as database:
        make_indexes(database)
    begun = time.perf_counter()
    with neo4j.GraphDatabase.driver(target.uri, auth=target.auth) as driver, driver.session() as session:
        stream = records(sizes)
        next(stream)
        for part in _batches(islice(stream, sizes.entities)):
            _write(session, part, _node)
        for part in _batches(stream):
            _write(session, part, _relationship)
    return time.perf_counter() - begun


def bulk(home: Home, sizes: Sizes) -> tuple[float, float]:
    """Import files that are there; return seconds of that, and of making the indexes after it."""
    with building(home) as made:
        store = Store(Files(made.home.root / "import"))
        for kind, same in groupby(records(sizes), type):
            for part in _batches(same, PART):
                if kind is Edge:
                    store.add_edges(SOURCE.id, part)
                elif kind is Entity:
                    for entity in part:
                        store.add_entity(entity.id, {SOURCE.id: rows.said(entity)})
        options = store.files.options()
        begun = time.perf_counter()
        made.fill(options, several_lines=False)
        imported = time.perf_counter()
        with (
            made.server() as server,
            Database(server.target) as database,
        ):
            make_indexes(database, 24 * 3600)
        return imported - begun, time.perf_counter() - imported


def _batches(stream: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    stream = iter(stream)
    while part := list(islice(stream, size)):
        yield part


def _write(session: neo4j.Session, part: list[Any], row_of: Any) -> None:
    by_text: dict[str, list[Any]] = defaultdict(list)
    for record in part:
        text, row = row_of(record)
        by_text[text].append(row)

    def work(tx: neo4j.ManagedTransaction) -> None:
        for text, found in by_text.items():
            tx.run(text, rows=found).consume()

    session.execute_write(work)


def _node(entity: Entity) -> tuple[str, dict[str, Any]]:
    properties: merge.Said = rows.entity(entity.id, {"s": rows.said(entity)})["properties"]
    return f"UNWIND $rows AS row CREATE (n:Entity:{entity.kind}) SET n = row", properties


def _relationship(edge: Edge) -> tuple[str, list[Any]]:
    text = (
        "UNWIND $rows AS row MATCH (s:Entity {id: row[0]}) MATCH (o:Entity {id: row[1]}) "
        f"CREATE (s)-[r:{edge.predicate}]->(o) SET r = row[2]"
    )
    properties = rows.edge(edge)["properties"]
    properties["sources"] = ["s"]
    return text, [edge.subject, edge.object, properties]


def stored(home: Home) -> float:
    """Megabytes of a home's store."""
    return size_of(home.data) / 1e6
