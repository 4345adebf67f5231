"""Loading a source with the decisions of its reviewers: what they decided outlasts every reload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from api.settings import ServiceSettings
from graph.batch import Rejected
from graph.connection import Database
from graph.writer import LoadReport, load
from loaders.review.decisions import Decision
from loaders.review.files import ReviewFolder
from loaders.review.records import with_reviews
from schema.errors import InvalidRecord
from schema.records import Record, Source


def load_reviewed(database: Database, records: Iterable[Record]) -> LoadReport:
    """Write one source as its reviewers want it.

    A decision to keep a claim that has neither proposal nor place any longer is among what was rejected.
    """
    found = with_reviews(records, ReviewFolder(ServiceSettings().review_folder))
    report = load(database, found.records)
    lost = tuple(_lost(found.without_claim, found.records))
    counts = report.counts | {"rejected": len(report.rejected) + len(lost)}
    return replace(report, rejected=(*report.rejected, *lost), counts=counts)


def _lost(decisions: Iterable[Decision], records: Iterable[Record]) -> Iterator[Rejected]:
    source = next(record for record in records if isinstance(record, Source))
    for one in decisions:
        problem = InvalidRecord(
            f"{one.article}: the claim that {one.reviewer} {one.verdict} is no longer proposed, and its "
            f"sentence no longer stands at its place: {one.claim}",
            field="claim",
            given=one.claim,
        )
        yield Rejected(one.proposal or source, (problem,))
