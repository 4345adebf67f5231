"""`mscev key`: the API keys of those who read from other machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from api.cli.output import ERRORS, print_json, print_table
from api.guards.keys import KeyFile, key_file
from api.settings import ServiceSettings

app = typer.Typer(help="API keys of those who read from other machines.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the key, by which you know who has it.")]


def _keys() -> KeyFile:
    return KeyFile(key_file(ServiceSettings().keys))


@app.command()
def add(name: Name) -> None:
    """Make a key and print it, this once: only its hash is kept."""
    made = _keys().add(name)
    ERRORS.print(f"The key {name!r} is printed this once; keep it like a password.", highlight=False)
    typer.echo(made)


@app.command("list")
def list_(json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """List the keys: name, when it was made, the hash that is kept."""
    keys = _keys().read()
    if json:
        print_json([asdict(key) for key in keys])
        return
    print_table(["name", "created", "SHA-256"], [(key.name, key.created, key.sha256) for key in keys])


@app.command()
def remove(name: Name) -> None:
    """Remove a key: a running service refuses it from now on."""
    _keys().remove(name)
