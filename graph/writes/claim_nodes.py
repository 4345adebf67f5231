"""Claims, and the relations that say what their claims say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.statement import Statement
from graph.vocabulary import relation_type
from graph.writes.rows import Rows
from schema.predicates import direction_of
from schema.records import Relation


def claims(rows: Rows) -> Iterator[Statement]:
    """Write claims with their ends, setting, place and citations."""
    yield Statement(
        """
        UNWIND $rows AS row
        MERGE (c:Claim {id: row.id})
        SET c += row.properties
        WITH c, row
        MATCH (s:Entity {id: row.subject}), (o:Entity {id: row.object})
        MERGE (c)-[:SUBJECT]->(s)
        MERGE (c)-[:OBJECT]->(o)
        WITH c, row
        MATCH (p:Sentence {id: row.place})
        MERGE (c)-[:STATED_IN]->(p)
        """,
        {"rows": rows},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.id})
        UNWIND row.via AS id
        MATCH (e:Entity {id: id})
        MERGE (c)-[:VIA]->(e)
        """,
        {"rows": rows},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.id})
        UNWIND row.context AS part
        MATCH (e:Entity {id: part.id})
        MERGE (c)-[:CONTEXT {role: part.role}]->(e)
        """,
        {"rows": rows},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.id})-[old:CITES]->(citation:Citation)
        WHERE NOT citation.label IN [part IN row.citations | part.label]
        DELETE old
        """,
        {"rows": rows},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.id})
        UNWIND row.citations AS part
        MATCH (citation:Citation {id: part.id})
        MERGE (c)-[r:CITES]->(citation)
        SET r.concerns = part.concerns, r.note = part.note
        """,
        {"rows": rows},
    )


def claims_of(source_id: str) -> Statement:
    """Read the ids of a source's claims."""
    return Statement(
        "MATCH (c:Claim {article: $source}) RETURN collect(c.id) AS value", {"source": source_id}
    )


def keys_of(ids: Sequence[str]) -> Statement:
    """Read (subject, predicate, object) of claims, each once."""
    return Statement(
        """
        UNWIND $ids AS id
        MATCH (c:Claim {id: id}), (c)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o)
        RETURN collect(DISTINCT [s.id, c.predicate, o.id]) AS value
        """,
        {"ids": ids},
    )


def drop_claims(ids: Sequence[str]) -> Statement:
    """Remove claims."""
    return Statement("UNWIND $ids AS id MATCH (c:Claim {id: id}) DETACH DELETE c", {"ids": ids})


def relations(keys: Sequence[tuple[str, str, str]]) -> Iterator[Statement]:
    """Make relations of (subject, predicate, object) say what their claims say now; without any they go."""
    rows = [
        {
            "id": Relation(subject, predicate, object_).id,
            "subject": subject,
            "type": relation_type(predicate),
            "object": object_,
            "direction": direction_of(predicate),
        }
        for subject, predicate, object_ in keys
    ]
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (s:Entity {id: row.subject})-[r]->(:Entity {id: row.object})
        WHERE r.id = row.id AND NOT EXISTS {
          (s)<-[:SUBJECT]-(c:Claim {predicate: row.type, makesRelation: true})-[:OBJECT]->({id: row.object})
        }
        DELETE r
        """,
        {"rows": rows},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (s:Entity {id: row.subject}), (o:Entity {id: row.object})
        MATCH (s)<-[:SUBJECT]-(c:Claim {predicate: row.type, makesRelation: true})-[:OBJECT]->(o)
        OPTIONAL MATCH (c)-[:CITES]->(:Citation)-[:RESOLVED_TO]->(ref:Reference)
        WITH s, o, row, c, coalesce('PMID:' + ref.pmid, 'doi:' + ref.doi) AS publication
        ORDER BY c.place, c.id, publication
        WITH s, o, row, collect(DISTINCT c.id) AS claimIds, collect(DISTINCT publication) AS publications,
             collect(DISTINCT c.article) AS sources, min(c.knowledgeLevel) AS level, min(c.agentType) AS agent
        MERGE (s)-[r:$(row.type) {id: row.id}]->(o)
        SET r = {id: row.id, direction: row.direction, claimIds: claimIds, sources: sources,
                 publications: publications, knowledgeLevel: level, agentType: agent}
        """,
        {"rows": rows},
    )
