"""Loads a big source in parts: memory stays flat, and a load that was killed goes on where it was.

Each part is one transaction that also notes that the part is written (`LoadPart`) and keeps the release true,
so that whatever is committed is whole, and nothing is written twice. The source's `Load` node is there as
long as its load is not finished. Edges are dealt into cells by both their ends: the cells that are written at
the same time share no node, so that their transactions never wait for each other.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, cast

from graph import release, rows, writes
from graph.change import Change
from graph.connection import Database
from graph.indexes import make_indexes
from graph.unload import clear
from graph.writer import refuse_foreign, with_entities, with_steps
from schema.errors import DatabaseRejected, InvalidSource
from schema.records import Claim, Edge, Entity, IsA, Record, Source

# Records of a chunk; one of edges is dealt into six cells.
SIZES: dict[type[Record], int] = {Entity: 5_000, Edge: 20_000, Claim: 1_000, IsA: 1_000}
# Nodes are of four ways, and a cell holds the edges between two of them: what is written at the same time.
ROUNDS = (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))
WORKERS = 2
# Transactions end one after another, as each reads and writes the release: waiting here costs Neo4j nothing.
# Not for long: another process may wait for what the other one of ours holds, and Neo4j does not see that
# circle.
_ENDING = threading.RLock()
ENDING_SECONDS = 1.0

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class StreamReport:
    """What a load did: records by type, those of them that an earlier run had written, the state after it."""

    source: str
    counts: dict[str, int]
    resumed: int
    release: str
    generation: int


@dataclass(frozen=True, slots=True)
class Part:
    """Records that are written in one transaction; `number` is the same in each run over the same input."""

    number: str
    records: Sequence[Record]


# Parts of one chunk: what stands in one tuple may be written at the same time.
Chunk = Sequence[tuple[Part, ...]]


def load_stream(
    database: Database,
    source: Source,
    records: Iterable[Record],
    *,
    input_id: str,
    progress: Progress | None = None,
) -> StreamReport:
    """Write a graph's records: entities first, then edges, claims and is-a steps in any order.

    The records must be valid and their ids distinct, as a loader of graphs yields them. `input_id` tells the
    loaded files from others: a load of the same ones that was interrupted goes on, else what it left is
    removed, as is a finished load of the source. `progress` is told the number of records of each part.
    Raises `ForeignDatabase` before anything is written where the database holds nodes that are not ours.
    """
    refuse_foreign(database)
    make_indexes(database)
    done = _begin(database, source, input_id)
    counts: dict[str, int] = {}
    resumed = 0
    told = progress or (lambda _: None)
    with ThreadPoolExecutor(WORKERS) as pool, ThreadPoolExecutor(1) as conductor:
        under_way: Future[None] | None = None
        for chunk in _chunks(records, counts):
            left = [tuple(part for part in parts if part.number not in done) for parts in chunk]
            skipped = sum(len(p.records) for parts in chunk for p in parts if p.number in done)
            resumed += skipped
            told(skipped)
            if under_way is not None:
                under_way.result()  # one chunk is written, one is made: no more are held
            under_way = conductor.submit(_write, pool, database, source.id, left, told)
        if under_way is not None:
            under_way.result()
    state, generation = database.write(lambda tx: _finish(Change(tx), source.id))
    return StreamReport(source.id, counts, resumed, state, generation)


def _begin(database: Database, source: Source, input_id: str) -> set[str]:
    """Return the numbers of the parts that are there, after removing what another load left."""
    found, stored = database.value(writes.under_way(source.id))
    # whatever decides which records a part of that number holds
    values = {"input": input_id, "sizes": list(SIZES.values()), "version": version("mscev")}
    if found and found["state"] == writes.LOADING and {k: found.get(k) for k in values} == values:
        return set(database.value(writes.written_parts(source.id)))
    if found or stored:
        database.write(lambda tx: Change(tx).run(writes.begin(source.id, writes.REMOVING)))
        clear(database, source.id)

    def begin(change: Change) -> None:
        change.run_all([writes.begin(source.id, writes.LOADING, values), writes.source(rows.source(source))])
        change.stamp(source.id)

    database.write(lambda tx: begin(Change(tx)))
    return set()


def _finish(change: Change, source: str) -> tuple[str, int]:
    change.run_all(writes.end(source))
    return change.stamp(source)


def _chunks(records: Iterable[Record], counts: dict[str, int]) -> Iterator[Chunk]:
    """Cut the stream; what is cut off last does not hang on how fast anything is."""
    held: dict[type[Record], list[Record]] = {kind: [] for kind in SIZES}
    number = 0
    for record in records:
        kind = type(record)
        if kind not in held:
            if kind is Source:
                continue
            raise InvalidSource(f"a stream of a graph holds no {kind.__name__}", given=kind.__name__)
        if kind is not Entity and held[Entity]:
            number += 1
            yield _chunk(number, held[Entity], counts)
            held[Entity] = []
        held[kind].append(record)
        if len(held[kind]) == SIZES[kind]:
            number += 1
            yield _chunk(number, held[kind], counts)
            held[kind] = []
    for left in held.values():
        if left:
            number += 1
            yield _chunk(number, left, counts)


def _chunk(number: int, records: list[Record], counts: dict[str, int]) -> Chunk:
    name = type(records[0]).__name__
    counts[name] = counts.get(name, 0) + len(records)
    if not isinstance(records[0], Edge):
        return ((Part(str(number), records),),)
    cells: dict[tuple[int, int], list[Record]] = {cell: [] for cells in ROUNDS for cell in cells}
    for record in cast("list[Edge]", records):
        cells[_cell(_way(record.subject), _way(record.object))].append(record)
    return [tuple(Part(f"{number}.{a}{b}", cells[a, b]) for a, b in parts) for parts in ROUNDS]


def _way(id_: str) -> int:
    return zlib.crc32(id_.encode()) % 4


def _cell(one: int, other: int) -> tuple[int, int]:
    """The cell of an edge; one between nodes of one way stands with those of that way and its neighbour."""
    return (one & 2, one | 1) if one == other else (min(one, other), max(one, other))


def _write(
    pool: ThreadPoolExecutor, database: Database, source: str, chunk: Chunk, progress: Progress
) -> None:
    for parts in chunk:
        under_way = [(pool.submit(_commit, database, source, part), part) for part in parts if part.records]
        for future, part in under_way:
            future.result()
            progress(len(part.records))


def _commit(database: Database, source: str, part: Part) -> None:
    write = WRITERS[type(part.records[0])]

    def work(change: Change, turn: ExitStack) -> None:
        write(change, source, part.records)
        change.run_all([writes.mark(source, part.number, len(part.records))])
        if _ENDING.acquire(timeout=ENDING_SECONDS):
            turn.callback(_ENDING.release)
        change.stamp(source)

    # tried again, it has its turn already
    with ExitStack() as turn:
        database.write(lambda tx: work(Change(tx), turn))


def _entities(change: Change, source: str, records: Sequence[Any]) -> None:
    change.alone()
    with_entities(change, source, (), {entity.id: rows.said(entity) for entity in records}, {})


def _edges(change: Change, source: str, records: Sequence[Any]) -> None:
    made = [rows.edge(edge) for edge in records]
    change.sums.add_number((source,), sum(map(release.edge_number, made)))
    if change.run(writes.edges(made, source)) != len(made):
        raise DatabaseRejected(
            f"nodes of {source} are gone that its edges need: another command changes it; run this again",
            source=source,
        )


def _claims(change: Change, _: str, records: Sequence[Any]) -> None:
    change.alone()
    keys = sorted({(claim.subject, claim.predicate, claim.object) for claim in records})
    change.take(release.relations(keys))
    change.run_all(writes.claims([rows.claim(claim) for claim in records]))
    change.run_all(writes.relations(keys))
    change.put(release.relations(keys))
    change.put(release.claims([claim.id for claim in records]))


def _steps(change: Change, source: str, records: Sequence[Any]) -> None:
    change.alone()
    with_steps(change, source, records)


WRITERS: dict[type[Record], Callable[[Change, str, Sequence[Any]], None]] = {
    Entity: _entities,
    Edge: _edges,
    Claim: _claims,
    IsA: _steps,
}
