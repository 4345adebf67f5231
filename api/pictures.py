"""From the graph to a view: GraphQL reads what a view shows, and it becomes the values that views/ draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.graphql.engine import Request
from api.requests import RESOLVE, entity_of
from api.results import Asked
from api.view_rows import CLAIMS, ENTITY, INFO, PRINTED, RELATION, Row, edge_of, node_of, source_line, stated
from schema.errors import InvalidQuery
from schema.kinds import kind_named
from schema.predicates import predicate_named
from views import Style, Subgraph
from views.named import NamedView

MAX_HOPS = 4
_PAGE = 500

_VIEW = f"""query($ids: [ID!]!, $hops: Int!, $limit: Int!, $kind: [EntityKind!], $predicate: [Predicate!]) {{
  neighborhood(ids: $ids, hops: $hops, limit: $limit, kind: $kind, predicate: $predicate) {{
    truncated
    nodes {{ {ENTITY} }}
    relations {{
      subject {{ id }} object {{ id }} {RELATION}
    }}
  }}
  {INFO}
}}
{PRINTED}"""
_SELECT = """query($filter: ClaimFilter, $after: String) {
  claims(filter: $filter, first: 500, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
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
    predicates: tuple[str, ...] = ()


async def picture(engine: Asked, wanted: Wanted) -> tuple[Subgraph, Style]:
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
        tuple(node_of(row) for row in around["nodes"]),
        tuple(edge_of(row) for row in around["relations"]),
        around["truncated"],
        focus=tuple(row["id"] for row in focus),
    )
    return subgraph, _style(found["graph"], wanted, focus)


async def named_picture(
    engine: Asked, view: NamedView, theme: str = "light", title: str = ""
) -> tuple[Subgraph, Style]:
    """Read the claims of a named view, gathered as it says.

    Ids are read first: Neo4j plans the long statement with all facts once for all views.
    """
    ids = sorted(await _selected(engine, view))
    rows: list[Row] = []
    info: Row = {}
    for start in range(0, max(1, len(ids)), _PAGE):
        info = await engine.data(Request(CLAIMS, {"ids": ids[start : start + _PAGE]}))
        rows += info["claims"]["nodes"]
    subgraph = view.build([stated(row) for row in rows])
    if view.left_out:
        subgraph = replace(subgraph, notes=(view.left_out,))
    part = f"view {view.name}: {len(rows)} of {info['all']['totalCount']} claims"
    style = Style(
        theme=theme,
        title=title or view.title,
        source_line=source_line(info["graph"], part),
        arrangement=view.arrange(subgraph),
    )
    return subgraph, style


async def _selected(engine: Asked, view: NamedView) -> set[str]:
    ids: set[str] = set()
    for wanted in view.claims:
        after, more = None, True
        while more:
            found = (await engine.data(Request(_SELECT, {"filter": dict(wanted), "after": after})))["claims"]
            ids |= {row["id"] for row in found["nodes"]}
            after, more = (found["pageInfo"][name] for name in ("endCursor", "hasNextPage"))
    return ids


async def _focus(engine: Asked, texts: Sequence[str]) -> list[Row]:
    if not texts:
        return []
    found = (await engine.data(Request(RESOLVE, {"texts": list(texts)})))["resolve"]
    return [entity_of(row, "focus") for row in found]


def _style(info: Row, wanted: Wanted, focus: Sequence[Row]) -> Style:
    about = ", ".join(row["name"] for row in focus)
    query = f"{about}, {wanted.hops} hop{'s' * (wanted.hops != 1)}" if focus else "whole graph"
    only = [*wanted.kinds, *wanted.predicates]
    kinds = f", only {', '.join(only)}" if only else ""
    line = source_line(info, query + kinds)
    return Style(
        theme=wanted.theme,
        title=wanted.title or about[:1].upper() + about[1:] or "Overview",
        source_line=line,
    )
