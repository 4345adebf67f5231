"""Loads a graph from files the way that its size asks for, with a progress bar."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from api.cli.output import ERRORS
from api.cli.store import used_database
from api.settings import DatabaseSettings
from graph.server import Home
from graph.stream import load_stream
from graph.writer import LoadReport
from graph.writer import load as write
from schema.errors import UsageError
from schema.records import Record, Source

# Files up to this size are loaded in one transaction.
SMALL = 4 << 20
_BLOCK = 1 << 20


class Graph(Protocol):
    """Anything with a source."""

    @property
    def source(self) -> Source:
        """What is loaded."""


def load_graph(graph: Graph, records: Iterable[Record], files: Sequence[Path], *, bulk: bool) -> LoadReport:
    """Load a graph's records; the files tell whether an interrupted load is one of the same."""
    if bulk:
        require_managed()
    if not bulk and sum(path.stat().st_size for path in files) <= SMALL:
        with used_database() as database:
            return write(database, records)
    input_id, lines = fingerprint(files)
    with bar(graph.source.title, lines) as progress:
        if bulk:
            from graph.bulk import load_bulk

            made = load_bulk(Home.from_environ(), graph.source, records, progress=progress, console=ERRORS)
            return LoadReport(made.source, _named(made.counts), (), made.release, made.generation)
        with used_database() as database:
            done = load_stream(database, graph.source, records, input_id=input_id, progress=progress)
    if done.resumed:
        ERRORS.print(f"{done.resumed} records were there from an interrupted load.", highlight=False)
    return LoadReport(done.source, _named(done.counts), (), done.release, done.generation)


def require_managed() -> None:
    """Raise `UsageError` where another Neo4j than the managed one is named."""
    if DatabaseSettings().uri:
        raise UsageError("--bulk makes the store of the managed Neo4j: unset NEO4J_URI, or leave --bulk out")


def fingerprint(files: Sequence[Path]) -> tuple[str, int | None]:
    """Return the SHA-256 of files, and how many lines they have; None where one is packed."""
    digest, lines = hashlib.sha256(), 0
    for path in files:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                lines += block.count(b"\n")
    return digest.hexdigest(), None if any(path.suffix == ".gz" for path in files) else lines


def _named(counts: dict[str, int]) -> dict[str, int]:
    names = {"Entity": "entities", "Edge": "edges", "Claim": "claims", "IsA": "steps"}
    return {names[name]: number for name, number in counts.items()}


class _Rate(ProgressColumn):
    """Records a second."""

    def render(self, task: Task) -> Text:
        """Return the rate of the last seconds."""
        return Text(f"{task.finished_speed or task.speed or 0:,.0f}/s")


@contextmanager
def bar(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told of each number of records done; drawn on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate())
    with Progress(*columns, TimeRemainingColumn(), console=ERRORS, disable=not ERRORS.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda number: bar.advance(task, number)
