"""GraphQL types of provenance: articles, places, references, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from api.graphql.connections import Connection, connect, known, read_page
from api.graphql.cursors import order_of, page_of
from api.graphql.node import Info, Node, Row
from graph.query import Compare, Op
from graph.reads import claims as claim_reads
from graph.reads import provenance as reads
from schema.enums import CitationConcern, CitationStatus

if TYPE_CHECKING:
    from api.graphql.claims import Claim

LazyClaim = Annotated["Claim", strawberry.lazy("api.graphql.claims")]
_POSITION = order_of("position")
_PLACE = order_of("place")


@strawberry.type(description="A half-open range of Unicode code points of the article's file.")
class Span:
    start: int = strawberry.field(description="The first code point, from 0.")
    end: int = strawberry.field(description="One after the last code point.")


@strawberry.type(description="One printed entry of an article's reference list.")
class Reference(Node):
    @strawberry.field(description="The place in the printed list, from 1.")
    def position(self) -> int:
        return int(self.row["position"])

    @strawberry.field(description="The number printed beside it; it does not index the in-text markers.")
    def printed_number(self) -> int | None:
        return self.row.get("printedNumber")

    @strawberry.field(description="The title of the cited work.")
    def title(self) -> str | None:
        return self.row.get("title")

    @strawberry.field(description="The entry as printed; only where the article's file was loaded.")
    def text(self) -> str | None:
        return self.row.get("text")

    @strawberry.field(description="The authors as printed.")
    def authors(self) -> list[str]:
        return list(self.row.get("authors") or ())

    @strawberry.field(description="The journal as printed.")
    def journal(self) -> str | None:
        return self.row.get("journal")

    @strawberry.field(description="The year of publication.")
    def year(self) -> int | None:
        return self.row.get("year")

    @strawberry.field(description="The volume, with issue, as printed.")
    def volume(self) -> str | None:
        return self.row.get("volume")

    @strawberry.field(description="The pages or article number as printed.")
    def pages(self) -> str | None:
        return self.row.get("pages")

    @strawberry.field(description="The DOI, without a resolver's address.")
    def doi(self) -> str | None:
        return self.row.get("doi")

    @strawberry.field(description="The PubMed id.")
    def pmid(self) -> strawberry.ID | None:
        return self.row.get("pmid")

    @strawberry.field(description="The PubMed Central id.")
    def pmcid(self) -> strawberry.ID | None:
        return self.row.get("pmcid")

    @strawberry.field(description="A published correction, as printed.")
    def erratum(self) -> str | None:
        return self.row.get("erratum")

    @strawberry.field(description="Where the work can be found.")
    def url(self) -> str | None:
        if self.row.get("doi"):
            return f"https://doi.org/{self.row['doi']}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.row['pmid']}/" if self.row.get("pmid") else None

    @strawberry.field(description="The claims that rest on it, in the order of the text.")
    async def claims(self, info: Info, first: int = 25, after: str | None = None) -> Connection[LazyClaim]:
        from api.graphql.claims import Claim as ClaimType  # noqa: PLC0415 - the types refer to each other

        page = page_of(first, after, _PLACE)
        key = ("reference claims", first, after)
        found = await info.context.grouped(
            key, lambda ids: claim_reads.claims_of_references(ids, page), self.row["id"]
        )
        return connect(found.rows, _PLACE, page, lambda row: ClaimType(row=row), known(found.total))


@strawberry.type(description="An in-text marker and where it leads.")
class Citation(Node):
    @strawberry.field(description="The marker as one label.")
    def label(self) -> str:
        return str(self.row["label"])

    @strawberry.field(description="The marker as a number, where it is one.")
    def marker(self) -> int | None:
        return self.row.get("marker")

    @strawberry.field(description="Whether it leads to a printed reference.")
    def status(self) -> CitationStatus:
        return CitationStatus(self.row["status"])

    @strawberry.field(description="What the link rests on.")
    def basis(self) -> str:
        return str(self.row["basis"])

    @strawberry.field(description="How sure the link is, 0 to 1, as judged by the curators.")
    def confidence(self) -> float:
        return float(self.row["confidence"])

    @strawberry.field(description="The printed reference; null when unresolved.")
    def reference(self) -> Reference | None:
        row = self.row.get("reference")
        return Reference(row=row) if row else None

    @strawberry.field(description="Other references that it may be.")
    def alternatives(self) -> list[Reference]:
        return [Reference(row=row) for row in self.row.get("alternatives") or ()]

    @strawberry.field(
        description="Why the cited work may not support what is said: for one claim on `Claim.citations`, "
        "of all its claims on `citation`."
    )
    def concerns(self) -> list[CitationConcern]:
        return [CitationConcern(value) for value in self.row.get("concerns") or ()]

    @strawberry.field(description="Why the link was made or not, and what the concerns rest on.")
    def note(self) -> str | None:
        notes = [note for note in (self.row.get("note"), self.row.get("claimNote")) if note]
        return " ".join(notes) or None


@strawberry.type(description="A heading and what stands under it.")
class Section:
    row: strawberry.Private[Row]

    @strawberry.field(description="The heading.")
    def title(self) -> str:
        return str(self.row["title"])

    @strawberry.field(description="The depth of the heading, from 1.")
    def level(self) -> int:
        return int(self.row["level"])

    @strawberry.field(description="The number of the heading's block in the file, from 1.")
    def paragraph(self) -> int:
        return int(self.row["block"])


@strawberry.type(description="An article.")
class Article(Node):
    @strawberry.field(description="The title.")
    def title(self) -> str:
        return str(self.row["title"])

    @strawberry.field(description="The authors.")
    def authors(self) -> list[str]:
        return list(self.row.get("authors") or ())

    @strawberry.field(description="The type of article, such as a review.")
    def article_type(self) -> str | None:
        return self.row.get("articleType")

    @strawberry.field(description="The authors' stated interests, in our words.")
    def interests(self) -> str | None:
        return self.row.get("interests")

    @strawberry.field(description="SHA-256 of the loaded file's bytes; empty when no file was loaded.")
    def sha256(self) -> str:
        return self.row.get("sha256") or ""

    @strawberry.field(description="The sections in the order of the text.")
    def sections(self) -> list[Section]:
        return [Section(row=row) for row in self.row["sections"]]

    @strawberry.field(description="The printed references in their order.")
    async def references(
        self, info: Info, first: int = 25, after: str | None = None
    ) -> Connection[Reference]:
        page = page_of(first, after, _POSITION)
        own = Compare("article", Op.EQ, self.row["id"])
        return await read_page(
            info.context,
            _POSITION,
            page,
            reads.reference_page(own, _POSITION, page),
            reads.reference_count(own),
            make=lambda row: Reference(row=row),
        )


def spans_of(starts: list[int], ends: list[int]) -> list[Span]:
    """Return stored starts and ends as spans."""
    return [Span(start=start, end=end) for start, end in zip(starts, ends, strict=True)]


@strawberry.type(description="A place in an article that a claim rests on.")
class Evidence:
    row: strawberry.Private[Row]

    @strawberry.field(description="The article.")
    async def article(self, info: Info) -> Article:
        found = await info.context.other(self.row["article"])
        assert found is not None, self.row["article"]  # noqa: S101 - the writer makes both
        return Article(row=found[1])

    @strawberry.field(description="The nearest heading above the first span.")
    def section(self) -> str:
        return str(self.row["section"])

    @strawberry.field(description="The number of the block in the file, from 1.")
    def paragraph(self) -> int:
        return int(self.row["block"])

    @strawberry.field(description="The number of the sentence in its block, from 1.")
    def sentence(self) -> int:
        return int(self.row["sentence"])

    @strawberry.field(description="The page, in files that have pages.")
    def page(self) -> int | None:
        return self.row.get("page")

    @strawberry.field(description="Where the sentence stands; several where layout broke it.")
    def spans(self) -> list[Span]:
        return spans_of(self.row["starts"], self.row["ends"])

    @strawberry.field(description="SHA-256 of the sentence, joined and with white space collapsed.")
    def sha256(self) -> str:
        return str(self.row["sha256"])

    @strawberry.field(description="Whether a loaded copy of the article holds this sentence here.")
    def verified(self) -> bool:
        return bool(self.row.get("verified"))

    @strawberry.field(description="The sentence; only where a copy of the article was loaded.")
    def quote(self) -> str | None:
        return self.row.get("quote")


@strawberry.type(description="That a sentence names an entity, and where.")
class Mention:
    row: strawberry.Private[Row]

    @strawberry.field(description="The sentence.")
    def evidence(self) -> Evidence:
        return Evidence(row=self.row)

    @strawberry.field(description="Where the name stands, in code points of the article's file.")
    def spans(self) -> list[Span]:
        return spans_of(self.row["from"], self.row["to"])
