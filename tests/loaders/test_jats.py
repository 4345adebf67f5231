"""JATS: one text with every character in its place, the same records as Markdown, citations by anchor."""

from __future__ import annotations

import os
import re
import socket
from collections import Counter
from contextlib import suppress
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.article.blocks import BlockKind, split
from loaders.article.document import Document
from loaders.jats.read import read
from schema.enums import CitationStatus
from schema.errors import InvalidSource
from schema.records import Citation

NUMBERED = Path(__file__).with_name("numbered.xml")
BY_AUTHOR = Path(__file__).with_name("by-author.nxml")
SAMPLES = "MSCEV_TEST_SAMPLES"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
BODY = "<body><p>One sentence stands here.</p></body>"


@pytest.fixture(scope="module")
def numbered() -> Document:
    return read(NUMBERED.read_bytes(), "numbered.xml")


@pytest.fixture(scope="module")
def by_author() -> Document:
    return read(BY_AUTHOR.read_bytes(), "by-author.nxml")


def quotes(document: Document) -> list[str]:
    return [document.quote(sentence) for sentence in document.sentences]


def of(document: Document, label: str) -> Citation:
    return next(citation for citation in document.citations if citation.label == label)


class TestText:
    def test_words_that_markup_parts_are_whole(self, numbered: Document) -> None:
        assert numbered.title == "Vesicles from stem cells calm NF-κB in knees"
        assert (
            quotes(numbered)[3] == "Extracellular vesicles carry H2O2 and Ca<sup>2+</sup> ions.<sup>2,5</sup>"
        )

    def test_text_that_looks_like_markup_stays(self, numbered: Document) -> None:
        assert "<b> stays text & so does p < 0.05." in quotes(numbered)

    def test_a_formula_is_read_once_and_the_other_form_is_counted(self, numbered: Document) -> None:
        assert "The rate is (1) e<sup>-k</sup>a/b as others found [12,13]." in quotes(numbered)
        assert numbered.unread == (("second form of a formula", 1),)

    def test_a_sentence_goes_on_behind_the_figure_inside_it(self, numbered: Document) -> None:
        whole = "Interleukin-6 fell by half in rats with osteoarthritis, as the figure shows for ten animals."
        sentence = next(s for s in numbered.sentences if numbered.quote(s) == whole)
        assert len(sentence.spans) == 2
        caption = next(b for b in numbered.blocks if b.kind is BlockKind.CAPTION)
        assert sentence.spans[0].end < caption.start < sentence.spans[1].start

    def test_items_of_nested_lists_are_blocks_of_their_own(self, numbered: Document) -> None:
        items = ["Cells were grown.", "In flasks, for two days.", "In bags.", "Vesicles were taken."]
        assert [quote for quote in quotes(numbered) if quote in items] == items

    def test_a_table_is_rows_of_cells_and_no_sentence(self, numbered: Document) -> None:
        rows = [numbered.text[b.start : b.end] for b in numbered.blocks if b.kind is BlockKind.TABLE]
        assert rows == ["| Group | Dose<sup>a</sup> |", "| Control | |", "| Treated 2 | 10 20 |"]
        assert not [quote for quote in quotes(numbered) if "Treated" in quote]

    def test_sections_nest_and_hold_their_sentences(self, numbered: Document) -> None:
        found = [(section.level, section.title) for section in numbered.sections[1:]]
        assert found == [
            (2, "Abstract"),
            (2, "Introduction"),
            (2, "Results"),
            (3, "In rats"),
            (3, "By formula"),
            (2, "Acknowledgements"),
            (2, "References"),
        ]
        titles = {section.block: section.title for section in numbered.sections}
        held = Counter(titles[sentence.section] for sentence in numbered.sentences)
        assert held == {"Abstract": 2, "Introduction": 9, "In rats": 6, "By formula": 1}

    def test_text_before_any_section_stands_under_the_title(self, by_author: Document) -> None:
        titles = {section.block: section.title for section in by_author.sections}
        assert [titles[s.section] for s in by_author.sentences][:2] == ["Aim", "Markers by author and year"]

    def test_another_article_in_the_file_is_kept_and_not_read(self, numbered: Document) -> None:
        last = numbered.blocks[-1]
        assert (numbered.text[last.start : last.end], last.kind) == ("I liked it, see 1.", BlockKind.OTHER)

    def test_blocks_are_those_of_the_text_itself(self, numbered: Document, by_author: Document) -> None:
        for document in (numbered, by_author):
            assert_blocks_hold_everything(document)

    def test_characters_by_name_are_read_without_their_declaration(self) -> None:
        doctype = '<!DOCTYPE article SYSTEM "x.dtd" [<!ENTITY own "self&#45;made">]>'
        document = read(
            f"{doctype}<article><body><p>TNF-&alpha; is &own;.</p></body></article>".encode(), "x"
        )
        assert quotes(document) == ["TNF-α is self-made."]  # noqa: RUF001


