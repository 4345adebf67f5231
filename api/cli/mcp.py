"""`mscev mcp`: the graph's questions as tools for language models and agents."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Annotated

import typer

from api.cli.address import is_loopback, needs_key, require_free
from api.cli.output import ERRORS
from api.opening import filled_target
from api.settings import ServiceSettings
from schema.errors import MissingExtra


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve streamable HTTP at /mcp; without it stdio, for one client.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port to serve on, with --http.")] = 8001,
    host: Annotated[str, typer.Option(help="Address to serve on, with --http.")] = "127.0.0.1",
    public_read: Annotated[
        bool, typer.Option("--public-read", help="Let others than this machine read without an API key.")
    ] = False,
) -> None:
    """Serve the Model Context Protocol: schema, search, resolve, claims, between, paths, cypher, view."""
    try:
        from api.mcp.serve import over_http, over_stdio
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"mcp", "mcp_types"}:
            raise
        raise MissingExtra("mscev mcp needs the MCP SDK: pip install 'mscev[mcp]'", extra="mcp") from error

    settings = ServiceSettings()
    keyed = http and needs_key(host, settings, public_read=public_read)
    if http:
        require_free(host, port)
    # An MCP client reads standard output: everything else goes to the other stream.
    with filled_target(ERRORS) as target, suppress(KeyboardInterrupt):
        if not http:
            asyncio.run(over_stdio(target, settings))
            return
        shown = "localhost" if is_loopback(host) else host
        ERRORS.print(f"MCP      http://{shown}:{port}/mcp\nCtrl-C stops.", highlight=False)
        asyncio.run(over_http(target, settings, host, port, keyed=keyed))
