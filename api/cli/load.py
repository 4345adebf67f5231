"""`mscev load`: put a source into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.incoming import Incoming, incoming
from api.cli.load_corpus import corpus
from api.cli.load_kgx import kgx
from api.cli.output import ERRORS, OUT, print_json
from api.cli.store import used_database
from api.cli.told import log_as_set, tell_change
from api.review.loading import load_reviewed
from api.settings import LoadSettings
from graph.connection import Database
from graph.writer import LoadReport
from loaders.article.copy import Copy
from loaders.article.curated import built_in
from schema.errors import InvalidSource, VerificationFailed

app = typer.Typer(help="Put a source into the graph.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Put a source into the graph."""
    log_as_set()


app.command()(kgx)
app.command()(corpus)


@app.command()
def article(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="Articles as Markdown, plain text, JATS XML or PDF; none: the built-in claims alone.",
        ),
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(
            "--text",
            file_okay=False,
            help="A folder for the texts that places count in, one file an article.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load articles: their sections, sentences, references, citations and the entities that they name.

    A copy of the built-in article verifies and quotes its claims. A file that cannot be read is told, and the
    others are loaded.
    """
    if not files:
        with used_database() as database:
            load_article(database, None, json=json)
        return
    read, failed = _read(files)
    if not read:
        _tell_failed(failed, json=json)
    if text is not None:
        text.mkdir(parents=True, exist_ok=True)
        for one in read:
            one.write_text(text)
    values = []
    with used_database() as database:
        for one in read:
            report = load_reviewed(database, one.records())
            tell_change("load", report.source, report.release, report.generation, report.counts)
            values.append({**_as_json(report, one.copy), **one.counts(report)})
            if not json:
                _tell(report, one.copy)
                one.tell()
    if json:
        print_json(values[0] if len(files) == 1 else [*values, *map(_failure, failed)])
    _raise_problems(values, failed, json=json)


def load_article(database: Database, copy: Copy | None, *, json: bool = False) -> LoadReport:
    """Load the built-in claims, with a copy's quotes if there is one; tell what happened.

    Raises `VerificationFailed` after the load where places do not match or records were left out.
    """
    report = load_reviewed(database, copy.records() if copy else built_in().records())
    tell_change("load", report.source, report.release, report.generation, report.counts)
    value = _as_json(report, copy)
    if json:
        print_json(value)
    else:
        _tell(report, copy)
    _raise_problems([value], [])
    return report


def _read(files: list[Path]) -> tuple[list[Incoming], list[InvalidSource]]:
    """Read every file before anything is written, so that a wrong one costs nothing."""
    limit = LoadSettings().article_max_mb
    read: dict[str, Incoming] = {}
    failed: list[InvalidSource] = []
    for path in files:
        try:
            one = incoming(path, limit)
        except InvalidSource as error:
            failed.append(error)
            continue
        other = read.setdefault(one.document.article, one)
        if other is not one:
            same = f"{path}: is the same article as {other.path} ({one.document.article}); give one of them"
            failed.append(InvalidSource(same, file=str(path)))
    return list(read.values()), failed


def _tell_failed(failed: list[InvalidSource], *, json: bool) -> None:
    """Raise what went wrong where no file could be read."""
    if len(failed) == 1:
        raise failed[0]
    if json:
        print_json([_failure(error) for error in failed])
    _raise_problems([], failed, json=json)


def _failure(error: InvalidSource) -> dict[str, Any]:
    return {"error": {"code": error.code, "message": error.message, **error.values}}


def _raise_problems(values: list[dict[str, Any]], failed: list[InvalidSource], *, json: bool = False) -> None:
    """Raise once for all that did not go well; it has been listed."""
    if not json:
        for error in failed:
            ERRORS.print(f"not read: {error.message}", highlight=False, soft_wrap=True, markup=False)
    problems = sum(len(value["rejected"]) + len(value["unverified"]) for value in values)
    said = [f"{problems} places or records have problems"] if problems else []
    said += [f"{len(failed)} of {len(failed) + len(values)} files could not be read"] if failed else []
    if said:
        raise VerificationFailed(
            f"{' and '.join(said)} (listed above); the rest was loaded", report=values, failed=failed
        )


def _as_json(report: LoadReport, copy: Copy | None) -> dict[str, Any]:
    findings = copy.report.findings if copy else ()
    return {
        "source": report.source,
        "counts": report.counts,
        "release": report.release,
        "generation": report.generation,
        "verified": sum(finding.verified for finding in findings) if copy else None,
        "unverified": [
            {"paragraph": f.place.block, "sentence": f.place.sentence, "reason": f.reason}
            for f in findings
            if not f.verified
        ],
        "rejected": [item.told for item in report.rejected],
    }


def _tell(report: LoadReport, copy: Copy | None) -> None:
    counts = ", ".join(f"{number} {name}" for name, number in report.counts.items())
    OUT.print(f"Loaded {report.source}: {counts}.", highlight=False, soft_wrap=True)
    OUT.print(f"Release {report.release[:16]}, generation {report.generation}.", highlight=False)
    if copy:
        found = sum(finding.verified for finding in copy.report.findings)
        OUT.print(f"{found} of {len(copy.report.findings)} places verified and quoted.", highlight=False)
        for finding in copy.report.unverified:
            place = f"paragraph {finding.place.block}, sentence {finding.place.sentence}"
            ERRORS.print(f"not verified: {place}: {finding.reason}", highlight=False, soft_wrap=True)
    for item in report.rejected:
        for problem in item.problems:
            ERRORS.print(f"left out: {problem.message}", highlight=False, soft_wrap=True)
