"""What a write would change: the graph, its indexes, the users."""

from __future__ import annotations

from typing import Any

from graph.connection import Database
from graph.reads.info import STATE
from graph.statement import Statement

COUNTS = Statement("""
    MATCH (n) WITH count(n) AS nodes, sum(size(keys(n)) + size(labels(n))) AS parts
    MATCH ()-[r]->() WITH nodes, parts, count(r) AS relations, sum(size(keys(r))) AS properties
    RETURN [nodes, parts, relations, properties] AS value
""")
INDEXES = Statement("SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name")
USERS = Statement("SHOW USERS YIELD user RETURN user ORDER BY user")


def everything(database: Database) -> list[Any]:
    """Return what is the same as long as nobody has written."""
    rows = [database.rows(statement)[1] for statement in (INDEXES, USERS)]
    return [database.value(COUNTS), database.value(STATE), *rows]
