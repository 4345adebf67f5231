"""Proposals as records: sound, marked as proposed, the same each time, in the graph when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.connection import Database
from graph.writer import LoadReport, load
from loaders.article.curated import built_in
from loaders.article.document import Document, parse
from loaders.mining.field import field_entities
from loaders.mining.proposals import Proposals, propose
from schema.enums import AgentType, CitationStatus, ClaimStatus, ContextRole, EvidenceLevel, KnowledgeLevel
from schema.records import Article, Citation, Record, Source
from schema.validate import check_claim, check_entities, check_mention
from tests.conftest import Service

TEXT = """# Vesicles of the cord in sepsis

In mice, hUC-MSC-sEVs lowered IL-6 and TNF in sepsis [3]. They did nothing else.
IL-10 was not raised by MSC-EVs.

## Results

BM-MSC-EVs carry miR-146a, which inhibits TRAF6 [3,4].
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return parse(TEXT)


@pytest.fixture(scope="module")
def found(document: Document) -> Proposals:
    return propose(document)


def test_a_proposal_says_who_made_it_and_where(document: Document, found: Proposals) -> None:
    first = found.claims[0]
    assert (first.subject, first.predicate, first.object) == ("mscev:uc-msc-sev", "DECREASES", "HGNC:6018")
    assert first.status is ClaimStatus.PROPOSED
    assert first.agent_type is AgentType.TEXT_MINING_AGENT
    assert first.knowledge_level is KnowledgeLevel.NOT_PROVIDED
    assert (first.rule, first.score, first.reviewer) == ("active-verb", 0.9, None)
    assert first.evidence_level is EvidenceLevel.PRECLINICAL
    assert [citation.label for citation in first.citations] == ["3"]
    assert dict(first.context.roles) == {
        ContextRole.DISEASE: "MESH:D018805",
        ContextRole.POPULATION: "NCBITaxon:10090",
    }
    sentence = next(s for s in document.sentences if (s.block, s.sentence) == (first.block, first.sentence))
    assert sentence.sha256 == first.sha256
    assert not any(claim.makes_relation for claim in found.claims)


def test_spans_lead_back_to_the_words(document: Document, found: Proposals) -> None:
    ends = [
        tuple(" ".join(document.text[s.start : s.end] for s in spans) for spans in (one.subject, one.object))
        for one in found.proposals
    ]
    assert ends == [
        ("hUC-MSC-sEVs", "IL-6"),
        ("hUC-MSC-sEVs", "TNF"),
        ("MSC-EVs", "IL-10"),
        ("BM-MSC-EVs", "miR-146a"),
        ("miR-146a", "TRAF6"),
    ]


def test_the_same_text_gives_the_same(document: Document, found: Proposals) -> None:
    assert propose(parse(TEXT)) == found
    assert len({claim.id for claim in found.claims}) == len(found.claims)


def test_all_records_are_valid(document: Document, found: Proposals) -> None:
    kinds = {entity.id: entity.kind for entity in found.entities}
    places = {(s.article, s.block, s.sentence) for s in document.sentences}
    labels = {(document.article, label) for label in ("3", "4")}
    problems = [p.message for _, p in check_entities(found.entities)]
    problems += [p.message for m in found.mentions for p in check_mention(m, kinds, places)]
    problems += [p.message for c in found.claims for p in check_claim(c, kinds, places, labels)]
    assert problems == []
    assert {mention.entity for mention in found.mentions} == kinds.keys()


def test_the_names_of_the_field_are_valid() -> None:
    assert [problem.message for _, problem in check_entities(field_entities())] == []


def test_nothing_named_says_nothing() -> None:
    nothing = propose(parse("Nothing of the field is named here at all. Nor here."))
    assert (nothing.entities, nothing.mentions, nothing.claims) == ((), (), ())


def records(document: Document, found: Proposals) -> Iterator[Record]:
    yield Source(document.article, document.title)
    yield Article(document.article, document.title)
    yield from document.sections
    yield from (replace(sentence, verified=True) for sentence in document.sentences)
    for label in ("3", "4"):
        yield Citation(document.article, label, CitationStatus.UNRESOLVED, "none", 0.0, int(label))
    known = {entity.id for entity in built_in().entities()}
    yield from (e for e in built_in().entities() if e.id in {one.id for one in found.entities})
    yield from (entity for entity in found.entities if entity.id not in known)
    yield from found.mentions
    yield from found.claims


@pytest.fixture(scope="module")
def stored(
    database: Database, loaded: LoadReport, document: Document, found: Proposals
) -> Iterator[LoadReport]:
    """The graph with the proposals beside the built-in article, which is alone again afterwards."""
    yield load(database, records(document, found))
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


def test_proposals_are_there_when_asked_for_and_only_then(
    stored: LoadReport, found: Proposals, document: Document, service: Service
) -> None:
    assert stored.rejected == ()
    data = service.ask(
        """query ($article: ID!, $id: ID!) {
             all: claims(filter: { article: { eq: $article } }) { totalCount }
             proposed: claims(filter: { article: { eq: $article }, status: { eq: PROPOSED } }) {
               totalCount nodes { rule score reviewer status knowledgeLevel agentType }
             }
             ruled: claims(
               filter: { rule: { eq: "relative-clause" }, score: { gte: 0.5 }, status: { eq: PROPOSED } }
             ) { nodes { object { name } } }
             entity(id: $id) { claims { totalCount } neighbors { totalCount } }
             relations(filter: { source: { eq: $article } }) { totalCount }
           }""",
        article=document.article,
        id="mscev:mir-146a",
    )
    assert data["all"]["totalCount"] == 0
    assert data["proposed"]["totalCount"] == len(found.claims)
    assert data["proposed"]["nodes"][0] == {
        "rule": "active-verb",
        "score": 0.9,
        "reviewer": None,
        "status": "PROPOSED",
        "knowledgeLevel": "NOT_PROVIDED",
        "agentType": "TEXT_MINING_AGENT",
    }
    assert data["ruled"]["nodes"] == [{"object": {"name": "TRAF6"}}]
    assert data["entity"] == {"claims": {"totalCount": 0}, "neighbors": {"totalCount": 0}}
    assert data["relations"]["totalCount"] == 0
