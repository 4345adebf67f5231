"""A user's copy of the article: every place verified; a changed byte is told, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.article.copy import read_copy
from loaders.article.curated import built_in
from schema.errors import InvalidSource
from schema.records import Claim, Sentence


def test_the_article_bears_out_every_place(article_file: Path) -> None:
    copy = read_copy(article_file, built_in())
    assert copy.report.unverified == ()
    sentences = [record for record in copy.records() if isinstance(record, Sentence)]
    assert all(sentence.verified and sentence.quote for sentence in sentences)


def test_one_byte_changes_one_place(article_file: Path, tmp_path: Path) -> None:
    text = article_file.read_text(encoding="utf-8")
    place = next(s for s in built_in().sentences() if (s.block, s.sentence) == (25, 3))
    at = place.spans[0].start + 40
    changed = tmp_path / "changed.md"
    changed.write_text(text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :], encoding="utf-8")
    copy = read_copy(changed, built_in())
    (finding,) = copy.report.unverified
    assert (finding.place.block, finding.place.sentence) == (25, 3)
    assert finding.reason
    records = list(copy.records())
    assert [r for r in records if isinstance(r, Claim)] == list(built_in().claims())
    unverified = [r for r in records if isinstance(r, Sentence) and not r.verified]
    assert [(s.block, s.sentence, s.quote) for s in unverified] == [(25, 3, None)]


def test_another_article_is_refused() -> None:
    with pytest.raises(InvalidSource, match="not the built-in article"):
        read_copy(Path(__file__).parent / "second-article.md", built_in())
