"""The pages of a PDF as lines, by PDFium, in this process; `loaders.pdf.worker` runs it in one of its own."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from loaders.pdf.lines import Page, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES, MOST_CHARACTERS = 2_000, 10_000_000


class Unreadable(Exception):
    """A PDF that cannot be read: why, and on which page; None for the whole file."""

    def __init__(self, problem: str, page: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.page = page


def pages(data: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF; `Unreadable` where it is broken, encrypted or too long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = pdfium.FPDF_GetLastError() in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        problem = "is encrypted; save it without a password" if encrypted else f"is a broken PDF: {error}"
        raise Unreadable(problem) from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise Unreadable(f"{len(document)} pages; allowed: {MOST_PAGES}")
        characters = 0
        for number in range(1, len(document) + 1):
            page = _page(document, number)
            characters += sum(len(line.text) for line in page.lines)
            if characters > MOST_CHARACTERS:
                raise Unreadable(f"more than {MOST_CHARACTERS} characters", number)
            yield page


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        with closing(document[number - 1]) as page, closing(page.get_textpage()) as text:
            return page_of(text.raw, number, *page.get_size())
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"cannot be read: {error}", number) from error
