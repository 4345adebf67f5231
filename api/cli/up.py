"""`mscev up`: a running service, from nothing."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.activity import Activity, SharedActivity
from api.cli.address import is_loopback, listening, needs_key, require_open
from api.cli.load import load_article
from api.cli.output import ERRORS, OUT
from api.observe import logs
from api.settings import DatabaseSettings, ServiceSettings
from graph.connection import AsyncDatabase, Database
from graph.server import Home, managed, speed_up_when_idle, supervised
from graph.target import Target
from graph.writer import is_empty, refuse_foreign
from loaders.article.copy import read_copy
from loaders.article.curated import built_in
from schema.errors import ForeignDatabase, MscevError, VerificationFailed

if TYPE_CHECKING:
    from socket import socket as Socket  # noqa: N812 - a class

    from api.serving.server import Serving
    from views import Style, Subgraph

OVERVIEW = Path("views") / "overview.html"


def up(
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    article: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A copy of the article, for quotes.")
    ] = None,
    public_read: Annotated[
        bool, typer.Option("--public-read", help="Let others than this machine read without an API key.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve, on the one port.")] = 1,
) -> None:
    """Ensure that Neo4j runs, load the built-in article into an empty graph, serve until Ctrl-C."""
    settings = ServiceSettings()
    keyed = needs_key(host, settings, public_read=public_read)
    logs.configure(settings.log, settings.log_file)
    with listening(host, port) as socket:
        door = _Door(socket, host, port, workers, settings, keyed)
        named = DatabaseSettings().target
        if named is not None:
            _fill(named, article)
            door.serve(named)
            return
        with managed(console=ERRORS) as server, supervised(server, notify=_notice) as supervisor:
            _fill(server.target, article)
            OUT.print(f"Neo4j    {server.bolt_uri}  {server.http_uri}/browser", highlight=False)
            view = server.home.root / OVERVIEW
            OUT.print(f"View     {view}", highlight=False, soft_wrap=True)
            threading.Thread(target=_draw, args=(server.target, view), daemon=True).start()
            door.serve(server.target, server.home, lambda: supervisor.restarts)


def _draw(target: Target, path: Path) -> None:
    """Write the whole graph as a file that opens offline; the service does not wait for it."""
    from api.graphql.engine import inner_engine
    from api.pictures import Wanted, picture
    from views import write

    async def read() -> tuple[Subgraph, Style]:
        database = AsyncDatabase(target)
        try:
            return await picture(inner_engine(database), Wanted())
        finally:
            await database.close()

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, *asyncio.run(read()))
    except (MscevError, OSError) as error:
        logs.event("view", f"the view could not be written: {error}", logging.WARNING)


def _notice(line: str) -> None:
    logs.event("neo4j", line, logging.WARNING)


def _fill(target: Target, article: Path | None) -> None:
    """Load the built-in article where there is nothing or a copy is given; leave a foreign database alone."""
    with Database(target) as database:
        try:
            refuse_foreign(database)
        except ForeignDatabase as error:
            if article is not None:
                raise
            ERRORS.print(error.message, style="yellow", highlight=False, soft_wrap=True)
            return
        if article is None and not is_empty(database):
            return
        try:
            load_article(database, read_copy(article, built_in()) if article else None)
        except VerificationFailed as error:
            ERRORS.print(error.message, style="yellow", highlight=False, soft_wrap=True)


def _none() -> int:
    return 0


@dataclass(frozen=True, slots=True)
class _Door:
    """Where the service listens, and by how many processes it answers."""

    socket: Socket
    host: str
    port: int
    workers: int
    settings: ServiceSettings
    keyed: bool

    def serve(self, target: Target, home: Home | None = None, restarts: Callable[[], int] = _none) -> None:
        """Serve until a signal comes; `home` is that of the managed Neo4j."""
        from api.app import LOOPBACK_HOSTS
        from api.serving.server import Serving

        require_open(self.socket, self.host, self.port)
        local = is_loopback(self.host)
        # A public service answers to any name unless its names are set.
        any_name = not local and not self.settings.allowed_hosts
        hosts = ["*"] if any_name else [*LOOPBACK_HOSTS, self.host, *self.settings.allowed_hosts]
        address = f"http://{'localhost' if local else self.host}:{self.port}"
        OUT.print(
            f"GraphQL  {address}/graphql\nViews    {address}/views/graph.html\n"
            f"Cypher   {address}/db/{target.database}/query/v2\nCtrl-C stops.",
            highlight=False,
        )
        serving = Serving(target, self.settings, hosts, self.keyed)
        if self.workers == 1:
            self._alone(serving, home, restarts)
        else:
            self._together(serving, home, restarts)

    def _alone(self, serving: Serving, home: Home | None, restarts: Callable[[], int]) -> None:
        from api.observe.drain import Drain
        from api.observe.runtime import Runtime
        from api.serving.server import serve

        activity = Activity()
        runtime = Runtime(Drain(self.settings.drain_seconds), home, restarts)
        with _faster(home, activity):
            serve(serving, [self.socket], runtime, activity)

    def _together(self, serving: Serving, home: Home | None, restarts: Callable[[], int]) -> None:
        from api.serving.workers import Workers, shared

        with shared() as common, _faster(home, SharedActivity(common.active_at)):
            Workers(serving, self.workers, [self.socket], common, home, restarts).run()


@contextmanager
def _faster(home: Home | None, activity: Activity) -> Iterator[None]:
    """Make the next start of a managed Neo4j faster while nobody asks."""
    if home is None:
        yield
        return
    with speed_up_when_idle(home, busy=activity.recent):
        yield
