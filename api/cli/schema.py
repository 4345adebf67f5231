"""`mscev schema`: print what may be in the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.describe import as_cypher, as_markdown
from schema.describe import as_json
from schema.errors import UsageError


def _graphql() -> str:
    from api.graphql.schema import sdl

    return sdl()


def _provenance() -> str:
    from views.meta import provenance

    return provenance()


def _kinds() -> str:
    from views.meta import kinds

    return kinds()


SCHEMAS = {
    "graphql": _graphql,
    "cypher": as_cypher,
    "json": as_json,
    "markdown": as_markdown,
    "svg": _provenance,
    "svg-kinds": _kinds,
}


def schema(
    form: Annotated[str, typer.Argument(help=f"One of {', '.join(SCHEMAS)}.")],
) -> None:
    """Print the schema: GraphQL SDL; Cypher; JSON or Markdown; pictures of claims and of kinds."""
    if form not in SCHEMAS:
        raise UsageError(f"unknown form {form!r}; allowed: {', '.join(SCHEMAS)}")
    typer.echo(SCHEMAS[form](), nl=False)
