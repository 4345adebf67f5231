"""A user's copy of the curated article: every place is looked for in it, verified and quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.article.curated import Curated
from loaders.article.document import Document, parse, read_text
from loaders.article.places import Report, find_again, is_same_article
from schema.errors import InvalidSource
from schema.records import Article, Record, Reference, Sentence


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds of the curated article."""

    curated: Curated
    document: Document
    sha256: str
    report: Report

    def records(self) -> Iterator[Record]:
        """Yield the curated records with the copy's checksum, quotes and printed references."""
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
                case _:
                    yield record


def read_copy(path: Path, curated: Curated) -> Copy:
    """Read a copy of the curated article.

    Raises `InvalidSource` where the file cannot be read as text or is another article.
    """
    document = parse(read_text(path), article=curated.article, file=str(path))
    places = list(curated.sentences())
    if not is_same_article(places, curated.meta["title"], document):
        raise InvalidSource(
            f"{path} is not the built-in article ({curated.meta['title']!r}): its title differs "
            "and fewer than half of the curated sentences are in it",
            file=str(path),
        )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Copy(curated, document, digest, find_again(places, document))
