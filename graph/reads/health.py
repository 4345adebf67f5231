"""Reads for the doctor: what Neo4j is, and the state of its indexes."""

from __future__ import annotations

from graph.connection import Database
from graph.indexes import statements
from graph.statement import Statement

SERVER = Statement(
    "CALL dbms.components() YIELD versions, edition RETURN [versions[0], edition] AS value LIMIT 1"
)
ONLINE = "ONLINE"


def wrong_indexes(database: Database) -> tuple[list[str], list[str], int]:
    """Return which indexes and constraints are missing, which are not online, and how many are wanted."""
    _, rows = database.rows(Statement("SHOW INDEXES YIELD name, state"))
    states: dict[str, str] = dict(map(tuple, rows))
    wanted = [name for name, _ in statements()]
    missing = [name for name in wanted if name not in states]
    return missing, [name for name in wanted if states.get(name, ONLINE) != ONLINE], len(wanted)
