"""Loads a big source offline: a new store of what is there and what is new, swapped in when it is done."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING, Any

from graph import release, rows, writes
from graph.bulk.articles import Articles
from graph.bulk.files import Files
from graph.bulk.store import Store
from graph.change import Change
from graph.connection import Database
from graph.indexes import make_indexes
from graph.release import Sums
from graph.server.bulk import building
from graph.statement import Statement
from graph.stream import WRITERS, Progress
from graph.writer import refuse_foreign
from schema.errors import InvalidSource
from schema.records import Claim, Edge, Entity, IsA, Record, Source
from schema.stored import ENTITY, LABELS, LINKS

if TYPE_CHECKING:
    from rich.console import Console

    from graph.batch import Batch
    from graph.connection import Transaction
    from graph.server import Home

INDEX_SECONDS = 24 * 3600
# Records that are looked at together.
PART = 500
# Lists that are given back in one transaction.
MENDED = 50_000


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What a load did: records by type, and the state of the graph after it."""

    source: str
    counts: dict[str, int]
    release: str
    generation: int


def load_bulk(
    home: Home,
    source: Source,
    records: Iterable[Record],
    *,
    progress: Progress | None = None,
    console: Console | None = None,
) -> BulkReport:
    """Make a new store of what is stored and of a graph's records, and put it in the place of the old one.

    The records are those that `load_stream` takes, and the release is the one that it comes to. Killed at any
    moment before the end, the graph is as it was, and the same command begins anew. Raises `ServerBusy` while
    others use the server, `ForeignDatabase` where the database holds nodes that are not ours.
    """
    counts: dict[str, int] = {}

    def read(database: Database, files: Files, later: IO[bytes]) -> Filled:
        reading = _Reading(database, Store(files, (source.id,)), source.id, later)
        reading.read(records, progress or (lambda _: None))
        counts.update(reading.counts)
        return Filled([source], reading.store.sums)

    state, generation = _rebuilt(home, read, console)
    return BulkReport(source.id, counts, state, generation)


