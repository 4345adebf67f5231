"""A source's records with the decisions of its reviewers: what a loader yields, as it is to be stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.review.decisions import Decision, review
from loaders.review.files import ReviewFolder
from schema.records import Claim, Record, Sentence


@dataclass(frozen=True, slots=True)
class ReviewedRecords:
    """Records after review, and decisions to keep a claim for which there is neither proposal nor place."""

    records: tuple[Record, ...]
    without_claim: tuple[Decision, ...]


def with_reviews(records: Iterable[Record], folder: ReviewFolder) -> ReviewedRecords:
    """Return records with their claims as the reviewers want them; all else is as it was.

    Raises `InvalidSource` where a file of the folder holds a line that is no decision.
    """
    everything = list(records)
    claims: dict[str, list[Claim]] = {}
    sentences: dict[str, dict[tuple[int, int], str]] = {}
    for record in everything:
        if isinstance(record, Claim):
            claims.setdefault(record.article, []).append(record)
        elif isinstance(record, Sentence):
            sentences.setdefault(record.article, {})[record.block, record.sentence] = record.sha256
    found: list[Claim] = []
    lost: list[Decision] = []
    for article in sorted(claims.keys() | sentences.keys()):
        outcome = review(claims.get(article, ()), folder.decisions(article), sentences.get(article, {}))
        found += outcome.claims
        lost += outcome.without_claim
    others = (record for record in everything if not isinstance(record, Claim))
    return ReviewedRecords((*others, *found), tuple(lost))
