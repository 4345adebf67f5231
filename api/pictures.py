"""From the graph to a view: what is read becomes the values that views/ draws."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.reads.claims import claims_by_id
from graph.reads.entities import entities_by_identifier
from graph.reads.info import GRAPH
from graph.reads.subgraphs import neighborhood
from graph.statement import Statement
from schema.errors import InvalidQuery
from schema.ids import url_of
from schema.kinds import kind_named
from views import Style, Subgraph, ViewCitation, ViewClaim, ViewEdge, ViewNode

Row = Mapping[str, Any]
Read = Callable[[Statement], Awaitable[Any]]
MAX_HOPS = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a view shows: the entities around `focus` (ids or exact identifiers), or everything."""

    focus: tuple[str, ...] = ()
    hops: int = 1
    kinds: tuple[str, ...] = ()
    limit: int = 2000
    theme: str = "light"
    title: str = ""


async def picture(read: Read, wanted: Wanted) -> tuple[Subgraph, Style]:
    """Read what a view shows. Raises `InvalidQuery` for an unknown entity or kind and too many hops."""
    if not 0 <= wanted.hops <= MAX_HOPS:
        raise InvalidQuery(f"hops: {wanted.hops} is not allowed; 0 to {MAX_HOPS}", given=wanted.hops)
    kinds = [kind_named(kind).name for kind in wanted.kinds] or None
    focus = await _focus(read, wanted.focus)
    found = await read(neighborhood([row["id"] for row in focus], wanted.hops, wanted.limit, kinds))
    claim_ids = sorted({id_ for relation in found["relations"] for id_ in relation["claimIds"]})
    claims = {row["id"]: row for (row,) in await read(claims_by_id(claim_ids))}
    names = await _context_names(read, claims.values())
    subgraph = Subgraph(
        tuple(_node(row) for row in found["nodes"]),
        tuple(_edge(row, claims, names) for row in found["relations"]),
        found["truncated"],
    )
    return subgraph, await _style(read, wanted, focus)


async def _focus(read: Read, ids: Sequence[str]) -> list[Row]:
    rows = [row for (row,) in await read(entities_by_identifier(ids))]
    for id_, row in zip(ids, rows, strict=True):
        if row is None:
            raise InvalidQuery(f"focus: {id_!r} is not the id of an entity; try search or resolve", given=id_)
    return rows


async def _context_names(read: Read, claims: Sequence[Row] | Any) -> dict[str, str]:
    ids = sorted({part["id"] for claim in claims for part in claim["context"]})
    return {row["id"]: row["name"] for (row,) in await read(entities_by_identifier(ids))}


async def _style(read: Read, wanted: Wanted, focus: Sequence[Row]) -> Style:
    info = await read(GRAPH)
    about = ", ".join(row["name"] for row in focus)
    query = f"{about}, {wanted.hops} hop{'s' * (wanted.hops != 1)}" if focus else "whole graph"
    kinds = f", only {', '.join(wanted.kinds)}" if wanted.kinds else ""
    built = info["builtAt"][:10] if info["builtAt"] else date.min.isoformat()
    sources = "; ".join(source["title"] for source in info["sources"]) or "empty graph"
    line = f"mscev · {query}{kinds} · release {(info['release'] or '')[:12]} · data of {built} · {sources}"
    return Style(theme=wanted.theme, title=wanted.title or about.capitalize() or "Overview", source_line=line)


def _node(row: Row) -> ViewNode:
    return ViewNode(
        row["id"],
        row["name"],
        row["kind"],
        row["category"],
        tuple(row.get("synonyms") or ()),
        url_of(row["id"]),
        row.get("description"),
    )


def _edge(row: Row, claims: Mapping[str, Row], names: Mapping[str, str]) -> ViewEdge:
    return ViewEdge(
        row["id"],
        row["subject"],
        row["object"],
        row["predicate"],
        row["direction"],
        tuple(row["sources"]),
        tuple(row["publications"]),
        tuple(_claim(claims[id_], names) for id_ in row["claimIds"]),
    )


def _claim(row: Row, names: Mapping[str, str]) -> ViewClaim:
    (place,) = row["evidence"]
    context = [(part["role"], names[part["id"]]) for part in row["context"]]
    context += [(word, row[word]) for word in ("extent", "dose") if row.get(word)]
    return ViewClaim(
        row["id"],
        row["statement"],
        row["certainty"],
        row["negated"],
        row["evidenceLevel"],
        place["section"],
        place["block"],
        place["sentence"],
        place.get("quote"),
        tuple(_citation(citation) for citation in row["citations"]),
        tuple(context),
    )


def _citation(row: Row) -> ViewCitation:
    reference = row["reference"] or {}
    return ViewCitation(
        row["label"],
        row["status"],
        reference.get("title"),
        reference.get("doi"),
        reference.get("pmid"),
        tuple(row["concerns"] or ()),
        row["claimNote"] or row.get("note"),
    )
