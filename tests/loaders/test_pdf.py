"""PDF: reading order over columns and pages, whole words, running heads aside, references, clear errors."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.article.blocks import BlockKind
from loaders.article.document import Document
from loaders.pdf.extract import Unreadable
from loaders.pdf.extract import pages as extracted
from loaders.pdf.read import document_of, read
from schema.enums import CitationStatus
from schema.errors import InvalidSource
from tests.loaders.pdfs import HEAD, TITLE, TOPICS, article, pages, sentences_of, stream_of


@pytest.fixture(scope="module")
def document() -> Document:
    return read(article(), "article.pdf")


def test_sentences_read_on_over_lines_columns_and_pages(document: Document) -> None:
    wanted = [
        sentence for number, topic in enumerate(TOPICS * 5, 1) for sentence in sentences_of(number, topic)
    ]
    assert [document.quote(sentence) for sentence in document.sentences] == wanted


def test_every_sentence_has_its_page(document: Document) -> None:
    found = [sentence.page for sentence in document.sentences]
    assert found == sorted(found, key=lambda page: page or 0)
    # the last sentence of the first page ends on the second, which begins with "derived"
    assert "MSC-derived vesicles was seen in the spine" in document.quote(document.sentences[50])
    assert (found.count(1), found.count(2)) == (51, 54)


def test_headings_title_and_authors(document: Document) -> None:
    assert document.title == TITLE
    assert document.authors == ("Jane Doe", "Ali Khan")
    found = [section.title for section in document.sections]
    assert found == [TITLE, "Abstract", "Introduction", "Methods", "Results", "Discussion", "References"]


def test_the_doi_of_the_first_page_names_the_article(document: Document) -> None:
    assert document.article == "mscev.article:10-1234-pdf-7"
    slug = re.sub(r"[^a-z]+", "-", TITLE.lower())
    assert read(article(doi=None), "x.pdf").article == f"mscev.article:{slug}"


def test_running_heads_are_kept_and_are_no_prose(document: Document) -> None:
    others = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.OTHER]
    assert others.count(HEAD) == 3
    assert "Page 2 of 9" in others


def test_markers_and_references(document: Document) -> None:
    assert [(r.printed_number, r.year, r.doi) for r in document.references] == [
        (i, 2000 + i, f"10.1234/ves.{i}") for i in range(1, 14)
    ]
    assert (
        document.references[9].title
        == "A title about vesicles and joints with the number 10 and a long end to it"
    )
    assert {c.label for c in document.citations} == {str(i) for i in range(1, 14)}
    assert {(c.status, c.basis) for c in document.citations} == {
        (CitationStatus.RESOLVED, "by printed number")
    }


def test_pages_without_text_are_counted() -> None:
    document = read(pages(["One page has a line of text.", "", ""]), "x.pdf")
    assert document.unread == (("page without text", 2),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (article(password="secret"), "x.pdf: is encrypted; save it without a password."),
        (pages(["", ""]), "x.pdf, page 1: none of 2 pages holds text, so it is a scan"),
        (b"%PDF-1.7\nnothing more", "x.pdf: is a broken PDF"),
        (article()[:3000], "x.pdf: is a broken PDF"),
        (b"<html></html>", "x.pdf: is no PDF: it does not begin with %PDF-."),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, said: str) -> None:
    with pytest.raises(InvalidSource, match=re.escape(said)):
        read(data, "x.pdf")


def test_a_file_that_unfolds_to_gigabytes_is_refused() -> None:
    inner = zlib.compressobj(9)
    first, again = (inner.compress(b" " * 1_000_000) + inner.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    bomb = stream_of(zlib.compress(first + again * 1_500, 9), "[/FlateDecode/FlateDecode]")
    assert len(bomb) < 20_000
    with pytest.raises(InvalidSource, match=r"x\.pdf: cannot be read within 1\.5 GB of memory and 300 s"):
        read(bomb, "x.pdf")


WHOLE = pages([f"This is sentence number {i} of a small file." for i in range(3)])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WHOLE)), st.integers(0, 60), st.binary(max_size=12))
def test_damaged_bytes_are_read_or_refused(start: int, cut: int, put: bytes) -> None:
    with suppress(InvalidSource, Unreadable):
        document_of(list(extracted(WHOLE[:start] + put + WHOLE[start + cut :])), "x.pdf")
