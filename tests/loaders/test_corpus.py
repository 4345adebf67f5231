"""Corpora: records survive a shard, a bad file stands beside good ones, what is done is not done again."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.corpus.__main__ import write_articles
from loaders.article.curated import built_in
from loaders.article.records import records_of
from loaders.corpus import shards
from loaders.corpus.rows import from_text, to_text
from loaders.corpus.shards import articles_in, articles_of, heads_of, make_shards
from loaders.readers import read_article
from schema.records import Edge, Record


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "articles"
    (made / "inner").mkdir(parents=True)
    write_articles(made, 3)
    write_articles(made / "inner", 1)
    made.joinpath("broken.xml").write_text("<article><front></article>")
    made.joinpath("notes.csv").write_text("no article")
    monkeypatch.setattr(shards, "ARTICLES", 2)
    return made


def test_every_record_survives() -> None:
    edge = Edge("e", "A:1", "AFFECTS", "A:2", (("n", 1), ("many", ("a", "b")), ("yes", True)))
    for record in (*built_in().records(), edge):
        again = from_text(type(record).__name__, to_text(record))
        assert again == record
        assert repr(again) == repr(record), "an enum is equal to its text"


def _articles(shard: Path) -> list[list[Record]]:
    return list(articles_of(shard, heads_of(shard)))


def _made(folder: Path, out: Path, executor: Executor) -> tuple[list[shards.Made], list[list[Record]]]:
    made = sorted(make_shards(articles_in(folder), out, executor), key=lambda one: one.path)
    return made, [records for shard in made for records in _articles(Path(shard.path))]


def test_a_bad_file_stands_beside_good_ones(folder: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        made, articles = _made(folder, tmp_path / "out", pool)
        assert len(made) == 3
        assert sum(shard.articles for shard in made) == len(articles) == 4
        ((file, reason),) = [failure for shard in made for failure in shard.failed]
        assert file.endswith("broken.xml")
        assert "broken.xml:1" in reason
        document, _ = read_article(folder / "article-00000.md")
        wanted = {type(record).__name__ for record in records_of(document)}
        assert wanted == {type(record).__name__ for records in articles for record in records}
        again, same = _made(folder, tmp_path / "out", pool)
        assert all(shard.kept for shard in again)
        assert [shard.failed for shard in again] == [shard.failed for shard in made]
        assert same == articles
        folder.joinpath("broken.xml").unlink()
        third, _ = _made(folder, tmp_path / "out", pool)
        assert not any(shard.failed for shard in third)


@pytest.mark.tools
def test_a_dask_cluster_does_the_same(folder: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        distributed.Client(cluster) as client,
    ):
        _, articles = _made(folder, tmp_path / "dask", client.get_executor())
    with ThreadPoolExecutor(1) as pool:
        _, wanted = _made(folder, tmp_path / "local", pool)
    assert articles == wanted
