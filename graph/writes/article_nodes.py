"""Articles and their parts, and where entities are named in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.statement import Statement
from graph.writes.rows import Rows


def has_article(source_id: str) -> Statement:
    """Say whether a source is an article."""
    return Statement("RETURN EXISTS { (:Article {id: $source}) } AS value", {"source": source_id})


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
