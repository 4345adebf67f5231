"""`mscev load review`: decisions on proposed claims from files, into the folder of reviews and the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import ERRORS, OUT, print_json
from api.cli.store import used_database
from api.review.reviews import Loaded, Reviews
from api.settings import ServiceSettings
from loaders.review.files import ReviewFolder
from schema.errors import VerificationFailed


def review(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="Files of decisions, one a line.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Apply reviewers' decisions and keep them in the folder of reviews; again, it changes nothing."""
    with used_database() as database:
        folder = ReviewFolder(ServiceSettings().review_folder)
        report = Reviews(database, folder).load(files)
    value = {
        "files": report.files,
        "folder": str(folder.folder),
        "decisions": dict(sorted(report.verdicts.items())),
        "new": report.new,
        "waiting": report.waiting,
        "bad": [{"file": one.file, "line": one.line, "reason": one.reason} for one in report.bad],
    }
    if json:
        print_json(value)
    else:
        _tell(report, folder)
    if report.bad:
        raise VerificationFailed(
            f"{len(report.bad)} lines were left out (listed above); the rest was applied", report=value
        )


def _tell(report: Loaded, folder: ReviewFolder) -> None:
    verdicts = ", ".join(f"{number} {name}" for name, number in sorted(report.verdicts.items())) or "none"
    OUT.print(f"Decisions: {verdicts}; {report.new} new.", highlight=False)
    OUT.print(f"Kept in {folder.folder}", highlight=False, soft_wrap=True)
    for article in report.waiting:
        OUT.print(
            f"{article} is not loaded; its decisions are applied when it is.", highlight=False, soft_wrap=True
        )
    for line in report.bad:
        ERRORS.print(f"left out: {line}", highlight=False, soft_wrap=True, markup=False)
