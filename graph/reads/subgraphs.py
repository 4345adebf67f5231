"""Reads of parts of the graph: search, neighbourhood, what lies between, paths."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.indexes import ENTITY_TEXT
from graph.reads.shapes import ENTITY, RELATION
from graph.statement import Statement
from graph.vocabulary import relation_pattern


def search(text: str, kinds: Sequence[str] | None, first: int, skip: int) -> Statement:
    """Read [entity, score] of the best matches, best first; without kinds the index call has the limit."""
    wanted = first + 1
    query = lucene(text)
    if not query:
        return Statement("RETURN [] AS value")
    return Statement(
        f"""
        CALL db.index.fulltext.queryNodes('{ENTITY_TEXT}', $query, {{limit: $reach}}) YIELD node AS n, score
        WHERE $kinds IS NULL OR n.kind IN $kinds
        WITH n, score ORDER BY score DESC, n.id SKIP $skip LIMIT $wanted
        RETURN collect([{ENTITY}, score]) AS value
        """,
        {
            "query": query,
            "kinds": None if kinds is None else list(kinds),
            "reach": (skip + wanted) if kinds is None else 10_000,
            "skip": skip,
            "wanted": wanted,
        },
    )


def lucene(text: str) -> str:
    """Return words as a full-text query: every word, whole or as a beginning; empty without words."""
    return " AND ".join(f"({word} OR {word}*)" for word in re.findall(r"[^\W_]+", text.lower()))


def resolve(texts: Sequence[str]) -> Statement:
    """Read, for each text, the entities that hold it as id, exact identifier, name, synonym or form."""
    return Statement(
        f"""
        UNWIND range(0, size($texts) - 1) AS i
        WITH i, $texts[i] AS text, toLower($texts[i]) AS lower
        WITH i, COLLECT {{
          MATCH (n:Entity)
          WHERE n.id = text OR EXISTS {{ (n)-[:MAPPED_TO {{match: 'EXACT'}}]->(:Term {{id: text}}) }}
             OR toLower(n.name) = lower
             OR any(form IN n.synonyms + n.asWritten WHERE toLower(form) = lower)
          WITH n ORDER BY CASE WHEN n.id = text THEN 0 WHEN toLower(n.name) = lower THEN 1 ELSE 2 END, n.id
          RETURN {ENTITY}
        }} AS found
        ORDER BY i
        RETURN collect(found) AS value
        """,
        {"texts": list(texts)},
    )


def neighborhood(ids: Sequence[str], hops: int, limit: int, kinds: Sequence[str] | None) -> Statement:
    """Read a subgraph around entities: nodes by distance then id, the relations among them, and a cut mark.

    Without ids it is the whole graph. `hops` is checked by the caller and stands in the text, because Cypher
    takes no parameter there.
    """
    types = relation_pattern()
    near = (
        f"""
        MATCH (s:Entity) WHERE s.id IN $ids
        CALL (s) {{ MATCH path = (s)-[:{types}]-{{0,{int(hops)}}}(n:Entity)
          RETURN n, min(length(path)) AS distance }}
        WITH n, min(distance) AS distance
        """
        if ids
        else f"MATCH (n:Entity) WHERE EXISTS {{ (n)-[:{types}]-() }} WITH n, 1 AS distance"
    )
    return Statement(
        f"""
        {near}
        WHERE $kinds IS NULL OR n.kind IN $kinds OR distance = 0
        WITH n ORDER BY distance, n.id LIMIT $limit + 1
        WITH collect(n) AS found
        WITH found[..$limit] AS kept, size(found) > $limit AS truncated
        RETURN {{
          nodes: COLLECT {{ UNWIND kept AS n RETURN {ENTITY} }},
          relations: COLLECT {{
            UNWIND kept AS a MATCH (a)-[r:{types}]->(b:Entity) WHERE b IN kept
            RETURN {RELATION} AS x ORDER BY r.id
          }},
          truncated: truncated
        }} AS value
        """,
        {"ids": list(ids), "limit": limit, "kinds": None if kinds is None else list(kinds)},
    )


def between(a: str, b: str) -> Statement:
    """Read what is stated between two entities, and the nearest of both; null where one is unknown."""
    types = relation_pattern()
    return Statement(
        f"""
        OPTIONAL MATCH (a:Entity {{id: $a}})
        OPTIONAL MATCH (b:Entity {{id: $b}})
        RETURN CASE WHEN a IS NULL OR b IS NULL THEN null ELSE {{
          relations: COLLECT {{ MATCH (a)-[r:{types}]-(b) RETURN {RELATION} AS x ORDER BY r.id }},
          claims: COLLECT {{
            MATCH (a)<-[:SUBJECT|OBJECT]-(c:Claim {{status: 'CURATED'}})-[:SUBJECT|OBJECT]->(b)
            WITH DISTINCT c ORDER BY c.place, c.id RETURN c.id
          }},
          nearest: COLLECT {{
            MATCH (a)-[:{types}]-(n:Entity)-[:{types}]-(b) WHERE n <> a AND n <> b
            WITH DISTINCT n ORDER BY n.id LIMIT 25 RETURN {ENTITY}
          }},
          searched: COLLECT {{ MATCH (s:Article) RETURN s.id AS x ORDER BY x }}
        }} END AS value
        """,
        {"a": a, "b": b},
    )


def paths(from_: str, to: str, max_hops: int, first: int) -> Statement:
    """Read shortest paths first, without loops: [nodes, relations] each, at most `first`."""
    types = relation_pattern()
    return Statement(
        f"""
        MATCH (a:Entity {{id: $from}}), (b:Entity {{id: $to}})
        MATCH path = (a)-[:{types}]-{{1,{int(max_hops)}}}(b)
        WHERE all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
        WITH path, length(path) AS hops, [r IN relationships(path) | r.id] AS key
        ORDER BY hops, key LIMIT $first
        WITH path, COLLECT {{
          UNWIND relationships(path) AS r
          RETURN COLLECT {{
            UNWIND r.claimIds AS id MATCH (:Claim {{id: id}})-[:CONTEXT {{role: 'disease'}}]->(d)
            RETURN DISTINCT d.id AS x ORDER BY x
          }}
        }} AS diseases
        RETURN collect({{
          nodes: [n IN nodes(path) | n.id],
          relations: [r IN relationships(path) | {RELATION}],
          mixedContext: size(diseases) > 1 AND any(d IN diseases WHERE d <> diseases[0])
        }}) AS value
        """,
        {"from": from_, "to": to, "first": first},
    )
