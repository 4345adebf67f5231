"""Read an article in PDF: its text in reading order, then as any other text; every sentence has its page."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.article.document import Document, Metadata, article_id, parse
from loaders.article.references import DOI
from loaders.pdf.extract import Unreadable
from loaders.pdf.text import Pieces, text_of
from loaders.pdf.worker import read_apart
from schema.errors import InvalidSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.pdf.lines import Page


def read(data: bytes, file: str) -> Document:
    """Read a PDF's bytes; `InvalidSource` where it is broken, encrypted, too long, or a scan without text."""
    if b"%PDF-" not in data[:1024]:
        raise _invalid(file, None, "is no PDF: it does not begin with %PDF-")
    try:
        pages = read_apart(data)
    except Unreadable as error:
        raise _invalid(file, error.page, error.problem.rstrip(".")) from error
    return document_of(pages, file)


def document_of(pages: Sequence[Page], file: str) -> Document:
    """Return the article that the pages hold."""
    if not any(page.lines for page in pages):
        scan = f"none of {len(pages)} pages holds text, so it is a scan; run it through OCR and load that"
        raise _invalid(file, 1, scan)
    pieces = text_of(pages)
    doi = _own_doi(pieces)
    article = article_id(doi, "") if doi else None
    document = parse(pieces.text, article=article, file=file, others=frozenset(pieces.others))
    starts = [start for start, _ in pieces.pages]
    sentences = (
        replace(one, page=pieces.pages[max(0, bisect_right(starts, one.spans[0].start) - 1)][1])
        for one in document.sentences
    )
    return replace(document, sentences=tuple(sentences), metadata=Metadata(doi=doi), unread=_unread(pages))


def _own_doi(pieces: Pieces) -> str | None:
    """Return the DOI on the first page; None where there is none, or more than one."""
    end = pieces.pages[1][0] if len(pieces.pages) > 1 else pieces.length
    found = {re.sub(r"[.,;)]+$", "", match["doi"]) for match in DOI.finditer(pieces.text[:end])}
    return found.pop() if len(found) == 1 else None


def _unread(pages: Sequence[Page]) -> tuple[tuple[str, int], ...]:
    counts = {
        "character without a Unicode value": sum(page.nameless for page in pages),
        "page without text": sum(not page.lines for page in pages),
    }
    return tuple((what, number) for what, number in counts.items() if number)


def _invalid(file: str, page: int | None, problem: str) -> InvalidSource:
    where = f"{file}, page {page}" if page else file
    return InvalidSource(f"{where}: {problem}.", file=file, page=page)
