"""A user's copy of the curated article: every place is looked for in it, verified and quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.article.curated import Curated
from loaders.article.document import Document, parse, read_text
from loaders.article.mentions import mentions
from loaders.article.places import Report, find_again, is_same_article
from schema.errors import InvalidSource
from schema.records import Article, Mention, Record, Reference, Sentence


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds of the curated article."""

    curated: Curated
    document: Document
    sha256: str
    report: Report

    def records(self) -> Iterator[Record]:
        """Yield the curated records with the copy's checksum, quotes, printed references and mentions.

        What an unverified sentence names stays where the curated one has it.
        """
        sentences = {
            (finding.place.block, finding.place.sentence): finding.record for finding in self.report.findings
        }
        printed = {reference.position: reference.text for reference in self.document.references}
        for record in self.curated.records():
            match record:
                case Article():
                    yield replace(record, sha256=self.sha256)
                case Sentence():
                    yield sentences[record.block, record.sentence]
                case Reference():
                    yield replace(record, text=printed.get(record.position))
                case Mention() if sentences[record.block, record.sentence].verified:
                    pass
                case _:
                    yield record
        verified = [sentence for sentence in sentences.values() if sentence.verified]
        yield from mentions(self.document, self.curated.entities(), verified)


def copy_of(document: Document, data: bytes, curated: Curated) -> Copy | None:
    """Return what a document, read from `data`, holds of the curated article; None where it is another."""
    places = list(curated.sentences())
    if not is_same_article(places, curated.meta["title"], document):
        return None
    own = replace(document, article=curated.article)
    return Copy(curated, own, hashlib.sha256(data).hexdigest(), find_again(places, own))


def read_copy(path: Path, curated: Curated) -> Copy:
    """Read a copy of the curated article.

    Raises `InvalidSource` where the file cannot be read as text or is another article.
    """
    document = parse(read_text(path), article=curated.article, file=str(path))
    copy = copy_of(document, path.read_bytes(), curated)
    if copy is None:
        raise InvalidSource(
            f"{path} is not the built-in article ({curated.meta['title']!r}): its title differs "
            "and fewer than half of the curated sentences are in it",
            file=str(path),
        )
    return copy
