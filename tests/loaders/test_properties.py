from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loaders.article.blocks import BlockKind, blank, split
from loaders.article.document import Document, parse
from loaders.article.places import find_again
from loaders.article.sentences import digest
from schema.errors import InvalidSource
from schema.records import Span
from tests.loaders.generated import Article, articles, gaps, texts

FEW = settings(max_examples=20, deadline=None)


def spans_of(document: Document) -> list[Span]:
    return [span for sentence in document.sentences for span in sentence.spans]


@FEW
@given(texts)
def test_no_character_is_lost_between_blocks(text: str) -> None:
    blocks = split(text)
    edges = [0, *(offset for block in blocks for offset in (block.start, block.end)), len(text)]
    assert edges == sorted(edges)
    assert all(blank(text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert all(not blank(text[b.start]) and not blank(text[b.end - 1]) for b in blocks)
    assert [b.number for b in blocks] == list(range(1, len(blocks) + 1))


@FEW
@given(texts)
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    try:
        document = parse(text)
    except InvalidSource:
        return
    spans = sorted(spans_of(document), key=lambda span: span.start)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    held = {i for span in spans for i in range(span.start, span.end)}
    body = {i for b in document.blocks if b.kind is BlockKind.BODY for i in range(b.prose, b.end)}
    assert {i for i in body if not blank(text[i])} <= held <= body


@FEW
@given(articles(), gaps)
def test_every_sentence_is_found_in_its_place(article: Article, between: list[str]) -> None:
    document = parse(article.text(between))
    found = [(document.quote(s), s.block) for s in document.sentences]
    assert found == [(written.reads, written.block) for written in article.sentences]


@FEW
@given(articles(), gaps)
def test_offsets_give_back_the_text(article: Article, between: list[str]) -> None:
    document = parse(article.text(between))
    assert [document.text[b.start : b.end] for b in document.blocks] == article.blocks
    for sentence in document.sentences:
        assert sentence.sha256 == digest(document.text, sentence.spans)
        assert all(not blank(document.text[s.start]) for s in sentence.spans)
    for marker in document.markers:
        assert document.text[marker.span.start : marker.span.end].startswith("<sup>")


@FEW
@given(articles(), gaps)
def test_every_marker_is_found_once(article: Article, between: list[str]) -> None:
    document = parse(article.text(between))
    found = [[marker.numbers for marker in document.markers_of(s)] for s in document.sentences]
    assert found == [written.markers for written in article.sentences]
    assert len(document.markers) == sum(len(written.markers) for written in article.sentences)
    assert len({marker.span for marker in document.markers}) == len(document.markers)


@FEW
@given(articles(), gaps, gaps, st.sampled_from(["\n", "\r\n", "  ", "\t", " \n "]))
def test_hashes_outlive_another_wrapping(article: Article, one: list[str], two: list[str], wrap: str) -> None:
    wrapped = Article([b if b.startswith(("#", ">")) else b.replace(" ", wrap) for b in article.blocks])
    before, after = parse(article.text(one)), parse(wrapped.text(two))
    assert [s.sha256 for s in before.sentences] == [s.sha256 for s in after.sentences]
    assert not find_again(before.sentences, after).unverified


@FEW
@given(articles(), st.data())
def test_one_changed_letter_costs_one_place(article: Article, data: st.DataObject) -> None:
    document = parse(article.text(["\n\n"]))
    places = document.sentences
    assume(len({place.sha256 for place in places}) == len(places))
    hit = data.draw(st.sampled_from(places))
    at = data.draw(st.integers(hit.spans[0].start, hit.spans[0].end - 1))
    assume(not blank(document.text[at]))
    text = document.text[:at] + "ž" + document.text[at + 1 :]
    report = find_again(places, parse(text))
    assert [finding.place for finding in report.unverified] == [hit]


@pytest.mark.parametrize("text", ["", " \n\n ", "# Only a title", "a\0b", "half \ud800 pair"])
def test_no_article_is_an_error(text: str) -> None:
    with pytest.raises(InvalidSource) as raised:
        parse(text, file="some.md")
    assert raised.value.values.keys() == {"file", "line", "column"}
