"""`mscev view`: files to take away."""

from __future__ import annotations

from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from api.cli.ask import rows_of
from api.cli.output import ERRORS, OUT
from api.cli.store import run_async
from api.graphql.engine import inner_engine
from api.pictures import Wanted, named_picture, picture
from api.results import drawn_ids, drawn_query
from graph.connection import AsyncDatabase
from graph.elements import ids_in_rows
from schema.errors import UsageError
from views import FORMATS, Style, Subgraph, format_named, write
from views.embed import TOOLS, snippet
from views.files import write_whole
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
    embed: Annotated[
        str | None, typer.Option(help=f"Print what puts the file into a deck: {', '.join(TOOLS)}.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="A .pptx or .potx whose slide master the slides take.")
    ] = None,
    steps: Annotated[
        bool, typer.Option("--steps", help="One slide a step: a column, or a ring around the focus (pptx).")
    ] = False,
    transparent: Annotated[
        bool, typer.Option("--transparent", help="No ground of its own (svg, png, pptx).")
    ] = False,
    query: Annotated[
        str | None, typer.Option(help="A GraphQL query, or a .graphql file: what its answer names by id.")
    ] = None,
    cypher: Annotated[
        str | None, typer.Option(help="A Cypher statement, or a .cypher file: what its answer holds.")
    ] = None,
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
    if embed and not _drawn_for(embed, output, title):
        return
    if output is None:
        raise UsageError(
            f"name a file to write: -o FILE.({'|'.join(FORMATS)}), or --list for ready-made views"
        )
    form = output.suffix.removeprefix(".").lower()
    format_named(form)
    _taken(form, {"--template": template is not None, "--steps": steps}, ("pptx",))
    _taken(form, {"--transparent": transparent}, ("svg", "png", "pptx"))
    master = _read(template)
    wanted = Wanted(tuple(focus or ()), hops, tuple(kind or ()), limit, theme, title, tuple(predicate or ()))
    chosen = view_named(name) if name else None
    ways = {"--name": name, "--query": query, "--cypher": cypher}
    given = [option for option, value in ways.items() if value]
    if len(given) > 1 or (given and (focus or kind or predicate)):
        others = ", ".join(given[1:]) or "--focus, --kind and --predicate"
        raise UsageError(f"{given[0]} has a selection of its own; leave out {others}")
    if chosen and layout_from:
        raise UsageError("--name has a layout of its own; leave out --layout-from")
    places = read_places(layout_from) if layout_from else None

    ids = list(ids_in_rows(rows_of(_text(cypher, ".cypher"), {})[1])) if cypher else []

    async def read(database: AsyncDatabase) -> tuple[Subgraph, Style]:
        engine = inner_engine(database)
        if chosen:
            return await named_picture(engine, chosen, theme, title)
        if query:
            return await drawn_query(engine, _text(query, ".graphql"), theme, title)
        if cypher:
            return await drawn_ids(engine, ids, "answer to a Cypher statement", theme, title)
        return await picture(engine, wanted)

    subgraph, style = run_async(read)
    style = replace(style, transparent=transparent, places=places)
    if master is not None or steps:
        from views.deck import slides

        write_whole(output, slides(subgraph, style, template=master, stepwise=steps))
    else:
        write(output, subgraph, style)
    size = output.stat().st_size / 1000
    text = f"{output}: {len(subgraph.nodes)} entities, {len(subgraph.edges)} relations, {size:.0f} kB"
    (ERRORS if embed else OUT).print(text, highlight=False, soft_wrap=True)
    if embed:
        typer.echo(snippet(embed, output.name, style.title), nl=False)


def _text(given: str, suffix: str) -> str:
    """Return a query as it is given, or what stands in the file of that name."""
    if not given.strip().endswith(suffix):
        return given
    try:
        return Path(given).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{given} cannot be read: {error}") from error


def _drawn_for(tool: str, output: Path | None, title: str) -> bool:
    """Say whether there is a file to draw; where none is named, print the snippet alone."""
    alone = snippet(tool, "view.html", title or "A view of the graph")
    if output is None:
        typer.echo(alone, nl=False)
    elif output.suffix.lower() != ".html":
        raise UsageError(f"--embed shows pages in a frame, and {output.name} is none; end it in .html")
    return output is not None


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


def _list(*, as_json: bool) -> None:
    if as_json:
        typer.echo(dumps([view_.told for view_ in NAMED.values()], ensure_ascii=False, indent=2))
        return
    for view_ in NAMED.values():
        OUT.print(f"{view_.name:22}{view_.description}", highlight=False, soft_wrap=True)
