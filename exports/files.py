"""Writing files: JSON lines, tables of tabs or commas, and what a format could not carry."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson


@dataclass(slots=True)
class Losses:
    """What a format could not carry, counted by what it was."""

    counts: Counter[str] = field(default_factory=Counter)


@contextmanager
def text_file(path: Path) -> Iterator[IO[str]]:
    """Open a text file for writing: UTF-8, lines end in a line feed on every machine."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield file


def write_json_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON lines; columns without a value are left out."""
    with path.open("wb") as file:
        for row in rows:
            filled = {name: value for name, value in row.items() if value is not None and value != []}
            file.write(orjson.dumps(filled, option=orjson.OPT_APPEND_NEWLINE))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as CSV (RFC 4180) with these columns; lists and objects as JSON."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([cell(row.get(name)) for name in columns])


def cell(value: Any) -> str:
    """Return a value as the text of a cell: nothing for none, lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else str(value)
