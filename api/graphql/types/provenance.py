"""GraphQL types of provenance: articles, places, references, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import UNSET

from api.graphql.types.connections import Connection
from api.graphql.types.declare import After, First, field, leaf
from api.graphql.types.node import Node
from schema.enums import CitationConcern, CitationStatus

if TYPE_CHECKING:
    from api.graphql.types.claims import Claim

LazyClaim = Annotated["Claim", strawberry.lazy("api.graphql.types.claims")]


@strawberry.type(description="A half-open range of Unicode code points of the article's file.")
class Span:
    start: int = leaf("The first code point, from 0.")
    end: int = leaf("One after the last code point.")


@strawberry.type(description="One printed entry of an article's reference list.")
class Reference(Node):
    position: int = leaf("The place in the printed list, from 1.")
    printed_number: int | None = leaf("The number printed beside it; it does not index the in-text markers.")
    title: str | None = leaf("The title of the cited work.")
    text: str | None = leaf("The entry as printed; only where the article's file was loaded.")
    authors: list[str] = leaf("The authors as printed.")
    journal: str | None = leaf("The journal as printed.")
    year: int | None = leaf("The year of publication.")
    volume: str | None = leaf("The volume, with issue, as printed.")
    pages: str | None = leaf("The pages or article number as printed.")
    doi: str | None = leaf("The DOI, without a resolver's address.")
    pmid: strawberry.ID | None = leaf("The PubMed id, digits alone.")
    pmcid: strawberry.ID | None = leaf("The PubMed Central id, with PMC.")
    erratum: str | None = leaf("A published correction, as printed.")
    url: str | None = leaf("Where the work can be found.")

    @field
    def claims(self, first: First = 25, after: After = UNSET) -> Connection[LazyClaim]:
        """The claims that rest on it, in the order of the text."""


@strawberry.type(description="An in-text marker and where it leads.")
class Citation(Node):
    label: str = leaf("The marker as one label.")
    marker: int | None = leaf("The marker as a number, where it is one.")
    status: CitationStatus = leaf("Whether it leads to a printed reference.")
    basis: str = leaf("What the link rests on.")
    confidence: float = leaf("How sure the link is, 0 to 1, as judged by the curators.")
    reference: Reference | None = leaf("The printed reference; null when unresolved.")
    alternatives: list[Reference] = leaf("Other references that it may be.")
    concerns: list[CitationConcern] = leaf(
        "Why the cited work may not support what is said: for one claim on `Claim.citations`, "
        "of all its claims on `citation`."
    )
    note: str | None = leaf("Why the link was made or not, and what the concerns rest on.")


@strawberry.type(description="A heading and what stands under it.")
class Section:
    title: str = leaf("The heading.")
    level: int = leaf("The depth of the heading, from 1.")
    paragraph: int = leaf("The number of the heading's block in the file, from 1.")


@strawberry.type(description="An article.")
class Article(Node):
    title: str = leaf("The title.")
    authors: list[str] = leaf("The authors.")
    article_type: str | None = leaf("The type of article, such as a review.")
    interests: str | None = leaf("The authors' stated interests, in our words.")
    sha256: str = leaf("SHA-256 of the loaded file's bytes, as hex; empty when no file was loaded.")
    sections: list[Section] = leaf("The sections in the order of the text.")

    @field
    def references(self, first: First = 25, after: After = UNSET) -> Connection[Reference]:
        """The printed references in their order."""


@strawberry.type(description="A place in an article that a claim rests on.")
class Evidence:
    article: Article = leaf("The article.")
    section: str = leaf("The nearest heading above the first span.")
    paragraph: int = leaf("The number of the block in the file, from 1.")
    sentence: int = leaf("The number of the sentence in its block, from 1.")
    page: int | None = leaf("The page, in files that have pages, from 1.")
    spans: list[Span] = leaf("Where the sentence stands; several where layout broke it.")
    sha256: str = leaf("SHA-256 of the sentence, joined and with white space collapsed, as hex.")
    verified: bool = leaf("Whether a loaded copy of the article holds this sentence here.")
    quote: str | None = leaf("The sentence; only where a copy of the article was loaded.")


@strawberry.type(description="That a sentence names an entity, and where.")
class Mention:
    evidence: Evidence = leaf("The sentence.")
    spans: list[Span] = leaf("Where the name stands, in code points of the article's file.")
