"""Claims that a review changes, written by themselves: the rest of their source stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from graph import release, rows, writes
from graph.connection import Database, Transaction
from graph.statement import Statement
from schema.records import Claim

# What people made by hand is never touched by a review.
_HAND_MADE = "c.status = 'CURATED' AND c.reviewer IS NULL"


def write_review(database: Database, put: Sequence[Claim], drop: Sequence[str]) -> int:
    """Write claims and remove others, with the relations that follow, in one transaction.

    Returns the generation. A claim that was made by hand is neither changed nor removed.
    """
    return database.write(lambda tx: _write(tx, put, drop))


def _write(tx: Transaction, put: Sequence[Claim], drop: Sequence[str]) -> int:
    keys = {(s, p, o) for s, p, o in _run(tx, _removed(drop))}
    by_hand = set(_run(tx, _hand_made([claim.id for claim in put])))
    kept = [claim for claim in put if claim.id not in by_hand]
    for statement in writes.claims([rows.claim(claim) for claim in kept]):
        _run(tx, statement)
    keys |= {(claim.subject, claim.predicate, claim.object) for claim in kept}
    for statement in writes.relations(sorted(keys)):
        _run(tx, statement)
    state = release.compute(_run(tx, release.ELEMENTS))
    return int(_run(tx, writes.stamp(state, datetime.now(UTC))))


def _removed(ids: Sequence[str]) -> Statement:
    return Statement(
        f"""
        UNWIND $ids AS id
        MATCH (s)<-[:SUBJECT]-(c:Claim {{id: id}})-[:OBJECT]->(o) WHERE NOT ({_HAND_MADE})
        WITH c, [s.id, c.predicate, o.id] AS key
        DETACH DELETE c
        RETURN collect(key) AS value
        """,
        {"ids": list(ids)},
    )


def _hand_made(ids: Sequence[str]) -> Statement:
    return Statement(
        f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) WHERE {_HAND_MADE} RETURN collect(c.id) AS value",
        {"ids": list(ids)},
    )


def _run(tx: Transaction, statement: Statement) -> Any:
    record = tx.run(statement.text, dict(statement.parameters)).single()
    return record[0] if record else None
