"""Takes a source out of the graph again; what others say of the same things stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from graph import release, writes
from graph.change import Change, parts
from graph.connection import Database, Transaction
from graph.writer import with_entities
from schema.errors import NotFound

# Entities, claims or edges a transaction: what Neo4j can hold of one is bounded.
STEP = 2_000
EDGES = 5_000


@dataclass(frozen=True, slots=True)
class Unloaded:
    """What was removed, and the state of the graph after it."""

    source: str
    release: str
    generation: int


def unload(database: Database, source: str) -> Unloaded:
    """Remove a source.

    An article goes in one transaction, a graph in parts: what an interrupted command left is removed by
    running it again. Raises `NotFound` for a source that is not loaded, naming those that are.
    """
    loaded: list[str] = database.value(writes.SOURCES)
    if source not in loaded:
        raise NotFound(
            f"no source {source!r} is loaded; loaded: {', '.join(loaded) or 'none'}",
            given=source,
            allowed=tuple(loaded),
        )
    if database.value(writes.has_article(source)):
        state, generation = database.write(lambda tx: _article(Change(tx), source))
        return Unloaded(source, state, generation)
    database.write(lambda tx: Change(tx).run(writes.begin(source, writes.REMOVING)))
    return clear(database, source)


def clear(database: Database, source: str) -> Unloaded:
    """Remove a graph in parts, each of which leaves a whole graph behind; its `Load` node goes last."""
    held: list[str] = database.value(writes.held(source))
    claims: list[str] = database.value(writes.claims_of(source))
    for ids, remove in ((claims, _claims), (held, _edges), (held, _entities)):
        for part in parts(ids, STEP):
            left = EDGES
            while left >= EDGES:
                left = database.write(partial(_part, source=source, ids=part, remove=remove))
    state, generation = database.write(lambda tx: _end(Change(tx), source))
    return Unloaded(source, state, generation)


def _article(change: Change, source: str) -> tuple[str, int]:
    change.alone()
    _claims(change, source, change.run(writes.claims_of(source)))
    change.run_all(writes.removals(source))
    _entities(change, source, change.run(writes.held(source)))
    return _end(change, source)


def _part(
    tx: Transaction, source: str, ids: Sequence[str], remove: Callable[[Change, str, Sequence[str]], int]
) -> int:
    """Remove what can be at once; return how many edges that was."""
    change = Change(tx)
    change.alone()
    removed = remove(change, source, ids)
    change.stamp()
    return removed


def _claims(change: Change, _: str, ids: Sequence[str]) -> int:
    keys = [(s, p, o) for s, p, o in change.run(writes.keys_of(ids))]
    change.take(release.relations(keys))
    change.take(release.claims(ids))
    change.run_all([writes.drop_claims(ids)])
    change.run_all(writes.relations(keys))
    change.put(release.relations(keys))
    return 0


def _edges(change: Change, source: str, ids: Sequence[str]) -> int:
    return len(change.take(release.drop_edges(source, ids, EDGES)))


def _entities(change: Change, source: str, ids: Sequence[str]) -> int:
    with_entities(change, source, ids, {}, {})
    return 0


def _end(change: Change, source: str) -> tuple[str, int]:
    change.run_all(writes.drop_source(source))
    return change.stamp()
