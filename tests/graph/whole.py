"""All that a graph holds, for comparing two of them, and the release that it comes to."""

from __future__ import annotations

from itertools import chain

from graph import release
from graph.connection import Database
from graph.reads.info import STATE
from graph.statement import Statement
from schema.ids import digest


def everything(database: Database) -> list[str]:
    """Every node and relationship with all that they hold, but for times and counters."""
    nodes = Statement("MATCH (n) WHERE NOT n:Release RETURN labels(n), properties(n)")
    links = Statement("MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id")
    found = chain(database.stream(nodes), database.stream(links))
    return sorted(digest([sorted(row[0]), *row[1:]] if isinstance(row[0], list) else row) for row in found)


def checked(database: Database) -> str:
    """Return the release; it is what the stored graph comes to, for each source too."""
    stored = release.compute(chain.from_iterable(map(database.stream, release.ELEMENTS)))
    state = database.value(STATE)
    assert (state["hash"] if state else release.EMPTY) == stored.graph
    _, told = database.rows(Statement("MATCH (s:Source) RETURN s.id, s.release"))
    # an article that names nothing has no element
    assert dict(told) == {**{source: release.EMPTY for source, _ in told}, **stored.by_source}
    return stored.graph
