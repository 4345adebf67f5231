"""`mscev db`: the managed Neo4j."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import ERRORS, OUT, print_json
from api.settings import DatabaseSettings
from graph import server
from graph.server import Home
from schema.errors import UsageError
from schema.private import shown

app = typer.Typer(help="The Neo4j that mscev manages.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Refuse where another database is named: it is not ours to start or stop."""
    named = DatabaseSettings().uri
    if named:
        raise UsageError(
            f"NEO4J_URI names {shown(named)}; 'mscev db' is for the managed Neo4j. Unset NEO4J_URI first"
        )


@app.command()
def start(
    bolt_port: Annotated[int | None, typer.Option(help="Port for Bolt; a free one when left out.")] = None,
    http_port: Annotated[int | None, typer.Option(help="Port for Browser and HTTP.")] = None,
) -> None:
    """Start it and keep it running until `mscev db stop`."""
    running = server.start(Home.from_environ(), ports=server.Wanted(bolt_port, http_port), console=ERRORS)
    OUT.print(f"Neo4j answers at {running.bolt_uri} and {running.http_uri}/browser", highlight=False)
    OUT.print(f"User {running.username}, password in {running.home.password_file}", highlight=False)


@app.command()
def stop(force: Annotated[bool, typer.Option(help="Also while others use it.")] = False) -> None:
    """Stop it."""
    stopped = server.stop(Home.from_environ(), force=force)
    OUT.print("Neo4j is stopped." if stopped else "Neo4j did not run.")


@app.command()
def status(json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Say whether it runs and where. Exit 1 when it does not."""
    found = server.status(Home.from_environ())
    if json:
        print_json(asdict(found))
    else:
        for name, value in asdict(found).items():
            OUT.print(f"{name}: {value}", highlight=False, soft_wrap=True)
    if not found.running:
        raise typer.Exit(1)


@app.command()
def logs(lines: Annotated[int, typer.Option("-n", help="How many lines.")] = 50) -> None:
    """Print the end of its log."""
    typer.echo("\n".join(server.logs(Home.from_environ(), lines)))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write a backup; the server stops for a moment."""
    server.backup(Home.from_environ(), file, console=ERRORS)
    OUT.print(f"{file}: {file.stat().st_size / 1e6:.1f} MB", highlight=False)


@app.command()
def restore(file: Annotated[Path, typer.Argument(exists=True, help="A backup.")]) -> None:
    """Put a backup in the place of the present graph; the archive is checked first."""
    server.restore(Home.from_environ(), file, console=ERRORS)
    OUT.print("The backup is restored.")


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete the managed graph."""
    home = Home.from_environ()
    if not yes and not typer.confirm(f"Delete the graph in {home.root}?"):
        raise typer.Exit(1)
    server.reset(home)
    OUT.print("The graph is deleted.")
