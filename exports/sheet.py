"""The evidence table as a workbook: which condition, cells from where, by which route, on what evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.bibliography import references
from exports.files import Losses, cell
from exports.snapshot import Row, Snapshot
from schema.errors import MissingExtra
from schema.predicates import PREDICATE_BY_NAME

if TYPE_CHECKING:
    from xlsxwriter import Workbook

EVIDENCE = (
    "condition",
    "source",
    "route",
    "level",
    "outcome",
    "reference status",
    "says",
    "subject",
    "predicate",
    "object",
    "negated",
    "certainty",
    "status",
    "population",
    "model",
    "dose",
    "extent",
    "mechanisms",
    "markers",
    "papers",
    "concerns",
    "article",
    "section",
    "paragraph",
    "sentence",
    "claim",
)
PIVOT = EVIDENCE[:6]
_SOURCES = {"MscSource", "EvPreparation", "EvSubtype", "Therapy", "CellType"}
_REFERENCE = ("id", "article", "position", "title", "authors", "journal", "year", "doi", "pmid", "erratum")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def write_sheet(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write evidence.xlsx: the table, how often each combination occurs, the references, the sources.

    Raises `MissingExtra` where XlsxWriter is not installed.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise MissingExtra("xlsx needs XlsxWriter: pip install 'mscev[xlsx]'", extra="xlsx") from error
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(folder / "evidence.xlsx"), options) as book:
        book.set_properties({"title": "Evidence table", "created": _EPOCH, "comments": snapshot.release})
        _sheet(book, "Evidence", EVIDENCE, evidence_rows(snapshot))
        counts = Counter(tuple(row[name] for name in PIVOT) for row in evidence_rows(snapshot))
        totals = (dict(zip(PIVOT, key, strict=True)) | {"claims": counts[key]} for key in sorted(counts))
        _sheet(book, "Combinations", (*PIVOT, "claims"), totals)
        _sheet(book, "References", _REFERENCE, references(snapshot))
        _sheet(book, "About", ("what", "value"), _about(snapshot))


def _sheet(book: Workbook, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    last = 0
    for last, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(last, place, value)
            elif value not in (None, "", []):
                sheet.write_string(last, place, _joined(value))
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _joined(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else cell(value)


def evidence_rows(snapshot: Snapshot) -> Iterator[Row]:
    """Yield a row a claim, by condition, source, route, level and outcome; what is not stated stays empty."""
    rows = [_evidence(row) for row in snapshot.rows("claims")]
    yield from sorted(rows, key=lambda row: tuple(str(row[name]) for name in (*PIVOT, "claim")))


def _evidence(row: Row) -> Row:
    own = row["properties"]
    roles: dict[str, list[str]] = {}
    for part in row["context"]:
        roles.setdefault(part["role"], []).append(part["name"])
    ends = [row["subject"], row["object"]]
    conditions = roles.get("disease") or [end["name"] for end in ends if end["kind"] == "Disease"]
    sources = roles.get("cellSource") or [end["name"] for end in ends[:1] if end["kind"] in _SOURCES]
    routes = roles.get("route") or [end["name"] for end in ends if end["kind"] == "DeliveryRoute"]
    place = row["evidence"][0] if row["evidence"] else {}
    papers = [ref for one in row["citations"] for ref in one["references"]]
    predicate = PREDICATE_BY_NAME.get(own["predicate"])
    return {
        "condition": "; ".join(conditions),
        "source": "; ".join(sources),
        "route": "; ".join(routes),
        "level": own["evidenceLevel"],
        "outcome": row["object"]["name"],
        "reference status": reference_status(row["citations"]),
        "says": own["statement"],
        "subject": row["subject"]["name"],
        "predicate": predicate.words if predicate else own["predicate"],
        "object": row["object"]["name"],
        "negated": own["negated"],
        "certainty": own["certainty"],
        "status": own["status"],
        "population": roles.get("population"),
        "model": roles.get("model"),
        "dose": own.get("dose"),
        "extent": own.get("extent"),
        "mechanisms": [one["name"] for one in row["mechanisms"]],
        "markers": [one["label"] for one in row["citations"]],
        "papers": [_paper(ref) for ref in papers],
        "concerns": sorted({concern for one in row["citations"] for concern in one["concerns"]}),
        "article": own["article"],
        "section": place.get("section"),
        "paragraph": place.get("block"),
        "sentence": place.get("sentence"),
        "claim": own["id"],
    }


def _paper(reference: Row) -> str:
    if reference["doi"]:
        return f"doi:{reference['doi']}"
    return f"PMID:{reference['pmid']}" if reference["pmid"] else str(reference["id"])


def reference_status(citations: Sequence[Row]) -> str:
    """Return whether the papers behind a claim are known; NOT_CITED where it cites none."""
    found = {one["status"] for one in citations}
    return "NOT_CITED" if not found else found.pop() if len(found) == 1 else "PARTLY_RESOLVED"


def _about(snapshot: Snapshot) -> Iterator[Row]:
    yield {"what": "release", "value": snapshot.release}
    yield {"what": "around", "value": list(snapshot.focus) or "everything"}
    for source in snapshot.sources:
        parts = (source["id"], source["title"], source.get("version"), source.get("licence"))
        yield {"what": "source", "value": [part for part in parts if part]}
