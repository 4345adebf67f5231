"""The Cypher of the writer. Every statement is idempotent and takes its rows as one parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from graph.release import Releases
from graph.statement import Statement
from graph.vocabulary import KIND_LABELS, NODE_LABELS, label, relation_type
from schema.predicates import predicate_named
from schema.records import Relation

Rows = Sequence[Mapping[str, Any]]

_OURS = " + ".join(f"COUNT {{ (:{name}) }}" for name in NODE_LABELS)
COUNT_NODES = Statement(f"RETURN [COUNT {{ () }}, {_OURS}, COUNT {{ (:Release {{id: 'graph'}}) }}] AS value")

# Nodes that nothing of ours holds any longer.
SWEEP = (Statement("MATCH (t:Term) WHERE NOT (t)<-[:MAPPED_TO]-() DELETE t"),)


def source(row: Mapping[str, Any]) -> Statement:
    """Write the source itself."""
    return Statement("MERGE (s:Source {id: $row.id}) SET s += $row.properties", {"row": row})


def entities(rows: Rows, source_id: str) -> Iterator[Statement]:
    """Write entities with the labels of their kinds, and their mappings."""
    kinds = [{"id": row["id"], "kind": label(row["kind"])} for row in rows]
    yield Statement(
        f"""
        UNWIND $rows AS row
        MATCH (n:Entity {{id: row.id}}) WHERE n.kind <> row.kind
        REMOVE n:{":".join(KIND_LABELS)}
        """,
        {"rows": kinds},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MERGE (n:Entity {id: row.id})
        SET n:$(row.kind), n += row.properties,
            n.sources = [s IN coalesce(n.sources, []) WHERE s <> $source] + $source
        """,
        {"rows": rows, "source": source_id},
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
        SET t.label = coalesce(mapping.label, t.label)
        MERGE (n)-[m:MAPPED_TO]->(t)
        SET m = mapping.properties
        """,
        {"rows": rows},
    )


def is_a(rows: Rows, source_id: str) -> Statement:
    """Write is-a steps."""
    return Statement(
        """
        UNWIND $rows AS row
        MATCH (c:Entity {id: row.child}), (p:Entity {id: row.parent})
        MERGE (c)-[r:IS_A]->(p)
        SET r.source = row.source, r.version = row.version,
            r.sources = [s IN coalesce(r.sources, []) WHERE s <> $source] + $source
        """,
        {"rows": rows, "source": source_id},
    )


def articles(rows: Rows) -> Statement:
    """Write articles; a checksum of the file stays when no file was read this time."""
    return Statement(
        """
        UNWIND $rows AS row
        MERGE (a:Article {id: row.id})
        SET a += row.properties, a.sha256 = coalesce(row.sha256, a.sha256)
        """,
        {"rows": rows},
    )


def sections(rows: Rows) -> Statement:
    """Write sections as parts of their article."""
    return Statement(
        """
        UNWIND $rows AS row
        MERGE (s:Section {id: row.id})
        SET s += row.properties
        WITH s, row
        MATCH (a:Article {id: row.properties.article})
        MERGE (s)-[:PART_OF]->(a)
        """,
        {"rows": rows},
    )


def sentences(rows: Rows) -> Statement:
    """Write sentences; without news, what was verified stays as long as the sentence is the same."""
    return Statement(
        """
        UNWIND $rows AS row
        MERGE (s:Sentence {id: row.id})
        WITH s, row, row.verified IS NULL AND s.sha256 = row.sha256 AS kept
        SET s += row.properties, s.sha256 = row.sha256,
            s.verified = CASE WHEN kept THEN s.verified ELSE coalesce(row.verified, false) END,
            s.quote = CASE WHEN kept THEN s.quote ELSE row.quote END
        WITH s, row
        MATCH (t:Section {id: row.section})
        OPTIONAL MATCH (s)-[old:PART_OF]->(other:Section) WHERE other <> t
        DELETE old
        MERGE (s)-[:PART_OF]->(t)
        """,
        {"rows": rows},
    )


def references(rows: Rows) -> Statement:
    """Write printed references with their place in the list; the printed text stays once it is known."""
    return Statement(
        """
        UNWIND $rows AS row
        MERGE (r:Reference {id: row.id})
        SET r += row.properties, r.text = coalesce(row.text, r.text)
        WITH r, row
        MATCH (a:Article {id: row.properties.article})
        MERGE (a)-[l:LISTS]->(r)
        SET l.position = row.position, l.printedNumber = row.printedNumber
        """,
        {"rows": rows},
    )


def citations(rows: Rows) -> Statement:
    """Write citations, the reference that each leads to, and its alternatives."""
    return Statement(
        """
        UNWIND $rows AS row
        MERGE (c:Citation {id: row.id})
        SET c += row.properties
        WITH c, row
        MATCH (a:Article {id: row.properties.article})
        MERGE (c)-[:IN]->(a)
        WITH c, row, a
        OPTIONAL MATCH (c)-[old:RESOLVED_TO|MAY_BE]->()
        DELETE old
        WITH DISTINCT c, row, a
        CALL (c, row, a) {
          MATCH (a)-[:LISTS {position: row.reference}]->(r:Reference)
          MERGE (c)-[:RESOLVED_TO]->(r)
        }
        CALL (c, row, a) {
          UNWIND row.alternatives AS position
          MATCH (a)-[:LISTS {position: position}]->(r:Reference)
          MERGE (c)-[:MAY_BE]->(r)
        }
        """,
        {"rows": rows},
    )


def mentions(rows: Rows, source_id: str) -> Iterator[Statement]:
    """Write where entities are named, and remove where they no longer are."""
    yield Statement(
        """
        MATCH (n:Entity)-[m:MENTIONED_IN]->(s:Sentence {article: $source})
        WHERE NOT n.id + ' ' + s.id IN $kept
        DELETE m
        """,
        {"source": source_id, "kept": [f"{row['entity']} {row['sentence']}" for row in rows]},
    )
    yield Statement(
        """
        UNWIND $rows AS row
        MATCH (n:Entity {id: row.entity}), (s:Sentence {id: row.sentence})
        MERGE (n)-[m:MENTIONED_IN]->(s)
        SET m.starts = row.starts, m.ends = row.ends
        """,
        {"rows": rows},
    )


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
        MATCH (p:Sentence {article: row.properties.article, block: row.block, sentence: row.sentence})
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
        MATCH (citation:Citation {label: part.label})-[:IN]->(:Article {id: row.properties.article})
        MERGE (c)-[r:CITES]->(citation)
        SET r.concerns = part.concerns, r.note = part.note
        """,
        {"rows": rows},
    )


