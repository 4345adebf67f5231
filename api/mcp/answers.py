"""What the tools answer, as types: their descriptions reach the client as the tools' output schemas.

Names are those of GraphQL, so that what GraphQL answers is what a tool answers.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Id = Annotated[
    str, Field(description="A CURIE: HGNC, MONDO, UBERON, CL, GO, CHEBI, MESH, UniProtKB …, or mscev:name.")
]


class Answer(BaseModel):
    """A value of an answer; unknown fields are left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Named(Answer):
    """An entity, in short."""

    id: Id
    name: str
    kind: Annotated[str, Field(description="The kind, as in the tool schema: CYTOKINE, DISEASE …")]


class Found(Named):
    """An entity, and how well it fits the words."""

    description: str | None
    synonyms: list[str]
    score: Annotated[float, Field(description="Higher is better; comparable within one answer only.")]


class Resolved(Answer):
    """What one text names."""

    text: str
    entity: Named | None
    reason: Annotated[str | None, Field(description="Why there is no entity: none fits, or several do.")]
    nearest: Annotated[list[Named], Field(description="Where there is none: what sounds like it.")] = []


class Held(Answer):
    """An article."""

    id: Annotated[str, Field(description="mscev.article:name")]


class Place(Answer):
    """Where the article says it."""

    article: Held
    section: str
    paragraph: Annotated[int, Field(description="Block of the file, from 1.")]
    sentence: Annotated[int, Field(description="Sentence in that block, from 1.")]
    page: int | None
    sha256: Annotated[str, Field(description="SHA-256 of the sentence.")]
    verified: Annotated[bool, Field(description="Whether a copy of the article was found to hold it.")]
    quote: Annotated[str | None, Field(description="The sentence; only where a copy was loaded.")]


class Paper(Answer):
    """A printed reference."""

    title: str | None
    authors: list[str]
    journal: str | None
    year: int | None
    doi: str | None
    pmid: str | None
    url: str | None


class Cited(Answer):
    """An in-text marker behind a claim, and where it leads."""

    label: Annotated[str, Field(description="The marker as printed in the text.")]
    status: Annotated[str, Field(description="RESOLVED, or UNRESOLVED: no paper can be named for it.")]
    basis: Annotated[str, Field(description="On what the link from marker to paper rests.")]
    confidence: Annotated[float | None, Field(description="0 to 1, of that link; says nothing of the claim.")]
    concerns: Annotated[
        list[str], Field(description="Why the paper may not support the claim: CELLS_NOT_VESICLES …")
    ]
    note: str | None
    reference: Paper | None
    alternatives: Annotated[list[Paper], Field(description="Other papers that it may be.")]


class Part(Answer):
    """One part of a claim's setting."""

    role: Annotated[str, Field(description="disease, anatomy, model, population, route …")]
    entity: Named


class Setting(Answer):
    """In what setting a claim holds."""

    extent: Annotated[str | None, Field(description="How much, in the article's units, as text.")]
    dose: Annotated[str | None, Field(description="Dose with its unit, as text.")]
    parts: list[Part]


class Claim(Answer):
    """What one article says in one sentence."""

    id: Annotated[str, Field(description="mscev.claim:hash")]
    statement: Annotated[str, Field(description="The claim in our own words.")]
    subject: Named
    predicate: str
    object: Named
    direction: Annotated[str | None, Field(description="INCREASED or DECREASED, of the object.")]
    negated: Annotated[bool, Field(description="True: the article says that it is not so.")]
    certainty: Annotated[str, Field(description="ASSERTED, HEDGED or HYPOTHETICAL.")]
    evidence_level: Annotated[
        str, Field(description="CLINICAL, PRECLINICAL, ONGOING_TRIAL or REVIEW_STATEMENT.")
    ]
    context: Setting
    mechanisms: list[Named]
    evidence: Annotated[list[Place], Field(description="Where the article says it.")]
    citations: Annotated[list[Cited], Field(description="Empty: the article cites nothing for it.")]


