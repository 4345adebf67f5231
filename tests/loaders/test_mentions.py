"""The mentions of the built-in article: as stored, as found in its file, and against the known pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.article.blocks import BlockKind
from loaders.article.copy import read_copy
from loaders.article.curated import built_in
from loaders.article.document import Document
from loaders.article.form_pairs import form_pairs
from loaders.article.latex import readable
from loaders.article.mentions import FILE, main, mentions, table
from loaders.article.sentences import joined
from loaders.mining.quality import Excluded, Pair, Pairs, compare
from loaders.mining.tagger import Tagger
from schema.errors import UsageError
from schema.records import Mention, Span

BROKEN = re.compile(r"BCL227|\bvial\b|\$")


@pytest.fixture(scope="module")
def stored() -> list[Mention]:
    return list(built_in().mentions())


@pytest.fixture(scope="module")
def written(real: Document) -> list[tuple[str, str]]:
    """Every naming in the article: the entity and how it reads."""
    return list(_namings(real))


def _namings(document: Document) -> Iterator[tuple[str, str]]:
    reading = Tagger(built_in().entities()).read(document.text, (m.span for m in document.markers))
    for sentence in document.sentences:
        for entity, spans in reading.mentions(sentence.spans):
            yield entity, readable(joined(document.text, spans)).replace("*", "")


def test_one_for_each_entity_and_sentence(stored: list[Mention]) -> None:
    places = [(mention.entity, mention.block, mention.sentence) for mention in stored]
    assert len(places) == len(set(places))
    for mention in stored:
        assert list(mention.spans) == sorted(set(mention.spans), key=lambda span: (span.start, span.end))


def test_each_stands_inside_its_sentence(stored: list[Mention]) -> None:
    sentences = {(s.block, s.sentence): s.spans for s in built_in().sentences()}
    for mention in stored:
        parts = sentences[mention.block, mention.sentence]
        for span in mention.spans:
            assert any(part.start <= span.start < span.end <= part.end for part in parts)


def test_records_hold_them_after_the_entities(stored: list[Mention]) -> None:
    kinds = [type(record).__name__ for record in built_in().records()]
    assert kinds.count("Mention") == len(stored)
    assert kinds.index("Mention") > max(i for i, kind in enumerate(kinds) if kind == "Entity")


def test_precision_and_recall(stored: list[Mention]) -> None:
    quality = compare(stored, form_pairs(built_in()))
    assert quality.precision >= 0.98, quality.extra
    assert quality.recall >= 0.98, quality.missed
    assert len(quality.found) > 250


def test_what_is_left_out_is_a_pair_and_says_why() -> None:
    pairs = form_pairs(built_in())
    known = {(pair.form, pair.block, pair.entity) for pair in pairs.pairs}
    assert {(e.form, e.block, e.entity) for e in pairs.excluded} <= known
    assert all(len(excluded.reason) > 20 for excluded in pairs.excluded)
    assert len(pairs.excluded) < 0.06 * len(pairs.pairs)


def test_pairs_name_entities_and_stand_in_their_blocks() -> None:
    pairs = form_pairs(built_in())
    entities = {entity.id for entity in built_in().entities()}
    assert {pair.entity for pair in pairs.pairs} <= entities
    for pair in pairs.pairs:
        assert not BROKEN.search(pair.form)
        parts = [part for part, number in pairs.blocks if number == pair.block]
        assert all(any(p.start <= s.start < s.end <= p.end for p in parts) for s in pair.spans), pair


class TestCompare:
    BLOCKS = ((Span(0, 50), 1), (Span(50, 99), 2))

    def test_found_missed_and_extra(self) -> None:
        pairs = Pairs(
            (Pair("a", 1, "x:1", (Span(0, 1),)), Pair("b", 1, "x:2", (Span(2, 3),))), (), self.BLOCKS
        )
        found = [
            Mention("a", "x:1", 1, 1, (Span(0, 1), Span(60, 61))),
            Mention("a", "x:9", 1, 1, (Span(5, 6),)),
        ]
        quality = compare(found, pairs)
        assert (quality.precision, quality.recall) == (0.5, 0.5)
        assert quality.missed == (("x:2", 1),)
        assert quality.extra == (("x:1", 2),)
        assert quality.unjudged == (("x:9", 1),)

    def test_what_lies_inside_a_longer_match_is_listed(self) -> None:
        inside, beside = Pair("a", 1, "x:1", (Span(4, 5),)), Pair("a", 2, "x:1", (Span(60, 61), Span(70, 71)))
        found = [Mention("a", "x:2", 1, 1, (Span(2, 9), Span(58, 62)))]
        quality = compare(found, Pairs((inside, beside), (), self.BLOCKS))
        assert quality.nested == (inside,)
        assert quality.missed == (("x:1", 2),)

    def test_excluded_pairs_are_not_wanted(self) -> None:
        pairs = Pairs((Pair("a", 1, "x:1", (Span(0, 1),)),), (Excluded("a", 1, "x:1", "why"),), self.BLOCKS)
        assert compare([], pairs).missed == ()
        assert compare([Mention("a", "x:1", 1, 1, (Span(0, 1),))], pairs).extra == (("x:1", 1),)


def test_the_file_is_what_the_tagger_finds(real: Document, stored: list[Mention]) -> None:
    assert FILE.read_text(encoding="utf-8") == table(mentions(real, built_in().entities()))
    assert stored == list(mentions(real, built_in().entities()))


def test_every_naming_is_a_form_of_its_entity(written: list[tuple[str, str]]) -> None:
    lexicon = Tagger(built_in().entities()).lexicon
    wrong = [
        (entity, text)
        for entity, text in written
        if (form := lexicon.get(text)) is None or form.entity != entity
    ]
    assert wrong == []


def test_no_naming_holds_a_broken_token(written: list[tuple[str, str]]) -> None:
    assert [text for _, text in written if BROKEN.search(text) or not re.search(r"\w", text)] == []
    assert ("HGNC:990", "BCL2") in written
    assert ("MONDO:0002400", "synovial inflammation") in written


def test_nothing_outside_the_body(real: Document, stored: list[Mention]) -> None:
    body = [block for block in real.blocks if block.kind is BlockKind.BODY]
    for mention in stored:
        for span in mention.spans:
            assert any(block.start <= span.start and span.end <= block.end for block in body)


def test_degrees_are_no_disease(real: Document, stored: list[Mention]) -> None:
    pieces = [
        (m.block, real.text[s.start : s.end]) for m in stored for s in m.spans if m.entity == "MONDO:0005071"
    ]
    assert [block for block, piece in pieces if piece == "ND"] == [4, 33, 38]


def test_the_blocks_of_the_pairs_are_those_of_the_article(real: Document) -> None:
    blocks = {block.number: block for block in real.blocks}
    for part, number in form_pairs(built_in()).blocks:
        assert blocks[number].start <= part.start
        assert part.end <= blocks[number].end


def test_a_copy_has_its_own_places(article_file: Path, tmp_path: Path, stored: list[Mention]) -> None:
    changed = tmp_path / "moved.md"
    changed.write_text("A line before.\n\n" + article_file.read_text(encoding="utf-8"), encoding="utf-8")
    copy = read_copy(changed, built_in())
    found = [record for record in copy.records() if isinstance(record, Mention)]
    assert {(m.entity, m.block, m.sentence) for m in found} == {
        (m.entity, m.block, m.sentence) for m in stored
    }
    shift = len("A line before.\n\n")
    assert found[0].spans[0].start == stored[0].spans[0].start + shift


def test_a_changed_sentence_keeps_its_curated_mentions(
    article_file: Path, tmp_path: Path, stored: list[Mention]
) -> None:
    text = article_file.read_text(encoding="utf-8")
    place = next(s for s in built_in().sentences() if (s.block, s.sentence) == (25, 3))
    at = place.spans[0].start + 40
    changed = tmp_path / "changed.md"
    changed.write_text(text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :], encoding="utf-8")
    found = {r for r in read_copy(changed, built_in()).records() if isinstance(r, Mention)}
    assert found == set(stored)


def test_the_command_needs_a_file() -> None:
    with pytest.raises(UsageError, match="Give the article's file"):
        main([])
