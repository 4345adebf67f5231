"""A corpus is loaded with the decisions of its reviewers, as one article is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.soak.loads import TEXT
from graph.connection import Database
from graph.statement import Statement
from graph.unload import unload
from loaders.article.records import records_of
from loaders.readers import read_article
from loaders.review.decisions import Decision, Verdict
from loaders.review.files import ReviewFolder
from schema.enums import ClaimStatus
from schema.records import Claim, Source
from tests.command import run
from tests.review.test_decisions import ME


@pytest.mark.usefixtures("loaded")
def test_decisions_outlast_the_load_of_a_corpus(database: Database, tmp_path: Path) -> None:
    articles, decisions = tmp_path / "articles", ReviewFolder(tmp_path / "reviews")
    articles.mkdir()
    file = articles / "soak.md"
    file.write_text(TEXT, encoding="utf-8")
    records = list(records_of(read_article(file)[0], title=file.stem))
    source = next(record for record in records if isinstance(record, Source))
    accepted, rejected, *_ = (record for record in records if isinstance(record, Claim))
    decided = [
        Decision(source.id, accepted.id, Verdict.ACCEPTED, ME, "2026-11-26", proposal=accepted),
        Decision(source.id, rejected.id, Verdict.REJECTED, ME, "2026-11-26", "not so", proposal=rejected),
    ]
    decisions.change(source.id, lambda _: decided)
    done = run(
        *("load", "corpus", str(articles), "--workers", "1", "--out", str(tmp_path / "out")),
        MSCEV_REVIEWS=str(decisions.folder),
    )
    assert done.returncode == 0, done.stderr
    try:
        asked = Statement(
            "MATCH (c:Claim {article: $id}) RETURN collect([c.id, c.status]) AS value", {"id": source.id}
        )
        stored = dict(database.value(asked))
        assert stored[accepted.id] == ClaimStatus.CURATED
        assert rejected.id not in stored
        assert ClaimStatus.PROPOSED in stored.values()
    finally:
        unload(database, source.id)
