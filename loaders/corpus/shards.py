"""Shards: some articles read by one process, kept as one Parquet file that is there only when it is whole.

What a shard needs goes in as plain values and nothing comes back but counts, so that the process may be on
another machine that sees the same folders. A file that cannot be read is a row with the reason.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Container, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from loaders.article.records import records_of
from loaders.corpus.rows import from_text, to_text
from loaders.readers import BY_SUFFIX, LIMIT, read_article
from schema.errors import InvalidSource, MissingExtra
from schema.records import Article, Record

ARTICLES = 50
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Made:
    """One shard: what was read, what was not, and how long its process took; `kept` from an earlier run."""

    path: str
    articles: int
    failed: tuple[tuple[str, str], ...]
    size: int
    seconds: float
    kept: bool = False


def articles_in(folder: Path) -> list[Path]:
    """Return all files of a folder, and of those in it, that a reader takes, in the order of their paths."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in BY_SUFFIX and path.is_file())


def make_shards(files: Sequence[Path], out: Path, executor: Executor) -> Iterator[Made]:
    """Read files into shards, as they come; a shard of the same files that is there is not made again."""
    out.mkdir(parents=True, exist_ok=True)
    asked = []
    for start in range(0, len(files), ARTICLES):
        part = [str(path) for path in files[start : start + ARTICLES]]
        asked.append(executor.submit(make_shard, part, str(out / f"{_name(part)}.parquet")))
    for done in as_completed(asked):
        yield done.result()


def make_shard(files: Sequence[str], target: str) -> Made:
    """Read articles and write their records; the work of one process."""
    arrow, parquet = _pyarrow()
    begun, path = time.perf_counter(), Path(target)
    size = sum(Path(file).stat().st_size for file in files)
    if path.exists():
        failed = tuple((file, reason) for file, kind, reason in _rows(path) if kind == FAILED)
        return Made(target, len(files) - len(failed), failed, size, 0.0, kept=True)
    rows: list[tuple[str, str, str]] = []
    for file in files:
        try:
            document, data = read_article(Path(file), LIMIT)
            sha256 = hashlib.sha256(data).hexdigest()
            found = records_of(document, sha256=sha256, title=Path(file).stem)
            rows += [(file, type(record).__name__, to_text(record)) for record in found]
        except InvalidSource as error:
            rows.append((file, FAILED, error.message))
    columns = dict(zip(("file", "kind", "record"), map(list, zip(*rows, strict=True)), strict=True))
    part = path.with_name(f"{path.name}.part")
    parquet.write_table(arrow.table(columns), part, compression="zstd")
    part.replace(path)
    failed = tuple((file, reason) for file, kind, reason in rows if kind == FAILED)
    return Made(target, len(files) - len(failed), failed, size, time.perf_counter() - begun)


def heads_of(shard: Path) -> dict[str, Article]:
    """Return the article of each file of a shard, without what it holds."""
    _, parquet = _pyarrow()
    columns, name = ["file", "record"], Article.__name__
    found = parquet.read_table(shard, columns=columns, filters=[("kind", "==", name)]).to_pydict()
    read = zip(found["file"], (from_text(name, text) for text in found["record"]), strict=True)
    return {file: article for file, article in read if isinstance(article, Article)}


def articles_of(shard: Path, files: Container[str]) -> Iterator[list[Record]]:
    """Yield the records of the articles of a shard that are in these files."""
    for file, rows in groupby(_rows(shard), key=itemgetter(0)):
        if file in files:
            yield [from_text(kind, text) for _, kind, text in rows]


def _rows(shard: Path) -> Iterator[tuple[str, str, str]]:
    _, parquet = _pyarrow()
    with parquet.ParquetFile(shard) as file:
        for batch in file.iter_batches():
            columns = [batch.column(name).to_pylist() for name in ("file", "kind", "record")]
            yield from zip(*columns, strict=True)


def _name(files: Sequence[str]) -> str:
    """A name that tells these files, as they are now and as this version reads them, from others."""
    told = [(file, Path(file).stat().st_size, Path(file).stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr([version("mscev"), *told]).encode()).hexdigest()[:24]


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as arrow  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingExtra("corpora need pyarrow: pip install 'mscev[corpus]'", extra="corpus") from error
    return arrow, parquet
