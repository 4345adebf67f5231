"""CSV files as the import tool of Neo4j reads them: each with a header of names and types.

Rows of one label, or of one type and pair of ends, go to files of some thousands; a file's columns are those
of its rows. What the form cannot tell apart (an empty list, and none) is mended after the import.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from neo4j.time import DateTime

from schema.errors import InvalidRecord

ROWS: Final = 50_000
# Parts the values of a list; no text of a source holds it.
SEPARATOR: Final = "\x1f"
_TYPES: Final = {str: "string", int: "long", float: "double", bool: "boolean", DateTime: "datetime"}


@dataclass(frozen=True, slots=True)
class Group:
    """Where rows belong: `option` as the import tool takes it, `keys` the columns that are no properties."""

    option: str
    keys: tuple[str, ...]

    @classmethod
    def nodes(cls, *labels: str) -> Group:
        """Nodes with these labels; ids are unique among those of the first."""
        return cls(f"--nodes={':'.join(labels)}", (f":ID({labels[0]})",))

    @classmethod
    def relationships(cls, type_: str, start: str, end: str) -> Group:
        """Relationships of a type between nodes of two labels."""
        return cls(f"--relationships={type_}", (f":START_ID({start})", f":END_ID({end})"))


Row = tuple[tuple[str, ...], Mapping[str, Any]]


class Files:
    """Writes rows; `options` are what the import tool needs to read them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._rows: dict[Group, list[Row]] = {}
        self._written: list[tuple[Group, Path]] = []
        self.several_lines = False
        directory.mkdir(parents=True)

    def add(self, group: Group, keys: tuple[str, ...], properties: Mapping[str, Any]) -> None:
        """Add a node (its id) or a relationship (ids of its ends)."""
        rows = self._rows.setdefault(group, [])
        rows.append((keys, properties))
        if len(rows) >= ROWS:
            self._write(group, rows)
            self._rows[group] = []

    def options(self) -> list[str]:
        """Write what is left; return an option a file."""
        for group, rows in self._rows.items():
            self._write(group, rows)
        self._rows.clear()
        return [f"{group.option}={path}" for group, path in self._written]

    def _write(self, group: Group, rows: list[Row]) -> None:
        """Write rows; those that have a value of another type in a column go to a file of their own."""
        while rows:
            path = self._directory / f"{len(self._written):06}.csv"
            types, rows, later = _together(rows)
            cells = [(name, _CELLS.get(type_, _cell)) for name, type_ in types.items()]
            text = "\n".join(
                ",".join([*map(_text, keys), *[cell(properties.get(name)) for name, cell in cells]])
                for keys, properties in rows
            )
            self.several_lines |= "\r" in text or text.count("\n") >= len(rows)
            with path.open("w", encoding="utf-8", newline="") as file:
                columns = [*group.keys, *(f"{name}:{type_}" for name, type_ in types.items())]
                file.write(f"{','.join(map(_text, columns))}\n{text}\n")
            self._written.append((group, path))
            rows = later


def _together(rows: list[Row]) -> tuple[dict[str, str], list[Row], list[Row]]:
    """Return columns with their types, the rows that fit these, and those that do not."""
    columns: dict[str, type] = {}
    types: dict[str, str] = {}
    fitting, later = [], []
    for row in rows:
        new = None
        for name, value in row[1].items():
            if value is None or (columns.get(name) is type(value) and type(value) is not list):
                continue
            type_ = _type(value)
            if types.get(name, type_) != type_:
                later.append(row)
                break
            if name not in types:
                new = new or {}
                new[name] = (type(value), type_)
        else:
            fitting.append(row)
            for name, (kind, type_) in (new or {}).items():
                columns[name], types[name] = kind, type_
    return types, fitting, later


def _type(value: Any) -> str:
    if isinstance(value, list):
        return f"{_TYPES[type(value[0])]}[]" if value else "string[]"
    return _TYPES[type(value)]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return ""
    if isinstance(value, list):
        texts = [one if isinstance(one, str) else _cell(one) for one in value]
        if texts == [""] or any(SEPARATOR in text for text in texts):
            raise InvalidRecord(
                f"the list {value!r} cannot be told in CSV: load this source without --bulk", given=value
            )
        return _text(SEPARATOR.join(texts))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value.iso_format() if isinstance(value, DateTime) else repr(value)


def _text(value: str | None) -> str:
    if value is None:
        return ""
    return f'"{value}"' if '"' not in value else f'"{value.replace(chr(34), chr(34) * 2)}"'


_CELLS: Final[dict[str, Callable[[Any], str]]] = {"string": _text}
