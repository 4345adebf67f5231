"""A second small article on what the built-in one speaks of: it agrees, it contradicts, it proposes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from loaders.article.curated import built_in
from schema.enums import AgentType, Certainty, CitationStatus, ClaimStatus, EvidenceLevel, KnowledgeLevel
from schema.ids import article_id
from schema.records import (
    Article,
    Citation,
    Claim,
    ClaimCitation,
    Entity,
    Mention,
    Record,
    Reference,
    Section,
    Sentence,
    Source,
    Span,
)

ARTICLE = article_id("second")
PMID = "11111111"
EV, IL6, TNF = "mscev:msc-ev", "HGNC:6018", "HGNC:11892"
APOPTOSIS, ANGIOGENESIS, OA, FIBROSIS = "GO:0097190", "GO:0001525", "MONDO:0005178", "MESH:D005355"
# block, sentence: what it says, and which words of it name what
SAID: dict[tuple[int, int], tuple[str, dict[str, str]]] = {
    (2, 1): ("In our mice, MSC-EVs lowered interleukin-6 [1].", {EV: "MSC-EVs", IL6: "interleukin-6"}),
    (2, 2): ("To our surprise, MSC-EVs raised TNF-alpha.", {EV: "MSC-EVs", TNF: "TNF-alpha"}),
    (3, 1): ("MSC-EVs may hold apoptosis back.", {EV: "MSC-EVs", APOPTOSIS: "apoptosis"}),
    (3, 2): ("Angiogenesis rose with MSC-EVs.", {EV: "MSC-EVs", ANGIOGENESIS: "Angiogenesis"}),
    (3, 3): (
        "MSC-EVs helped in osteoarthritis, not in fibrosis.",
        {EV: "MSC-EVs", OA: "osteoarthritis", FIBROSIS: "fibrosis"},
    ),
}


def _places() -> dict[tuple[int, int], Sentence]:
    found, at = {}, 20
    for (block, sentence), (text, _) in SAID.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        spans = (Span(at, at + len(text)),)
        found[block, sentence] = Sentence(
            ARTICLE, 1, block, sentence, spans, digest, verified=True, quote=text
        )
        at += len(text) + 1
    return found


PLACES = _places()


def claim(object_: str, predicate: str, place: tuple[int, int], statement: str) -> Claim:
    """Return a curated claim on MSC-EVs."""
    return Claim(
        ARTICLE,
        EV,
        predicate,
        object_,
        statement,
        *place,
        PLACES[place].sha256,
        Certainty.ASSERTED,
        EvidenceLevel.PRECLINICAL,
    )


def proposed(claim_: Claim, rule: str, score: float) -> Claim:
    """Return a claim as a rule proposes it."""
    return replace(
        claim_,
        status=ClaimStatus.PROPOSED,
        rule=rule,
        score=score,
        agent_type=AgentType.TEXT_MINING_AGENT,
        knowledge_level=KnowledgeLevel.NOT_PROVIDED,
    )


AGREES = replace(
    claim(IL6, "DECREASES", (2, 1), "In mice, MSC-EVs lower interleukin-6."), citations=(ClaimCitation("1"),)
)
OPPOSES = claim(TNF, "INCREASES", (2, 2), "MSC-EVs raise TNF-alpha.")
HELD_BACK = proposed(
    replace(
        claim(APOPTOSIS, "DECREASES", (3, 1), "MSC-EVs may lower apoptosis."), certainty=Certainty.HEDGED
    ),
    "verb-trigger",
    0.9,
)
GROWN = proposed(
    claim(ANGIOGENESIS, "DECREASES", (3, 2), "MSC-EVs lower angiogenesis."), "passive-trigger", 0.6
)
HELPED = proposed(claim(OA, "IMPROVES", (3, 3), "MSC-EVs improve osteoarthritis."), "verb-trigger", 0.4)
WRONG = proposed(claim(FIBROSIS, "DECREASES", (3, 3), "MSC-EVs lower fibrosis."), "verb-trigger", 0.7)
PROPOSALS = (HELD_BACK, GROWN, HELPED, WRONG)


def entities() -> Iterator[Entity]:
    """Yield what the article names, as the built-in article has it."""
    wanted = {EV, IL6, TNF, APOPTOSIS, ANGIOGENESIS, OA, FIBROSIS}
    yield from (entity for entity in built_in().entities() if entity.id in wanted)


def second(claims: tuple[Claim, ...] = (AGREES, OPPOSES, *PROPOSALS)) -> Iterator[Record]:
    """Yield the records of the article."""
    yield Source(ARTICLE, "Vesicles in mice", "1", "CC BY 4.0")
    yield Article(ARTICLE, "Vesicles in mice", ("A. Writer",))
    yield Section(ARTICLE, 1, "Results", 1)
    yield from PLACES.values()
    yield Reference(ARTICLE, 1, printed_number=1, title="Mice and vesicles", pmid=PMID)
    yield Citation(ARTICLE, "1", CitationStatus.RESOLVED, "by number", 1.0, 1, 1)
    yield from entities()
    for (block, sentence), (text, names) in SAID.items():
        start = PLACES[block, sentence].spans[0].start
        for entity, words in names.items():
            at = start + text.index(words)
            yield Mention(ARTICLE, entity, block, sentence, (Span(at, at + len(words)),))
    yield from claims
