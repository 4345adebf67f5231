"""`mscev load corpus`: read many articles in parallel and put them into the graph."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.load_big import bar
from api.cli.output import ERRORS, OUT, print_json
from api.cli.store import used_database
from api.review.loading import load_reviewed as write
from graph.reads.info import files_read
from graph.server import Home
from loaders.corpus.shards import Made, articles_in, articles_of, make_shards
from schema.errors import InvalidSource, MissingExtra, VerificationFailed
from schema.records import Article, Record


def corpus(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Articles, in folders or not.")
    ],
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; without it one a core.")] = None,
    dask: Annotated[str | None, typer.Option(help="The address of a Dask scheduler instead.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where Parquet is kept; without it in MSCEV_HOME/corpus.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load all articles below a folder, an article a transaction; what was done before is not done again.

    An article that cannot be read is told, and the others are loaded. Exit 1 when there was one.
    """
    files = articles_in(folder)
    if not files:
        raise InvalidSource(f"{folder}: no article in it that a reader takes", file=str(folder))
    made: list[Made] = []
    kept = out or Home.from_environ().root / "corpus"
    with executor(workers, dask) as pool, bar("reading", len(files)) as progress:
        for shard in make_shards(files, kept, pool):
            made.append(shard)
            progress(shard.articles + len(shard.failed))
    value = {**_load(made), "failed": dict(failure for shard in made for failure in shard.failed)}
    if json:
        print_json(value)
    else:
        OUT.print(f"{value['loaded']} articles loaded, {value['there']} were there already.", highlight=False)
        for file, reason in value["failed"].items():
            ERRORS.print(f"not read: {file}: {reason}", highlight=False, soft_wrap=True, markup=False)
        for item in value["leftOut"]:
            words = f"left out of {item['article']}: {'; '.join(item['problems'])}"
            ERRORS.print(words, highlight=False, soft_wrap=True, markup=False)
    problems = len(value["failed"]) + value["rejected"]
    if problems:
        raise VerificationFailed(f"{problems} files or records have problems; the rest was loaded")


@contextmanager
def executor(workers: int | None, dask: str | None) -> Iterator[Executor]:
    """Yield what runs the work: local processes, or a Dask cluster by the same calls."""
    if dask is None:
        # a started process knows nothing of this one: no thread or lock comes along
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=context) as pool:
            yield pool
        return
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise MissingExtra("--dask needs distributed: pip install 'mscev[dask]'", extra="dask") from error
    with Client(dask) as client:  # type: ignore[no-untyped-call]
        yield client.get_executor()


def _load(made: list[Made]) -> dict[str, Any]:
    loaded = there = 0
    rejected: list[dict[str, Any]] = []
    with used_database() as database, bar("loading", sum(shard.articles for shard in made)) as progress:
        for shard in sorted(made, key=lambda one: one.path):
            articles = list(articles_of(Path(shard.path)))
            known = dict(database.value(files_read([_article(records).id for records in articles])))
            for records in articles:
                article = _article(records)
                if known.get(article.id) == article.sha256:
                    there += 1
                else:
                    found = write(database, records).rejected
                    rejected += [{"article": article.id, **item.told} for item in found]
                    loaded += 1
                progress(1)
    return {"loaded": loaded, "there": there, "rejected": len(rejected), "leftOut": rejected}


def _article(records: list[Record]) -> Article:
    return next(record for record in records if isinstance(record, Article))
