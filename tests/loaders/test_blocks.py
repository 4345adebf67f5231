# ruff: noqa: RUF001
from __future__ import annotations

import pytest

from loaders.article.blocks import Block, BlockKind, split
from loaders.article.bylines import authors_in, looks_like_byline
from loaders.article.document import Document
from loaders.article.roles import classify


def kinds(text: str) -> list[str]:
    return [str(block.kind) for block in classify(text, split(text))]


def test_kinds_of_the_second_article(second: Document) -> None:
    found: dict[BlockKind, list[int]] = {}
    for block in second.blocks:
        found.setdefault(block.kind, []).append(block.number)
    assert found == {
        BlockKind.HEADING: [1, 2, 5, 13, 27],
        BlockKind.BYLINE: [3, 4],
        BlockKind.BODY: [6, 7, 8, 10, 12, 14, 15, 16, 17, 18, 19, 20, 21, 23],
        BlockKind.PULL_QUOTE: [9, 22],
        BlockKind.FURNITURE: [11],
        BlockKind.AUTHOR_NOTE: [24, 25, 26],
        BlockKind.CLOSING_NOTE: [28, 33],
        BlockKind.REFERENCE_LIST: [29, 30, 31, 32],
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_spans_count_code_points_of_the_untouched_text(end: str) -> None:
    text = end.join(["\ufeff", " α one", "two  ", "\t\u00a0", "three", ""])
    first, second = split(text)
    assert text[first.start : first.end] == f"α one{end}two"
    assert text[second.start : second.end] == "three"


def test_headings() -> None:
    text = "# **Title** #\n\n## One\n### Two\nProse under both.\n\n#no heading"
    assert split(text) == (
        Block(1, 0, 13, 13, BlockKind.HEADING, 1, "Title"),
        Block(2, 15, 47, 30, BlockKind.BODY, 3, "Two"),
        Block(3, 49, 60, 49),
    )


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("**“Cells write long letters to each other.”**", "pull quote"),
        ("*“Cells write long letters to each other.”*", "pull quote"),
        ('> "Something else entirely."', "pull quote"),
        ("> Cells write long letters to each other.", "pull quote"),
        ("“Cells write long letters to each other”", "pull quote"),
        ("**Cells write long letters to each other.**", "pull quote"),
        ("Cells write long letters to each other.", "body"),
        ("“Cells write no letters at all, she said.”", "body"),
        ("**Mind the gap.**", "body"),
        ("* an item\n* “another”", "body"),
    ],
)
def test_pull_quotes(quote: str, kind: str) -> None:
    said = "So we know. **C**ells write long letters<sup>4</sup> to each other. They do."
    text = f"# T\n\n{said}\n\n{quote}\n\nMore of it."
    assert kinds(text)[2] == kind


def test_an_undecorated_repeat_inside_a_broken_paragraph_is_a_pull_quote() -> None:
    quote = "Cells write long letters to each other."
    text = f"# T\n\n{quote} They\n\n{quote}\n\ndo it daily."
    assert kinds(text) == ["heading", "body", "pull quote", "body"]


def test_identical_paragraphs_are_no_quotes_of_each_other() -> None:
    words = "The same six words stand here."
    assert kinds(f"# T\n\n{words}\n\n{words}") == ["heading", "body", "body"]


@pytest.mark.parametrize("title", ["References", "**REFERENCES:**", "Works cited", "## Bibliography"])
def test_reference_lists_with_and_without_a_heading_mark(title: str) -> None:
    text = f"# T\n\nProse.\n\n{title}\n\n1. Doe J. A. *B*. 2001;1:2.\n\nMore in print."
    assert kinds(text)[2:] == ["heading", "reference list", "closing note"]


def test_body_may_go_on_behind_the_references() -> None:
    references = "## References\n\n- Doe J. A. *B*. 2001;1:2."
    text = f"# T\n\n{references}\n\n## Funding\n\nNone.\n\n## Methods\n\nWe looked."
    assert kinds(text) == [
        "heading",
        "heading",
        "reference list",
        "heading",
        "closing note",
        "heading",
        "body",
    ]


@pytest.mark.parametrize(
    "block", ["* * *", "![A plate](plate.png)", "Page 3 of 9", "17", "| a | b |\n|---|---|\n| 1 | 2 |"]
)
def test_furniture(block: str) -> None:
    assert kinds(f"# T\n\nProse.\n\n{block}") == ["heading", "body", "furniture"]


def test_a_bold_opening_is_no_author_note_unless_it_names_a_person() -> None:
    body = "**Dendritic Cells** wait.\n\n**DC, ND and OA** are short."
    notes = f"{body}\n\n**Bo Ek** lives here.\n\n**Ann Lee** too."
    text = f"# T\n\nAnn Lee and Bo Ek\n\nProse.\n\n{notes}"
    assert kinds(text) == ["heading", "byline", "body", "body", "body", "author note", "author note"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Jane Doe, PhD and Dr. Ali Khan, DC, ND", ("Jane Doe", "Ali Khan")),
        ("By J. R. van den Berg<sup>1,2</sup>, Ödön Kis*; María de la Cruz & Prof. Bo Ek", (
            "J. R. van den Berg", "Ödön Kis", "María de la Cruz", "Bo Ek",
        )),
        ("Department of Medicine, University of Nowhere", ()),
    ],
)  # fmt: skip
def test_bylines(byline: str, names: tuple[str, ...]) -> None:
    assert looks_like_byline(byline)
    assert authors_in(byline) == names


@pytest.mark.parametrize("block", ["Cells die.", "Jane Doe is a doctor", "12", "Cells And Their Death."])
def test_what_is_no_byline(block: str) -> None:
    assert not looks_like_byline(block)
