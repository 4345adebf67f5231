"""Any article's document as records: its source, text, references, citations, and what its sentences name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.article.curated import built_in
from loaders.article.mentions import mentions
from schema.records import Article, IsA, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loaders.article.document import Document
    from schema.records import Entity, Record


def records_of(document: Document, *, sha256: str | None = None, title: str = "") -> Iterator[Record]:
    """Yield the records of an article, in an order that the writer takes.

    `sha256` is that of the file's bytes; `title` stands in where the document has none. Every sentence is
    verified and quoted: the file is the user's own. The entities are those that the sentences name, each
    exactly as every other source of this service has it, with the is-a steps between them.
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
    named = tuple(mentions(document, built_in().entities()))
    yield from _entities(built_in().entities(), {mention.entity for mention in named})
    yield from named


def _entities(known: Iterable[Entity], wanted: set[str]) -> Iterator[Entity | IsA]:
    yield from (entity for entity in known if entity.id in wanted)
    yield from (step for step in built_in().is_a() if {step.child, step.parent} <= wanted)