class TestFront:
    def test_what_the_front_says(self, numbered: Document) -> None:
        said = numbered.metadata
        assert numbered.article == "mscev.article:10-1234-jmuv-2024-7"
        assert numbered.authors == ("Jane Q Doe", "The Knee Group")
        assert (said.article_type, said.licence, said.year) == ("research-article", "CC-BY-NC-4.0", 2024)
        assert (said.doi, said.pmid, said.pmcid) == ("10.1234/jmuv.2024.7", "1234567", "PMC7654321")
        assert said.interests == "Competing interests: J.D. owns shares in a maker of vesicles."
        assert said.url == "https://doi.org/10.1234/jmuv.2024.7"

    def test_without_identifiers_the_title_names_the_article(self, by_author: Document) -> None:
        assert by_author.article == "mscev.article:markers-by-author-and-year"

    @pytest.mark.parametrize(
        ("terms", "licence"),
        [
            ('<license xlink:href="http://creativecommons.org/publicdomain/zero/1.0/"/>', "CC0-1.0"),
            ("<license><license-p>All rights reserved.</license-p></license>", "see source"),
            ("<copyright-year>2020</copyright-year>", None),
        ],
    )
    def test_terms(self, terms: str, licence: str | None) -> None:
        meta = f"<front><article-meta><permissions>{terms}</permissions></article-meta></front>"
        namespace = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
        assert read(f"<article {namespace}>{meta}{BODY}</article>".encode(), "x").metadata.licence == licence

    def test_an_envelope_of_one_article_is_opened(self) -> None:
        data = f"<pmc-articleset><article>{BODY}</article></pmc-articleset>".encode()
        assert quotes(read(data, "x")) == ["One sentence stands here."]


class TestReferences:
    def test_fields(self, numbered: Document) -> None:
        first, second, book, plain, web, _ = numbered.references
        assert (first.title, first.authors) == ("Old joints?", ("Avery SV", "Doe J"))
        assert (first.journal, first.year, first.volume, first.pages) == ("J Ves Res", 2006, "4", "577-587")
        assert (first.doi, first.pmid, first.printed_number) == ("10.1234/old.1", "11111", 1)
        assert (second.authors, second.pages) == (("Roe A", "Vesicle Group"), "e7")
        assert (second.year, second.pmcid, second.printed_number) == (2010, "PMC222", 2)
        assert (book.title, book.journal, book.text) == (
            "A book of cells",
            None,
            "Poe E (1999) A book of cells. Nowhere Press.",
        )
        assert (plain.authors, plain.journal, plain.doi) == (("Moe M", "Noe N"), "J Plain", "10.1234/plain.4")
        assert web.doi == "10.1234/web.5"

    def test_what_stands_side_by_side_is_parted(self, numbered: Document) -> None:
        printed = "Avery SV, Doe J. Old joints? J Ves Res. 2006; 4: 577-587. 10.1234/old.1. 11111"
        assert numbered.references[0].text == printed


