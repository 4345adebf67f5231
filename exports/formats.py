"""Every format: what writes it, what it reads beyond the usual tables, and what it cannot carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exports import bibliography, elements, jsonld, kgx, sheet, tables, turtle
from exports.files import Losses
from exports.snapshot import Snapshot
from schema.errors import NotFound


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    `media` is the type of its file where it is a single one, `left_out` what it has no room for, `tables`
    what it reads beyond the usual.
    """

    name: str
    write: Callable[[Snapshot, Path, Losses], None]
    description: str
    left_out: str = ""
    media: str = "application/zip"
    tables: tuple[str, ...] = ()


FORMATS = (
    Format("kgx-jsonl", kgx.write_jsonl, "KGX: nodes and edges as JSON lines, claims beside them."),
    Format("kgx-tsv", kgx.write_tsv, "KGX: nodes and edges as tables, claims beside them as JSON lines."),
    Format(
        "graphml",
        elements.write_graphml,
        "GraphML: the stored graph, for Gephi, yEd and networkx; lists are JSON text.",
        media="application/graphml+xml",
        tables=("nodes",),
    ),
    Format(
        "cx2",
        elements.write_cx2,
        "CX2: the stored graph, for Cytoscape and NDEx.",
        media="application/json",
        tables=("nodes",),
    ),
    Format(
        "ttl",
        turtle.write_turtle,
        "Turtle: Biolink associations with their provenance.",
        media="text/turtle",
    ),
    Format(
        "jsonld",
        jsonld.write_jsonld,
        "JSON-LD: Biolink associations, each claim as a nanopublication.",
        media="application/ld+json",
    ),
    Format(
        "cypher",
        elements.write_cypher,
        "A Cypher script that makes the graph in an empty Neo4j.",
        media="application/x-cypher-query",
        tables=("nodes",),
    ),
    Format("csv", tables.write_tables, "CSV: a table a thing, for data frames."),
    Format(
        "xlsx",
        sheet.write_sheet,
        "A workbook: the evidence table, one row a claim.",
        left_out="spans and hashes of sentences, identifiers beside names, mentions, ontologies, relations "
        "without claims",
        media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Format(
        "bibtex",
        bibliography.write_bibtex,
        "The printed references for BibTeX.",
        left_out="everything but references",
        media="application/x-bibtex",
    ),
    Format(
        "ris",
        bibliography.write_ris,
        "The printed references for Zotero, EndNote and others.",
        left_out="everything but references",
        media="application/x-research-info-systems",
    ),
)
FORMAT_BY_NAME = {one.name: one for one in FORMATS}


def format_named(name: str) -> Format:
    """Return the format of this name; `NotFound` names the allowed ones."""
    try:
        return FORMAT_BY_NAME[name]
    except KeyError:
        raise NotFound(
            f"no export has the format {name!r}; allowed: {', '.join(FORMAT_BY_NAME)}",
            given=name,
            allowed=tuple(FORMAT_BY_NAME),
        ) from None