def load_articles(
    home: Home,
    batches: Iterable[Batch],
    *,
    progress: Progress | None = None,
    console: Console | None = None,
) -> tuple[str, int]:
    """As `load_bulk`, for articles that are not stored yet; return the release and the generation.

    It is the one that loading them one by one comes to. What they say of entities is held in memory, all else
    is not; `progress` is told of each article. Raises `InvalidSource` for one that is stored, or comes twice.
    """

    def read(database: Database, files: Files, later: IO[bytes]) -> Filled:
        refuse_foreign(database)
        store, articles, sources = Store(files), Articles(files), list[Source]()

        known = set(database.value(writes.SOURCES))

        def added() -> Iterator[Claim]:
            for batch in batches:
                source = batch.source
                if source.id in known:
                    raise InvalidSource(f"{source.id} is stored: load it without --bulk", given=source.id)
                known.add(source.id)
                sources.append(source)
                articles.add(batch)
                yield from batch.claims
                if progress:
                    progress(1)

        claims = added()
        while part := list(islice(claims, PART)):
            _put_aside(later, part[0].article, part)  # what one article moves is stamped with the others
        store.add_steps(database, articles.steps)
        store.add_entities(database, articles.entities)
        store.add_others(database)
        store.finish()
        return Filled(sources, store.sums)

    return _rebuilt(home, read, console)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written to files: the sources that are new, and by how much the release moves."""

    sources: Sequence[Source]
    sums: Sums


def _rebuilt(
    home: Home, read: Callable[[Database, Files, IO[bytes]], Filled], console: Console | None
) -> tuple[str, int]:
    """Make a new store of the files that `read` writes and of what it puts aside, and swap it in."""
    with building(home, console) as made:
        files = Files(made.home.root / "import")
        with (made.home.root / "later").open("w+b") as later:
            with made.present() as server, Database(server.target) as database, _uncollected():
                filled = read(database, files, later)
            made.fill(files.options(), several_lines=files.several_lines)
            later.seek(0)
            with made.server() as server, Database(server.target) as database:
                make_indexes(database, INDEX_SECONDS)
                state = _finish(database, filled, later)
        made.swap()
    return state


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking at rows that come and go: they hold no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Reading:
    """The files of a new store in the making; what is written when it runs is put aside in `later`."""

    def __init__(self, database: Database, store: Store, source: str, later: IO[bytes]) -> None:
        self._database = database
        self.store = store
        self._source = source
        self._later = later
        self._merged: set[str] = set()
        self.counts: dict[str, int] = {}

    def read(self, records: Iterable[Record], progress: Progress) -> None:
        """Write all files."""
        refuse_foreign(self._database)
        if self._database.value(writes.has_article(self._source)):
            raise InvalidSource(f"{self._source} is an article: load it without --bulk", given=self._source)
        self.store.add_steps(self._database, {})
        for kind, same in groupby((one for one in records if not isinstance(one, Source)), type):
            while part := list(islice(same, PART)):
                self.counts[kind.__name__] = self.counts.get(kind.__name__, 0) + len(part)
                self._part(kind, part)
                progress(len(part))
        self.store.add_entities(self._database, {}, self._merged)
        self.store.add_others(self._database)
        self.store.finish()

    def _part(self, kind: type[Record], part: list[Any]) -> None:
        if kind is Edge:
            self.store.add_edges(self._source, part)
        elif kind in {Claim, IsA}:
            _put_aside(self._later, self._source, part)
        elif kind is Entity:
            self._entities(part)
        else:
            raise InvalidSource(f"a stream of a graph holds no {kind.__name__}", given=kind.__name__)

    def _entities(self, part: list[Entity]) -> None:
        found = self._database.stream(release.entities([entity.id for entity in part]))
        stored = {element[0]["id"]: (sources, element) for sources, element in found}
        for entity in part:
            said = {self._source: rows.said(entity)}
            if entity.id in stored:
                self._merged.add(entity.id)
                self.store.add_stored_entity(*stored[entity.id], said)
            else:
                self.store.add_entity(entity.id, said)


def _finish(database: Database, filled: Filled, later: IO[bytes]) -> tuple[str, int]:
    """Write what was put aside, mend what CSV cannot tell, and write down the release."""

    def first(tx: Transaction) -> tuple[str, int]:
        change = Change(tx)
        change.sums = filled.sums
        change.run_all(writes.source(rows.source(source)) for source in filled.sources)
        return change.stamp(*(source.id for source in filled.sources))

    def more(tx: Transaction, source: str, part: list[Any]) -> tuple[str, int]:
        change = Change(tx)
        WRITERS[type(part[0])](change, source, part)
        return change.stamp(source)

    _mend_lists(database)
    state = database.write(first)
    for source, part in _taken_up(later):
        state = database.write(partial(more, source=source, part=part))
    return state


def _put_aside(later: IO[bytes], source: str, part: Sequence[Record]) -> None:
    pickle.dump((source, list(part)), later)


def _taken_up(later: IO[bytes]) -> Iterator[tuple[str, list[Any]]]:
    while True:
        try:
            yield pickle.load(later)  # noqa: S301 - written by this very process
        except EOFError:
            return


def _mend_lists(database: Database) -> None:
    """Give back the lists that are always there, though some are empty: a file cannot tell them from none."""
    for pattern, value in _always_there():
        text = (
            f"{pattern} {value} IS NULL WITH DISTINCT {value[0]} LIMIT $number SET {value} = [] "
            "RETURN count(*) AS value"
        )
        mend = partial(_mended, Statement(text, {"number": MENDED}))
        while database.write(mend) == MENDED:
            pass


def _mended(statement: Statement, tx: Transaction) -> int:
    return int(Change(tx).run(statement))


def _always_there() -> Iterator[tuple[str, str]]:
    """Yield a pattern and the list of it that is always there."""
    for label in LABELS:
        for prop in label.properties:
            if prop.many and prop.required and label.name != ENTITY:
                yield f"MATCH (n:{label.name}) WHERE", f"n.{prop.name}"
    for link in LINKS:
        for prop in link.properties:
            if prop.many and prop.required:
                yield f"MATCH ()-[r:{link.name}]->() WHERE", f"r.{prop.name}"
    yield (
        "MATCH (c:Claim {makesRelation: true})-[:SUBJECT]->(s) WITH DISTINCT s MATCH (s)-[r]->(:Entity) "
        "WHERE r.claimIds IS NOT NULL AND",
        "r.publications",
    )
