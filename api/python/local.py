"""A graph in a database of one's own: the engine of the service, without the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import Console

from api.graphql.engine import Request, inner_engine
from api.opening import filled_target
from api.pictures import Wanted, named_picture, picture
from api.python.door import ANSWER, Drawn
from api.python.loop import Loop
from api.results import drawn_ids
from graph.connection import AsyncDatabase, Database
from graph.reads.open import Table, read_open
from graph.target import Target
from views import render
from views.named import view_named

if TYPE_CHECKING:
    from graph.ogm import Reading


class Local:
    """A door to the database at `target`, or to the managed one."""

    def __init__(self, target: Target | None = None) -> None:
        with ExitStack() as stack:
            where = target or stack.enter_context(filled_target(Console(stderr=True)))
            self.target = where
            self._loop = stack.enter_context(Loop())
            self._asked = self._loop.run(_connected(where))
            stack.callback(lambda: self._loop.run(self._asked.close()))
            self._database = stack.enter_context(Database(where))
            self._engine = inner_engine(self._asked)
            self._stack = stack.pop_all()

    def graphql(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a GraphQL query."""
        return self._loop.run(self._engine.data(Request(query, variables)))

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Table:
        """Return the answer to a Cypher statement that reads."""
        return read_open(self._database, statement, parameters)

    def picture(self, wanted: Wanted) -> Drawn:
        """Read a view once; return what draws it."""
        return partial(render, *self._loop.run(picture(self._engine, wanted)))

    def named_picture(self, name: str, theme: str, title: str) -> Drawn:
        """Read a ready-made view once; return what draws it."""
        read = named_picture(self._engine, view_named(name), theme, title)
        return partial(render, *self._loop.run(read))

    def answer_picture(self, ids: Iterable[str], theme: str, title: str) -> Drawn:
        """Read what an answer names once; return what draws it."""
        return partial(render, *self._loop.run(drawn_ids(self._engine, ids, ANSWER, theme, title)))

    def py2neo(self) -> Reading:
        """Return a py2neo graph that reads; it ends with this door."""
        from graph.ogm import reading  # noqa: PLC0415 - an extra

        made = reading(self.target)
        self._stack.callback(made.service.connector.close)
        return made

    def close(self) -> None:
        """Close all connections; the managed server stops with its last user."""
        self._stack.close()


async def _connected(target: Target) -> AsyncDatabase:
    return AsyncDatabase(target)
