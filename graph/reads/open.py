"""Cypher that somebody else wrote: the one place through which commands, Python and MCP run it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.connection import Database
from graph.gate import judge
from graph.statement import Statement

ROWS = 10_000
_SHORT = re.compile(r"(?:\.0+|(\.\d*?)0+)(?=$|[+-])")  # the driver writes all nine digits
SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; values as Neo4j's HTTP Query API gives them in plain JSON."""

    columns: tuple[str, ...]
    rows: list[list[Any]]


def read_open(
    database: Database,
    text: str,
    parameters: Mapping[str, object],
    *,
    rows: int = ROWS,
    seconds: float = SECONDS,
) -> Table:
    """Run a statement; values as JSON has them. Raises as `open_rows` does."""
    columns, found = open_rows(database, text, parameters, rows=rows, seconds=seconds)
    return Table(tuple(columns), [[plain(value) for value in row] for row in found])


def open_rows(
    database: Database,
    text: str,
    parameters: Mapping[str, object],
    *,
    rows: int | None = None,
    seconds: float = SECONDS,
) -> tuple[list[str], list[list[Any]]]:
    """Run a statement; return columns and rows as the driver gives them.

    Raises `StatementRefused` where it does more than read, `LimitExceeded` for more than `rows` rows.
    """
    judge(database.explain(text, seconds))
    return database.rows(Statement(text, parameters), timeout=seconds, limit=rows)


def plain(value: Any) -> Any:  # noqa: PLR0911 - one a type
    """Return a value of the driver as JSON has it: nodes and relationships as maps, times in ISO 8601."""
    match value:
        case Node():
            return {
                "elementId": value.element_id,
                "labels": sorted(value.labels),
                "properties": plain(dict(value)),
            }
        case Relationship():
            ends = (value.start_node, value.end_node)
            start, end = (node.element_id if node else None for node in ends)
            return {
                "elementId": value.element_id,
                "startNodeElementId": start,
                "endNodeElementId": end,
                "type": value.type,
                "properties": plain(dict(value)),
            }
        case Path():
            return [plain(value.start_node), *_steps(value)]
        case DateTime() | Time():
            return _SHORT.sub(r"\1", value.iso_format()).replace("+00:00", "Z")
        case Date() | Duration():
            return value.iso_format()
        case Point():
            return f"SRID={value.srid};POINT ({' '.join(str(number) for number in value)})"
        case dict():
            return {name: plain(inner) for name, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case _:
            return value


def _steps(path: Path) -> list[Any]:
    pairs = zip(path.relationships, path.nodes[1:], strict=True)
    return [plain(part) for pair in pairs for part in pair]