class ClaimId(Answer):
    """A claim, by its id."""

    id: Annotated[str, Field(description="mscev.claim:hash")]
    statement: str


class Edge(Answer):
    """A relation between two entities, with the claims that it rests on."""

    subject: Named
    predicate: str
    object: Named
    direction: str | None
    publications: Annotated[list[str], Field(description="PMID:… or doi:…")]
    claims: list[ClaimId]


class Told(Answer):
    """An answer that says first, in words, whether anything is stated."""

    stated: Annotated[bool, Field(description="False: the articles searched do not say it.")]
    answer: Annotated[str, Field(description="One line; 'Not stated: …' where nothing is.")]
    searched: Annotated[list[str], Field(description="The articles that were searched.")]
    nearest: Annotated[
        list[Named], Field(description="Where nothing is stated: the entities that lie nearest.")
    ] = []


class SearchAnswer(Told):
    """Entities by words."""

    entities: list[Found]


class ResolveAnswer(Answer):
    """Entities for texts, in the order of the texts."""

    resolved: list[Resolved]


class ClaimsAnswer(Told):
    """A page of claims, in the order of the text."""

    total: Annotated[int, Field(description="How many claims pass the tests, on all pages.")]
    claims: list[Claim]
    after: Annotated[str | None, Field(description="Give it as `after` for the next page; null at the end.")]


class BetweenAnswer(Told):
    """What is stated between two entities."""

    a: Named
    b: Named
    relations: list[Edge]
    claims: list[Claim]


class Way(Answer):
    """A way from one entity to another, hop by hop."""

    nodes: list[Named]
    relations: list[Edge]
    mixed_context: Annotated[
        bool, Field(description="True: the hops hold in different diseases; do not chain them to one claim.")
    ]


class PathsAnswer(Told):
    """Ways between two entities, shortest first."""

    start: Named
    end: Named
    paths: list[Way]


class CypherAnswer(Answer):
    """Rows of a Cypher statement."""

    columns: list[str]
    rows: Annotated[
        list[list[Any]], Field(description="Nodes as elementId, labels, properties; times in ISO 8601.")
    ]


class ViewAnswer(Answer):
    """A picture; PNG and SVG stand in the content, other formats in a file."""

    format: str
    path: Annotated[str | None, Field(description="The file, for html and pptx.")]
    bytes: int
    entities: int
    relations: int
    truncated: Annotated[bool, Field(description="True: `limit` left entities out.")]
    source: Annotated[str, Field(description="The line of sources on the picture; show it with it.")]


class Counted(Answer):
    """A kind of entity."""

    name: Annotated[str, Field(description="As `kind` of the tools, and of GraphQL.")]
    label: Annotated[str, Field(description="The label in Cypher.")]
    description: str
    id_prefixes: Annotated[list[str], Field(description="Namespaces of ids, best first; else mscev.")]
    properties: Annotated[list[str], Field(description="Beside the common ones: 'name (unit): what it is'.")]
    entities: Annotated[int, Field(description="How many there are.")]


class Predicated(Answer):
    """A predicate; also a relationship type in Cypher."""

    name: str
    description: str
    direction: str | None
    subjects: Annotated[list[str], Field(description="Labels of kinds; empty: any.")]
    objects: Annotated[list[str], Field(description="Labels of kinds; empty: any.")]
    relations: Annotated[int, Field(description="How many there are.")]


class Stored(Answer):
    """A source of the graph."""

    id: str
    title: str
    version: str | None
    licence: str | None


class SchemaAnswer(Answer):
    """What may be in the graph, and how much of it is."""

    release: Annotated[str | None, Field(description="Hash of the graph's content.")]
    entities: int
    claims: int
    sources: list[Stored]
    kinds: list[Counted]
    common: Annotated[list[str], Field(description="Properties of every entity.")]
    predicates: list[Predicated]
    values: Annotated[dict[str, dict[str, str]], Field(description="The values of enums, with meanings.")]
    cypher: Annotated[str, Field(description="The patterns of the stored graph.")]
