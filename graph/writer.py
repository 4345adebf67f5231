"""The writer: a source's records become its part of the graph, in one transaction, again and again the same.

Loading twice changes nothing; loading a changed source removes what is no longer in it; a failure rolls back.
What several sources say stays when one of them goes. Graphs of millions of edges: graph/stream.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph import merge, release, rows, writes
from graph.batch import Batch, Rejected, batch_of
from graph.change import Change
from graph.connection import Database
from graph.indexes import make_indexes
from graph.statement import Statement
from schema import ids
from schema.errors import ForeignDatabase
from schema.records import IsA, Record

Key = tuple[str, str, str]
Steps = dict[tuple[str, str], merge.Said]


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
    return load_batch(database, batch_of(records))


def load_batch(database: Database, batch: Batch) -> LoadReport:
    """Write one source whose records are sorted and checked already."""
    refuse_foreign(database)
    make_indexes(database)
    state, generation = database.write(lambda tx: _write(Change(tx), batch))
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


def _write(change: Change, batch: Batch) -> tuple[str, int]:
    change.alone()
    source = batch.source.id
    known = bool(change.run(writes.is_stored(source)))
    held: list[str] = change.run(writes.held(source)) if known else []
    before: list[str] = change.run(writes.claims_of(source)) if known else []
    keys: set[Key] = {(s, p, o) for s, p, o in change.run(writes.keys_of(before))}
    keys |= {(claim.subject, claim.predicate, claim.object) for claim in batch.claims}
    claimed = sorted(keys)
    change.run_all([writes.source(rows.source(batch.source))])
    change.take(release.relations(claimed))
    change.take(release.claims(before))
    if known:
        change.take(release.drop_edges(source, held))
    said = {entity.id: rows.said(entity) for entity in batch.entities}
    with_entities(change, source, held, said, _said(batch.is_a), between=_parts(batch, known=known))
    change.run_all(writes.relations(claimed))
    change.put(release.relations(claimed))
    change.put(release.claims([claim.id for claim in batch.claims]))
    change.put(release.edges(source, list(said)))
    change.run_all(writes.end(source))
    return change.stamp(source)


def with_entities(
    change: Change,
    source: str,
    held: Sequence[str],
    said: dict[str, merge.Said],
    steps: Steps,
    *,
    between: Iterable[Statement] = (),
) -> None:
    """Make a source say this of entities, and no longer describe others that it `held`.

    `between` is run when the entities that it speaks of are written, and those that nobody describes any
    longer are still there.
    """
    touched = sorted(said.keys() | set(held))
    stored = {
        element[0]["id"]: (sources, element) for sources, element in change.take(release.entities(touched))
    }
    written, gone, terms = [], [], set[str]()
    for id_ in touched:
        by_source = {}
        if id_ in stored:
            sources, (properties, mappings, _) = stored[id_]
            terms.update(term for term, _ in mappings)
            by_source = merge.by_source(properties, sources, merge.entity_said(properties, mappings))
            by_source.pop(source, None)
        if id_ in said:
            by_source[source] = said[id_]
        if by_source:
            written.append(rows.entity(id_, by_source))
            terms.update(mapping["id"] for mapping in written[-1]["mappings"])
        else:
            gone.append(id_)
    change.run_all(writes.entities(written))
    change.run_all(writes.is_a(_steps(change, source, touched, steps)))
    change.run_all(between)
    change.run_all([writes.forget(gone)])
    change.run_all(writes.terms(sorted(terms)))
    change.put(release.entities(touched))


def with_steps(change: Change, source: str, records: Sequence[IsA]) -> None:
    """Make a source say these is-a steps beside those that it says already."""
    children = sorted({record.child for record in records})
    change.take(release.entities(children))
    change.run_all(writes.is_a(_steps(change, source, children, _said(records), more=True)))
    change.put(release.entities(children))


def _said(records: Iterable[IsA]) -> Steps:
    return {(s.child, s.parent): rows.step(s) for s in records}


def _steps(
    change: Change, source: str, touched: Sequence[str], said: Steps, *, more: bool = False
) -> list[rows.Row]:
    known: dict[tuple[str, str], dict[str, merge.Said]] = {}
    for child, parent, properties in change.run(writes.steps(touched)):
        known[child, parent] = merge.by_source(properties, properties["sources"], rows.step_said(properties))
    told = [step for step, by_source in known.items() if source in by_source and not more]
    written = []
    for step in sorted({*told, *said}):
        by_source = known.get(step, {})
        by_source.pop(source, None)
        if step in said:
            by_source[source] = said[step]
        written.append(rows.is_a(*step, by_source))
    return written


def _parts(batch: Batch, *, known: bool) -> Iterator[Statement]:
    source = batch.source.id
    yield writes.articles([rows.article(article) for article in batch.articles])
    yield writes.sections([rows.section(section) for section in batch.sections])
    yield writes.sentences([rows.sentence(s, ids.section_id(s.article, s.section)) for s in batch.sentences])
    yield writes.references([rows.reference(reference) for reference in batch.references])
    yield writes.citations([rows.citation(citation) for citation in batch.citations])
    yield from writes.mentions([rows.mention(mention) for mention in batch.mentions], source)
    yield from writes.claims([rows.claim(claim) for claim in batch.claims])
    yield writes.edges([rows.edge(edge) for edge in batch.edges], source)
    if known:
        yield from writes.removals(source, _kept(batch))


def _kept(batch: Batch) -> dict[str, list[str]]:
    return {
        "Claim": [claim.id for claim in batch.claims],
        "Citation": [citation.id for citation in batch.citations],
        "Reference": [reference.id for reference in batch.references],
        "Sentence": [sentence.id for sentence in batch.sentences],
        "Section": [section.id for section in batch.sections],
        "Article": [article.id for article in batch.articles],
    }
