"""The release: an order-free hash over stored entities, relations and claims; quotes and dates are left out.

It is read from the stored graph, so that `doctor` can recompute it. Each element is hashed by itself and the
hashes are added modulo 2**256: the order of rows does not matter, and neither does the machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.statement import Statement
from graph.vocabulary import relation_pattern
from schema.ids import digest

_MODULUS = 2**256

ELEMENTS = Statement(
    f"""
    CALL () {{
      MATCH (n:Entity)
      RETURN coalesce(n.sources, []) AS sources,
             [n {{ .*, sources: null }},
              COLLECT {{ MATCH (n)-[m:MAPPED_TO]->(t:Term) RETURN [t.id, properties(m)] AS x ORDER BY t.id }},
              COLLECT {{ MATCH (n)-[a:IS_A]->(p:Entity) RETURN p.id AS x ORDER BY x }}] AS element
      UNION ALL
      MATCH (:Entity)-[r:{relation_pattern()}]->(:Entity)
      RETURN coalesce(r.sources, []) AS sources,
             [type(r), startNode(r).id, endNode(r).id, r {{ .*, sources: null }}] AS element
      UNION ALL
      MATCH (c:Claim)
      RETURN [a IN [c.article] WHERE a IS NOT NULL] AS sources,
             [properties(c),
              COLLECT {{ MATCH (c)-[l:SUBJECT|OBJECT|VIA|CONTEXT|STATED_IN]->(e)
                         RETURN [type(l), l.role, e.id] AS x ORDER BY type(l), l.role, e.id }},
              COLLECT {{ MATCH (c)-[l:CITES]->(e) RETURN [e.id, l.concerns, l.note] AS x ORDER BY e.id }},
              COLLECT {{ MATCH (c)-[:CITES]->(e)
                         RETURN [e.id, e.status, e.basis, e.confidence, e.note,
                                 [(e)-[:RESOLVED_TO]->(f) | f.id]] AS x ORDER BY e.id }}] AS element
    }}
    RETURN collect([sources, element]) AS value
    """
)


@dataclass(frozen=True, slots=True)
class Releases:
    """The hash of the whole graph and that of each source, as 64 hex digits."""

    graph: str
    by_source: dict[str, str]


def compute(elements: Iterable[tuple[list[str], Any]]) -> Releases:
    """Add up the hashes of rows of (sources, element); an empty graph is 64 zeros."""
    total = 0
    by_source: dict[str, int] = {}
    for sources, element in elements:
        number = int(digest(_without_nulls(element)), 16)
        total = (total + number) % _MODULUS
        for source in sources:
            by_source[source] = (by_source.get(source, 0) + number) % _MODULUS
    return Releases(f"{total:064x}", {source: f"{number:064x}" for source, number in by_source.items()})


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value
