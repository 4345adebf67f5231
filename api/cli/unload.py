"""`mscev unload`: take a source out of the graph."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from api.cli.output import OUT, print_json
from api.cli.store import used_database
from api.cli.told import log_as_set, tell_change


def unload(
    source: Annotated[str, typer.Argument(help="Its id, as `mscev status` names it.")],
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Take a source out of the graph; what other sources say of the same things stays."""
    from graph.unload import unload as remove

    log_as_set()
    with used_database() as database:
        report = remove(database, source)
    tell_change("unload", report.source, report.release, report.generation)
    if json:
        print_json(asdict(report))
    else:
        OUT.print(f"Unloaded {report.source}.", highlight=False, soft_wrap=True)
        OUT.print(f"Release {report.release[:16]}, generation {report.generation}.", highlight=False)
