"""What the explorer shows as Cypher of the stored graph, for those who go on in Neo4j Browser."""

from __future__ import annotations

from dataclasses import dataclass

from graph.statement import Statement

ROLES = ("SUBJECT", "OBJECT", "CONTEXT", "VIA")

_ROWS = """MATCH (c)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(o:Entity)
OPTIONAL MATCH (c)-[:STATED_IN]->(p:Sentence)-[:PART_OF]->(h:Section)
RETURN c.id AS claim, s.name AS subject, c.predicate AS predicate, o.name AS object, c.direction AS direction,
  c.negated AS negated, c.certainty AS certainty, c.evidenceLevel AS evidence, c.statement AS statement,
  h.title AS section, p.block AS paragraph, p.sentence AS sentence,
  [(c)-[k:CITES]->(m:Citation) | {
    marker: m.label, status: m.status, concerns: k.concerns,
    papers: [(m)-[:RESOLVED_TO]->(r:Reference) | coalesce('doi:' + r.doi, 'PMID:' + r.pmid, r.title)]
  }] AS citations
ORDER BY predicate, claim"""


@dataclass(frozen=True, slots=True)
class ClaimTests:
    """Which claims of an entity: the parts that it plays in them, and tests that must all hold.

    An empty tuple and False are no test.
    """

    roles: tuple[str, ...] = ROLES
    levels: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    negated: bool = False
    uncited: bool = False
    concerns: bool = False


def claims_of(entity: str, tests: ClaimTests) -> Statement:
    """Return the read of an entity's curated claims, one row a claim, by predicate and id."""
    given: dict[str, object] = {"id": entity}
    conditions = ["c.status = 'CURATED'"]
    if tests.levels:
        given["levels"] = list(tests.levels)
        conditions.append("c.evidenceLevel IN $levels")
    if tests.certainties:
        given["certainties"] = list(tests.certainties)
        conditions.append("c.certainty IN $certainties")
    if tests.negated:
        conditions.append("c.negated")
    if tests.uncited:
        conditions.append("NOT c.cited")
    if tests.concerns:
        conditions.append("EXISTS { (c)-[t:CITES]->() WHERE size(t.concerns) > 0 }")
    roles = "|".join(role for role in ROLES if role in tests.roles)
    text = (
        f"MATCH (x:Entity {{id: $id}})<-[:{roles}]-(c:Claim)\n"
        f"WHERE {' AND '.join(conditions)}\nWITH DISTINCT c\n{_ROWS}"
    )
    return Statement(text, given)


def one_claim(claim: str) -> Statement:
    """Return the read of one claim by its id, as one row."""
    return Statement(f"MATCH (c:Claim {{id: $id}})\n{_ROWS}", {"id": claim})
