"""Sources, and what is under way with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from graph.statement import Statement

SOURCES = Statement("MATCH (s:Source) WITH s ORDER BY s.id RETURN collect(s.id) AS value")

# What may be under way with a source.
LOADING, REMOVING = "LOADING", "REMOVING"


def is_stored(source_id: str) -> Statement:
    """Say whether a source is in the graph."""
    return Statement("RETURN EXISTS { (:Source {id: $source}) } AS value", {"source": source_id})


def source(row: Mapping[str, Any]) -> Statement:
    """Write the source itself."""
    return Statement("MERGE (s:Source {id: $row.id}) SET s += $row.properties", {"row": row})


def drop_source(source_id: str) -> Iterator[Statement]:
    """Remove the source itself, and the note of what was under way with it."""
    yield Statement("MATCH (s:Source {id: $source}) DETACH DELETE s", {"source": source_id})
    yield from end(source_id)


def begin(source_id: str, state: str, values: Mapping[str, Any] | None = None) -> Statement:
    """Note what is under way with a source: its state, and what whoever goes on with it must know."""
    return Statement(
        "MERGE (l:Load {id: $source}) SET l = $values, l.id = $source, l.state = $state, l.startedAt = $now",
        {"source": source_id, "state": state, "values": values or {}, "now": datetime.now(UTC)},
    )


def under_way(source_id: str) -> Statement:
    """Read what is under way with a source, null where nothing is, and whether the source is there."""
    return Statement(
        """
        OPTIONAL MATCH (l:Load {id: $source})
        RETURN [l { .* }, EXISTS { (:Source {id: $source}) }] AS value
        """,
        {"source": source_id},
    )


def mark(source_id: str, number: str, records: int) -> Statement:
    """Note that a part of a load is written; its id cannot be there twice."""
    return Statement(
        "CREATE (:LoadPart {id: $source + ' ' + $number, load: $source, records: $records})",
        {"source": source_id, "number": number, "records": records},
    )


def written_parts(source_id: str) -> Statement:
    """Read the numbers of the parts of a load that are written."""
    return Statement(
        """
        MATCH (p:LoadPart {load: $source})
        RETURN collect(substring(p.id, size($source) + 1)) AS value
        """,
        {"source": source_id},
    )


def end(source_id: str) -> Iterator[Statement]:
    """Forget what was under way with a source."""
    yield Statement("MATCH (p:LoadPart {load: $source}) DELETE p", {"source": source_id})
    yield Statement("MATCH (l:Load {id: $source}) DELETE l", {"source": source_id})
