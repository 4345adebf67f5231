"""Loading a source with the decisions of its reviewers: what they decided outlasts every reload."""

from __future__ import annotations

from collections.abc import Iterable

from api.settings import ServiceSettings
from graph.connection import Database
from graph.writer import LoadReport, load
from loaders.review.decisions import Decision
from loaders.review.files import ReviewFolder
from loaders.review.records import with_reviews
from schema.records import Record


def load_reviewed(database: Database, records: Iterable[Record]) -> tuple[LoadReport, tuple[Decision, ...]]:
    """Write one source as its reviewers want it; return the report, and decisions that found no claim."""
    found = with_reviews(records, ReviewFolder(ServiceSettings().review_folder))
    return load(database, found.records), found.without_claim
