"""The database that a command works on: the one named by NEO4J_URI, else the managed one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from api.cli.output import ERRORS
from api.opening import used_target
from graph.connection import AsyncDatabase, Database

T = TypeVar("T")


@contextmanager
def used_database() -> Iterator[Database]:
    """Yield a sync connection."""
    with used_target(ERRORS) as target, Database(target) as database:
        yield database


def run_async(work: Callable[[AsyncDatabase], Awaitable[T]]) -> T:
    """Run work on an async connection."""
    with used_target(ERRORS) as target:

        async def run() -> T:
            database = AsyncDatabase(target)
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(run())
