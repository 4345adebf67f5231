"""CSV: one table a thing, for spreadsheets and data frames; lists and objects stand in a cell as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from exports.files import Losses, write_csv
from exports.snapshot import BESIDE, Row, Snapshot
from schema.enums import ContextRole

_CLAIM_FIRST = ("id", "subject", "predicate", "object", "negated", "certainty", "evidenceLevel", "statement")


def write_tables(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write a table of each thing that the graph holds."""
    tables: dict[str, Callable[[], Iterable[Row]]] = {
        "entities": lambda: _entities(snapshot),
        "mappings": lambda: _mappings(snapshot),
        "is_a": lambda: _steps(snapshot),
        "relations": lambda: _relations(snapshot),
        "claims": lambda: _claims(snapshot),
        "claim_evidence": lambda: _evidence(snapshot),
        "claim_citations": lambda: _citations(snapshot),
        "mentions": snapshot.mentions,
        **{table: partial(snapshot.beside, table) for table in BESIDE},
    }
    for table, rows in tables.items():
        write_csv(folder / f"{table}.csv", _columns(rows()), rows())


def _columns(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return all columns in the order in which they are first found."""
    found: dict[str, None] = {}
    for row in rows:
        found.update(dict.fromkeys(row))
    return list(found)


def _entities(snapshot: Snapshot) -> Iterator[Row]:
    for row in snapshot.rows("entities"):
        own = dict(row["properties"])
        yield {name: own.pop(name) for name in ("id", "kind", "category", "name")} | dict(sorted(own.items()))


def _mappings(snapshot: Snapshot) -> Iterator[Row]:
    for row in snapshot.rows("entities"):
        for one in row["mappings"]:
            yield {
                "entity": row["properties"]["id"],
                "id": one["id"],
                "label": one["label"],
                **one["properties"],
            }


def _steps(snapshot: Snapshot) -> Iterator[Row]:
    for row in snapshot.rows("entities"):
        for step in row["isA"]:
            yield {"child": row["properties"]["id"], "parent": step["parent"], **step["properties"]}


def _relations(snapshot: Snapshot) -> Iterator[Row]:
    for row in snapshot.relations():
        own = dict(row["properties"])
        names = ("subject", "subjectName", "predicate", "object", "objectName")
        yield {"id": own.pop("id")} | {name: row[name] for name in names} | dict(sorted(own.items()))


def _claims(snapshot: Snapshot) -> Iterator[Row]:
    """Yield claims with a column a role of the setting; ids of several are parted by a blank."""
    for row in snapshot.rows("claims"):
        values = {**row["properties"], "subject": row["subject"]["id"], "object": row["object"]["id"]}
        first = {name: values.pop(name) for name in _CLAIM_FIRST}
        roles = {
            f"context.{role.value}": " ".join(
                one["id"] for one in row["context"] if one["role"] == role.value
            )
            for role in ContextRole
        }
        named = {"subjectName": row["subject"]["name"], "objectName": row["object"]["name"]}
        mechanisms = {"mechanisms": " ".join(one["id"] for one in row["mechanisms"])}
        yield first | named | roles | mechanisms | dict(sorted(values.items()))


def _evidence(snapshot: Snapshot) -> Iterator[Row]:
    for row in snapshot.rows("claims"):
        for place in row["evidence"]:
            yield {"claim": row["properties"]["id"], **place}


def _citations(snapshot: Snapshot) -> Iterator[Row]:
    for row in snapshot.rows("claims"):
        for one in row["citations"]:
            ends = {name: [ref["id"] for ref in one[name]] for name in ("references", "alternatives")}
            yield {"claim": row["properties"]["id"], **one, **ends}
