"""The release: an order-free hash over stored entities, relations and claims; quotes and dates are left out.

Each element is hashed by itself and the hashes are added modulo 2**256: the order of rows does not matter,
and neither does the machine. A write takes away the hashes of what it touches as it was, and adds those of
what it is then, in its own transaction; `doctor` reads the whole stored graph and must come to the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from graph.statement import Statement
from schema.ids import canonical

_MODULUS = 2**256

_ENTITY = """
  coalesce(n.sources, []) AS sources,
  [n { .*, sources: null },
   COLLECT { MATCH (n)-[m:MAPPED_TO]->(t:Term) RETURN [t.id, properties(m)] AS x ORDER BY t.id },
   COLLECT { MATCH (n)-[a:IS_A]->(p:Entity) RETURN p.id AS x ORDER BY x }] AS element
"""
_RELATION = """
  coalesce(r.sources, []) AS sources, [type(r), s.id, o.id, r { .*, sources: null }] AS element
"""
_EDGES = """
  UNWIND $ids AS id
  MATCH (s:Entity {id: id})-[r]->(o:Entity)
  WHERE $source IN r.sources AND r.claimIds IS NULL AND type(r) <> 'IS_A'
"""
_CLAIM = """
  [a IN [c.article] WHERE a IS NOT NULL] AS sources,
  [properties(c),
   COLLECT { MATCH (c)-[l:SUBJECT|OBJECT|VIA|CONTEXT|STATED_IN]->(e)
             RETURN [type(l), l.role, e.id] AS x ORDER BY type(l), l.role, e.id },
   COLLECT { MATCH (c)-[l:CITES]->(e) RETURN [e.id, l.concerns, l.note] AS x ORDER BY e.id },
   COLLECT { MATCH (c)-[:CITES]->(e)
             RETURN [e.id, e.status, e.basis, e.confidence, e.note,
                     [(e)-[:RESOLVED_TO]->(f) | f.id]] AS x ORDER BY e.id }] AS element
"""

# Between two entities there are relations and is-a steps, which are hashed with the lower entity.
ELEMENTS = (
    Statement(f"MATCH (n:Entity) RETURN {_ENTITY}"),
    Statement(f"MATCH (s:Entity)-[r]->(o:Entity) WHERE type(r) <> 'IS_A' RETURN {_RELATION}"),
    Statement(f"MATCH (c:Claim) RETURN {_CLAIM}"),
)


def entities(ids: Sequence[str]) -> Statement:
    """Read the elements of entities; those that are not stored give no row."""
    return Statement(f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) RETURN {_ENTITY}", {"ids": ids})


def relations(keys: Sequence[tuple[str, str, str]]) -> Statement:
    """Read the elements of relations that claims made, by (subject, predicate, object)."""
    return Statement(
        f"""
        UNWIND $keys AS key
        MATCH (s:Entity {{id: key[0]}})-[r:$(key[1])]->(o:Entity {{id: key[2]}})
        WHERE r.claimIds IS NOT NULL
        RETURN {_RELATION}
        """,
        {"keys": keys},
    )


def edges(source: str, ids: Sequence[str]) -> Statement:
    """Read the elements of a source's own edges that leave these entities."""
    return Statement(f"{_EDGES} RETURN {_RELATION}", {"source": source, "ids": ids})


def drop_edges(source: str, ids: Sequence[str], number: int | None = None) -> Statement:
    """Remove these edges, at most a number of them; return their elements."""
    some = "" if number is None else "LIMIT $number"
    return Statement(
        f"{_EDGES} WITH s, r, o {some} WITH r, {_RELATION} DELETE r RETURN sources, element",
        {"source": source, "ids": ids, "number": number},
    )


def claims(ids: Sequence[str]) -> Statement:
    """Read the elements of claims; those that are not stored give no row."""
    return Statement(f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) RETURN {_CLAIM}", {"ids": ids})


def entity_element(row: Mapping[str, Any], parents: Sequence[str] = ()) -> list[Any]:
    """Return the element of an entity that is going to be written, with its is-a parents in order."""
    mappings = sorted((mapping["id"], mapping["properties"]) for mapping in row["mappings"])
    return [{**row["properties"], "sources": None}, [list(pair) for pair in mappings], list(parents)]


def edge_number(row: Mapping[str, Any]) -> int:
    """Return the hash of an edge that is going to be written: there are many, so it is made in one go."""
    return number_of([row["type"], row["subject"], row["object"], row["properties"]])


EMPTY = "0" * 64


@dataclass(frozen=True, slots=True)
class Releases:
    """The hash of the whole graph and that of each source, as 64 hex digits."""

    graph: str
    by_source: dict[str, str]


@dataclass(slots=True)
class Sums:
    """Sums of hashes, of the graph and by source; a difference of two states is one as well."""

    graph: int = 0
    by_source: dict[str, int] = field(default_factory=dict)

    def add(self, sources: Iterable[str], element: Any, sign: int = 1) -> None:
        """Count an element of these sources; `sign` -1 takes it away."""
        self.add_number(sources, sign * number_of(_without_nulls(element)))

    def add_number(self, sources: Iterable[str], number: int) -> None:
        """Count a hash, or a sum of hashes, of these sources."""
        self.graph += number
        for source in sources:
            self.by_source[source] = self.by_source.get(source, 0) + number

    def add_all(self, rows: Iterable[Sequence[Any]], sign: int = 1) -> Self:
        """Count rows of (sources, element)."""
        for sources, element, *_ in rows:
            self.add(sources, element, sign)
        return self

    def onto(self, before: Releases) -> Releases:
        """Return the releases after this difference; only sources that it names are told."""
        return Releases(
            _added(before.graph, self.graph),
            {
                source: _added(before.by_source.get(source), number)
                for source, number in sorted(self.by_source.items())
            },
        )


def compute(elements: Iterable[Sequence[Any]]) -> Releases:
    """Add up the hashes of rows of (sources, element); an empty graph is 64 zeros."""
    return Sums().add_all(elements).onto(Releases("0", {}))


def number_of(element: Any) -> int:
    """Return the hash of an element in which nothing is null, as a number."""
    return int.from_bytes(hashlib.sha256(canonical(element)).digest(), "big")


def _added(before: str | None, number: int) -> str:
    return f"{(int(before or '0', 16) + number) % _MODULUS:064x}"


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value
