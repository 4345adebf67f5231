# ruff: noqa: RUF001
from __future__ import annotations

import pytest

from loaders.article.document import Document, parse
from loaders.article.markers import numbers_in

COUNTED = " ".join(f"Fact {n}.<sup>{n}</sup>" for n in range(1, 5))


def found(text: str) -> list[tuple[str, tuple[int, ...]]]:
    document = parse(text)
    return [(text[m.span.start : m.span.end], m.numbers) for m in document.markers]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("7", (7,)),
        ("1,6", (1, 6)),
        ("1, 6;9", (1, 6, 9)),
        ("19–21", (19, 20, 21)),
        ("2,19-21,40", (2, 19, 20, 21, 40)),
        ("5–5", (5,)),
        ("9–7", (9, 7)),
        ("3,3–4", (3, 4)),
        ("¹²⁻¹⁴", (12, 13, 14)),
    ],
)
def test_numbers(printed: str, numbers: tuple[int, ...]) -> None:
    assert numbers_in(printed) == numbers


@pytest.mark.parametrize("mark", ["<sup>1,6</sup>", "<SUP>[1,6]</SUP>", "[1,6]", "^1,6^", "¹,⁶"])
@pytest.mark.parametrize(
    "sentence", ["A word{} and more.", "A word,{} then.", "A word{}, then.", "A word.{} Then."]
)
def test_styles_and_positions(mark: str, sentence: str) -> None:
    assert found(sentence.format(mark)) == [(mark, (1, 6))]


@pytest.mark.parametrize(
    "text",
    [
        "It holds 10<sup>9</sup> parcels, or 3 x 10<sup>6</sup>.",
        "It is 5 cm<sup>2</sup> and 7 kg/m<sup>2</sup>.",
        "Ions such as Ca<sup>2+</sup> and the 21<sup>st</sup> day.",
        "The tracer <sup>18</sup>F-FDG glows.",
        "See [2](https://example.org) for it.",
    ],
)
def test_what_is_no_marker(text: str) -> None:
    assert found(text) == []


def test_one_style_an_article() -> None:
    assert found("Between [20, 40] mL.<sup>1</sup> So.<sup>2</sup>") == [
        ("<sup>1</sup>", (1,)),
        ("<sup>2</sup>", (2,)),
    ]


@pytest.mark.parametrize(
    ("lost", "mark", "number"),
    [
        ("It raises BCL25 and more.", "5", 5),
        ("It raises the cells5 there.", "5", 5),
        ("It raises MSC-EVs.5 Then more.", "5", 5),
        ("It raises IL-105 and IL-10.", "5", 5),
        ("It raises cells5–7 there.", "5–7", 5),
    ],
)
def test_a_lost_superscript_fills_the_gap(lost: str, mark: str, number: int) -> None:
    text = f"{COUNTED} {lost} Last one.<sup>8</sup> And.<sup>6,7</sup>"
    document = parse(text)
    stuck = [m for m in document.markers if m.lost_superscript]
    assert [(text[m.span.start : m.span.end], m.numbers[0]) for m in stuck] == [(mark, number)]
    assert stuck[0].sentence == (1, 5)


@pytest.mark.parametrize(
    "text",
    [
        f"{COUNTED} It raises IL-5 and CD5. Last.<sup>6</sup>",
        f"{COUNTED} It raises BCL25 and AQP25. Last.<sup>6</sup>",
        f"{COUNTED} It raises BCL25, and again BCL25. Last.<sup>6</sup>",
        f"{COUNTED} Last.<sup>6</sup> It raises BCL25.",
        f"{COUNTED} It raises BCL25. Last.<sup>5</sup>",
        f"{COUNTED} In 2015 it was 3.5 or x25.5. Last.<sup>6</sup>",
        f"{COUNTED} As in Fig.5 it rose, with p53.5 more. Last.<sup>6</sup>",
        "It raises BCL25. Last.<sup>60</sup>",
    ],
)
def test_names_that_end_in_a_number_stay_names(text: str) -> None:
    assert not [m for m in parse(text).markers if m.lost_superscript]


def test_markers_of_the_second_article(second: Document) -> None:
    printed = [(second.text[m.span.start : m.span.end], m.block, m.sentence) for m in second.markers]
    assert printed == [
        ("<sup>1</sup>", 6, (6, 1)),
        ("<sup>2,3</sup>", 6, (6, 3)),
        ("<sup>4</sup>", 7, (7, 2)),
        ("5", 7, (7, 2)),
        ("<sup>6–8</sup>", 7, (7, 2)),
        ("<sup>9</sup>", 10, (8, 2)),
        ("<sup>6-8,10</sup>", 12, (10, 1)),
        ("<sup>11</sup>", 12, (12, 1)),
        ("<sup>12, 13</sup>", 14, (14, 2)),
        ("<sup>14</sup>", 16, (16, 1)),
        ("15", 19, (19, 2)),
        ("<sup>16</sup>", 19, (19, 3)),
        ("<sup>2</sup>", 20, (20, 1)),
    ]
    assert {n for m in second.markers for n in m.numbers} == set(range(1, 17))
