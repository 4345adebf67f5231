"""KGX: nodes and edges as TSV or JSON lines, and beside them what an edge cannot hold: claims and references.

Columns are Biolink's; those of a foreign graph come back as they were. Both categories are written, so that
our kinds come back: `biolink:Protein|mscev:Cytokine`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from exports.files import Losses, text_file, write_json_lines
from exports.snapshot import BESIDE, Row, Snapshot
from schema import biolink, ids
from schema.columns import (
    CATEGORIES,
    IS_A,
    IS_A_SOURCE,
    IS_A_VERSION,
    MAPPINGS,
    claim_column,
    edge_column,
    node_column,
)
from schema.kinds import FOREIGN
from schema.predicates import PREDICATE_BY_NAME, biolink_of
from schema.stored import LABELS

_CLAIM = frozenset(prop.name for label in LABELS if label.name == "Claim" for prop in label.properties)
_NODE_FIRST = ("id", "category", "name", "description", "synonym", "xref", "provided_by")
_EDGE_FIRST = ("id", "subject", "predicate", "object", "original_predicate", "knowledge_level", "agent_type")
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
INFORES = "infores:mscev"


def write_jsonl(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write nodes.jsonl and edges.jsonl, and the tables beside them."""
    write_json_lines(folder / "nodes.jsonl", node_rows(snapshot))
    write_json_lines(folder / "edges.jsonl", edge_rows(snapshot))
    write_beside(snapshot, folder)


def write_tsv(snapshot: Snapshot, folder: Path, losses: Losses) -> None:
    """Write nodes.tsv and edges.tsv, and the tables beside them."""
    _table(folder / "nodes.tsv", lambda: node_rows(snapshot), _NODE_FIRST, losses)
    _table(folder / "edges.tsv", lambda: edge_rows(snapshot), _EDGE_FIRST, losses)
    write_beside(snapshot, folder)


def write_beside(snapshot: Snapshot, folder: Path) -> None:
    """Write what an edge cannot hold: claims with setting, places and citations, and what these name."""
    write_json_lines(folder / "claims.jsonl", claim_rows(snapshot))
    write_json_lines(folder / "mentions.jsonl", snapshot.mentions())
    for table in BESIDE:
        write_json_lines(folder / f"{table}.jsonl", snapshot.beside(table))


def claim_rows(snapshot: Snapshot) -> Iterator[Row]:
    """Yield claims as one object each."""
    for row in snapshot.rows("claims"):
        ends = {end: row[end]["id"] for end in ("subject", "object")}
        parts = {name: row[name] for name in ("context", "mechanisms", "evidence", "citations")}
        yield {**row["properties"], **ends, **parts}


def node_rows(snapshot: Snapshot) -> Iterator[Row]:
    """Yield entities by column."""
    for row in snapshot.rows("entities"):
        yield _foreign(row) if row["properties"]["kind"] == FOREIGN.name else _own(row)


def _own(row: Row) -> Row:
    own = dict(row["properties"])
    mappings = [{"id": one["id"], "label": one["label"], **one["properties"]} for one in row["mappings"]]
    return {
        "id": own.pop("id"),
        "category": [own.pop("category"), f"{ids.LOCAL}:{own.pop('kind')}"],
        "name": own.pop("name"),
        "description": own.pop("description", None),
        "synonym": own.pop("synonyms", []),
        "xref": [one["id"] for one in mappings],
        "provided_by": own.pop("sources", []),
        MAPPINGS: orjson.dumps(mappings, option=orjson.OPT_SORT_KEYS).decode() if mappings else None,
        **{node_column(name): value for name, value in own.items()},
    }


def _foreign(row: Row) -> Row:
    own = dict(row["properties"])
    category = own.pop("category")
    columns = {
        "category": own.pop(CATEGORIES, [category]),
        "provided_by": own.pop("sources", []),
        **{node_column(name): value for name, value in own.items() if name != "kind"},
    }
    if columns.get("name") == columns["id"]:
        del columns["name"]  # it had none
    return columns


def edge_rows(snapshot: Snapshot) -> Iterator[Row]:
    """Yield relations, then what foreign graphs say not to hold, then the steps of ontologies."""
    for relation in snapshot.relations():
        yield _relation(relation)
    for row in snapshot.rows("claims"):
        if row["properties"]["place"].endswith("/00000.000"):
            yield _denied(row)
    for row in snapshot.rows("entities"):
        for step in row["isA"]:
            yield _step(row["properties"]["id"], step)


def _relation(relation: Row) -> Row:
    properties = dict(relation["properties"])
    type_, claims = relation["predicate"], properties.pop("claimIds", None)
    properties.pop("direction", None)
    sources = properties.pop("sources", [])
    columns: Row = {"id": properties.pop("id"), "subject": relation["subject"], "object": relation["object"]}
    if claims is None:
        return (
            columns
            | _said(type_, properties.get("originalPredicate"))
            | {edge_column(name): value for name, value in properties.items()}
        )
    ours = PREDICATE_BY_NAME[type_]
    return columns | {
        "category": ["biolink:Association"],
        "predicate": ours.biolink,
        "original_predicate": f"{ids.LOCAL}:{type_}",
        **dict(ours.qualifiers),
        "primary_knowledge_source": INFORES,
        "provided_by": sources,
        **{edge_column(name): value for name, value in properties.items()},
        "claims": claims,
    }


def _said(type_: str, original: object) -> Row:
    """Return the predicate that a foreign edge's type says."""
    own = f"{ids.LOCAL}:{type_}"
    ours = original == own or type_ not in biolink.predicates_by_type()
    return {"predicate": biolink_of(type_, ours=ours), **({"original_predicate": own} if ours else {})}


def _denied(row: Row) -> Row:
    own = row["properties"]
    columns = {claim_column(name): value for name, value in own.items() if name not in _CLAIM}
    return {
        "id": own["id"],
        "subject": row["subject"]["id"],
        "object": row["object"]["id"],
        **_said(own["predicate"], own.get("original_predicate")),
        "negated": True,
        "knowledge_level": own["knowledgeLevel"],
        "agent_type": own["agentType"],
        **columns,
    }


def _step(child: str, step: Row) -> Row:
    said = step["properties"]
    return {
        "id": f"{ids.LOCAL}.is_a:{ids.digest([child, step['parent']], 128)}",
        "subject": child,
        "predicate": "biolink:subclass_of",
        "object": step["parent"],
        "original_predicate": IS_A,
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent",
        IS_A_SOURCE: said.get("source"),
        IS_A_VERSION: said.get("version"),
    }


def _table(path: Path, rows: Any, first: tuple[str, ...], losses: Losses) -> None:
    """Write a table; its columns are known after a first pass over the rows."""
    found = {name for row in rows() for name, value in row.items() if value not in (None, [])}
    columns = [*(name for name in first if name in found), *sorted(found.difference(first))]
    with text_file(path) as file:
        for cells in _cells(columns, rows(), losses):
            file.write("\t".join(cells) + "\n")


def _cells(columns: list[str], rows: Iterable[Mapping[str, Any]], losses: Losses) -> Iterator[list[str]]:
    yield [name.translate(_BREAKS) for name in columns]
    for row in rows:
        yield [_text(row.get(name), losses) for name in columns]


def _text(value: Any, losses: Losses) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if any("|" in str(part) for part in value):
            losses.counts["values of a list that hold | , which parts them when they are read"] += 1
        return "|".join(_text(part, losses) for part in value)
    text = str(value)
    told = text.translate(_BREAKS)
    if told != text:
        losses.counts["tabs and line ends, which became blanks"] += 1
    return told
