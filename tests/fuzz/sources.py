"""Small sources at random that share entities: a name and a number make the same records each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from loaders.article.curated import built_in
from schema.enums import AgentType, Certainty, ClaimStatus, EvidenceLevel, KnowledgeLevel
from schema.ids import article_id
from schema.records import (
    Article,
    Claim,
    Edge,
    Entity,
    IsA,
    Mention,
    Record,
    Section,
    Sentence,
    Source,
    Span,
)
from tests.second import ANGIOGENESIS, APOPTOSIS, EV, FIBROSIS, IL6, OA, TNF

ARTICLES = tuple(article_id(name) for name in ("one", "two", "three"))
GRAPHS = ("mscev.graph:one", "mscev.graph:two")
SENTENCES = 4
SAYABLE = (
    ("DECREASES", IL6),
    ("INCREASES", TNF),
    ("DECREASES", APOPTOSIS),
    ("INCREASES", ANGIOGENESIS),
    ("IMPROVES", OA),
    ("DECREASES", FIBROSIS),
)
_KNOWN = {entity.id: entity for entity in built_in().entities()}


def records_of(source: str, number: int) -> list[Record]:
    """Return the records of a source in one of its versions."""
    chance = Random(f"{source} {number}")
    return list(_graph(source, chance) if source in GRAPHS else _article(source, chance))


def proposals_of(source: str, number: int) -> list[Claim]:
    """Return the proposed claims of a source in one of its versions."""
    found = (record for record in records_of(source, number) if isinstance(record, Claim))
    return [claim for claim in found if claim.status is ClaimStatus.PROPOSED]


def _sentence(source: str, number: int) -> Sentence:
    digest = hashlib.sha256(f"{source} {number}".encode()).hexdigest()
    return Sentence(source, 1, 2, number, (Span(100 * number, 100 * number + 50),), digest)


def _article(source: str, chance: Random) -> Iterator[Record]:
    yield Source(source, source, chance.choice(("1", "2")), chance.choice((None, "CC BY 4.0")))
    yield Article(source, source)
    yield Section(source, 1, "Results", 1)
    sentences = [_sentence(source, number) for number in range(1, SENTENCES + 1)]
    yield from sentences
    for id_ in (EV, *(object_ for _, object_ in SAYABLE)):
        entity = _KNOWN[id_]
        more = tuple(chance.sample(("alpha", "beta", "gamma"), chance.randint(0, 2)))
        yield replace(
            entity, synonyms=(*entity.synonyms, *more), name=chance.choice((entity.name, f"my {id_}"))
        )
        yield Mention(source, id_, 2, 1, (Span(100, 104),))
    if chance.random() < 0.5:
        yield IsA(OA, FIBROSIS, "EX", chance.choice(("1", "2")))
    made: dict[str, Claim] = {}
    for predicate, object_ in chance.sample(SAYABLE, chance.randint(1, len(SAYABLE))):
        place = chance.choice(sentences)
        claim = Claim(
            source,
            EV,
            predicate,
            object_,
            "As it is said.",
            place.block,
            place.sentence,
            place.sha256,
            chance.choice((Certainty.ASSERTED, Certainty.HEDGED)),
            EvidenceLevel.PRECLINICAL,
            negated=chance.random() < 0.2,
        )
        if chance.random() < 0.6:
            claim = replace(
                claim,
                status=ClaimStatus.PROPOSED,
                rule="verb-trigger",
                score=0.5,
                agent_type=AgentType.TEXT_MINING_AGENT,
                knowledge_level=KnowledgeLevel.NOT_PROVIDED,
            )
        made[claim.id] = claim
    yield from made.values()


def _graph(source: str, chance: Random) -> Iterator[Record]:
    yield Source(source, source)
    ids = [f"EX:{number}" for number in chance.sample(range(12), chance.randint(1, 8))]
    for id_ in (IL6, *ids):
        weight = chance.choice((1.5, 2.0))
        yield Entity(id_, "NamedThing", f"gene {id_}", "biolink:Gene", properties=(("weight", weight),))
    for number in range(chance.randint(0, 10)):
        columns = (("knowledgeLevel", "not_provided"), ("agentType", "manual_agent"), ("p_value", number / 2))
        predicate = chance.choice(("INTERACTS_WITH", "INCREASES"))
        yield Edge(f"{source}-{number}", chance.choice(ids), predicate, IL6, columns)
