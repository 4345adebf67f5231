"""The writer: a source's records become its part of the graph, in one transaction, again and again the same.

Loading twice changes nothing; loading a changed source removes what is no longer in it; a failure rolls back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph import release, rows, writes
from graph.batch import Batch, Rejected, batch_of
from graph.connection import Database, Transaction
from graph.indexes import make_indexes
from graph.statement import Statement
from schema import ids
from schema.errors import ForeignDatabase
from schema.records import Record

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: records by type, what was rejected, and the state of the graph after it."""

    source: str
    counts: dict[str, int]
    rejected: tuple[Rejected, ...]
    release: str
    generation: int


def load(database: Database, records: Iterable[Record]) -> LoadReport:
    """Write one source; the stream must hold exactly one `Source`.

    Records that break the schema are left out and reported. Raises `ForeignDatabase` before anything is
    written where the database holds nodes that are not ours.
    """
    batch = batch_of(records)
    refuse_foreign(database)
    make_indexes(database)
    state, generation = database.write(lambda tx: _write(tx, batch))
    return LoadReport(batch.source.id, batch.counts, batch.rejected, state, generation)


def refuse_foreign(database: Database) -> None:
    """Raise `ForeignDatabase` where there are nodes that this service did not write."""
    total, ours, releases = database.value(writes.COUNT_NODES)
    foreign = total - ours if releases else total
    if foreign:
        raise ForeignDatabase(
            f"the database at {database.target.uri} holds {foreign} nodes that are not of mscev; nothing was "
            "written. Name another one with NEO4J_URI or NEO4J_DATABASE",
            uri=database.target.uri,
            nodes=foreign,
        )


def is_empty(database: Database) -> bool:
    """Say whether the database holds no node at all."""
    total, _, _ = database.value(writes.COUNT_NODES)
    return bool(total == 0)


def _write(tx: Transaction, batch: Batch) -> tuple[str, int]:
    before = _run(tx, writes.relation_keys(batch.source.id))
    for statement in _upserts(batch):
        _run(tx, statement)
    for statement in writes.removals(batch.source.id, _kept(batch)):
        _run(tx, statement)
    keys: set[Key] = {(s, p, o) for s, p, o in before}
    keys |= {(claim.subject, claim.predicate, claim.object) for claim in batch.claims}
    for statement in writes.relations(sorted(keys)):
        _run(tx, statement)
    for statement in writes.SWEEP:
        _run(tx, statement)
    state = release.compute(_run(tx, release.ELEMENTS))
    generation = _run(tx, writes.stamp(state, datetime.now(UTC)))
    return state.graph, int(generation)


def _upserts(batch: Batch) -> Iterator[Statement]:
    source = batch.source.id
    yield writes.source(rows.source(batch.source))
    yield from writes.entities([rows.entity(entity) for entity in batch.entities], source)
    yield writes.is_a(
        [
            {"child": s.child, "parent": s.parent, "source": s.source, "version": s.version}
            for s in batch.is_a
        ],
        source,
    )
    yield writes.articles([rows.article(article) for article in batch.articles])
    yield writes.sections([rows.section(section) for section in batch.sections])
    yield writes.sentences([rows.sentence(s, ids.section_id(s.article, s.section)) for s in batch.sentences])
    yield writes.references([rows.reference(reference) for reference in batch.references])
    yield writes.citations([rows.citation(citation) for citation in batch.citations])
    yield from writes.mentions([rows.mention(mention) for mention in batch.mentions], source)
    yield from writes.claims([rows.claim(claim) for claim in batch.claims])


def _kept(batch: Batch) -> dict[str, list[str]]:
    return {
        "Entity": [entity.id for entity in batch.entities],
        "Claim": [claim.id for claim in batch.claims],
        "Citation": [citation.id for citation in batch.citations],
        "Reference": [reference.id for reference in batch.references],
        "Sentence": [sentence.id for sentence in batch.sentences],
        "Section": [section.id for section in batch.sections],
        "Article": [article.id for article in batch.articles],
        "IsA": [f"{step.child} {step.parent}" for step in batch.is_a],
    }


def _run(tx: Transaction, statement: Statement) -> Any:
    record = tx.run(statement.text, dict(statement.parameters)).single()
    return record[0] if record else None
