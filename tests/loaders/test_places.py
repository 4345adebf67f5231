from __future__ import annotations

import pytest

from loaders.article.document import Document, parse
from loaders.article.places import Report, Standing, find_again, is_same_article


def again(second: Document, old: str, new: str) -> Report:
    assert second.text.count(old) == 1
    return find_again(second.sentences, parse(second.text.replace(old, new)))


def unverified(report: Report) -> list[tuple[int, int, str]]:
    return [(f.place.block, f.place.sentence, str(f.standing)) for f in report.unverified]


def test_the_same_copy(second: Document) -> None:
    report = find_again(second.sentences, second)
    assert {f.standing for f in report.findings} == {Standing.FOUND}
    assert [f.record.quote for f in report.findings] == [second.quote(s) for s in second.sentences]
    assert all(f.record.verified for f in report.findings)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_other_line_ends_keep_every_place(second: Document, end: str) -> None:
    copy = parse(second.text.replace("\r\n", "\n").replace("\n", end))
    report = find_again(second.sentences, copy)
    assert {f.standing for f in report.findings} == {Standing.FOUND}
    for finding in report.findings:
        assert [copy.text[s.start : s.end].split() for s in finding.record.spans] == [
            second.text[s.start : s.end].split() for s in finding.place.spans
        ]


def test_one_changed_byte_costs_exactly_one_place(second: Document) -> None:
    report = again(second, "reach a healthy one", "reach a wealthy one")
    assert unverified(report) == [(8, 2, "differs")]
    (finding,) = report.unverified
    assert "SHA-256 differs" in finding.reason
    assert (finding.record.verified, finding.record.quote) == (False, None)
    assert finding.record.spans == finding.place.spans


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("nephron.<sup>1</sup>", "nephron,<sup>1</sup>", (6, 1)),
        ("nephron.<sup>1</sup>", "nephron<sup>1</sup>", (6, 1)),
        ("brush bor-", "brush box-", (10, 1)),
        ("read like", "Read like", (8, 2)),
        ("storage is", "Xtorage is", (21, 1)),
        ("The field is", "the field is", (23, 1)),
    ],
)
def test_damage_to_the_structure_costs_one_place_too(
    second: Document, old: str, new: str, place: tuple[int, int]
) -> None:
    assert [found[:2] for found in unverified(again(second, old, new))] == [place]


def test_a_stray_heading_mark_costs_nothing(second: Document) -> None:
    assert unverified(again(second, "Does the dose", "\n\n# Does the dose")) == []


def test_what_moved_is_found_with_its_new_place(second: Document) -> None:
    copy = parse(f"# A foreword\n\nNot in the original.\n\n{second.text}")
    report = find_again(second.sentences, copy)
    assert {f.standing for f in report.findings} == {Standing.MOVED}
    first = report.findings[0]
    assert first.sentence is not None
    assert (first.sentence.block, first.sentence.sentence) == (8, 1)
    assert (first.record.block, first.record.sentence, first.record.verified) == (6, 1, True)
    assert first.record.spans == first.sentence.spans


def test_a_changed_sentence_that_moved_is_named_where_it_stands(second: Document) -> None:
    copy = parse(f"# A foreword\n\n{second.text}".replace("lacked vitamin D", "lacked vitamin K"))
    (finding,) = find_again(second.sentences, copy).unverified
    assert finding.sentence is not None
    assert (finding.standing, finding.sentence.block, finding.sentence.sentence) == (Standing.DIFFERS, 20, 1)


def test_a_sentence_left_out_is_missing(second: Document) -> None:
    assert unverified(again(second, " Does the dose matter?", "")) == [(14, 3, "missing")]


def test_sentences_that_read_the_same_are_found_in_order() -> None:
    text = "# T\n\nIt fell. It rose.\n\nIt fell. It stayed."
    places = parse(text).sentences
    report = find_again(places, parse(text.replace("# T\n\n", "# T\n\nFirst of all.\n\n")))
    found = [(f.sentence.block, f.sentence.sentence) for f in report.findings if f.sentence]
    assert found == [(3, 1), (3, 2), (4, 1), (4, 2)]


def test_another_article(second: Document) -> None:
    other = parse("# Bees\n\nBees fly. They hum.")
    assert {f.standing for f in find_again(second.sentences, other).findings} == {Standing.MISSING}
    assert not is_same_article(second.sentences, second.title, other)


def test_what_counts_as_the_same_article(second: Document) -> None:
    half = len(second.sentences) // 2
    renamed = parse(second.text.replace("# What Kidney", "# How Kidney"))
    assert is_same_article(second.sentences, second.title, renamed)
    assert is_same_article(second.sentences, second.title, parse(f"# {second.title.upper()}\n\nGone."))
    cut = second.text[: second.sentences[half // 2].spans[-1].end].replace("# What", "# How")
    assert not is_same_article(second.sentences, second.title, parse(cut))
