"""CSV files as the import tool of Neo4j reads them: each with a header of names and types.

Rows of one label, or of one type and pair of ends, go to files of some thousands; a file's columns are those
of its rows. What the form cannot tell apart (an empty list, and none) is mended after the import.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class _Buffer:
    types: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[tuple[str, ...], Mapping[str, Any]]] = field(default_factory=list)

    def takes(self, types: Mapping[str, str]) -> bool:
        return all(self.types.get(name, type_) == type_ for name, type_ in types.items())


class Files:
    """Writes rows; `options` are what the import tool needs to read them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._buffers: dict[Group, list[_Buffer]] = {}
        self._written: list[tuple[Group, Path]] = []
        self.several_lines = False
        directory.mkdir(parents=True)

    def add(self, group: Group, keys: tuple[str, ...], properties: Mapping[str, Any]) -> None:
        """Add a node (its id) or a relationship (ids of its ends)."""
        types = {name: _type(value) for name, value in properties.items() if value is not None}
        buffers = self._buffers.setdefault(group, [])
        buffer = next((one for one in buffers if one.takes(types)), None)
        if buffer is None:
            buffer = _Buffer()
            buffers.append(buffer)
        buffer.types.update(types)
        buffer.rows.append((keys, properties))
        if len(buffer.rows) >= ROWS:
            self._write(group, buffer)
            buffers.remove(buffer)

    def options(self) -> Iterator[str]:
        """Write what is left; yield an option a file."""
        for group, buffers in self._buffers.items():
            for buffer in buffers:
                self._write(group, buffer)
        self._buffers.clear()
        for group, path in self._written:
            yield f"{group.option}={path}"

    def _write(self, group: Group, buffer: _Buffer) -> None:
        path = self._directory / f"{len(self._written):06}.csv"
        names = list(buffer.types)
        with path.open("w", encoding="utf-8", newline="") as file:
            columns = [*group.keys, *(f"{name}:{buffer.types[name]}" for name in names)]
            file.write(",".join(map(_quoted, columns)) + "\n")
            for keys, properties in buffer.rows:
                cells = [*map(_quoted, keys), *(_cell(properties.get(name)) for name in names)]
                line = ",".join(cells)
                if "\n" in line or "\r" in line:
                    self.several_lines = True
                file.write(line + "\n")
        self._written.append((group, path))


def _type(value: Any) -> str:
    if isinstance(value, list):
        return f"{_TYPES[type(value[0])]}[]" if value else "string[]"
    return _TYPES[type(value)]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return ""
    if isinstance(value, list):
        texts = [one if isinstance(one, str) else _cell(one) for one in value]
        if texts == [""] or any(SEPARATOR in text for text in texts):
            raise InvalidRecord(
                f"the list {value!r} cannot be told in CSV: load this source without --bulk", given=value
            )
        return _quoted(SEPARATOR.join(texts))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value.iso_format() if isinstance(value, DateTime) else repr(value)


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if '"' in text else f'"{text}"'
