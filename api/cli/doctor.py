"""`mscev doctor`: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from api.cli.output import ERRORS, OUT, print_json
from api.doctor.finding import Finding, Level, fail, ok
from api.opening import used_target
from api.settings import DatabaseSettings
from graph.connection import Database
from graph.server import Home, status
from schema.errors import MscevError, ServiceError

STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "red"}


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Look at the machine alone: neither start nor ask Neo4j.")
    ] = False,
    port: Annotated[int, typer.Option(help="The port of the service.")] = 8000,
) -> None:
    """Examine the installation and the stored graph; say what to do. Exit 1 when something does not work."""
    found: list[Finding] = []
    for finding in _findings(port, offline=offline):
        found.append(finding)
        if not json:
            _tell(finding)
    failed = any(finding.level is Level.FAIL for finding in found)
    if json:
        print_json({"passed": not failed, "findings": [asdict(finding) for finding in found]})
    if failed:
        raise typer.Exit(1)


def _findings(port: int, *, offline: bool) -> Iterator[Finding]:
    from api.cli.lexicon import ontologies
    from api.doctor import machine
    from api.doctor.packages import packages

    home = Home.from_environ()
    named = DatabaseSettings().uri
    yield from packages()
    yield from machine.directories(home)
    yield machine.service_port(port)
    fetched = ontologies().status()
    yield ok(
        "lexicon",
        f"{fetched['names']} names fetched" if fetched else "built in; mscev lexicon fetch adds more",
    )
    if named is None:
        yield from machine.runtime(home)
        try:
            yield from machine.server(status(home))
        except ServiceError as error:
            yield fail("server", "it refuses us", error.message)
            return
    if not offline:
        yield from _of_graph(home, managed=named is None)


def _of_graph(home: Home, *, managed: bool) -> Iterator[Finding]:
    from api.cli.audit import curation_of
    from api.doctor import machine, stored
    from loaders.article.curated import built_in

    curated = built_in()
    try:
        with used_target(ERRORS) as target, Database(target) as database:
            yield from stored.neo4j(database)
            found, report = stored.contents(database, {curated.article: curation_of(curated)})
            yield from found
    except MscevError as error:
        yield fail("neo4j", "it cannot be asked", error.message)
        return
    if managed and report is not None:
        own = any(source["id"] != curated.article for source in report.sources)
        yield machine.last_backup(home, report.release, own_sources=own)


def _tell(finding: Finding) -> None:
    OUT.print(f"{finding.level.value:<5}", style=STYLES[finding.level], end="")
    OUT.print(f"{finding.what:<12} {finding.found}", highlight=False, markup=False, soft_wrap=True)
    if finding.todo:
        OUT.print(f"     → {finding.todo}", highlight=False, markup=False, soft_wrap=True)
