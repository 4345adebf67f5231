"""Reads generated articles into Parquet with one process and with two, and puts them into the graph.

Reading: articles and megabytes a second. Writing: some of them one by one, and more of them in bulk, each
into an empty graph of its own; a load counts from before its first start of a server to the end.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from api.cli.load_corpus import executor
from bench.table import show
from graph.batch import Batch, batch_of
from graph.bulk import load_articles
from graph.connection import Database
from graph.server import Home, managed
from graph.writer import load_batch
from loaders.article.curated import built_in
from loaders.corpus.shards import Made, articles_in, articles_of, heads_of, make_shards

PARAGRAPHS = 30
SENTENCES = 6
ONE_BY_ONE, IN_BULK = 200, 2_000


def write_articles(folder: Path, number: int) -> None:
    """Write articles of some 25 kB that name the entities of the built-in one."""
    chance = Random(number)
    names = sorted({name for entity in built_in().entities() for name in (entity.name, *entity.as_written)})
    verbs = ("lowers", "raises", "does not change", "is found beside", "may act on", "was compared with")
    for place in range(number):
        blocks = [f"# Generated article {place}"]
        for paragraph in range(PARAGRAPHS):
            if paragraph % 6 == 0:
                blocks.append(f"## Part {paragraph // 6 + 1}")
            blocks.append(
                " ".join(
                    f"In group {chance.randrange(99)} the {chance.choice(names)} {chance.choice(verbs)} "
                    f"{chance.choice(names)} after {chance.randrange(2, 30)} days of follow-up [{marker}]."
                    for marker in range(1, SENTENCES + 1)
                )
            )
        blocks.append("## References")
        blocks += [f"{n}. Writer A. A title {n}. Journal. 20{n:02}." for n in range(1, SENTENCES + 1)]
        folder.joinpath(f"article-{place:05}.md").write_text("\n\n".join(blocks), encoding="utf-8")


def main() -> None:
    """Run with one process and with two, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    asked = parser.parse_args()
    rows: list[tuple[object, ...]] = []
    first = 0.0
    with tempfile.TemporaryDirectory(prefix="mscev-corpus-") as name:
        folder = Path(name) / "articles"
        folder.mkdir()
        write_articles(folder, asked.articles)
        made: list[Made] = []
        files = articles_in(folder)
        size = sum(path.stat().st_size for path in files) / 1e6
        for workers in (1, 2):
            with executor(workers, None) as pool:
                begun = time.perf_counter()
                made = list(make_shards(files, Path(name) / f"out-{workers}", pool))
                seconds = time.perf_counter() - begun
            if any(shard.failed for shard in made):
                raise SystemExit("an article was not read")
            first = first or seconds
            each = [len(files) / seconds / workers, size / seconds / workers]
            rows.append((workers, seconds, *each, first / seconds))
        written = _written(Path(name), [Path(shard.path) for shard in made])
    show(
        f"{len(files):,} articles, {size:.0f} MB",
        ["processes", "seconds", "articles/s a core", "MB/s a core", "times as fast as one"],
        rows,
    )
    show("into the graph", ["how", "articles", "seconds", "articles/s"], written)


def _written(folder: Path, shards: Sequence[Path]) -> list[tuple[object, ...]]:
    def batches() -> Iterator[Batch]:
        for shard in sorted(shards):
            yield from map(batch_of, articles_of(shard, heads_of(shard)))

    rows: list[tuple[object, ...]] = []
    for how, load in (("one by one", _one_by_one), ("in bulk", _in_bulk)):
        home = Home(folder / how.replace(" ", "-"), Home.from_environ().cache)
        begun = time.perf_counter()
        number = load(home, batches())
        seconds = time.perf_counter() - begun
        rows.append((how, number, seconds, number / seconds))
    return rows


def _one_by_one(home: Home, batches: Iterator[Batch]) -> int:
    with managed(home) as server, Database(server.target) as one:
        return len([load_batch(one, batch) for batch in islice(batches, ONE_BY_ONE)])


def _in_bulk(home: Home, batches: Iterator[Batch]) -> int:
    told: list[int] = []
    load_articles(home, islice(batches, IN_BULK), progress=told.append)
    return sum(told)


if __name__ == "__main__":
    main()