class TestAnchors:
    def test_an_anchor_without_text_is_a_citation_at_its_place(self, numbered: Document) -> None:
        written = NUMBERED.read_bytes()
        empty = read(written.replace(b'rid="B1">1</xref>-', b'rid="B1"></xref>-'), "empty.xml")
        span = empty.markers[0].span
        assert span.start == span.end
        assert empty.markers[0].numbers == numbered.markers[0].numbers[:1]
        assert [one.reference for one in empty.citations] == [one.reference for one in numbered.citations]

    def test_each_cross_reference_is_a_marker_at_its_place(self, numbered: Document) -> None:
        found = [
            (numbered.text[m.span.start : m.span.end], ",".join(m.labels), m.sentence)
            for m in numbered.markers
        ]
        assert found == [
            ("1", "1", (17, 1)),
            ("4", "2,3,4", (17, 1)),
            ("2", "2", (17, 2)),
            ("5", "5", (17, 2)),
            ("3–5", "3,4,5", (17, 3)),  # noqa: RUF001
            ("[9]", "6", (18, 1)),
            ("1", "1", (30, 1)),
            ("2", "2", (36, 0)),
            ("12", "12", (40, 1)),
            ("13", "13", (40, 1)),
        ]

    def test_an_anchor_leads_where_it_points_and_not_where_its_number_does(self, numbered: Document) -> None:
        counting = of(numbered, "6")
        assert (counting.reference, counting.basis, counting.confidence) == (6, "by anchor", 1.0)
        assert counting.status is CitationStatus.RESOLVED

    def test_what_a_range_holds_is_cited_too(self) -> None:
        refs = "".join(f'<ref id="r{i}"><mixed-citation>R {i}.</mixed-citation></ref>' for i in range(1, 6))
        anchors = '<xref ref-type="bibr" rid="r2">2</xref>–<xref ref-type="bibr" rid="r4">4</xref>'  # noqa: RUF001
        back = f"<back><ref-list>{refs}</ref-list></back>"
        data = f"<article><body><p>Cited [{anchors}].</p></body>{back}</article>"
        document = read(data.encode(), "x")
        found = [(c.label, c.reference, c.basis) for c in document.citations]
        assert found == [("2", 2, "by anchor"), ("3", 3, "between anchors"), ("4", 4, "by anchor")]

    @pytest.mark.parametrize(
        ("rid", "printed", "labels"),
        [
            ("r1", "1-3", "2 3 1"),
            ("r3", "[1-3]", "1 2 3"),
            ("r3", "3-9", "3"),
            ("r9", "²", "²,(1)"),
            ("r2", "2", "2"),
        ],
    )
    def test_a_range_in_one_anchor(self, rid: str, printed: str, labels: str) -> None:
        refs = "".join(f'<ref id="r{i}"><mixed-citation>R {i}.</mixed-citation></ref>' for i in range(1, 4))
        anchor = f'<xref ref-type="bibr" rid="{rid}">{printed}</xref> <xref rid="r2">2</xref>'
        back = f"<back><ref-list>{refs}</ref-list></back>"
        document = read(f"<article><body><p>Cited {anchor}.</p></body>{back}</article>".encode(), "x")
        assert document.markers[0].labels == tuple(label.replace(",", " ") for label in labels.split())

    def test_an_anchor_that_leads_nowhere_says_so(self, numbered: Document) -> None:
        for label, reason in (
            ("12", "'gone', and nothing in the file"),
            ("13", "<table-wrap> and no reference"),
        ):
            assert of(numbered, label).status is CitationStatus.UNRESOLVED
            assert reason in (of(numbered, label).note or "")

    def test_author_and_year(self, by_author: Document) -> None:
        found = [(c.label, c.reference) for c in by_author.citations]
        assert found == [
            ("Ünal 2010", 1),
            ("Ünal 2010 (2)", 2),
            ("王 2011", 3),
            ("Old Group", 4),
            ("Nobody (1900)", None),
        ]
        assert len({c.id for c in by_author.citations}) == 5
        assert [m.labels for m in by_author.markers] == [(label,) for label, _ in found]
        assert {m.numbers for m in by_author.markers} == {()}


