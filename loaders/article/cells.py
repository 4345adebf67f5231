"""Tables of the data files as text: columns parted by tabs, and spans as `start-end;start-end`, half-open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from schema.records import Span


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table with its columns in the first line."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()


def spans_text(spans: Iterable[Span]) -> str:
    """Return spans as a cell."""
    return ";".join(f"{span.start}-{span.end}" for span in spans)


def spans_in(cell: str) -> tuple[Span, ...]:
    """Return the spans of a cell."""
    ends = (tuple(map(int, span.split("-"))) for span in cell.split(";"))
    return tuple(Span(start, end) for start, end in ends)
