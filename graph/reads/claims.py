"""Reads of claims and relations."""

from __future__ import annotations

from collections.abc import Sequence

from graph.conditions import CLAIM_FIELDS, RELATION_FIELDS, condition_text, page_text
from graph.query import Compare, Condition, Every, Negation, Op, Order, Page, Some
from graph.reads.shapes import CLAIM, RELATION
from graph.statement import Parameters, Statement
from graph.vocabulary import relation_pattern

_CURATED = Compare("status", Op.EQ, "CURATED")


def claims_by_id(ids: Sequence[str]) -> Statement:
    """Read claims in the order of `ids`; null where there is none."""
    return Statement(
        f"""
        UNWIND range(0, size($ids) - 1) AS i
        OPTIONAL MATCH (c:Claim {{id: $ids[i]}})
        WITH i, CASE WHEN c IS NULL THEN null ELSE {CLAIM} END AS claim
        ORDER BY i
        RETURN collect([claim]) AS value
        """,
        {"ids": list(ids)},
    )


def claim_page(condition: Condition, order: Order, page: Page) -> Statement:
    """Read a page of claims."""
    parameters = Parameters()
    where = condition_text(curated(condition), "c", CLAIM_FIELDS, parameters)
    keyset, by = page_text(page, order, "c", parameters)
    limit = parameters.add(page.first + 1)
    return Statement(
        f"""
        CALL () {{
          MATCH (c:Claim) WHERE {keyset} AND {where}
          RETURN c ORDER BY {by} LIMIT {limit}
        }}
        RETURN collect({CLAIM}) AS value
        """,
        parameters.values,
    )


def claim_count(condition: Condition) -> Statement:
    """Count claims."""
    parameters = Parameters()
    where = condition_text(curated(condition), "c", CLAIM_FIELDS, parameters)
    return Statement(f"MATCH (c:Claim) WHERE {where} RETURN count(c) AS value", parameters.values)


def claims_of(
    ids: Sequence[str], roles: Sequence[str], condition: Condition, order: Order, page: Page
) -> Statement:
    """Read, for each entity id, a page of the claims it plays one of `roles` in, and their total.

    Roles are the relationship types SUBJECT, OBJECT, CONTEXT and VIA.
    """
    parameters = Parameters()
    parameters.values["ids"] = list(ids)
    pattern = "|".join(roles)
    where = condition_text(curated(condition), "c", CLAIM_FIELDS, parameters)
    keyset, by = page_text(page, order, "c", parameters)
    limit = parameters.add(page.first + 1)
    return Statement(
        f"""
        UNWIND $ids AS id
        MATCH (e:Entity {{id: id}})
        WITH id, e, COLLECT {{
          MATCH (e)<-[:{pattern}]-(c:Claim) WHERE {keyset} AND {where}
          WITH DISTINCT c ORDER BY {by} LIMIT {limit}
          RETURN {CLAIM}
        }} AS found,
        COUNT {{ MATCH (e)<-[:{pattern}]-(c:Claim) WHERE {where} RETURN DISTINCT c }} AS total
        RETURN collect([id, found, total]) AS value
        """,
        parameters.values,
    )


def claims_of_references(ids: Sequence[str], page: Page) -> Statement:
    """Read, for each reference id, a page of the claims whose citation leads to it, and their total."""
    parameters = Parameters()
    parameters.values["ids"] = list(ids)
    keyset, by = page_text(page, Order("place"), "c", parameters)
    limit = parameters.add(page.first + 1)
    match = "(e)<-[:RESOLVED_TO]-(:Citation)<-[:CITES]-(c:Claim {status: 'CURATED'})"
    return Statement(
        f"""
        UNWIND $ids AS id
        MATCH (e:Reference {{id: id}})
        WITH id, e, COLLECT {{
          MATCH {match} WHERE {keyset}
          WITH DISTINCT c ORDER BY {by} LIMIT {limit}
          RETURN {CLAIM}
        }} AS found,
        COUNT {{ MATCH {match} RETURN DISTINCT c }} AS total
        RETURN collect([id, found, total]) AS value
        """,
        parameters.values,
    )


_SAME_ENDS = """
  MATCH (c)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(o:Entity)
  MATCH (s)<-[:SUBJECT]-(other:Claim {status: 'CURATED'})-[:OBJECT]->(o) WHERE other <> c
"""
# The sign of what is said: the predicate's direction, turned round by a negation.
_SIGN = "CASE WHEN {0}.negated THEN -1 ELSE 1 END * CASE {0}.direction WHEN 'DECREASED' THEN -1 ELSE 1 END"
_RELATED = {
    "AGREES": f"{_SAME_ENDS} AND (other.predicate = c.predicate OR other.direction = c.direction) "
    f"AND {_SIGN.format('other')} = {_SIGN.format('c')}",
    "OPPOSES": f"{_SAME_ENDS} AND (other.predicate = c.predicate "
    "OR other.direction IS NOT NULL AND c.direction IS NOT NULL) "
    f"AND {_SIGN.format('other')} <> {_SIGN.format('c')}",
    "EXPLAINS": """
  MATCH (c)-[:VIA]->(via:Entity)
  MATCH (c)-[:SUBJECT]->(s:Entity), (c)-[:OBJECT]->(o:Entity)
  MATCH (other:Claim {status: 'CURATED'})
  WHERE other <> c AND (
    EXISTS { (s)<-[:SUBJECT]-(other)-[:OBJECT]->(via) } OR EXISTS { (via)<-[:SUBJECT]-(other)-[:OBJECT]->(o) }
  )
""",
}


def related_claims(ids: Sequence[str], kind: str) -> Statement:
    """Read, for each claim id, the ids of claims that agree with it, oppose it or explain it."""
    return Statement(
        f"""
        UNWIND $ids AS id
        MATCH (c:Claim {{id: id}})
        WITH id, COLLECT {{
          {_RELATED[kind]}
          WITH DISTINCT other ORDER BY other.place, other.id RETURN other.id
        }} AS found
        RETURN collect([id, found]) AS value
        """,
        {"ids": list(ids)},
    )


def relation_page(condition: Condition, page: Page) -> Statement:
    """Read a page of relations in the order of their ids."""
    parameters = Parameters()
    where = condition_text(condition, "r", RELATION_FIELDS, parameters)
    keyset, by = page_text(page, Order("id"), "r", parameters)
    limit = parameters.add(page.first + 1)
    return Statement(
        f"""
        CALL () {{
          MATCH (:Entity)-[r:{relation_pattern()}]->(:Entity) WHERE {keyset} AND {where}
          RETURN r ORDER BY {by} LIMIT {limit}
        }}
        RETURN collect({RELATION}) AS value
        """,
        parameters.values,
    )


def relation_count(condition: Condition) -> Statement:
    """Count relations."""
    parameters = Parameters()
    where = condition_text(condition, "r", RELATION_FIELDS, parameters)
    return Statement(
        f"MATCH (:Entity)-[r:{relation_pattern()}]->(:Entity) WHERE {where} RETURN count(r) AS value",
        parameters.values,
    )


def curated(condition: Condition) -> Condition:
    """Leave proposed claims out unless the condition speaks of the status itself."""
    return condition if _names(condition, "status") else Every((condition, _CURATED))


def _names(condition: Condition, field: str) -> bool:
    match condition:
        case Compare(name):
            return name == field
        case Every(parts) | Some(parts):
            return any(_names(part, field) for part in parts)
        case Negation(part):
            return _names(part, field)