class TestErrors:
    @pytest.mark.parametrize(
        ("data", "place", "said"),
        [
            (
                f"{HEAD}<article>\n<body><p>a</b></body></article>".encode(),
                (3, 15),
                "broken XML: Opening and ending",
            ),
            (
                f"{HEAD}<article>\n<p>caf\xe9</p></article>".encode("latin-1"),
                (3, 7),
                "broken XML: Invalid bytes",
            ),
            (b'<?xml version="1.0" encoding="none-such"?><article/>', (1, None), "Unsupported encoding"),
            (b"<!DOCTYPE html><html><body>Not found</body></html>", (1, 1), "is an HTML page"),
            (b"<HTML><head></head></HTML>", (1, 1), "is an HTML page"),
            (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", (1, 1), "is an HTML page"),
            (b"<root/>", (1, 1), "XML but not JATS: its root is <root>; allowed: <article>"),
            (b"<article><body/></article>", (1, 1), "no sentence"),
            (b"<pmc-articleset><article/><article/></pmc-articleset>", (1, 1), "holds 2 articles"),
            (
                f"<!DOCTYPE article SYSTEM 'x'><article>{BODY}\n&nosuchname;</article>".encode(),
                (2, 1),
                "is not known",
            ),
            (b"<article>" + b"<p>" * 300 + b"</p>" * 300 + b"</article>", (1, None), "Excessive depth"),
            (b"<article>" + b"x" * 10_100_000 + b"</article>", (1, None), "Text node too long"),
            (b"plain text", (1, 1), "broken XML"),
        ],
    )
    def test_what_is_no_jats_says_why_and_where(
        self, data: bytes, place: tuple[int, int | None], said: str
    ) -> None:
        with pytest.raises(InvalidSource, match=re.escape(said)) as caught:
            read(data, "file.xml")
        line, column = place
        assert caught.value.values["line"] == line
        assert column is None or caught.value.values["column"] == column
        assert caught.value.message.startswith(f"file.xml:{line}:")

    def test_entities_that_grow_are_refused(self) -> None:
        laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
        doctype = f'<!DOCTYPE article [<!ENTITY l0 "lol">{laughs}]>'
        for body in (f"<body><p>&l11;</p></body>{BODY}", f'<body id="&l11;"/>{BODY}'):
            with pytest.raises(InvalidSource, match="entit"):
                read(f"{doctype}<article>{body}</article>".encode(), "x")

    def test_nothing_outside_the_file_is_read(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("classified")
        outside = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        with pytest.raises(InvalidSource, match="outside the file, and nothing is fetched"):
            read(f"{outside}<article><body><p>&x; It ends.</p></body></article>".encode(), "x")
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.setblocking(False)
            address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
            entity = f'<!ENTITY % e SYSTEM "{address}.ent"> %e;'
            document = read(
                f'<!DOCTYPE article SYSTEM "{address}.dtd" [{entity}]><article>{BODY}</article>'.encode(), "x"
            )
            assert quotes(document) == ["One sentence stands here."]
            with pytest.raises(BlockingIOError):
                listener.accept()


# What the reader adds: marks and separators. Generated text holds none of these.
MARKS = set("#|.,;:-/()")
LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="#|.,;:-/()<>&\"'"),
    min_size=1,
    max_size=8,
)
BLANK = st.sampled_from(["", " ", "\n  "])
INLINE = ("italic", "bold", "sub", "sup", "named-content", "ext-link", "unknown-thing", "xref")
BLOCK = (
    "p",
    "sec",
    "list",
    "list-item",
    "fig",
    "caption",
    "boxed-text",
    "disp-quote",
    "title",
    "label",
    "tr",
    "td",
    "ref",
)
INSIDE = st.recursive(
    st.builds("{}{}{}".format, BLANK, LETTERS, BLANK),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from([*INLINE, *BLOCK]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def visible(text: str) -> str:
    """What the file's own characters are of a text."""
    bare = text.replace("<sup>", "").replace("</sup>", "")
    return "".join(char for char in bare if not char.isspace() and char not in MARKS)


def assert_blocks_hold_everything(document: Document) -> None:
    found = [(block.start, block.end) for block in split(document.text)]
    assert found == [(block.start, block.end) for block in document.blocks]
    held = "".join(document.text[start:end] for start, end in found)
    assert "".join(held.split()) == "".join(document.text.split())


class TestAnyFile:
    @settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(INSIDE, max_size=8), st.lists(INSIDE, max_size=3))
    def test_every_character_is_in_the_text_in_its_order(self, body: list[str], back: list[str]) -> None:
        inner = f"<body><p>A first one.</p>{''.join(body)}</body><back>{''.join(back)}</back>"
        document = read(f"<article>{inner}</article>".encode(), "x")
        assert visible(document.text) == visible(re.sub(r"<[^>]*>", "", inner))
        assert_blocks_hold_everything(document)
        for sentence in document.sentences:
            block = document.blocks[sentence.block - 1]
            assert block.start <= sentence.spans[0].start < sentence.spans[-1].end <= len(document.text)

    @settings(deadline=None, max_examples=150)
    @given(st.data())
    def test_damaged_bytes_are_read_or_refused(self, data: st.DataObject) -> None:
        whole = NUMBERED.read_bytes()
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 200)))
        put = data.draw(
            st.one_of(st.binary(max_size=12), st.sampled_from([b"<p>", b"</sec>", b"&x;", b"\x00"]))
        )
        damaged = whole[:start] + put + whole[end:]
        with suppress(InvalidSource):
            assert_blocks_hold_everything(read(damaged, "x"))


