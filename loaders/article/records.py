"""Any article's document as records: its source, text, references, citations, and what it names and says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.article.curated import built_in
from loaders.mining.proposals import propose
from schema.records import Article, IsA, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.article.document import Document
    from schema.records import Record


def records_of(document: Document, *, sha256: str | None = None, title: str = "") -> Iterator[Record]:
    """Yield the records of an article, in an order that the writer takes.

    `sha256` is that of the file's bytes; `title` stands in where the document has none. Every sentence is
    verified and quoted: the file is the user's own. The entities are those that the sentences name, each
    exactly as every other source of this service has it, with the is-a steps between them. The claims are
    proposed by rules: each has `status` PROPOSED.
    """
    article, said = document.article, document.metadata
    title = document.title or title or article
    yield Source(article, title, licence=said.licence, url=said.url)
    yield Article(article, title, document.authors, said.article_type, said.interests, sha256)
    yield from document.sections
    for sentence in document.sentences:
        yield replace(sentence, verified=True, quote=document.quote(sentence))
    yield from document.references
    yield from document.citations
    found = propose(document)
    known = {entity.id: entity for entity in built_in().entities()}
    # the names that the field adds are for finding; a shared entity stays as the built-in article has it
    yield from (known.get(entity.id, entity) for entity in found.entities)
    yield from _steps({entity.id for entity in found.entities})
    yield from found.mentions
    yield from {claim.id: claim for claim in found.claims}.values()


def _steps(entities: set[str]) -> Iterator[IsA]:
    return (step for step in built_in().is_a() if {step.child, step.parent} <= entities)
