"""The built-in article itself, where MSCEV_TEST_ARTICLE names its file; the data say what it holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from loaders.article.blocks import BlockKind
from loaders.article.curated import built_in
from loaders.article.document import Document, parse
from loaders.article.places import Standing, find_again, is_same_article
from loaders.article.structure import FOLDER, files_of

ROOT = Path(__file__).parents[2]


def test_blocks(real: Document) -> None:
    assert Counter(block.kind for block in real.blocks) == {
        BlockKind.HEADING: 11,
        BlockKind.BYLINE: 1,
        BlockKind.BODY: 28,
        BlockKind.PULL_QUOTE: 2,
        BlockKind.AUTHOR_NOTE: 2,
        BlockKind.REFERENCE_LIST: 15,
        BlockKind.CLOSING_NOTE: 1,
    }
    assert [b.number for b in real.blocks if b.kind is BlockKind.PULL_QUOTE] == [11, 37]
    assert real.authors == tuple(built_in().meta["authors"])
    assert real.title == built_in().meta["title"]


def test_paragraphs_and_sentences(real: Document) -> None:
    assert (len(real.paragraphs), len(real.sentences)) == (23, 59)
    broken = {(s.block, s.sentence): len(s.spans) for s in real.sentences if len(s.spans) > 1}
    assert broken == {(10, 1): 2, (18, 1): 2, (27, 2): 2, (34, 3): 2, (40, 2): 2}
    (cut,) = (s for s in real.sentences if (s.block, s.sentence) == (34, 3))
    assert "reduce synovial inflammation" in real.quote(cut)


def test_markers(real: Document) -> None:
    assert {n for marker in real.markers for n in marker.numbers} == set(range(1, 41))
    assert len(real.markers) == 43
    (lost,) = (marker for marker in real.markers if marker.lost_superscript)
    assert (lost.numbers, lost.sentence) == ((27,), (30, 3))
    assert real.text[lost.span.start - 4 : lost.span.end] == "BCL227"


def test_references(real: Document) -> None:
    references = real.references
    assert [r.position for r in references] == list(range(1, 26))
    assert [r.printed_number for r in references] == [None] * 12 + list(range(13, 26))
    assert all(
        r.title and r.authors and r.journal and r.year and r.volume and r.pages and r.doi for r in references
    )
    assert [r.position for r in references if r.pmid is None] == [17]
    assert [r.position for r in references if r.pmcid is None] == [1, 2, 3, 6, 7, 14, 17]
    assert [(r.position, r.doi) for r in references if r.erratum] == [(18, "10.1016/j.chest.2023.06.024")]
    assert references[16].doi == "10.1016/j.nantod.2023.101865"
    assert (references[4].title or "").endswith("tool?")
    assert (references[11].title or "").startswith("Exosomes as potential")
    assert "IL-1β-Induced" in (references[14].title or "")
    assert len(references[4].authors) == 16


@pytest.mark.parametrize(
    "name", ["places.tsv", "sections.tsv", "blocks.tsv", "uncited.tsv", "references.jsonl"]
)
def test_checked_in_structure(real: Document, name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == files_of(real)[name]


def test_every_curated_place_is_found(real: Document) -> None:
    places = tuple(built_in().sentences())
    assert {f.standing for f in find_again(places, real).findings} == {Standing.FOUND}
    assert is_same_article(places, built_in().meta["title"], real)


@pytest.mark.parametrize("nth", range(0, 59, 6))
def test_one_changed_byte_costs_exactly_one_place(real: Document, nth: int) -> None:
    places = tuple(built_in().sentences())
    hit = places[nth].spans[-1]
    for at in (hit.start, (hit.start + hit.end) // 2, hit.end - 1):
        changed = "x" if real.text[at] != "x" else "y"
        copy = parse(real.text[:at] + changed + real.text[at + 1 :])
        assert [f.place for f in find_again(places, copy).unverified] == [places[nth]]


def test_no_sentence_of_the_article_is_in_these_files(real: Document) -> None:
    quotes = [" ".join(real.quote(s).casefold().split()) for s in real.sentences]
    for folder in (FOLDER.parents[1], ROOT / "tests" / "loaders"):
        for path in folder.rglob("*"):
            if path.suffix in {".py", ".md", ".tsv", ".jsonl", ".json"}:
                text = " ".join(path.read_text(encoding="utf-8").casefold().split())
                assert not [quote for quote in quotes if quote in text], path
