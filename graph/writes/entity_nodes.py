"""Entities with their mappings, and what joins them by itself: is-a steps and edges of foreign graphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.statement import Statement
from graph.vocabulary import KIND_LABELS, label, relation_type
from graph.writes.rows import Rows


def held(source_id: str) -> Statement:
    """Read the ids of the entities that a source describes."""
    return Statement(
        "MATCH (n:Entity) WHERE $source IN n.sources RETURN collect(n.id) AS value", {"source": source_id}
    )


def entities(rows: Rows) -> Iterator[Statement]:
    """Write entities as they are to be, with the labels of their kinds, and their mappings."""
    yield Statement(
        f"""
        UNWIND $rows AS row
        MERGE (n:Entity {{id: row.id}})
        WITH n, row, n.kind AS before
        SET n = row.properties, n:$(row.kind)
        WITH n, row WHERE before <> row.kind
        REMOVE n:{":".join(KIND_LABELS)}
        SET n:$(row.kind)
        """,
        {"rows": [{**row, "kind": label(row["properties"]["kind"])} for row in rows]},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (n:Entity {id: row.id})-[m:MAPPED_TO]->(t:Term)
        WHERE NOT t.id IN [mapping IN row.mappings | mapping.id]
        DELETE m
        """,
        {"rows": rows},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (n:Entity {id: row.id})
        UNWIND row.mappings AS mapping
        MERGE (t:Term {id: mapping.id})
        MERGE (n)-[m:MAPPED_TO]->(t)
        SET m = mapping.properties
        """,
        {"rows": [{"id": row["id"], "mappings": row["mappings"]} for row in rows if row["mappings"]]},
    )


def forget(ids: Sequence[str]) -> Statement:
    """Remove entities that no source describes any longer."""
    return Statement("UNWIND $ids AS id MATCH (n:Entity {id: id}) DETACH DELETE n", {"ids": ids})


def terms(ids: Sequence[str]) -> Iterator[Statement]:
    """Make public identifiers say what their mappings say; without any they go."""
    yield Statement(
        """
        UNWIND $ids AS id
        MATCH (t:Term {id: id}) WHERE NOT (t)<-[:MAPPED_TO]-()
        DELETE t
        """,
        {"ids": ids},
    )
    yield Statement(
        """
        UNWIND $ids AS id
        MATCH (t:Term {id: id})
        SET t.label = head(COLLECT {
          MATCH (t)<-[m:MAPPED_TO]-() WHERE m.label IS NOT NULL RETURN m.label AS x ORDER BY x
        })
        """,
        {"ids": ids},
    )


def steps(ids: Sequence[str]) -> Statement:
    """Read is-a steps from these entities: child, parent, properties."""
    return Statement(
        """
        UNWIND $ids AS id
        MATCH (c:Entity {id: id})-[r:IS_A]->(p:Entity)
        RETURN collect([c.id, p.id, properties(r)]) AS value
        """,
        {"ids": ids},
    )


def is_a(rows: Rows) -> Iterator[Statement]:
    """Write is-a steps as they are to be; those without sources go."""
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (c:Entity {id: row.child})-[r:IS_A]->(p:Entity {id: row.parent})
        DELETE r
        """,
        {"rows": [row for row in rows if not row["properties"]["sources"]]},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (c:Entity {id: row.child}), (p:Entity {id: row.parent})
        MERGE (c)-[r:IS_A]->(p)
        SET r = row.properties
        """,
        {"rows": [row for row in rows if row["properties"]["sources"]]},
    )


def edges(rows: Rows, source_id: str) -> Statement:
    """Write edges of a foreign graph, which is sure not to have them yet; give how many found their ends."""
    return Statement(
        """
        UNWIND $rows AS row
        MATCH (s:Entity {id: row.subject}), (o:Entity {id: row.object})
        CREATE (s)-[r:$(row.type)]->(o)
        SET r = row.properties, r.sources = [$source]
        RETURN count(*) AS value
        """,
        {"rows": [{**row, "type": relation_type(row["type"])} for row in rows], "source": source_id},
    )
