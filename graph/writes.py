"""The Cypher of the writer. Every statement is idempotent and takes its rows as one parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from graph.release import Releases
from graph.statement import Statement
from graph.vocabulary import KIND_LABELS, NODE_LABELS, label, relation_type
from schema.predicates import direction_of
from schema.records import Relation

Rows = Sequence[Mapping[str, Any]]

_OURS = " + ".join(f"COUNT {{ (:{name}) }}" for name in NODE_LABELS)
COUNT_NODES = Statement(f"RETURN [COUNT {{ () }}, {_OURS}, COUNT {{ (:Release {{id: 'graph'}}) }}] AS value")

SOURCES = Statement("MATCH (s:Source) WITH s ORDER BY s.id RETURN collect(s.id) AS value")

# What may be under way with a source.
LOADING, REMOVING = "LOADING", "REMOVING"


def has_article(source_id: str) -> Statement:
    """Say whether a source is an article."""
    return Statement("RETURN EXISTS { (:Article {id: $source}) } AS value", {"source": source_id})


# Other writers wait here for the end of the transaction.
HOLD = Statement("MERGE (r:Release {id: 'graph'}) SET r.generation = coalesce(r.generation, 0)")


def source(row: Mapping[str, Any]) -> Statement:
    """Write the source itself."""
    return Statement("MERGE (s:Source {id: $row.id}) SET s += $row.properties", {"row": row})


def is_stored(source_id: str) -> Statement:
    """Say whether a source is in the graph."""
    return Statement("RETURN EXISTS { (:Source {id: $source}) } AS value", {"source": source_id})


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
        MATCH (n:Entity)-[m:MENTIONED_IN]->(s:Sentence)
        MATCH (s)-[:PART_OF]->(:Section)-[:PART_OF]->(:Article {id: $source})
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


# How what belongs to one article is reached from it.
_PARTS = {
    "Claim": "(n:Claim {article: $source})",
    "Citation": "(n:Citation)-[:IN]->(:Article {id: $source})",
    "Reference": "(n:Reference)<-[:LISTS]-(:Article {id: $source})",
    "Sentence": "(n:Sentence)-[:PART_OF]->(:Section)-[:PART_OF]->(:Article {id: $source})",
    "Section": "(n:Section)-[:PART_OF]->(:Article {id: $source})",
    "Article": "(n:Article {id: $source})",
}


def removals(source_id: str, kept: Mapping[str, list[str]] | None = None) -> Iterator[Statement]:
    """Remove what a source held before and no longer says, but for entities and what joins them."""
    for name, pattern in _PARTS.items():
        yield Statement(
            f"MATCH {pattern} WHERE NOT n.id IN $kept DETACH DELETE n",
            {"source": source_id, "kept": kept[name] if kept else []},
        )


def drop_source(source_id: str) -> Iterator[Statement]:
    """Remove the source itself, and the note of what was under way with it."""
    yield Statement("MATCH (s:Source {id: $source}) DETACH DELETE s", {"source": source_id})
    yield from end(source_id)


def begin(source_id: str, state: str, values: Mapping[str, Any] | None = None) -> Statement:
    """Note what is under way with a source: its state, and what whoever goes on with it must know."""
    return Statement(
        "MERGE (l:Load {id: $source}) SET l = $values, l.id = $source, l.state = $state, l.startedAt = $now",
        {"source": source_id, "state": state, "values": values or {}, "now": datetime.now(UTC)},
    )


def under_way(source_id: str) -> Statement:
    """Read what is under way with a source, null where nothing is, and whether the source is there."""
    return Statement(
        """
        OPTIONAL MATCH (l:Load {id: $source})
        RETURN [l { .* }, EXISTS { (:Source {id: $source}) }] AS value
        """,
        {"source": source_id},
    )


def mark(source_id: str, number: str, records: int) -> Statement:
    """Note that a part of a load is written; its id cannot be there twice."""
    return Statement(
        "CREATE (:LoadPart {id: $source + ' ' + $number, load: $source, records: $records})",
        {"source": source_id, "number": number, "records": records},
    )


def written_parts(source_id: str) -> Statement:
    """Read the numbers of the parts of a load that are written."""
    return Statement(
        """
        MATCH (p:LoadPart {load: $source})
        RETURN collect(substring(p.id, size($source) + 1)) AS value
        """,
        {"source": source_id},
    )


def end(source_id: str) -> Iterator[Statement]:
    """Forget what was under way with a source."""
    yield Statement("MATCH (p:LoadPart {load: $source}) DELETE p", {"source": source_id})
    yield Statement("MATCH (l:Load {id: $source}) DELETE l", {"source": source_id})


def releases(sources: Sequence[str]) -> Statement:
    """Raise the generation, which holds back other writers until this one is done; read the releases."""
    return Statement(
        """
        MERGE (r:Release {id: 'graph'})
        SET r.generation = coalesce(r.generation, 0) + 1
        RETURN [coalesce(r.hash, ''),
                COLLECT { MATCH (s:Source) WHERE s.id IN $sources RETURN [s.id, coalesce(s.release, '')] },
                r.generation] AS value
        """,
        {"sources": sources},
    )


def stamp(state: Releases, now: datetime) -> Statement:
    """Write the releases; the date moves only when the graph's does."""
    return Statement(
        """
        MATCH (r:Release {id: 'graph'})
        SET r.builtAt = CASE WHEN r.hash = $hash THEN r.builtAt ELSE $now END, r.hash = $hash
        WITH r
        UNWIND $sources AS row
        MATCH (s:Source {id: row.id})
        SET s.release = row.release
        """,
        {
            "hash": state.graph,
            "now": now,
            "sources": [{"id": id_, "release": hash_} for id_, hash_ in sorted(state.by_source.items())],
        },
    )
