"""Loading a source with the decisions of its reviewers: what they decided outlasts every reload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from api.settings import ServiceSettings
from graph.batch import Batch, Rejected, batch_of
from graph.connection import Database
from graph.writer import LoadReport, load_batch
from loaders.review.decisions import Decision
from loaders.review.files import ReviewFolder
from loaders.review.records import with_reviews
from schema.errors import InvalidRecord
from schema.records import Record, Source


def load_reviewed(database: Database, records: Iterable[Record]) -> LoadReport:
    """Write one source as its reviewers want it."""
    return load_batch(database, reviewed(records))


def reviewed(records: Iterable[Record]) -> Batch:
    """Return one source as its reviewers want it.

    A decision to keep a claim that has neither proposal nor place any longer is among what was rejected.
    """
    found = with_reviews(records, ReviewFolder(ServiceSettings().review_folder))
    batch = batch_of(found.records)
    return replace(batch, rejected=(*batch.rejected, *_lost(found.without_claim, batch.source)))


def _lost(decisions: Iterable[Decision], source: Source) -> Iterator[Rejected]:
    for one in decisions:
        problem = InvalidRecord(
            f"{one.article}: the claim that {one.reviewer} {one.verdict} is no longer proposed, and its "
            f"sentence no longer stands at its place: {one.claim}",
            field="claim",
            given=one.claim,
        )
        yield Rejected(one.proposal or source, (problem,))
