# ruff: noqa: RUF001
from __future__ import annotations

from pathlib import Path

import pytest

from loaders.article.document import Document, parse, read_text
from loaders.article.structure import files_of
from schema.errors import InvalidSource


def test_front_matter(second: Document) -> None:
    assert second.title == "What Kidney Tubules Post to Each Other"
    assert second.authors == ("Mara Lindqvist", "Tomas Okafor", "Ines de Wit")
    assert second.article == "mscev.article:what-kidney-tubules-post-to-each-other"


def test_sections(second: Document) -> None:
    assert [(s.block, s.level, s.title) for s in second.sections] == [
        (1, 1, "What Kidney Tubules Post to Each Other"),
        (2, 2, "Small Parcels, Long Routes"),
        (5, 3, "First Signs"),
        (13, 3, "Fibrosis"),
        (27, 2, "Bibliography"),
    ]
    assert {s.section for s in second.sentences} == {5, 13}


def test_sentences(second: Document) -> None:
    per_block = {
        block: [s for s in second.sentences if s.block == block] for block in (6, 8, 10, 12, 14, 16, 21)
    }
    assert [len(found) for found in per_block.values()] == [3, 2, 1, 1, 5, 4, 1]
    assert [len(s.spans) for s in second.sentences if len(s.spans) > 1] == [2, 2, 2]
    whole = second.quote(per_block[10][0])
    assert "keeps the brush border intact" in whole
    assert "taken up and read like a message" in second.quote(per_block[8][1])
    assert "does not, while storage is simpler" in second.quote(per_block[21][0])
    assert len(second.paragraphs) == 11


def test_uncited(second: Document) -> None:
    assert [(s.block, s.sentence) for s in second.uncited()][:4] == [(6, 2), (7, 1), (8, 1), (14, 1)]
    ends = {(s.block, s.sentence): second.uncited_end(s) for s in second.sentences}
    said = {
        key: [second.text[s.start : s.end].strip() for s in spans] for key, spans in ends.items() if spans
    }
    assert said == {(12, 1): ["… at least at first."]}


def test_a_text_without_headings_has_one_section() -> None:
    document = parse("Cells die. Others live.<sup>1</sup>", article="mscev.article:x")
    assert (document.title, document.authors, document.references) == ("", (), ())
    assert [(s.id, s.title) for s in document.sections] == [("mscev.section:x/0", "")]
    assert [s.id for s in document.sentences] == ["mscev.sentence:x/1.1", "mscev.sentence:x/1.2"]


def test_reading_keeps_every_character(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeffα\r\nb\rc\n".encode())
    assert read_text(path) == "\ufeffα\r\nb\rc\n"


@pytest.mark.parametrize(
    ("data", "line", "column", "word"),
    [
        (b"", 1, 1, "empty"),
        (b" \n\t\n", 1, 1, "empty"),
        ("α\r\nab\r\nc\0d".encode(), 3, 2, "NUL"),
        ("αβ\nγ".encode() + b"\xff", 2, 2, "0xff is not UTF-8"),
        ("Cells.".encode("utf-16"), 1, 1, "UTF-8"),
    ],
)
def test_a_file_that_is_no_text(tmp_path: Path, data: bytes, line: int, column: int, word: str) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(data)
    with pytest.raises(InvalidSource, match=word) as raised:
        read_text(path)
    assert raised.value.values == {"file": str(path), "line": line, "column": column}
    assert str(raised.value).startswith(f"{path}:{line}:{column}: ")


def test_data_files_hold_no_sentence(second: Document) -> None:
    files = files_of(second)
    assert sorted(files) == ["blocks.tsv", "places.tsv", "references.jsonl", "sections.tsv", "uncited.tsv"]
    assert files["places.tsv"].splitlines()[5].startswith("7\t2\t5\t")
    assert files["places.tsv"].splitlines()[5].endswith("\t4,5,6,7,8")
    assert "20\tbody\t2:1" in files["blocks.tsv"].splitlines()
    everything = "".join(files.values())
    assert not [s for s in second.sentences if second.quote(s) in everything]
