"""From the graph to a view: GraphQL reads what a view shows, and it becomes the values that views/ draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.graphql.engine import Engine, Request
from api.graphql.enums import STORED
from schema.errors import InvalidQuery
from schema.kinds import kind_named
from views import Style, Subgraph, ViewCitation, ViewClaim, ViewEdge, ViewNode

Row = Mapping[str, Any]
MAX_HOPS = 4

_FOCUS = "query($texts: [String!]!) { resolve(texts: $texts) { text entity { id name } reason } }"
_VIEW = """query($ids: [ID!]!, $hops: Int!, $limit: Int!, $kind: [EntityKind!]) {
  neighborhood(ids: $ids, hops: $hops, limit: $limit, kind: $kind) {
    truncated
    nodes { id name kind category synonyms url description }
    relations {
      id subject { id } object { id } predicate direction sources publications
      claims {
        id statement certainty negated evidenceLevel
        context { extent dose parts { role entity { name } } }
        evidence { section paragraph sentence quote }
        citations { label status concerns note reference { title doi pmid } }
      }
    }
  }
  graph { release builtAt sources { title } }
}"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a view shows: the entities around `focus` (ids or exact identifiers), or everything."""

    focus: tuple[str, ...] = ()
    hops: int = 1
    kinds: tuple[str, ...] = ()
    limit: int = 2000
    theme: str = "light"
    title: str = ""


async def picture(engine: Engine, wanted: Wanted) -> tuple[Subgraph, Style]:
    """Read what a view shows. Raises `InvalidQuery` for an unknown entity or kind and too many hops."""
    if not 0 <= wanted.hops <= MAX_HOPS:
        raise InvalidQuery(f"hops: {wanted.hops} is not allowed; 0 to {MAX_HOPS}", given=wanted.hops)
    kinds = [kind_named(kind).constant for kind in wanted.kinds] or None
    focus = await _focus(engine, wanted.focus)
    found = await engine.data(
        Request(
            _VIEW,
            {"ids": [row["id"] for row in focus], "hops": wanted.hops, "limit": wanted.limit, "kind": kinds},
        )
    )
    around = found["neighborhood"]
    subgraph = Subgraph(
        tuple(_node(row) for row in around["nodes"]),
        tuple(_edge(row) for row in around["relations"]),
        around["truncated"],
    )
    return subgraph, _style(found["graph"], wanted, focus)


async def _focus(engine: Engine, texts: Sequence[str]) -> list[Row]:
    if not texts:
        return []
    found = (await engine.data(Request(_FOCUS, {"texts": list(texts)})))["resolve"]
    for row in found:
        if row["entity"] is None:
            problem = f"focus: {row['text']!r} {row['reason']}; try search"
            raise InvalidQuery(problem, given=row["text"])
    return [row["entity"] for row in found]


def _style(info: Row, wanted: Wanted, focus: Sequence[Row]) -> Style:
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
        STORED["EntityKind"][row["kind"]],
        row["category"],
        tuple(row["synonyms"]),
        row["url"],
        row["description"],
    )


def _edge(row: Row) -> ViewEdge:
    return ViewEdge(
        row["id"],
        row["subject"]["id"],
        row["object"]["id"],
        row["predicate"],
        row["direction"],
        tuple(row["sources"]),
        tuple(row["publications"]),
        tuple(_claim(claim) for claim in row["claims"]),
    )


def _claim(row: Row) -> ViewClaim:
    (place,) = row["evidence"]
    setting = row["context"]
    context = [(part["role"], part["entity"]["name"]) for part in setting["parts"]]
    context += [(word, setting[word]) for word in ("extent", "dose") if setting[word]]
    return ViewClaim(
        row["id"],
        row["statement"],
        row["certainty"],
        row["negated"],
        row["evidenceLevel"],
        place["section"],
        place["paragraph"],
        place["sentence"],
        place["quote"],
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
        tuple(row["concerns"]),
        row["note"],
    )
