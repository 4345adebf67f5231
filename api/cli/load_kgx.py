"""`mscev load kgx`: put a graph in KGX into the graph."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from api.cli.load_big import load_graph
from api.cli.output import ERRORS, OUT, print_json
from api.cli.told import tell_change
from graph.server import Home
from loaders.kgx.graph import KgxGraph, name_of, source_named
from schema.errors import InvalidSource
from schema.ids import article_slug


class Rejects:
    """Rows that were left out: counted, and written to a report that is made with the first of them."""

    def __init__(self, path: Path, limit: int | None = None) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self._limit = limit
        self._file: IO[str] | None = None

    def __call__(self, file: Path, line: int, reason: str) -> None:
        """Take a row; `InvalidSource` when there are more than the limit."""
        self.counts[file.name] += 1
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file, delimiter="\t", lineterminator="\n").writerow(("file", "line", "reason"))
        csv.writer(self._file, delimiter="\t", lineterminator="\n").writerow((file, line, reason))
        if self._limit is not None and self.total > self._limit:
            raise InvalidSource(
                f"more than {self._limit} bad rows, the last in {file}:{line}: {reason}; nothing was loaded. "
                f"All are in {self.path}",
                file=str(file),
                line=line,
            )

    @property
    def total(self) -> int:
        """The number of rows."""
        return self.counts.total()

    def close(self) -> None:
        """Close the report."""
        if self._file is not None:
            self._file.close()


@contextmanager
def _rejects(path: Path, limit: int | None = None) -> Iterator[Rejects]:
    path.unlink(missing_ok=True)
    found = Rejects(path, limit)
    try:
        yield found
    finally:
        found.close()


def kgx(
    nodes: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="Nodes: .tsv, .csv, .jsonl, .gz.")
    ],
    edges: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Edges, likewise.")],
    source: Annotated[
        str | None, typer.Option(help="The name of the source; without it that of the file of nodes.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    version: Annotated[str | None, typer.Option(help="Its version.")] = None,
    licence: Annotated[str | None, typer.Option(help="Its licence, as an SPDX identifier.")] = None,
    max_errors: Annotated[
        int | None,
        typer.Option(min=0, help="Load nothing where more rows than this are bad; without it any number."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Where bad rows are told; without it in MSCEV_HOME/reports.")
    ] = None,
    bulk: Annotated[
        bool,
        typer.Option("--bulk", help="Make a new store: for millions of edges; the managed Neo4j alone."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load a graph in KGX: any classes and predicates of Biolink, which keep their names."""
    graph = KgxGraph(
        nodes, edges, source_named(source or name_of(nodes), title=title, version=version, licence=licence)
    )
    told = report or Home.from_environ().root / "reports" / f"{article_slug(graph.source.id)}.rejected.tsv"
    if max_errors is not None:
        with _rejects(told, max_errors) as rejects:
            for _ in graph.records(rejects):
                pass
    with _rejects(told) as rejects:
        loaded = load_graph(graph, graph.records(rejects), (nodes, edges), bulk=bulk)
    tell_change("load", loaded.source, loaded.release, loaded.generation, loaded.counts)
    counts = dict(loaded.counts)
    counts["rejected"] = counts.get("rejected", 0) + rejects.total
    value = {
        "source": loaded.source,
        "counts": counts,
        "release": loaded.release,
        "generation": loaded.generation,
        "rejected": dict(rejects.counts),
        "report": str(told) if rejects.total else None,
    }
    print_json(value) if json else _tell(value)


def _tell(value: dict[str, Any]) -> None:
    counts = ", ".join(f"{number} {name}" for name, number in value["counts"].items() if number)
    OUT.print(f"Loaded {value['source']}: {counts}.", highlight=False, soft_wrap=True)
    OUT.print(f"Release {value['release'][:16]}, generation {value['generation']}.", highlight=False)
    for name, number in value["rejected"].items():
        ERRORS.print(f"{number} bad rows of {name}: see {value['report']}", highlight=False, soft_wrap=True)
