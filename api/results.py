"""From the answer of any query to a view: the entities, relations and claims that it names, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from api.graphql.engine import Request
from api.view_rows import CLAIMS, ENTITY, INFO, PRINTED, RELATION, Row, edge_of, node_of, source_line, stated
from schema.errors import InvalidQuery
from views import Style, Subgraph, ViewEdge, ViewNode
from views.named.relations import relations

_CLAIM_PREFIX = "mscev.claim:"
_PAGE = 500
_ENTITIES = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Entity {{ {ENTITY} }} }} {INFO} }}"
_RELATIONS = f"""query($ids: [ID!]) {{
  relations(filter: {{ id: {{ in: $ids }} }}, first: {_PAGE}) {{
    nodes {{ subject {{ {ENTITY} }} object {{ {ENTITY} }} {RELATION} }}
  }}
}}
{PRINTED}"""


class Asked(Protocol):
    """What answers our own requests: the engine, or a service that has one."""

    async def data(self, request: Request) -> dict[str, Any]:
        """Return the data of a request; raises the error where there is one."""


def ids_in(value: Any, key: str = "") -> Iterator[str]:
    """Yield what stands under `id`, however deep; a column of Cypher may be `x.id`."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from ids_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner, key)
    elif isinstance(value, str) and (key == "id" or key.endswith(".id")):
        yield value


async def drawn_query(
    engine: Asked, query: str, theme: str = "light", title: str = ""
) -> tuple[Subgraph, Style]:
    """Draw what the answer to a GraphQL query names by id."""
    answer = await engine.data(Request(query))
    return await drawn_ids(engine, ids_in(answer), "answer to a GraphQL query", theme, title)


async def drawn_ids(
    engine: Asked, ids: Iterable[str], query: str, theme: str, title: str
) -> tuple[Subgraph, Style]:
    """Draw the entities, relations and claims of these ids; claims join what they relate.

    `query` says in the source line where the ids are from. Raises `InvalidQuery` when none can be drawn.
    """
    given = list(dict.fromkeys(ids))
    claims = [i for i in given if i.startswith(_CLAIM_PREFIX)]
    others = [i for i in given if not i.startswith(_CLAIM_PREFIX)]
    stating = relations([stated(row) for row in await _read(engine, CLAIMS, claims, "claims")])
    joined = await _read(engine, _RELATIONS, others, "relations")
    info, alone = await _entities(engine, others)
    nodes: dict[str, ViewNode] = {node.id: node for node in stating.nodes}
    for row in (*alone, *(row[end] for row in joined for end in ("subject", "object"))):
        nodes[row["id"]] = node_of(row)
    edges: dict[str, ViewEdge] = {edge.id: edge for edge in stating.edges}
    edges |= {row["id"]: edge_of(row) for row in joined}
    if not nodes:
        raise InvalidQuery(
            "the answer holds nothing that can be drawn; in GraphQL select the id of entities, relations or "
            "claims, in Cypher return nodes, relationships or paths"
        )
    known = {*nodes, *edges, *(claim.id for edge in stating.edges for claim in edge.claims)}
    left = sum(1 for i in given if i not in known)
    told = (f"{left} ids of the answer are of nothing that is drawn",) if left else ()
    subgraph = Subgraph(tuple(nodes.values()), tuple(edges.values()), notes=told)
    style = Style(theme=theme, title=title or "Answer to a query", source_line=source_line(info, query))
    return subgraph, style


async def _entities(engine: Asked, ids: Sequence[str]) -> tuple[Row, list[Row]]:
    info: Row = {}
    rows: list[Row] = []
    for start in range(0, max(1, len(ids)), _PAGE):
        found = await engine.data(Request(_ENTITIES, {"ids": list(ids[start : start + _PAGE])}))
        info = found["graph"]
        rows += [row for row in found["nodes"] if row]
    return info, rows


async def _read(engine: Asked, query: str, ids: Sequence[str], root: str) -> list[Row]:
    rows: list[Row] = []
    for start in range(0, len(ids), _PAGE):
        found = await engine.data(Request(query, {"ids": list(ids[start : start + _PAGE])}))
        rows += found[root]["nodes"]
    return rows
