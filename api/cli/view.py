"""`mscev view` and `mscev schema`: files to take away."""

from __future__ import annotations

from dataclasses import replace
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
from views.files import write_whole


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
    template: Annotated[
        Path | None, typer.Option(help="A .pptx or .potx whose slide master the slides take.")
    ] = None,
    steps: Annotated[bool, typer.Option("--steps", help="One slide a ring around the focus (pptx).")] = False,
    transparent: Annotated[
        bool, typer.Option("--transparent", help="No ground of its own (svg, png, pptx).")
    ] = False,
) -> None:
    """Draw entities and what lies around them, or the whole graph, as one file that opens offline."""
    form = output.suffix.removeprefix(".").lower()
    format_named(form)
    _taken(form, {"--template": template is not None, "--steps": steps}, ("pptx",))
    _taken(form, {"--transparent": transparent}, ("svg", "png", "pptx"))
    master = _read(template)
    wanted = Wanted(tuple(focus or ()), hops, tuple(kind or ()), limit, theme, title)

    async def read(database: AsyncDatabase) -> tuple[Subgraph, Style]:
        return await picture(inner_engine(database), wanted)

    subgraph, style = run_async(read)
    style = replace(style, transparent=transparent)
    if master is not None or steps:
        from views.deck import slides

        write_whole(output, slides(subgraph, style, template=master, stepwise=steps, focus=wanted.focus))
    else:
        write(output, subgraph, style)
    size = output.stat().st_size / 1000
    text = f"{output}: {len(subgraph.nodes)} entities, {len(subgraph.edges)} relations, {size:.0f} kB"
    OUT.print(text, highlight=False, soft_wrap=True)


def _taken(form: str, options: dict[str, bool], forms: tuple[str, ...]) -> None:
    """Refuse options that the format cannot take."""
    for option, given in options.items():
        if given and form not in forms:
            allowed = " or ".join(f".{name}" for name in forms)
            raise UsageError(f"{option} needs a file that ends in {allowed}, not .{form}", allowed=forms)


def _read(template: Path | None) -> bytes | None:
    try:
        return template.read_bytes() if template else None
    except OSError as error:
        raise UsageError(f"{template} cannot be read: {error.strerror}; name a .pptx or .potx") from error


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