# Counted in the files with a script that knows only elements: sections with a title, paragraphs, cross
# references of type bibr, entries of the reference list; the sentences were read through by eye.
COUNTS = {
    "1471-2180-11-174.nxml": {"sec": 27, "p": 58, "xref": 111, "ref": 64, "sentence": 262, "table row": 54},
    "pone.0046493.nxml": {"sec": 21, "p": 62, "xref": 92, "ref": 58, "sentence": 256, "table row": 36},
}


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_real_articles(name: str) -> None:
    folder = os.environ.get(SAMPLES)
    if not folder:
        pytest.skip(f"{SAMPLES} does not name the folder of sample articles")
    data = (Path(folder) / name).read_bytes()
    document = read(data, name)
    expected = COUNTS[name]
    headings = {section.title for section in document.sections}
    added = {document.title, "Abstract", "References"} & headings
    assert len(document.sections) == expected["sec"] + len(added)
    assert len(document.markers) == expected["xref"]
    assert len(document.references) == expected["ref"]
    assert len(document.sentences) == expected["sentence"]
    assert sum(block.kind is BlockKind.TABLE for block in document.blocks) == expected["table row"]
    assert {c.status for c in document.citations} == {CitationStatus.RESOLVED}
    assert {c.reference for c in document.citations} == set(range(1, expected["ref"] + 1))
    paragraphs = re.findall(r"<p[ >].*?</p>", data.decode(), re.DOTALL)
    assert len(paragraphs) == expected["p"]
    seen = visible(document.text)
    assert [p for p in paragraphs if visible(_unescaped(p)) not in seen and "<fig" not in p] == []
    assert_blocks_hold_everything(document)


def _unescaped(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))
