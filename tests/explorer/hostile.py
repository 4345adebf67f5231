"""A small graph that has markup and tricks in every field that an article may fill."""

from __future__ import annotations

from collections.abc import Iterator

from schema.enums import (
    Certainty,
    CitationConcern,
    CitationStatus,
    ContextRole,
    EvidenceLevel,
    MappingMatch,
)
from schema.ids import article_id
from schema.records import (
    Article,
    Citation,
    Claim,
    ClaimCitation,
    ClaimContext,
    Entity,
    Mapping,
    Mention,
    Record,
    Reference,
    Section,
    Sentence,
    Source,
    Span,
)

ARTICLE = article_id("hostile")
SHA = "0" * 64
# what a CURIE may hold, in an order that turns an address round where it is not escaped
ID = "mscev:x/../../graphql?query=1#frag&amp%2F%00{{7*191}}"
DISEASE = "mscev:hostile-disease"


def hostile(payload: str) -> Iterator[Record]:
    """Yield the records of an article that says the payload wherever it says anything."""
    yield Source(ARTICLE, payload, payload, payload, f"javascript:{payload}")
    yield Article(ARTICLE, payload, (payload,), payload, payload, SHA)
    yield Section(ARTICLE, 1, payload, 1)
    yield Sentence(ARTICLE, 1, 2, 1, (Span(0, 9),), SHA, 3, verified=True, quote=payload)
    yield Reference(
        ARTICLE,
        1,
        payload,
        1,
        payload,
        (payload, payload),
        payload,
        2020,
        doi=f"10.1/{payload}",
        pmid=payload,
    )
    yield Citation(ARTICLE, payload, CitationStatus.RESOLVED, payload, 0.5, 1, 1, (1,), payload)
    mapping = Mapping("JAVASCRIPT:alert(1)", MappingMatch.CLOSE, payload, payload, payload)
    names = ((payload,), (payload,), (payload,))
    yield Entity(ID, "EvPreparation", payload, "biolink:CellularComponent", payload, *names, (mapping,))
    yield Entity(DISEASE, "Disease", f"disease {payload}", "biolink:Disease", payload)
    yield Mention(ARTICLE, ID, 2, 1, (Span(0, 1),))
    yield Claim(
        ARTICLE,
        ID,
        "IMPROVES",
        DISEASE,
        payload,
        2,
        1,
        SHA,
        Certainty.HEDGED,
        EvidenceLevel.CLINICAL,
        negated=True,
        context=ClaimContext(((ContextRole.DISEASE, DISEASE),), payload, payload),
        mechanisms=(ID,),
        citations=(ClaimCitation(payload, (CitationConcern.OTHER,), payload),),
        primary_knowledge_source=payload,
    )
