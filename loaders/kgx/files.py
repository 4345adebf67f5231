"""The files of a KGX graph as rows: TSV, CSV and JSON lines, plain or gzipped. One line is held at a time."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import orjson

from schema.errors import InvalidSource

FORMS = (".tsv", ".csv", ".jsonl")
LONGEST = 10_000_000  # characters of one line
_NOT_UTF8 = re.compile("[\udc80-\udcff]")

Row = dict[str, Any]
# Takes the line and the reason of a row that is left out.
Reject = Callable[[int, str], None]


def read_rows(path: Path, reject: Reject) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line, from 1; of a table as texts by column, of JSON as it stands there.

    A row that cannot be read is rejected. Raises `InvalidSource` where the file is none of these at all.
    """
    form = form_of(path)
    try:
        with _opened(path) as file:
            lines = _lines(path, file)
            if form == ".jsonl":
                yield from _objects(lines, reject)
            else:
                yield from _table(path, (_tabs if form == ".tsv" else _commas)(lines, reject), reject)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidSource(f"{path} cannot be read: {error}", file=str(path)) from error


def form_of(path: Path) -> str:
    """Return the format that a file's name says; `InvalidSource` names the allowed ones."""
    name = path.name.lower().removesuffix(".gz")
    for form in FORMS:
        if name.endswith(form):
            return form
    raise InvalidSource(
        f"{path}: a file of a KGX graph ends in {', '.join(FORMS)}, with or without .gz", file=str(path)
    )


def _opened(path: Path) -> IO[str]:
    # bytes that are no UTF-8 stay visible, so that only their own row is rejected
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="\n")
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n")


def _lines(path: Path, file: IO[str]) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise InvalidSource(
                f"{path}:{number}: the line is longer than {LONGEST:,} characters",
                file=str(path),
                line=number,
            )
        yield line


def _tabs(lines: Iterator[str], _: Reject) -> Iterator[tuple[int, list[str]]]:
    """KGX does not quote: a cell ends at the next tab, and a row at the end of its line."""
    return ((number, line.rstrip("\r\n").split("\t")) for number, line in enumerate(lines, 1))


def _commas(lines: Iterator[str], reject: Reject) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reject(number, f"no CSV: {error}")
        else:
            yield number, cells


def _of_header(columns: list[str]) -> str:
    """Return what is wrong with a header; empty where nothing is."""
    if not any(columns):
        return "there is no header"
    if twice := [name for name in columns if columns.count(name) > 1]:
        return f"the column {twice[0]!r} is there twice"
    if any(map(_broken, columns)):
        return "the header is not UTF-8"
    if odd := [name for name in columns if not name.isprintable()]:
        what = f"the column {odd[0]!r} has a line break or another control character in its name"
        return f"{what}; is a quotation mark missing?"
    return ""


def _table(path: Path, rows: Iterator[tuple[int, list[str]]], reject: Reject) -> Iterator[tuple[int, Row]]:
    _, columns = next(rows, (1, [""]))
    if problem := _of_header(columns):
        raise InvalidSource(f"{path}:1: {problem}", file=str(path), line=1)
    for number, cells in rows:
        if len(cells) != len(columns):
            if any(cells):
                reject(number, f"the row has {len(cells)} cells, the header {len(columns)}")
        elif bad := next((name for name, cell in zip(columns, cells, strict=True) if _broken(cell)), None):
            reject(number, f"{bad} is not UTF-8")
        else:
            yield number, dict(zip(columns, cells, strict=True))


def _objects(lines: Iterator[str], reject: Reject) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if _broken(line):
            reject(number, "the line is not UTF-8")
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            reject(number, f"no JSON: {error}")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            reject(number, "the line is no JSON object")


def _broken(text: str) -> bool:
    return not text.isascii() and _NOT_UTF8.search(text) is not None
