"""One state of the graph, read once and kept on disk: what every format is written from.

Rows are JSON lines in a folder, so that a format passes over them as often as it likes and memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph.reads import export
from graph.reads.export import Part, Run
from schema.errors import DatabaseRejected, LimitExceeded, NotFound
from schema.ids import digest

Row = dict[str, Any]
ATTEMPTS = 3
_ONE_ORDER = orjson.OPT_APPEND_NEWLINE | orjson.OPT_SORT_KEYS  # Neo4j has none for properties


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Rows of one release by table; `focus` names the entities around which it was cut, if any."""

    folder: Path
    release: str
    sources: tuple[Row, ...]
    focus: tuple[str, ...] = ()

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table of `TABLES`."""
        with (self.folder / f"{table}.jsonl").open("rb") as file:
            yield from map(orjson.loads, file)

    def beside(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table of `BESIDE`, with the ids that each links to: `partOf`, `resolvedTo`."""
        for row in self.rows(table):
            links: Row = {}
            for link in row["links"]:
                links.setdefault(_camel(link["type"]), []).append(link["to"])
            links.pop("lists", None)  # references name their article and place
            yield {name: value for name, value in row["properties"].items() if value is not None} | links

    def mentions(self) -> Iterator[Row]:
        """Yield where entities are named."""
        for entity in self.rows("entities"):
            for mention in entity["mentions"]:
                yield {"entity": entity["properties"]["id"], **mention}

    def relations(self) -> Iterator[Row]:
        """Yield relations with their subjects: by subject, predicate, object and id."""
        for entity in self.rows("entities"):
            subject = {name: entity["properties"].get(name) for name in ("id", "name")}
            for relation in entity["relations"]:
                yield {"subject": subject["id"], "subjectName": subject["name"], **relation}


def _of(label: str) -> Callable[[Run, Part], Iterable[Row]]:
    return lambda run, part: export.labelled(run, part, label)


TABLES: Mapping[str, Callable[[Run, Part], Iterable[Row]]] = {
    "entities": export.entities,
    "claims": export.claims,
    "articles": _of("Article"),
    "sections": _of("Section"),
    "sentences": _of("Sentence"),
    "references": _of("Reference"),
    "citations": _of("Citation"),
    "nodes": export.nodes,
}
# What stands beside entities, relations and claims, by name of the table.
BESIDE = ("articles", "sections", "sentences", "references", "citations")
ALWAYS = ("entities", "claims", *BESIDE)


def read(
    run: Run,
    folder: Path,
    *,
    focus: tuple[str, ...] = (),
    tables: Iterable[str] = (),
    limit: int | None = None,
) -> Snapshot:
    """Read a state of the graph into a folder; again where a write came between.

    Raises `NotFound` for an unknown focus, `LimitExceeded` where the graph has more than `limit` entities,
    claims and relations, `DatabaseRejected` where writes did not end.
    """
    for _ in range(ATTEMPTS):
        before = run(export.INFO)
        if not before["release"]:
            raise NotFound("the graph is empty; load an article with 'mscev load article', or a graph")
        if limit is not None and before["elements"] > limit:
            raise LimitExceeded(
                f"the graph has {before['elements']:,} entities, claims and relations, and over HTTP at most "
                f"{limit:,} are exported; use 'mscev export', or set MSCEV_EXPORT_LIMIT",
                limit="export",
                given=before["elements"],
                allowed=limit,
            )
        part = export.part_around(run, focus)
        for table in (*ALWAYS, *tables):
            _write(folder / f"{table}.jsonl", TABLES[table](run, part))
        after = run(export.INFO)
        if (before["release"], before["generation"]) == (after["release"], after["generation"]):
            return Snapshot(folder, before["release"] or "", tuple(before["sources"]), part.focus)
    raise DatabaseRejected("the graph was written to while it was read; export again when the load has ended")


def _camel(type_: str) -> str:
    head, *rest = type_.lower().split("_")
    return head + "".join(word.capitalize() for word in rest)


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=_ONE_ORDER, default=str))


def index_rows(snapshot: Snapshot) -> Iterator[tuple[str, str, str, str]]:
    """Yield (what, id, hash, in words) of each entity, relation and claim: by them releases are compared."""
    for entity in snapshot.rows("entities"):
        told = {name: value for name, value in entity.items() if name != "relations"}
        yield "entity", entity["properties"]["id"], digest(told, 128), entity["properties"]["name"]
    for relation in snapshot.relations():
        words = f"{relation['subject']} {relation['predicate']} {relation['object']}"
        yield "relation", relation["properties"]["id"], digest(relation, 128), words
    for claim in snapshot.rows("claims"):
        own = claim["properties"]
        place = f"{own['place']}: {claim['subject']['id']} {own['predicate']} {claim['object']['id']}"
        yield "claim", own["id"], digest(claim, 128), place
