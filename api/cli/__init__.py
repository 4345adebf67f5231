"""The command line: one command a module; errors are one line that says what to do."""

from __future__ import annotations

import signal
import sys
from importlib.metadata import version
from types import FrameType
from typing import Annotated

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from api.cli import (
    ask,
    audit,
    db,
    deck,
    doctor,
    export,
    key,
    lexicon,
    load,
    mcp,
    propose,
    review,
    schema,
    unload,
    up,
    view,
)
from api.cli.output import ERRORS
from api.settings import problem_of
from graph.server.failures import FULL
from schema.errors import MscevError, UsageError, VerificationFailed

app = typer.Typer(
    name="mscev",
    help="A provenance-first knowledge graph of extracellular vesicles from mesenchymal stem cells.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(db.app, name="db")
load.app.command()(review.review)
app.add_typer(load.app, name="load")
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(key.app, name="key")
app.command()(unload.unload)
app.command()(up.up)
app.command()(propose.propose)
app.command()(ask.status)
app.command()(audit.audit)
app.command()(doctor.doctor)
app.command()(ask.query)
app.command()(ask.cypher)
app.command()(view.view)
app.command()(export.export)
app.command()(export.diff)
app.command()(deck.deck)
app.command()(schema.schema)
app.command()(mcp.mcp)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"mscev {version('mscev')}")
        raise typer.Exit


@app.callback()
def _common(
    _: Annotated[
        bool,
        typer.Option("--version", help="Print the version and end.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """What every command has."""


def main() -> None:
    """Run; exit 0 when it worked, 1 when the work failed, 2 when the command was used wrongly."""
    signal.signal(signal.SIGTERM, _end)
    try:
        app()
    except VerificationFailed as error:
        _tell(error.message)
        sys.exit(1)
    except (ValidationError, SettingsError) as error:
        problem = problem_of(error)
        if problem is None:
            raise
        _tell(f"mscev: {problem}")
        sys.exit(2)
    except MscevError as error:
        _tell(f"mscev: {error.message}")
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        if error.errno not in FULL:
            raise
        place = f" of {error.filename}" if error.filename else ""
        _tell(f"mscev: no space is left on the disk{place}: make room, then try again")
        sys.exit(1)


def _tell(text: str) -> None:
    """Print an error as it is: no line is broken, and nothing in it is markup."""
    ERRORS.print(text, style="red", highlight=False, soft_wrap=True, markup=False)


def _end(number: int, _: FrameType | None) -> None:
    """Leave by way of every `finally`, so that a server we started is stopped."""
    sys.exit(128 + number)
