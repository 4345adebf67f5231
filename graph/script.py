"""The stored graph as a Cypher script: constraints and indexes, then nodes, then relationships, in literals.

A statement a line, each ended by a semicolon. Run into an empty database it makes the same release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

from graph.indexes import statements
from graph.literals import literal
from graph.vocabulary import KIND_LABELS, NODE_LABELS, STRUCTURE, relation_type

ROWS = 200
Row = Mapping[str, Any]
Joint = tuple[str, str, str]  # the type of a relationship, and the labels by which its ends are found


def script(nodes: Iterable[Row], again: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of the script; `nodes` and `again` are the same rows of `graph.reads.export.nodes`."""
    for _, statement in statements():
        yield f"{statement.text};"
    yield "CALL db.awaitIndexes(300);"
    for labels, rows in groupby(nodes, key=lambda row: _labels(row["labels"])):
        for batch in _batches(row["properties"] for row in rows):
            made = " SET n.generation = 1, n.builtAt = datetime()" if labels == "Release" else ""
            yield f"UNWIND [{', '.join(map(_map, batch))}] AS row CREATE (n:{labels}) SET n = row{made};"
    held: dict[Joint, list[Row]] = {}
    for joint, row in _links(again):
        rows_of = held.setdefault(joint, [])
        rows_of.append(row)
        if len(rows_of) == ROWS:
            yield _joined(joint, held.pop(joint))
    yield from (_joined(joint, held[joint]) for joint in sorted(held))


def _joined(joint: Joint, rows: Iterable[Row]) -> str:
    type_, start, end = joint
    return (
        f"UNWIND [{', '.join(map(_map, rows))}] AS row "
        f"MATCH (a:{start} {{id: row.a}}), (b:{end} {{id: row.b}}) "
        f"CREATE (a)-[r:{type_}]->(b) SET r = row.p;"
    )


def _labels(labels: Iterable[str]) -> str:
    return ":".join(name for name in (*NODE_LABELS, *KIND_LABELS) if name in labels)


def _links(nodes: Iterable[Row]) -> Iterator[tuple[Joint, Row]]:
    for node in nodes:
        start = _of(node["labels"])
        for link in node["links"]:
            type_ = link["type"] if link["type"] in STRUCTURE else relation_type(link["type"])
            row = {"a": node["properties"]["id"], "b": link["to"], "p": link["properties"]}
            yield (type_, start, _of(link["labels"])), row


def _of(labels: Iterable[str]) -> str:
    """Return the label by whose id a node is found."""
    return next(name for name in NODE_LABELS if name in labels)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    all_rows = iter(rows)
    while batch := list(islice(all_rows, ROWS)):
        yield batch


def _map(row: Row) -> str:
    parts = (
        f"`{key.replace('`', '``')}`: {_map(value) if isinstance(value, dict) else literal(value)}"
        for key, value in row.items()
        if value is not None
    )
    return "{" + ", ".join(parts) + "}"
