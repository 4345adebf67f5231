"""`mscev export` and `mscev diff`: releases as data files, and what differs between two."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import ERRORS, OUT, print_json
from api.cli.store import used_database
from exports.formats import FORMATS, format_named


def export(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder, or that of a former export.")],
    format_: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(one.name for one in FORMATS)}.")
    ],
    focus: Annotated[
        list[str] | None,
        typer.Option(
            help="Only what lies around this entity: an id or exact identifier; may be given again."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the manifest as JSON.")] = False,
) -> None:
    """Write the graph as data files, with a manifest of checksums, release and licences."""
    from exports.manifest import export as write

    wanted = format_named(format_)
    with used_database() as database:
        manifest = write(database.value, folder, wanted, focus=tuple(focus or ()))
    if json:
        print_json(manifest)
        return
    counts = ", ".join(f"{number} {name}" for name, number in manifest["counts"].items())
    OUT.print(
        f"{folder}: {wanted.name} of release {manifest['release'][:16]}: {counts}.",
        highlight=False,
        soft_wrap=True,
    )
    for one in manifest["files"]:
        OUT.print(f"{one['name']:24}{one['bytes']:>12,} bytes  sha256 {one['sha256'][:16]}", highlight=False)
    for left in manifest["leftOut"]:
        ERRORS.print(f"not in this format: {left}", highlight=False, soft_wrap=True)
    for what, number in manifest["changed"].items():
        ERRORS.print(f"changed for this format: {number} {what}", highlight=False, soft_wrap=True)


def diff(
    before: Annotated[Path, typer.Argument(exists=True, help="The folder of an export, or its manifest.")],
    after: Annotated[Path, typer.Argument(exists=True, help="The folder of another, or its manifest.")],
    json: Annotated[bool, typer.Option("--json", help="Print every change as JSON.")] = False,
) -> None:
    """Tell which entities, relations and claims are new, gone or changed between two exported releases."""
    from exports.diff import diff as compare

    found = compare(before, after)
    if json:
        print_json(asdict(found))
        return
    OUT.print(
        f"from release {found.before[:16]} to {found.after[:16]}: {found.count} changes", highlight=False
    )
    for kind, changes in found.changes.items():
        for sign, rows in (("+", changes.added), ("-", changes.removed), ("~", changes.changed)):
            for row in rows:
                OUT.print(
                    f"{sign} {kind} {row.id}  {row.words}", highlight=False, soft_wrap=True, markup=False
                )
