"""The Neo4j that all servers read: managed, in a home of its own, with the article and the made-up graph."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.graphql import data
from graph.connection import Database
from graph.indexes import make_indexes
from graph.server import Home, Server, Settings, managed
from graph.statement import Statement
from graph.target import Target
from graph.vocabulary import label, relation_type
from graph.writer import load
from loaders.article.curated import built_in

# More than a laptop's: the whole store stays in the page cache, and peers that collect have room to.
# No limit for transactions: Neo4j counts a list anew for each row that holds it, 4 MB a row of a page of
# @neo4j/graphql, and would refuse the fifth page to one client and the first to 16.
MEMORY = Settings(heap=2048, page_cache=512, transaction_memory=0)
BATCH = 5_000

_ENTITIES = "UNWIND $rows AS row CREATE (n:Entity) SET n:$(row.kind), n = row.properties"
_COUNT = Statement("RETURN [COUNT { (:Entity) }, COUNT { ()-[:INCREASES]->() }] AS value")
_SOURCE = "MERGE (s:Source {id: $id}) SET s.title = 'made up', s.version = $version"
_MADE = Statement(
    "OPTIONAL MATCH (s:Source {id: $id}) RETURN s.version AS value",
    {"id": data.SOURCE},
)


@contextmanager
def stored(sizes: data.Sizes, home: Path | None = None) -> Iterator[tuple[Server, Target]]:
    """Start Neo4j with the data in it; a `home` is kept, and what is in it is used again."""
    with tempfile.TemporaryDirectory(prefix="mscev-bench-") as folder:
        place = Home.from_environ({"MSCEV_HOME": str(home or Path(folder) / "home")})
        with managed(place, settings=MEMORY) as server:
            target = server.target
            with Database(target) as database:
                fill(database, sizes)
            yield server, target


def fill(database: Database, sizes: data.Sizes) -> None:
    """Load the article and the made-up graph, unless they are there."""
    version = f"{sizes.entities}/{sizes.relations}/{sizes.seed}"
    found = database.value(_MADE)
    if found == version:
        make_indexes(database)  # there may be new ones
        return
    if found is not None:
        raise SystemExit(f"this home holds {found}, not {version}: name another one")
    load(database, built_in().records())
    graph = data.make(sizes)
    for part in _parts([{"kind": label(n.kind), "properties": n.properties} for n in graph.nodes], 1):
        _write(database, _ENTITIES, {"rows": part})
    start = 1
    for predicate, edges in graph.edges.items():
        rows = list(data.relation_rows(graph, predicate, start))
        start += len(edges)
        shared = data.relation_properties(predicate)
        for part in _parts(rows, len(edges) // len(rows)):
            _write(database, _relations(predicate), {"rows": part, "shared": shared})
    database.write(lambda tx: tx.run(_SOURCE, id=data.SOURCE, version=version).consume())
    for statement in ("CALL db.awaitIndexes(120)", "CALL db.resampleOutdatedIndexes()"):
        database.rows(Statement(statement))
    database.value(_COUNT)


def _relations(predicate: str) -> str:
    return f"""
        UNWIND $rows AS row
        MATCH (s:Entity {{id: row[0]}})
        UNWIND row[1] AS edge
        MATCH (o:Entity {{id: edge[0]}})
        CREATE (s)-[r:{relation_type(predicate)} {{id: edge[1], publications: [edge[2]]}}]->(o)
        SET r += $shared
    """


def _parts(rows: Sequence[object], size: int) -> Iterator[Sequence[object]]:
    """Cut rows of some `size` elements each into batches."""
    step = max(1, BATCH // size)
    return (rows[start : start + step] for start in range(0, len(rows), step))


def _write(database: Database, text: str, parameters: dict[str, object]) -> None:
    database.write(lambda tx: tx.run(text, parameters).consume())
