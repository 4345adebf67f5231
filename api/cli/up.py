"""`mscev up`: a running service, from nothing."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.activity import Activity
from api.cli.address import is_loopback, needs_key, require_free
from api.cli.load import load_article
from api.cli.output import ERRORS, OUT
from api.opening import target_of
from api.settings import DatabaseSettings, ServiceSettings
from graph.connection import AsyncDatabase, Database, Target
from graph.server import managed, speed_up_when_idle, supervised
from graph.writer import is_empty, refuse_foreign
from loaders.article.copy import read_copy
from loaders.article.curated import built_in
from schema.errors import ForeignDatabase, MscevError, VerificationFailed

if TYPE_CHECKING:
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
) -> None:
    """Ensure that Neo4j runs, load the built-in article into an empty graph, serve until Ctrl-C."""
    settings = ServiceSettings()
    keyed = needs_key(host, settings, public_read=public_read)
    require_free(host, port)
    named = DatabaseSettings().target
    if named is not None:
        _fill(named, article)
        _serve(named, host, port, keyed=keyed)
        return
    with managed(console=ERRORS) as server, supervised(server, notify=_notice):
        _fill(target_of(server), article)
        OUT.print(f"Neo4j    {server.bolt_uri}  {server.http_uri}/browser", highlight=False)
        view = server.home.root / OVERVIEW
        OUT.print(f"View     {view}", highlight=False, soft_wrap=True)
        threading.Thread(target=_draw, args=(target_of(server), view), daemon=True).start()
        activity = Activity()
        with speed_up_when_idle(server.home, busy=activity.recent):
            _serve(target_of(server), host, port, activity, keyed=keyed)


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
        _notice(f"the view could not be written: {error}")


def _notice(line: str) -> None:
    ERRORS.print(line, highlight=False, soft_wrap=True)


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


def _serve(
    target: Target, host: str, port: int, activity: Activity | None = None, *, keyed: bool = False
) -> None:
    import uvicorn

    from api.app import LOOPBACK_HOSTS, create_app
    from api.guards import SERVED

    settings = ServiceSettings()
    # A public service answers to any name unless its names are set.
    any_name = not is_loopback(host) and not settings.allowed_hosts
    hosts = ["*"] if any_name else [*LOOPBACK_HOSTS, host, *settings.allowed_hosts]
    service = create_app(target, settings, hosts, activity, keyed=keyed)
    address = f"http://{'localhost' if is_loopback(host) else host}:{port}"
    OUT.print(
        f"GraphQL  {address}/graphql\nViews    {address}/views/graph.html\n"
        f"Cypher   {address}/db/{target.database}/query/v2\nCtrl-C stops.",
        highlight=False,
    )
    # uvicorn raises Ctrl-C again after its own shutdown; the service has ended as it should.
    with suppress(KeyboardInterrupt):
        uvicorn.run(service, host=host, port=port, log_level="warning", timeout_graceful_shutdown=5, **SERVED)
