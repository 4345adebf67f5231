"""What an article names and says, found by rules: mentions, and claims that nobody has reviewed.

A proposed claim has `status` PROPOSED, the rule and its score, and Biolink's values for text mining
(`text_mining_agent`, `not_provided`). It makes no relation, and stays off lists, counts and views unless
asked for. See docs/mining.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from loaders.mining.clauses import tokens
from loaders.mining.composed import composed
from loaders.mining.field import entity_of, field_entities
from loaders.mining.reading import read
from loaders.mining.rules import RULE_BY_NAME
from loaders.mining.tagger import Found, Reading, Tagger
from loaders.mining.view import views
from schema.enums import AgentType, Certainty, ClaimStatus, ContextRole, EvidenceLevel, KnowledgeLevel
from schema.predicates import predicate_named
from schema.records import Claim, ClaimCitation, ClaimContext, Entity, Mention, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loaders.article.document import Document
    from loaders.mining.ontologies import Term
    from loaders.mining.phrases import Said

KNOWLEDGE_LEVEL = KnowledgeLevel.NOT_PROVIDED
AGENT_TYPE = AgentType.TEXT_MINING_AGENT
CONTEXT = {
    "Disease": ContextRole.DISEASE,
    "Anatomy": ContextRole.ANATOMY,
    "CellType": ContextRole.TARGET_CELL,
    "Population": ContextRole.POPULATION,
}
MESSENGER_RNA = "CHEBI:33699"
MEASURED = re.compile(r"\s+(?:and protein\b|expression\b|levels?\b|abundance\b)")
ANIMALS = frozenset({"NCBITaxon:10090", "NCBITaxon:10116", "NCBITaxon:9823", "MESH:D023421"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed claim, and where its subject and object stand in the text."""

    claim: Claim
    subject: tuple[Span, ...]
    object: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a document names and says.

    `entities` are those that it names, by id, and no others; `namings` are (sentence, entity, spans), one for
    each naming, in the order of the text; `mentions` hold them together by entity and sentence.
    """

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    proposals: tuple[Proposal, ...]
    namings: tuple[tuple[Sentence, Found], ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The proposed claims as records."""
        return tuple(proposal.claim for proposal in self.proposals)


class Miner:
    """Finds names and claims in documents; making one reads the names, so keep it for many documents."""

    def __init__(self, entities: Sequence[Entity], terms: Sequence[Term] = ()) -> None:
        self.entities = {entity.id: entity for entity in entities}
        self.terms = {term.id: term for term in terms}
        self.tagger = Tagger(entities, composed, terms)

    def propose(self, document: Document) -> Proposals:
        """Return what a document names and says; the same document gives the same."""
        reading = self.tagger.read(document.text, (marker.span for marker in document.markers))
        known: dict[str, Entity] = {}
        namings: list[tuple[Sentence, Found]] = []
        mentions: list[Mention] = []
        proposals: list[Proposal] = []
        for sentence in document.sentences:
            found = [one for one in reading.mentions(sentence.spans) if not _measures(document.text, one)]
            for one in found:
                if one.entity not in known:
                    known[one.entity] = self._entity(one.entity, reading)
                namings.append((sentence, one))
            mentions += _mentions(sentence, found)
            proposals += _proposals(document, reading, sentence, found, known)
        return Proposals(
            tuple(known[id_] for id_ in sorted(known)), tuple(mentions), tuple(proposals), tuple(namings)
        )

    def _entity(self, id_: str, reading: Reading) -> Entity:
        known = self.entities.get(id_) or reading.composed.get(id_)
        return known or entity_of(self.terms[id_])


@cache
def miner() -> Miner:
    """Return a miner with the names of the field."""
    return Miner(field_entities())


def propose(document: Document) -> Proposals:
    """Return what a document names and says, by the names of the field."""
    return miner().propose(document)


def _measures(text: str, found: Found) -> bool:
    """Whether "mRNA" is but how something was measured: "mRNA expression of IL-6"."""
    if found.entity != MESSENGER_RNA:
        return False
    start, end = found.spans[0].start, found.spans[-1].end
    return MEASURED.match(text, end) is not None or text[max(0, start - 12) : start].endswith("protein and ")


def _mentions(sentence: Sentence, found: Iterable[Found]) -> Iterator[Mention]:
    spans: dict[str, set[Span]] = {}
    for one in found:
        spans.setdefault(one.entity, set()).update(one.spans)
    for entity, places in spans.items():
        ordered = tuple(sorted(places, key=lambda span: (span.start, span.end)))
        yield Mention(sentence.article, entity, sentence.block, sentence.sentence, ordered)


def _proposals(
    document: Document, reading: Reading, sentence: Sentence, found: Sequence[Found], known: dict[str, Entity]
) -> Iterator[Proposal]:
    if len({one.entity for one in found}) < 2:
        return
    view = next(views(document.text, sentence.spans, reading.marks))
    kinds = {one.entity: known[one.entity].kind for one in found}
    labels = tuple(dict.fromkeys(label for m in document.markers_of(sentence) for label in m.labels))
    level = _level(found, known)
    for said in read(tokens(view, found), kinds):
        claim = Claim(
            article=document.article,
            subject=said.subject[0],
            predicate=said.predicate,
            object=said.object[0],
            statement=_statement(said, known),
            block=sentence.block,
            sentence=sentence.sentence,
            sha256=sentence.sha256,
            certainty=said.certainty,
            evidence_level=level,
            negated=said.negated,
            context=_context(said, found, known),
            citations=tuple(ClaimCitation(label) for label in labels),
            status=ClaimStatus.PROPOSED,
            knowledge_level=KNOWLEDGE_LEVEL,
            agent_type=AGENT_TYPE,
            rule=said.rule,
            score=RULE_BY_NAME[said.rule].score,
        )
        yield Proposal(claim, view.spans(*said.subject[1]), view.spans(*said.object[1]))


def _statement(said: Said, known: dict[str, Entity]) -> str:
    words = predicate_named(said.predicate).words
    denied = "does not hold: " if said.negated else ""
    hedged = "perhaps: " if said.certainty is Certainty.HEDGED else ""
    return f"{hedged}{denied}{known[said.subject[0]].name} {words} {known[said.object[0]].name}"


def _context(said: Said, found: Iterable[Found], known: dict[str, Entity]) -> ClaimContext:
    """Return the setting that the sentence names: a kind that it names once, besides subject and object."""
    ends = {said.subject[0], said.object[0]}
    named: dict[ContextRole, set[str]] = {}
    for one in found:
        role = CONTEXT.get(known[one.entity].kind)
        if role is not None and one.entity not in ends:
            named.setdefault(role, set()).add(one.entity)
    return ClaimContext(
        tuple((role, next(iter(ids))) for role, ids in sorted(named.items()) if len(ids) == 1)
    )


def _level(found: Iterable[Found], known: dict[str, Entity]) -> EvidenceLevel:
    """Return the level that the sentence names; a review's statement where it names none."""
    kinds = {known[one.entity].kind for one in found}
    named = {one.entity for one in found}
    if "Study" in kinds and not named & ANIMALS and "MESH:D010361" in named:
        return EvidenceLevel.CLINICAL
    if named & ANIMALS:
        return EvidenceLevel.PRECLINICAL
    return EvidenceLevel.REVIEW_STATEMENT