def relation_keys(source_id: str) -> Statement:
    """Read (subject, predicate, object) of a source's stored claims."""
    return Statement(
        """
        MATCH (c:Claim {article: $source}), (c)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o)
        RETURN collect([s.id, c.predicate, o.id]) AS value
        """,
        {"source": source_id},
    )


def relations(keys: Sequence[tuple[str, str, str]]) -> Iterator[Statement]:
    """Make relations of (subject, predicate, object) say what their claims say now; without any they go."""
    rows = [
        {
            "id": Relation(subject, predicate, object_).id,
            "subject": subject,
            "type": relation_type(predicate),
            "object": object_,
            "direction": predicate_named(predicate).direction,
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


def removals(source_id: str, kept: Mapping[str, list[str]]) -> Iterator[Statement]:
    """Remove what a source held before and no longer says; what other sources hold stays."""
    for name in ("Claim", "Citation", "Reference", "Sentence", "Section"):
        yield Statement(
            f"MATCH (n:{name} {{article: $source}}) WHERE NOT n.id IN $kept DETACH DELETE n",
            {"source": source_id, "kept": kept[name]},
        )
    yield Statement(
        """
        MATCH (c:Entity)-[r:IS_A]->(p:Entity)
        WHERE $source IN r.sources AND NOT c.id + ' ' + p.id IN $kept
        SET r.sources = [s IN r.sources WHERE s <> $source]
        WITH r WHERE size(r.sources) = 0
        DELETE r
        """,
        {"source": source_id, "kept": kept["IsA"]},
    )
    yield Statement(
        """
        MATCH (n:Entity)
        WHERE $source IN n.sources AND NOT n.id IN $kept
        SET n.sources = [s IN n.sources WHERE s <> $source]
        WITH n WHERE size(n.sources) = 0
        DETACH DELETE n
        """,
        {"source": source_id, "kept": kept["Entity"]},
    )
    if not kept["Article"]:
        yield Statement("MATCH (a:Article {id: $source}) DETACH DELETE a", {"source": source_id})


def stamp(state: Releases, now: datetime) -> Statement:
    """Write the releases and raise the generation; the date moves only when the release does."""
    return Statement(
        """
        MERGE (r:Release {id: 'graph'})
        SET r.builtAt = CASE WHEN r.hash = $hash THEN r.builtAt ELSE $now END,
            r.hash = $hash, r.generation = coalesce(r.generation, 0) + 1
        WITH r
        CALL () {
          UNWIND $sources AS row
          MATCH (s:Source {id: row.id})
          SET s.release = row.release
        }
        RETURN r.generation AS value
        """,
        {
            "hash": state.graph,
            "now": now,
            "sources": [{"id": id_, "release": hash_} for id_, hash_ in sorted(state.by_source.items())],
        },
    )
