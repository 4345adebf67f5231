"""`mscev load corpus`: read many articles in parallel and put them into the graph."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.load_big import bar, require_managed
from api.cli.output import ERRORS, OUT, print_json
from api.cli.store import used_database
from api.cli.told import tell_change
from api.review.loading import reviewed
from graph.batch import Batch
from graph.reads.info import files_read
from graph.server import Home
from graph.writer import load_batch
from loaders.corpus.shards import Made, articles_in, articles_of, heads_of, make_shards
from schema.errors import InvalidSource, MissingExtra, VerificationFailed
from schema.records import Article


def corpus(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Articles, in folders or not.")
    ],
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; without it one a core.")] = None,
    dask: Annotated[str | None, typer.Option(help="The address of a Dask scheduler instead.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where Parquet is kept; without it in MSCEV_HOME/corpus.")
    ] = None,
    bulk: Annotated[
        bool,
        typer.Option("--bulk", help="Make a new store: for thousands of articles; the managed Neo4j alone."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load all articles below a folder; what was done before is not done again.

    A file that cannot be read, or holds the article of another one, is told, and the others are loaded.
    Exit 1 when there was one.
    """
    if bulk:
        require_managed()
    files = articles_in(folder)
    if not files:
        raise InvalidSource(f"{folder}: no article in it that a reader takes", file=str(folder))
    made: list[Made] = []
    kept = out or Home.from_environ().root / "corpus"
    with executor(workers, dask) as pool, bar("reading", len(files)) as progress:
        for shard in make_shards(files, kept, pool):
            made.append(shard)
            progress(shard.articles + len(shard.failed))
    value = _load(made, bulk=bulk)
    if json:
        print_json(value)
    else:
        OUT.print(f"{value['loaded']} articles loaded, {value['there']} were there already.", highlight=False)
        for file, reason in value["failed"].items():
            ERRORS.print(f"not loaded: {file}: {reason}", highlight=False, soft_wrap=True, markup=False)
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


@dataclass(frozen=True, slots=True)
class _Found:
    """One article: its file, and the shard that has its records."""

    shard: Path
    file: str
    article: Article


def _load(made: list[Made], *, bulk: bool) -> dict[str, Any]:
    found = [
        _Found(path, file, article)
        for path in (Path(shard.path) for shard in made)
        for file, article in heads_of(path).items()
    ]
    failed = dict(failure for shard in made for failure in shard.failed)
    first: dict[str, _Found] = {}
    for one in sorted(found, key=attrgetter("file")):
        other = first.setdefault(one.article.id, one)
        if other is not one:
            failed[one.file] = f"is the same article as {other.file} ({one.article.id})"
    with used_database() as database:
        stored = dict(database.value(files_read(list(first))))
    due = [one for id_, one in first.items() if stored.get(id_) != one.article.sha256]
    rejected: list[dict[str, Any]] = []

    def batches(wanted: Iterable[_Found]) -> Iterator[Batch]:
        for shard, same in groupby(sorted(wanted, key=attrgetter("shard")), attrgetter("shard")):
            for records in articles_of(shard, {one.file for one in same}):
                batch = reviewed(records)
                rejected.extend({"article": batch.source.id, **item.told} for item in batch.rejected)
                yield batch

    with bar("loading", len(due)) as progress:
        new = [one for one in due if bulk and one.article.id not in stored]
        changed = [one for one in due if not bulk or one.article.id in stored]
        if new:
            from graph.bulk import load_articles

            state = load_articles(Home.from_environ(), batches(new), progress=progress, console=ERRORS)
            tell_change("load", f"{len(new)} articles", *state)
        if changed:
            with used_database() as database:
                for batch in batches(changed):
                    done = load_batch(database, batch)
                    tell_change("load", done.source, done.release, done.generation, done.counts)
                    progress(1)
    return {
        "loaded": len(due),
        "there": len(first) - len(due),
        "failed": failed,
        "rejected": len(rejected),
        "leftOut": rejected,
    }
