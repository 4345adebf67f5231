"""`mscev view` and `mscev schema`: files to take away."""

from __future__ import annotations

from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import OUT
from api.cli.store import run_async
from api.graphql.engine import inner_engine
from api.pictures import Wanted, named_picture, picture
from graph.connection import AsyncDatabase
from schema.describe import as_json, as_markdown
from schema.errors import UsageError
from views import FORMATS, Style, Subgraph, format_named, write
from views.named import NAMED, view_named
from views.places import read as read_places


def view(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=f"File to write: .{', .'.join(FORMATS)}.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="A ready-made view; --list shows them.")] = None,
    focus: Annotated[
        list[str] | None, typer.Option(help="Id of an entity to draw around; may be given again.")
    ] = None,
    hops: Annotated[int, typer.Option(help="How far to go from them.")] = 1,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only this kind beside the focus; may be given again.")
    ] = None,
    predicate: Annotated[
        list[str] | None, typer.Option(help="Only relations with this predicate; may be given again.")
    ] = None,
    theme: Annotated[str, typer.Option(help="light or dark")] = "light",
    title: Annotated[str, typer.Option(help="The title on the picture.")] = "",
    limit: Annotated[int, typer.Option(help="Entities at most.")] = 2000,
    layout_from: Annotated[
        Path | None, typer.Option(help="A former picture (.html or .json): what was in it keeps its place.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the ready-made views.")] = False,
    json: Annotated[bool, typer.Option("--json", help="List them as JSON.")] = False,
) -> None:
    """Draw entities and what lies around them, or the whole graph, as one file that opens offline."""
    if list_:
        _list(as_json=json)
        return
    if output is None:
        raise UsageError(
            f"name a file to write: -o FILE.({'|'.join(FORMATS)}), or --list for ready-made views"
        )
    format_named(output.suffix.removeprefix("."))
    wanted = Wanted(tuple(focus or ()), hops, tuple(kind or ()), limit, theme, title, tuple(predicate or ()))
    chosen = view_named(name) if name else None
    if chosen and (focus or kind or predicate or layout_from):
        raise UsageError(
            "--name has a selection and a layout of its own; "
            "leave out --focus, --kind, --predicate and --layout-from"
        )
    places = read_places(layout_from) if layout_from else None

    async def read(database: AsyncDatabase) -> tuple[Subgraph, Style]:
        engine = inner_engine(database)
        return await (named_picture(engine, chosen, theme, title) if chosen else picture(engine, wanted))

    subgraph, style = run_async(read)
    style = replace(style, places=places)
    write(output, subgraph, style)
    size = output.stat().st_size / 1000
    text = f"{output}: {len(subgraph.nodes)} entities, {len(subgraph.edges)} relations, {size:.0f} kB"
    OUT.print(text, highlight=False, soft_wrap=True)


def _list(*, as_json: bool) -> None:
    if as_json:
        told = [{"name": v.name, "title": v.title, "description": v.description} for v in NAMED.values()]
        typer.echo(dumps(told, ensure_ascii=False, indent=2))
        return
    for view_ in NAMED.values():
        OUT.print(f"{view_.name:22}{view_.description}", highlight=False, soft_wrap=True)


def _graphql() -> str:
    from api.graphql.schema import sdl

    return sdl()


SCHEMAS = {"graphql": _graphql, "json": as_json, "markdown": as_markdown}


def schema(
    form: Annotated[str, typer.Argument(help=f"One of {', '.join(SCHEMAS)}.")],
) -> None:
    """Print the schema: GraphQL SDL, or kinds and predicates as JSON or Markdown."""
    if form not in SCHEMAS:
        raise UsageError(f"unknown form {form!r}; allowed: {', '.join(SCHEMAS)}")
    typer.echo(SCHEMAS[form](), nl=False)
