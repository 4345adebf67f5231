"""A KGX graph as records: its source, then its nodes, then its edges, one row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from loaders.kgx.edges import edge_id, edge_of
from loaders.kgx.files import Reject, read_rows
from loaders.kgx.known import Known
from loaders.kgx.nodes import entity_of
from schema import ids
from schema.errors import InvalidRecord, UsageError
from schema.records import Claim, Edge, IsA, Record, Source
from schema.validate import check_edge

# Takes the file, the line and the reason of a row that is left out, or of a part of one.
Report = Callable[[Path, int, str], None]


def source_named(
    name: str, *, title: str | None = None, version: str | None = None, licence: str | None = None
) -> Source:
    """Return the source of a graph; `name` becomes its id, `mscev.graph:name`."""
    slug = ids.slug(name)
    if not slug:
        raise UsageError(f"a source needs a name of letters and digits, not {name!r}", given=name)
    return Source(f"{ids.LOCAL}.graph:{slug}", title or name, version, licence)


def name_of(nodes: Path) -> str:
    """Return what the file of nodes calls the graph: `chebi_kgx_tsv_nodes.tsv` -> `chebi`."""
    stem = nodes.name.split(".")[0]
    words = stem.replace("-", "_").split("_")
    return (
        "-".join(word for word in words if word.lower() not in {"nodes", "kgx", "tsv", "csv", "jsonl"})
        or stem
    )


@dataclass(frozen=True, slots=True)
class KgxGraph:
    """A file of nodes and one of edges; `records` reads them twice, and keeps eight bytes a row."""

    nodes: Path
    edges: Path
    source: Source

    def records(self, report: Report) -> Iterator[Record]:
        """Yield the graph's records; a row that is none is reported and left out.

        An edge needs both its nodes; of rows with one id the first counts.
        """
        yield self.source
        known = Known(str(row.get("id") or "") for _, row in read_rows(self.nodes, _ignore))
        kept: set[str] = set()  # of ids that are there twice only
        reject = _to(report, self.nodes)
        missing: set[str] = set()
        for line, row in read_rows(self.nodes, reject):
            try:
                entity = entity_of(row, self.source.id, partial(reject, line))
            except InvalidRecord as error:
                missing.add(str(row.get("id") or ""))
                reject(line, error.message)
                continue
            if known.repeated(entity.id):
                if entity.id in kept:
                    reject(line, f"a row above has the id {entity.id} too")
                    continue
                kept.add(entity.id)
            yield entity
        yield from self._edges(report, _Ends(known, missing - kept))

    def _edges(self, report: Report, ends: _Ends) -> Iterator[Edge | Claim | IsA]:
        known = Known(edge_id(row) for _, row in read_rows(self.edges, _ignore))
        kept: set[str] = set()
        reject = _to(report, self.edges)
        for line, row in read_rows(self.edges, reject):
            id_ = edge_id(row)
            try:
                edge = _checked(edge_of(row, self.source.id), ends)
            except InvalidRecord as error:
                reject(line, error.message)
                continue
            if known.repeated(id_):
                if id_ in kept:
                    reject(line, f"a row above has the id {id_} too")
                    continue
                kept.add(id_)
            yield edge


@dataclass(frozen=True, slots=True)
class _Ends:
    """The ids of nodes that were yielded; a rejected one is none of them."""

    seen: Known
    rejected: set[str]

    def __contains__(self, id_: object) -> bool:
        return id_ in self.seen and id_ not in self.rejected


def _checked(record: Edge | Claim | IsA, ends: _Ends) -> Edge | Claim | IsA:
    pairs = (record.child, record.parent) if isinstance(record, IsA) else (record.subject, record.object)
    for end in pairs:
        if end not in ends:
            raise InvalidRecord(f"there is no node {end}", field="end", given=end)
    if isinstance(record, Edge):
        for problem in check_edge(record, ends):
            raise problem
    return record


def _to(report: Report, path: Path) -> Reject:
    return lambda line, reason: report(path, line, reason)


def _ignore(line: int, reason: str) -> None:
    """A first reading reports nothing: the second does."""
