"""CSV files as the import tool of Neo4j reads them: each with a header of names and types.

Rows of one label, or of one type and pair of ends, are written some thousands at a time; those with the same
columns share a file. What the form cannot tell apart (an empty list, and none) is mended after the import.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import Any, Final

from neo4j.time import DateTime

from schema.errors import InvalidRecord

# Few at a time: they are read several times over, and stay in the processor's cache.
ROWS: Final = 500
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
        self._paths: dict[tuple[Group, str], Path] = {}
        self.several_lines = False
        directory.mkdir(parents=True)

    def add(self, group: Group, keys: tuple[str, ...], properties: Mapping[str, Any]) -> None:
        """Add a node (its id) or a relationship (ids of its ends)."""
        self.add_all(group, [(keys, properties)])

    def add_all(self, group: Group, rows: Iterable[Row]) -> None:
        """Add many of one group."""
        held = self._rows.setdefault(group, [])
        held.extend(rows)
        if len(held) >= ROWS:
            self._write(group, held)
            held.clear()

    def options(self) -> list[str]:
        """Write what is left; return an option a file."""
        for group, rows in self._rows.items():
            if rows:
                self._write(group, rows)
        self._rows.clear()
        return [f"{group.option}={path}" for (group, _), path in self._paths.items()]

    def _write(self, group: Group, rows: list[Row]) -> None:
        """Write rows column by column; those that have a value of another type go to a file of their own."""
        names = dict.fromkeys(chain.from_iterable(properties for _, properties in rows))
        columns = {name: [properties.get(name) for _, properties in rows] for name in names}
        header = list(group.keys)
        cells = [_texts(keys) for keys in zip(*(keys for keys, _ in rows), strict=True)]
        for name, column in columns.items():
            types = _types(column)
            if len(types) > 1:
                fits = [value is None or _type(value) == types[0] for value in column]
                self._write(group, [row for row, fit in zip(rows, fits, strict=True) if fit])
                self._write(group, [row for row, fit in zip(rows, fits, strict=True) if not fit])
                return
            if types:
                header.append(f"{name}:{types[0]}")
                cells.append(_COLUMNS.get(types[0], _cells)(column))
        text = "\n".join(map(",".join, zip(*cells, strict=True)))
        self.several_lines |= "\r" in text or text.count("\n") >= len(rows)
        first = ",".join(_texts(header))
        path = self._paths.get((group, first))
        if path is None:
            path = self._paths[group, first] = self._directory / f"{len(self._paths):06}.csv"
            path.write_text(f"{first}\n", encoding="utf-8")
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(f"{text}\n")


def _types(column: Sequence[Any]) -> list[str]:
    """Return the types of the values that are there, in the order of their first appearance."""
    found = set(map(type, column)) - {NoneType}
    if len(found) == 1 and list not in found:
        return [_TYPES[found.pop()]]
    if found == {list} and set(map(type, chain.from_iterable(filter(None, column)))) <= {str}:
        return ["string[]"]
    return list(dict.fromkeys(_type(value) for value in column if value is not None))


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


def _cells(column: Sequence[Any]) -> list[str]:
    return [_cell(value) for value in column]


def _texts(column: Sequence[str | None]) -> list[str]:
    if None in column or any('"' in value for value in column if value):
        return [_text(value) for value in column]
    return [f'"{value}"' for value in column]


def _lists(column: Sequence[list[str] | None]) -> list[str]:
    """As `_cells`, for lists of texts: their signs are looked at once for all."""
    joined = [None if value is None else SEPARATOR.join(value) for value in column]
    parts = sum(len(value) - 1 for value in column if value)
    if [""] in column or sum(text.count(SEPARATOR) for text in joined if text) != parts:
        return _cells(column)
    return _texts(joined)


_COLUMNS: Final[dict[str, Callable[[Sequence[Any]], list[str]]]] = {"string": _texts, "string[]": _lists}
