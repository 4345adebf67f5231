"""Records as rows of properties: what the writer sends. Names are those of the stored graph."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graph import merge
from schema import ids
from schema.predicates import direction_of
from schema.records import (
    Article,
    Citation,
    Claim,
    Columns,
    Edge,
    Entity,
    IsA,
    Mention,
    Reference,
    Section,
    Sentence,
    Source,
)

Row = dict[str, Any]


def said(record: Entity) -> merge.Said:
    """What a source says of an entity: its properties, and its mappings by id."""
    return merge.entity_said(
        {
            "kind": record.kind,
            "name": record.name,
            "category": record.category,
            "description": record.description,
            "synonyms": list(record.synonyms),
            "asWritten": list(record.as_written),
            "composition": list(record.composition),
            **{name: _stored(value) for name, value in record.properties},
        },
        [
            (
                mapping.id,
                {
                    "match": mapping.match.value,
                    "source": mapping.source,
                    "version": mapping.version,
                    "label": mapping.label,
                },
            )
            for mapping in record.mappings
        ],
    )


def entity(id_: str, by_source: Mapping[str, merge.Said]) -> Row:
    """Properties of an entity, as its sources have it, and its mappings."""
    shown = merge.entity(by_source)
    return {
        "id": id_,
        "properties": {**shown["properties"], **merge.kept(by_source), "id": id_},
        "mappings": [{"id": id_, "properties": values} for id_, values in shown["mappings"].items()],
    }


def step(record: IsA) -> merge.Said:
    """What a source says of an is-a step."""
    return {"source": record.source, "version": record.version}


def step_said(properties: Mapping[str, Any]) -> merge.Said:
    """What a source says of an is-a step, read from a stored one that all of its sources say alike."""
    return {"source": properties["source"], "version": properties.get("version")}


def is_a(child: str, parent: str, by_source: Mapping[str, merge.Said]) -> Row:
    """Ends and properties of an is-a step, as its sources have it; none when no source says it."""
    shown = merge.step(by_source) if by_source else {}
    return {"child": child, "parent": parent, "properties": {**shown, **merge.kept(by_source)}}


def edge(record: Edge) -> Row:
    """Ends, type and properties of an edge but for its source; nothing is null."""
    properties = _columns(record.properties)
    properties["id"] = record.id
    direction = direction_of(record.predicate)
    if direction is not None:
        properties["direction"] = direction.value
    return {
        "subject": record.subject,
        "type": record.predicate,
        "object": record.object,
        "properties": properties,
    }


def claim(record: Claim) -> Row:
    """Properties of a claim and the ids that it joins."""
    return {
        "id": record.id,
        "subject": record.subject,
        "object": record.object,
        "via": list(record.mechanisms),
        "context": [{"role": role.value, "id": id_} for role, id_ in record.context.roles],
        "place": ids.sentence_id(record.article, record.block, record.sentence),
        "citations": [
            {
                "id": ids.citation_id(record.article, c.label),
                "label": c.label,
                "concerns": [concern.value for concern in c.concerns],
                "note": c.note,
            }
            for c in record.citations
        ],
        "properties": {
            "article": record.article,
            "place": ids.place_key(record.article, record.block, record.sentence),
            "predicate": record.predicate,
            "direction": record.direction.value if record.direction else None,
            "negated": record.negated,
            "certainty": record.certainty.value,
            "evidenceLevel": record.evidence_level.value,
            "status": record.status.value,
            "statement": record.statement,
            "extent": record.context.extent,
            "dose": record.context.dose,
            "cited": bool(record.citations),
            "sentenceSha256": record.sha256,
            "makesRelation": record.makes_relation,
            "primaryKnowledgeSource": record.primary_knowledge_source,
            "knowledgeLevel": record.knowledge_level.value,
            "agentType": record.agent_type.value,
            "rule": record.rule,
            "score": record.score,
            "reviewer": record.reviewer,
            **_columns(record.properties),
        },
    }


def article(record: Article) -> Row:
    """Properties of an article."""
    return {
        "id": record.id,
        "properties": {
            "title": record.title,
            "authors": list(record.authors),
            "articleType": record.article_type,
            "interests": record.interests,
        },
        "sha256": record.sha256,
    }


def section(record: Section) -> Row:
    """Properties of a section."""
    return {
        "id": record.id,
        "properties": {
            "article": record.article,
            "block": record.block,
            "title": record.title,
            "level": record.level,
        },
    }


def sentence(record: Sentence, section_id: str) -> Row:
    """Properties of a sentence; `verified` null leaves what an earlier load found."""
    return {
        "id": record.id,
        "section": section_id,
        "sha256": record.sha256,
        "verified": record.verified,
        "quote": record.quote,
        "properties": {
            "article": record.article,
            "block": record.block,
            "sentence": record.sentence,
            "place": ids.place_key(record.article, record.block, record.sentence),
            "page": record.page,
            "starts": [span.start for span in record.spans],
            "ends": [span.end for span in record.spans],
        },
    }


def mention(record: Mention) -> Row:
    """Ends and spans of a mention."""
    return {
        "entity": record.entity,
        "sentence": ids.sentence_id(record.article, record.block, record.sentence),
        "starts": [span.start for span in record.spans],
        "ends": [span.end for span in record.spans],
    }


def reference(record: Reference) -> Row:
    """Properties of a printed reference."""
    return {
        "id": record.id,
        "position": record.position,
        "printedNumber": record.printed_number,
        "text": record.text,
        "properties": {
            "article": record.article,
            "position": record.position,
            "printedNumber": record.printed_number,
            "title": record.title,
            "authors": list(record.authors),
            "journal": record.journal,
            "year": record.year,
            "volume": record.volume,
            "pages": record.pages,
            "doi": record.doi,
            "pmid": record.pmid,
            "pmcid": record.pmcid,
            "erratum": record.erratum,
        },
    }


def citation(record: Citation) -> Row:
    """Properties of a citation and the positions it leads to."""
    return {
        "id": record.id,
        "reference": record.reference,
        "alternatives": list(record.alternatives),
        "properties": {
            "article": record.article,
            "label": record.label,
            "marker": record.marker,
            "status": record.status.value,
            "basis": record.basis,
            "confidence": record.confidence,
            "note": record.note,
        },
    }


def source(record: Source) -> Row:
    """Properties of a source."""
    return {
        "id": record.id,
        "properties": {
            "title": record.title,
            "version": record.version,
            "licence": record.licence,
            "url": record.url,
        },
    }


def _stored(value: Any) -> Any:
    """A property of a kind as it is stored: enums are their texts."""
    if isinstance(value, tuple):
        return [_stored(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _columns(columns: Columns) -> Row:
    return {name: list(value) if type(value) is tuple else value for name, value in columns}
