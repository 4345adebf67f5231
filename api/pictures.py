"""From the graph to a view: GraphQL reads what a view shows, and it becomes the values that views/ draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from api.graphql.engine import Engine, Request
from api.graphql.enums import STORED
from schema.errors import InvalidQuery
from schema.kinds import kind_named
from schema.predicates import predicate_named
from views import Style, Subgraph, ViewCitation, ViewClaim, ViewEdge, ViewNode, ViewReference
from views.named import NamedView, StatedClaim

Row = Mapping[str, Any]
MAX_HOPS = 4
_PAGE = 500

_ENTITY = "id name kind category synonyms url description"
_CLAIM = """
        id statement certainty negated evidenceLevel
        context { extent dose parts { role entity { name } } }
        evidence { article { id } section paragraph sentence quote }
        citations {
          id label status concerns note
          reference { ...Printed } alternatives { ...Printed }
        }"""
_PRINTED = "fragment Printed on Reference { id position title authors year doi pmid }"
_INFO = "graph { release builtAt sources { title } }"
_FOCUS = "query($texts: [String!]!) { resolve(texts: $texts) { text entity { id name } reason } }"
_VIEW = f"""query($ids: [ID!]!, $hops: Int!, $limit: Int!, $kind: [EntityKind!], $predicate: [Predicate!]) {{
  neighborhood(ids: $ids, hops: $hops, limit: $limit, kind: $kind, predicate: $predicate) {{
    truncated
    nodes {{ {_ENTITY} }}
    relations {{
      id subject {{ id }} object {{ id }} predicate direction sources publications
      claims {{ {_CLAIM} }}
    }}
  }}
  {_INFO}
}}
{_PRINTED}"""
_SELECT = """query($filter: ClaimFilter, $after: String) {
  claims(filter: $filter, first: 500, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}"""
_CLAIMS = f"""query($ids: [ID!]) {{
  claims(filter: {{ id: {{ in: $ids }} }}, first: 500) {{
    nodes {{
      subject {{ {_ENTITY} ...Size }} predicate object {{ {_ENTITY} ...Size }} direction
      {_CLAIM}
    }}
  }}
  all: claims(first: 1) {{ totalCount }}
  {_INFO}
}}
fragment Size on EvSubtype {{ minDiameterNm maxDiameterNm }}
{_PRINTED}"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a view shows: the entities around `focus` (ids or exact identifiers), or everything."""

    focus: tuple[str, ...] = ()
    hops: int = 1
    kinds: tuple[str, ...] = ()
    limit: int = 2000
    theme: str = "light"
    title: str = ""
    predicates: tuple[str, ...] = ()


async def picture(engine: Engine, wanted: Wanted) -> tuple[Subgraph, Style]:
    """Read what a view shows. Raises `InvalidQuery` for an unknown entity or kind and too many hops."""
    if not 0 <= wanted.hops <= MAX_HOPS:
        raise InvalidQuery(f"hops: {wanted.hops} is not allowed; 0 to {MAX_HOPS}", given=wanted.hops)
    kinds = [kind_named(kind).constant for kind in wanted.kinds] or None
    predicates = [predicate_named(predicate).name for predicate in wanted.predicates] or None
    focus = await _focus(engine, wanted.focus)
    found = await engine.data(
        Request(
            _VIEW,
            {
                "ids": [row["id"] for row in focus],
                "hops": wanted.hops,
                "limit": wanted.limit,
                "kind": kinds,
                "predicate": predicates,
            },
        )
    )
    around = found["neighborhood"]
    subgraph = Subgraph(
        tuple(_node(row) for row in around["nodes"]),
        tuple(_edge(row) for row in around["relations"]),
        around["truncated"],
    )
    return subgraph, _style(found["graph"], wanted, focus)


async def named_picture(
    engine: Engine, view: NamedView, theme: str = "light", title: str = ""
) -> tuple[Subgraph, Style]:
    """Read the claims of a named view, gathered as it says.

    Ids are read first: Neo4j plans the long statement with all facts once for all views.
    """
    ids = sorted(await _selected(engine, view))
    rows: list[Row] = []
    info: Row = {}
    for start in range(0, max(1, len(ids)), _PAGE):
        info = await engine.data(Request(_CLAIMS, {"ids": ids[start : start + _PAGE]}))
        rows += info["claims"]["nodes"]
    subgraph = view.build([_stated(row) for row in rows])
    if view.left_out:
        subgraph = replace(subgraph, notes=(view.left_out,))
    part = f"view {view.name}: {len(rows)} of {info['all']['totalCount']} claims"
    style = Style(
        theme=theme,
        title=title or view.title,
        source_line=_source_line(info["graph"], part),
        arrangement=view.arrange(subgraph),
    )
    return subgraph, style


async def _selected(engine: Engine, view: NamedView) -> set[str]:
    ids: set[str] = set()
    for wanted in view.claims:
        after, more = None, True
        while more:
            found = (await engine.data(Request(_SELECT, {"filter": dict(wanted), "after": after})))["claims"]
            ids |= {row["id"] for row in found["nodes"]}
            after, more = (found["pageInfo"][name] for name in ("endCursor", "hasNextPage"))
    return ids


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
    only = [*wanted.kinds, *wanted.predicates]
    kinds = f", only {', '.join(only)}" if only else ""
    line = _source_line(info, query + kinds)
    return Style(theme=wanted.theme, title=wanted.title or about.capitalize() or "Overview", source_line=line)


def _source_line(info: Row, query: str) -> str:
    built = info["builtAt"][:10] if info["builtAt"] else date.min.isoformat()
    sources = "; ".join(source["title"] for source in info["sources"]) or "empty graph"
    return f"mscev · {query} · release {(info['release'] or '')[:12]} · data of {built} · {sources}"


def _stated(row: Row) -> StatedClaim:
    return StatedClaim(
        _node(row["subject"]),
        row["predicate"],
        _node(row["object"]),
        row["direction"],
        tuple(sorted({place["article"]["id"] for place in row["evidence"]})),
        _claim(row),
    )


def _node(row: Row) -> ViewNode:
    return ViewNode(
        row["id"],
        row["name"],
        STORED["EntityKind"][row["kind"]],
        row["category"],
        tuple(row["synonyms"]),
        row["url"],
        row["description"],
        _span(row.get("minDiameterNm"), row.get("maxDiameterNm")),
    )


def _span(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


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
        row["id"],
        _reference(row["reference"]) if row["reference"] else None,
        tuple(_reference(other) for other in row["alternatives"]),
    )


def _reference(row: Row) -> ViewReference:
    return ViewReference(
        row["id"],
        row["position"],
        row["title"],
        tuple(row["authors"]),
        row["year"],
        row["doi"],
        row["pmid"],
    )
