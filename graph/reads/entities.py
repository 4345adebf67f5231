"""Reads of entities: by id, by page, their neighbours and their place in the ontology."""

from __future__ import annotations

from collections.abc import Sequence

from graph.conditions import ENTITY_FIELDS, condition_text, page_text
from graph.query import Condition, Order, Page
from graph.reads.shapes import ENTITY, RELATION
from graph.statement import Parameters, Statement
from graph.vocabulary import ENTITY as ENTITY_LABEL
from graph.vocabulary import label, relation_pattern


def entities_by_id(ids: Sequence[str]) -> Statement:
    """Read entities in the order of `ids`; null where there is none."""
    return Statement(
        f"""
        UNWIND range(0, size($ids) - 1) AS i
        OPTIONAL MATCH (n:Entity {{id: $ids[i]}})
        WITH i, CASE WHEN n IS NULL THEN null ELSE {ENTITY} END AS entity
        ORDER BY i
        RETURN collect([entity]) AS value
        """,
        {"ids": list(ids)},
    )


def entities_by_identifier(ids: Sequence[str]) -> Statement:
    """Read entities by id or by any exact mapping, in the order of `ids`; null where there is none."""
    return Statement(
        f"""
        UNWIND range(0, size($ids) - 1) AS i
        OPTIONAL MATCH (direct:Entity {{id: $ids[i]}})
        OPTIONAL MATCH (mapped:Entity)-[:MAPPED_TO {{match: 'EXACT'}}]->(:Term {{id: $ids[i]}})
        WITH i, coalesce(direct, mapped) AS n
        WITH i, CASE WHEN n IS NULL THEN null ELSE {ENTITY} END AS entity
        ORDER BY i
        RETURN collect([entity]) AS value
        """,
        {"ids": list(ids)},
    )


def entity_page(kind: str | None, condition: Condition, order: Order, page: Page) -> Statement:
    """Read a page of entities of one kind, or of all: one more than asked for tells of a next page."""
    parameters = Parameters()
    name = label(kind) if kind else ENTITY_LABEL
    where = condition_text(condition, "n", ENTITY_FIELDS, parameters)
    keyset, by = page_text(page, order, "n", parameters)
    limit = parameters.add(page.first + 1)
    return Statement(
        f"""
        CALL () {{
          MATCH (n:{name}) WHERE {keyset} AND {where}
          RETURN n ORDER BY {by} LIMIT {limit}
        }}
        RETURN collect({ENTITY}) AS value
        """,
        parameters.values,
    )


def entity_count(kind: str | None, condition: Condition) -> Statement:
    """Count entities; without a condition the count store answers."""
    parameters = Parameters()
    name = label(kind) if kind else ENTITY_LABEL
    where = condition_text(condition, "n", ENTITY_FIELDS, parameters)
    filtered = "" if where == "true" else f" WHERE {where}"
    return Statement(f"MATCH (n:{name}){filtered} RETURN count(n) AS value", parameters.values)


def neighbors(ids: Sequence[str], condition: Condition, page: Page) -> Statement:
    """Read, for each id, a page of [neighbour, relations to it], and the total number of neighbours."""
    parameters = Parameters()
    parameters.values["ids"] = list(ids)
    where = condition_text(condition, "n", ENTITY_FIELDS, parameters)
    after = f" AND n.id > {parameters.add(page.after[-1])}" if page.after else ""
    limit = parameters.add(page.first + 1)
    types = relation_pattern()
    return Statement(
        f"""
        UNWIND $ids AS id
        MATCH (e:Entity {{id: id}})
        WITH e, id, COLLECT {{
          MATCH (e)-[:{types}]-(n:Entity) WHERE {where}{after}
          WITH DISTINCT n ORDER BY n.id LIMIT {limit}
          RETURN [{ENTITY}, COLLECT {{ MATCH (e)-[r:{types}]-(n) RETURN {RELATION} AS x ORDER BY r.id }}]
        }} AS found,
        COUNT {{ MATCH (e)-[:{types}]-(n:Entity) WHERE {where} RETURN DISTINCT n }} AS total
        RETURN collect([id, found, total]) AS value
        """,
        parameters.values,
    )


def mentions(ids: Sequence[str], page: Page) -> Statement:
    """Read, for each id, a page of the sentences that name it, with spans, and their total."""
    parameters = Parameters()
    parameters.values["ids"] = list(ids)
    keyset, by = page_text(page, Order("place"), "s", parameters)
    limit = parameters.add(page.first + 1)
    return Statement(
        f"""
        UNWIND $ids AS id
        MATCH (e:Entity {{id: id}})
        WITH e, id, COLLECT {{
          MATCH (e)-[m:MENTIONED_IN]->(s:Sentence)-[:PART_OF]->(t:Section) WHERE {keyset}
          WITH m, s, t ORDER BY {by} LIMIT {limit}
          RETURN s {{ .*, section: t.title, from: m.starts, to: m.ends }}
        }} AS found,
        COUNT {{ (e)-[:MENTIONED_IN]->(:Sentence) }} AS total
        RETURN collect([id, found, total]) AS value
        """,
        parameters.values,
    )


def lineage(ids: Sequence[str], *, up: bool) -> Statement:
    """Read, for each id, its ontology ancestors (up) or descendants, nearest first."""
    arrow = "-[:IS_A*1..]->" if up else "<-[:IS_A*1..]-"
    return Statement(
        f"""
        UNWIND $ids AS id
        MATCH (e:Entity {{id: id}})
        WITH id, COLLECT {{
          MATCH path = (e){arrow}(n:Entity)
          WITH n, min(length(path)) AS distance ORDER BY distance, n.id
          RETURN {ENTITY}
        }} AS found
        RETURN collect([id, found]) AS value
        """,
        {"ids": list(ids)},
    )
