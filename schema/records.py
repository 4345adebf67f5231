"""The records that loaders yield and the writer takes. All are frozen; ids are CURIEs.

Places: a block is a part of the file between lines that are empty or white space, counted from 1; a sentence
is counted from 1 inside its block; a span is half-open, in Unicode code points of the file's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from schema import ids
from schema.enums import (
    AgentType,
    Certainty,
    CitationConcern,
    CitationStatus,
    ClaimStatus,
    ContextRole,
    Direction,
    EvidenceLevel,
    KnowledgeLevel,
    MappingMatch,
)
from schema.predicates import direction_of

Columns = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """What was loaded: an article or a graph; everything in the database belongs to one or more."""

    id: str
    title: str
    version: str | None = None
    licence: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """A public identifier of an entity and how well it fits; `source` is where that was checked."""

    id: str
    match: MappingMatch
    source: str
    label: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that claims speak of; `properties` are those of its kind, or a foreign node's columns."""

    id: str
    kind: str
    name: str
    category: str
    description: str | None = None
    synonyms: tuple[str, ...] = ()
    as_written: tuple[str, ...] = ()
    composition: tuple[str, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    properties: Columns = ()


@dataclass(frozen=True, slots=True)
class IsA:
    """One ontology is-a step between two entities, with the release it was read from."""

    child: str
    parent: str
    source: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `sha256` is that of the file's bytes."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    article_type: str | None = None
    interests: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `block` 0 is what stands before any heading."""

    article: str
    block: int
    title: str
    level: int

    @property
    def id(self) -> str:
        """The id of the section."""
        return ids.section_id(self.article, self.block)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A place in an article.

    `verified` says whether the user's file holds the sentence here; None where no file was read, which leaves
    what an earlier load found. `quote` comes with True only.
    """

    article: str
    section: int
    block: int
    sentence: int
    spans: tuple[Span, ...]
    sha256: str
    page: int | None = None
    verified: bool | None = None
    quote: str | None = None

    @property
    def id(self) -> str:
        """The id of the sentence."""
        return ids.sentence_id(self.article, self.block, self.sentence)


@dataclass(frozen=True, slots=True)
class Mention:
    """That a sentence names an entity, and where; spans in the order of the text."""

    article: str
    entity: str
    block: int
    sentence: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """One printed entry of an article's reference list; `position` from 1, `printed_number` as printed."""

    article: str
    position: int
    text: str | None = None
    printed_number: int | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    erratum: str | None = None

    @property
    def id(self) -> str:
        """The id of the reference."""
        return ids.reference_id(self.article, self.position)


@dataclass(frozen=True, slots=True)
class Citation:
    """One in-text marker of an article and where it leads; `reference` is a position in the printed list."""

    article: str
    label: str
    status: CitationStatus
    basis: str
    confidence: float
    marker: int | None = None
    reference: int | None = None
    alternatives: tuple[int, ...] = ()
    note: str | None = None

    @property
    def id(self) -> str:
        """The id of the citation."""
        return ids.citation_id(self.article, self.label)


@dataclass(frozen=True, slots=True)
class ClaimCitation:
    """That a claim rests on a marker, and what is known against the cited paper for this claim."""

    label: str
    concerns: tuple[CitationConcern, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimContext:
    """The setting in which a claim holds: entity ids by role, and two texts."""

    roles: tuple[tuple[ContextRole, str], ...] = ()
    extent: str | None = None
    dose: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says in one place.

    `rule` and `score` (0 to 1) are those of the mining rule that proposed it; `reviewer` is the ORCID CURIE
    of the person who accepted it.

    A graph says that an edge does not hold: that is a claim without a place. Its block and sentence are 0,
    `sha256` is that of the edge's columns, and `properties` are those columns.
    """

    article: str
    subject: str
    predicate: str
    object: str
    statement: str
    block: int
    sentence: int
    sha256: str
    certainty: Certainty
    evidence_level: EvidenceLevel
    negated: bool = False
    context: ClaimContext = field(default_factory=ClaimContext)
    mechanisms: tuple[str, ...] = ()
    citations: tuple[ClaimCitation, ...] = ()
    status: ClaimStatus = ClaimStatus.CURATED
    primary_knowledge_source: str = "infores:mscev"
    knowledge_level: KnowledgeLevel = KnowledgeLevel.KNOWLEDGE_ASSERTION
    agent_type: AgentType = AgentType.MANUAL_AGENT
    rule: str | None = None
    score: float | None = None
    reviewer: str | None = None
    properties: Columns = ()

    @property
    def placed(self) -> bool:
        """Whether a sentence says it."""
        return self.block > 0

    @property
    def id(self) -> str:
        """The id: 128 bits of SHA-256 over what the claim says and where; the same on every machine."""
        parts = [
            self.article,
            self.subject,
            self.predicate,
            self.object,
            self.negated,
            self.certainty,
            [sorted(self.context.roles), self.context.extent, self.context.dose],
            sorted(self.mechanisms),
            self.block,
            self.sentence,
            self.sha256,
        ]
        return f"{ids.LOCAL}.claim:{ids.digest(parts, bits=128)}"

    @property
    def direction(self) -> Direction | None:
        """The predicate's sign."""
        return direction_of(self.predicate)

    @property
    def makes_relation(self) -> bool:
        """Whether the claim is true with every qualifier left out, so that it may stand as an edge."""
        return (
            not self.negated
            and self.certainty is not Certainty.HYPOTHETICAL
            and self.status is ClaimStatus.CURATED
        )


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge between two entities: of claims one per (subject, predicate, object)."""

    subject: str
    predicate: str
    object: str
    claim_ids: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id: 128 bits of SHA-256 over its ends and predicate."""
        return f"{ids.LOCAL}.relation:{ids.digest([self.subject, self.predicate, self.object], bits=128)}"


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of a foreign graph: a relationship that is never merged with another and has no claims.

    `predicate` is one of ours, or a predicate of Biolink in upper snake case; what Biolink does not know is
    `RELATED_TO` with the property `originalPredicate`. `properties` are stored under these names; they hold
    `knowledgeLevel` and `agentType`.
    """

    id: str
    subject: str
    predicate: str
    object: str
    properties: Columns = ()

    @property
    def direction(self) -> Direction | None:
        """The predicate's sign."""
        return direction_of(self.predicate)


Record = Source | Article | Section | Sentence | Reference | Citation | Entity | IsA | Mention | Claim | Edge
