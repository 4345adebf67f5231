"""The database that a command works on: the one named by NEO4J_URI, else the managed one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from api.cli.output import ERRORS
from api.settings import DatabaseSettings
from graph.connection import AsyncDatabase, Database, Target
from graph.server import Server, managed

T = TypeVar("T")


def target_of(server: Server) -> Target:
    """Return the managed server as a target."""
    return Target(server.bolt_uri, server.username, server.password, http_uri=server.http_uri)


@contextmanager
def used_target() -> Iterator[Target]:
    """Yield where the database is; a managed server runs for as long as the block lasts."""
    named = DatabaseSettings().target
    if named is not None:
        yield named
        return
    with managed(console=ERRORS) as server:
        yield target_of(server)


@contextmanager
def used_database() -> Iterator[Database]:
    """Yield a sync connection."""
    with used_target() as target, Database(target) as database:
        yield database


def run_async(work: Callable[[AsyncDatabase], Awaitable[T]]) -> T:
    """Run work on an async connection."""
    with used_target() as target:

        async def run() -> T:
            database = AsyncDatabase(target)
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(run())
