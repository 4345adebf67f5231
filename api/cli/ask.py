"""`mscev status`, `mscev query`, `mscev cypher`: ask the graph."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
import typer

from api.cli.output import OUT, print_json, print_table
from api.cli.store import run_async, used_database
from graph.reads.info import GRAPH, UNFINISHED
from graph.reads.open import open_rows
from schema.errors import UsageError

CYPHER_SECONDS = 60.0


def status(json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Say what is in the graph: release, counts, sources."""
    with used_database() as database:
        found = database.value(GRAPH)
        found["uri"] = database.target.uri
        found["unfinished"] = database.value(UNFINISHED)
    if json:
        print_json(found)
        return
    OUT.print(f"Neo4j at {found['uri']}", highlight=False)
    OUT.print(f"Release {found['release']}, generation {found['generation']}, built {found['builtAt']}")
    counted = [(name, number) for name, number in found["kinds"] if number]
    print_table(["kind", "entities"], counted)
    print_table(["source", "title"], [(source["id"], source["title"]) for source in found["sources"]])
    for load in found["unfinished"]:
        again = "load" if load["state"] == "LOADING" else "unload"
        OUT.print(
            f"{load['id']}: {load['state'].lower()} since {load['startedAt']} is not finished: run the same "
            f"{again} again",
            style="yellow",
            highlight=False,
            soft_wrap=True,
        )
    names = ("claims", "sentences", "verified", "references", "citations")
    print_table(["", "number"], [(name, found[name]) for name in names])


def query(
    graphql: Annotated[str, typer.Argument(help="A GraphQL query.")],
    variables: Annotated[str, typer.Option("-v", "--variables", help="Variables as JSON.")] = "{}",
) -> None:
    """Ask in GraphQL; the answer is JSON. Exit 1 when it has errors."""
    from api.graphql.door import engine_of
    from api.graphql.engine import Request
    from api.settings import ServiceSettings

    request = Request(graphql, _json_object("--variables", variables))
    answer = run_async(lambda database: engine_of(database, ServiceSettings()).answer(request))
    print_json(answer.body())
    if answer.errors:
        raise typer.Exit(1)


def cypher(
    statement: Annotated[str, typer.Argument(help="A Cypher statement that reads.")],
    parameters: Annotated[str, typer.Option("-p", "--parameters", help="Parameters as JSON.")] = "{}",
    json: Annotated[bool, typer.Option("--json", help="Print rows as JSON objects.")] = False,
) -> None:
    """Ask in Cypher: what does more than read the graph is refused."""
    columns, rows = rows_of(statement, _json_object("--parameters", parameters))
    if json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows)


def rows_of(statement: str, parameters: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Return columns and rows of a Cypher statement; what does more than read the graph is refused."""
    with used_database() as database:
        return open_rows(database, statement, parameters, seconds=CYPHER_SECONDS)


def _json_object(option: str, text: str) -> dict[str, Any]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{option} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise UsageError(f'{option} must be a JSON object, as \'{{"id": "HGNC:6018"}}\'')
    return value
