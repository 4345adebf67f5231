"""Running the MCP server until its client goes, or until Ctrl-C."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from api.app import LOOPBACK_HOSTS
from api.graphql.engine import inner_engine
from api.guards import SERVED, guards
from api.guards.places import Places, PlacesMiddleware
from api.mcp.server import http_app, server_of
from api.mcp.tools import Tools
from graph.connection import AsyncDatabase, Database
from graph.server import Home
from graph.target import Target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mcp.server import MCPServer
    from starlette.applications import Starlette

    from api.settings import ServiceSettings


@asynccontextmanager
async def _serving(
    target: Target, settings: ServiceSettings, folder: Path | None
) -> AsyncIterator[MCPServer[None]]:
    asked = AsyncDatabase(target, settings.query_timeout)
    try:
        with Database(target) as database:
            yield server_of(Tools(inner_engine(asked), database, folder, settings.query_timeout))
    finally:
        await asked.close()


async def over_stdio(target: Target, settings: ServiceSettings) -> None:
    """Serve one client on standard input and output; files go under MSCEV_HOME/views."""
    async with _serving(target, settings, Home.from_environ().root / "views") as server:
        await server.run_stdio_async()


@asynccontextmanager
async def application(
    target: Target, settings: ServiceSettings, hosts: Sequence[str], *, keyed: bool = False
) -> AsyncIterator[Starlette]:
    """Yield the server as an application at /mcp, with the guards of the service; it writes no files."""
    async with _serving(target, settings, None) as server:
        app = http_app(server, hosts)
        app.user_middleware = [
            *guards(settings, keyed=keyed),
            Middleware(PlacesMiddleware, places=Places("calls", settings.client_concurrency)),
            *app.user_middleware,
        ]
        yield app


async def over_http(target: Target, settings: ServiceSettings, host: str, port: int, *, keyed: bool) -> None:
    """Serve streamable HTTP at /mcp; with `keyed` for those who have an API key."""
    import uvicorn  # noqa: PLC0415 - stdio does not need it

    # A public server answers to any name unless its names are set, as `mscev up` does.
    loopback = host in LOOPBACK_HOSTS
    hosts = (
        ["*"]
        if not loopback and not settings.allowed_hosts
        else [*LOOPBACK_HOSTS, host, *settings.allowed_hosts]
    )
    async with application(target, settings, hosts, keyed=keyed) as served:
        config = uvicorn.Config(
            served, host=host, port=port, log_level="warning", timeout_graceful_shutdown=5, **SERVED
        )
        await uvicorn.Server(config).serve()
