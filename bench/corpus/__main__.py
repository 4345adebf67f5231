"""Reads generated articles into Parquet with one process and with two: articles and megabytes a second."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

from api.cli.load_corpus import executor
from bench.table import show
from loaders.article.curated import built_in
from loaders.corpus.shards import articles_in, make_shards

PARAGRAPHS = 30
SENTENCES = 6


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
    show(
        f"{len(files):,} articles, {size:.0f} MB",
        ["processes", "seconds", "articles/s a core", "MB/s a core", "times as fast as one"],
        rows,
    )


if __name__ == "__main__":
    main()
