"""`mscev view` and `mscev schema`: files to take away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import OUT
from api.cli.store import run_async
from api.graphql.engine import inner_engine
from api.pictures import Wanted, picture
from graph.connection import AsyncDatabase
from schema.describe import as_json, as_markdown
from schema.errors import UsageError
from views import FORMATS, Style, Subgraph, format_named, write


def view(
    output: Annotated[Path, typer.Option("-o", "--output", help=f"File to write: .{', .'.join(FORMATS)}.")],
    focus: Annotated[
        list[str] | None, typer.Option(help="Id of an entity to draw around; may be given again.")
    ] = None,
    hops: Annotated[int, typer.Option(help="How far to go from them.")] = 1,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only this kind beside the focus; may be given again.")
    ] = None,
    theme: Annotated[str, typer.Option(help="light or dark")] = "light",
    title: Annotated[str, typer.Option(help="The title on the picture.")] = "",
    limit: Annotated[int, typer.Option(help="Entities at most.")] = 2000,
) -> None:
    """Draw entities and what lies around them, or the whole graph, as one file that opens offline."""
    format_named(output.suffix.removeprefix("."))
    wanted = Wanted(tuple(focus or ()), hops, tuple(kind or ()), limit, theme, title)

    async def read(database: AsyncDatabase) -> tuple[Subgraph, Style]:
        return await picture(inner_engine(database), wanted)

    subgraph, style = run_async(read)
    write(output, subgraph, style)
    size = output.stat().st_size / 1000
    text = f"{output}: {len(subgraph.nodes)} entities, {len(subgraph.edges)} relations, {size:.0f} kB"
    OUT.print(text, highlight=False, soft_wrap=True)


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
