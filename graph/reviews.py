"""Claims that a review changes, written by themselves: the rest of their source stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from graph import release, rows, writes
from graph.change import Change
from graph.connection import Database
from graph.statement import Statement
from schema.records import Claim

# What people made by hand is never touched by a review.
_HAND_MADE = "c.status = 'CURATED' AND c.reviewer IS NULL"


def write_review(database: Database, put: Sequence[Claim], drop: Sequence[str]) -> int:
    """Write claims and remove others, with the relations that follow, in one transaction.

    Returns the generation. A claim that was made by hand is neither changed nor removed.
    """
    return database.write(lambda tx: _write(Change(tx), put, drop))


def _write(change: Change, put: Sequence[Claim], drop: Sequence[str]) -> int:
    change.alone()
    by_hand = set(change.run(_hand_made([*drop, *(claim.id for claim in put)])))
    kept = [claim for claim in put if claim.id not in by_hand]
    written = [claim.id for claim in kept]
    gone = [id_ for id_ in drop if id_ not in by_hand]
    touched = sorted({*gone, *written})
    claimed = sorted(
        {
            *((s, p, o) for s, p, o in change.run(writes.keys_of(touched))),
            *((claim.subject, claim.predicate, claim.object) for claim in kept),
        }
    )
    change.take(release.relations(claimed))
    change.take(release.claims(touched))
    change.run_all([writes.drop_claims(gone)])
    change.run_all(writes.claims([rows.claim(claim) for claim in kept]))
    change.run_all(writes.relations(claimed))
    change.put(release.relations(claimed))
    change.put(release.claims(touched))
    return change.stamp(*{claim.article for claim in kept})[1]


def _hand_made(ids: Sequence[str]) -> Statement:
    return Statement(
        f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) WHERE {_HAND_MADE} RETURN collect(c.id) AS value",
        {"ids": list(ids)},
    )
