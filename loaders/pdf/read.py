"""Read an article in PDF: its text in reading order, then as any other text; every sentence has its page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from loaders.article.document import Document, Metadata, article_id, parse
from loaders.article.references import DOI
from loaders.pdf.lines import Page, page_of
from loaders.pdf.text import Pieces, text_of
from schema.errors import InvalidSource

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES, MOST_CHARACTERS = 2_000, 10_000_000


def read(data: bytes, file: str) -> Document:
    """Read a PDF's bytes; `InvalidSource` where it is broken, encrypted, too long, or a scan without text."""
    pages = list(_pages(data, file))
    if not any(page.lines for page in pages):
        raise _invalid(
            file,
            1,
            f"none of {len(pages)} pages holds text, so it is a scan; run it through OCR and load that",
        )
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


def _pages(data: bytes, file: str) -> Iterator[Page]:
    if b"%PDF-" not in data[:1024]:
        raise _invalid(file, None, "is no PDF: it does not begin with %PDF-")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = pdfium.FPDF_GetLastError() in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        problem = "is encrypted; save it without a password" if encrypted else f"is a broken PDF: {error}"
        raise _invalid(file, None, problem.rstrip(".")) from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise _invalid(file, MOST_PAGES + 1, f"{len(document)} pages; allowed: {MOST_PAGES}")
        characters = 0
        for number in range(1, len(document) + 1):
            page = _page(document, number, file)
            characters += sum(len(line.text) for line in page.lines)
            if characters > MOST_CHARACTERS:
                raise _invalid(file, number, f"more than {MOST_CHARACTERS} characters")
            yield page


def _page(document: pypdfium2.PdfDocument, number: int, file: str) -> Page:
    try:
        with closing(document[number - 1]) as page, closing(page.get_textpage()) as text:
            return page_of(text.raw, number, *page.get_size())
    except pypdfium2.PdfiumError as error:
        raise _invalid(file, number, f"cannot be read: {error}".rstrip(".")) from error


def _own_doi(pieces: Pieces) -> str | None:
    """Return the DOI on the first page; None where there is none, or more than one."""
    end = pieces.pages[1][0] if len(pieces.pages) > 1 else pieces.length
    found = {re.sub(r"[.,;)]+$", "", match["doi"]) for match in DOI.finditer(pieces.text[:end])}
    return found.pop() if len(found) == 1 else None


def _unread(pages: list[Page]) -> tuple[tuple[str, int], ...]:
    counts = Counter(
        {
            "character without a Unicode value": sum(page.nameless for page in pages),
            "page without text": sum(not page.lines for page in pages),
        }
    )
    return tuple((what, number) for what, number in sorted(counts.items()) if number)


def _invalid(file: str, page: int | None, problem: str) -> InvalidSource:
    where = f"{file}, page {page}" if page else file
    return InvalidSource(f"{where}: {problem}.", file=file, page=page)
