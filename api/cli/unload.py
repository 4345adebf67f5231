"""`mscev unload`: take a source out of the graph."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from api.cli.output import OUT, print_json
from api.cli.store import used_database


def unload(
    source: Annotated[str, typer.Argument(help="Its id, as `mscev status` names it.")],
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Take a source out of the graph; what other sources say of the same things stays."""
    from graph.unload import unload as remove

    with used_database() as database:
        report = remove(database, source)
    if json:
        print_json(asdict(report))
    else:
        OUT.print(f"Unloaded {report.source}.", highlight=False, soft_wrap=True)
        OUT.print(f"Release {report.release[:16]}, generation {report.generation}.", highlight=False)
