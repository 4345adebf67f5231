"""The cases as Cypher written by hand: one record with nested lists, the best forms that we found.

What was tried and lost stands beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.indexes import ENTITY_TEXT


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Read:
    """A statement, the parameters that it is run with in turn, and its value as the rows of the case."""

    text: str
    parameters: Sequence[dict[str, Any]]
    rows: Callable[[Any], Any] = _same


# Sorting relations with their ends is less than sorting ends and finding the relations again, and no grouping
# is needed here: no two INCREASES join the same pair. No label on the far end: the types of relations join
# entities only, and a label is a look-up a neighbour.
_TEN = """COLLECT {
  MATCH (e)-[r:INCREASES]->(n) WITH r, n ORDER BY n.id LIMIT 10 RETURN [n.id, n.name, [r.id]]
}"""
LOOKUP = f"MATCH (e:Entity {{id: $id}}) RETURN [e.id, e.name, {_TEN}] AS value"
PAGE = f"""
MATCH (e:Protein) WHERE e.id > $after WITH e ORDER BY e.id LIMIT 51
RETURN collect([e.id, e.name, {_TEN}]) AS value
"""
# Three lists decode faster than thousands of threes; the test of the key gives the order of the index.
LIST = """
MATCH (n:Protein) WHERE n.id > '' WITH n ORDER BY n.id LIMIT $first
RETURN [collect(n.id), collect(n.name), collect(n.category)] AS value
"""
# CALL is a little faster here than COLLECT.
NESTED = """
MATCH (a:Protein) WHERE a.id > $after WITH a ORDER BY a.id LIMIT 11
CALL (a) {
  MATCH (a)-[:INCREASES]->(b) WITH b ORDER BY b.id LIMIT 5
  CALL (b) { MATCH (b)-[:INCREASES]->(c) WITH c ORDER BY c.id LIMIT 5 RETURN collect([c.id, c.name]) AS cs }
  RETURN collect([b.id, b.name, cs]) AS bs
}
RETURN collect([a.id, a.name, bs]) AS value
"""
# Sooner than a scan of the index on the names, which knows all of these words, as they are of plain letters.
COUNT_FILTERED = f"""
CALL db.index.fulltext.queryNodes('{ENTITY_TEXT}', $query) YIELD node RETURN count(node) AS value
"""
COUNT = "MATCH (n:Protein) RETURN count(n) AS value"
FAR = """
MATCH (n:Protein) WHERE n.id > $after WITH n ORDER BY n.id LIMIT 26 RETURN collect([n.id, n.name]) AS value
"""
SEARCH = f"""
CALL db.index.fulltext.queryNodes('{ENTITY_TEXT}', $text, {{limit: 11}}) YIELD node, score
RETURN collect([score, node.id, node.name]) AS value
"""
# What a claim always has is matched, the rest are pattern comprehensions; citations are sorted by the reader.
CLAIMS = """
MATCH (c:Claim) WHERE c.place IS NOT NULL AND c.status = 'CURATED' WITH c ORDER BY c.place, c.id LIMIT 51
MATCH (c)-[:SUBJECT]->(s) MATCH (c)-[:OBJECT]->(o) WITH c, s, o ORDER BY c.place, c.id
RETURN collect([c.id, c.statement, c.negated, c.certainty, c.predicate, [s.id, s.name], [o.id, o.name],
  [(c)-[:STATED_IN]->(p)-[:PART_OF]->(t) | [t.title, p.block, p.sentence]],
  [(c)-[:CITES]->(f) | [f.marker, f.label, f.status, head([(f)-[:RESOLVED_TO]->(r) | [r.title, r.doi]])]]
]) AS value
"""


def page(value: list[Any]) -> tuple[list[Any], bool]:
    """Fifty rows, and whether more follow."""
    return value[:50], len(value) > 50


def columns(value: list[list[Any]]) -> list[list[Any]]:
    """Columns as rows, without the one that tells of a next page."""
    return [list(row) for row in zip(*value, strict=True)][:-1]


def ten(value: list[Any]) -> list[Any]:
    """The first ten rows."""
    return value[:10]


def claims(value: list[Any]) -> list[Any]:
    """Fifty claims with their citations in order."""
    return [
        [*claim[:-1], [c[1:] for c in sorted(claim[-1], key=lambda c: (c[0] is None, c[0], c[1]))]]
        for claim in value[:50]
    ]
