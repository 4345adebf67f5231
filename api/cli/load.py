"""`mscev load`: put a source into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.load_kgx import kgx
from api.cli.output import ERRORS, OUT, print_json
from api.cli.store import used_database
from graph.connection import Database
from graph.writer import LoadReport
from graph.writer import load as write
from loaders.article.copy import Copy, read_copy
from loaders.article.curated import built_in
from schema.errors import VerificationFailed

app = typer.Typer(help="Put a source into the graph.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Put a source into the graph."""


app.command()(kgx)


@app.command()
def article(
    files: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Copies of the article; none: the claims alone."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load the built-in article; with its file every place is verified and every claim gets its sentence."""
    with used_database() as database:
        copies: list[Copy | None] = [read_copy(path, built_in()) for path in files] if files else [None]
        for copy in copies:
            load_article(database, copy, json=json)


def load_article(database: Database, copy: Copy | None, *, json: bool = False) -> LoadReport:
    """Load the built-in claims, with a copy's quotes if there is one; tell what happened.

    Raises `VerificationFailed` after the load where places do not match or records were left out.
    """
    report = write(database, copy.records() if copy else built_in().records())
    value = _as_json(report, copy)
    if json:
        print_json(value)
    else:
        _tell(report, copy)
    problems = len(value["rejected"]) + len(value["unverified"])
    if problems:
        raise VerificationFailed(
            f"{problems} places or records have problems (listed above); the rest was loaded", report=value
        )
    return report


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
        "rejected": [
            {"record": repr(item.record), "problems": [problem.message for problem in item.problems]}
            for item in report.rejected
        ],
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
