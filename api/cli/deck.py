"""`mscev deck`: all ready-made views as one file of slides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import OUT
from api.cli.store import run_async
from api.graphql.engine import inner_engine
from api.pictures import named_picture
from graph.connection import AsyncDatabase
from schema.errors import UsageError
from views import Style, Subgraph, compose
from views.files import write_whole
from views.named import NAMED


def deck(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .pptx.")],
    theme: Annotated[str, typer.Option(help="light or dark")] = "light",
) -> None:
    """Draw every ready-made view, one slide each, with what stands behind it in the speaker notes."""
    if output.suffix.lower() != ".pptx":
        raise UsageError(f"a deck is a .pptx file, and {output.name} is none; end it in .pptx")
    from views.deck import deck as slides_of

    async def read(database: AsyncDatabase) -> list[tuple[Subgraph, Style]]:
        engine = inner_engine(database)
        return [await named_picture(engine, view, theme) for view in NAMED.values()]

    pictures = [compose(subgraph, style) for subgraph, style in run_async(read)]
    write_whole(output, slides_of(pictures))
    size = output.stat().st_size / 1000
    OUT.print(f"{output}: {len(pictures)} slides, {size:.0f} kB", highlight=False, soft_wrap=True)
