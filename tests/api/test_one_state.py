"""An answer is of one state of the graph, also where somebody writes while it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from api.graphql import engine as engines
from api.graphql.engine import STATE_OF_GRAPH, Engine, Request
from graph.connection import AsyncDatabase, Database, Target
from graph.statement import Statement
from tests.api.described import READ, describe

ASKED = Request(READ)
DESCRIPTION = Statement("MATCH (n:Entity {id: 'HGNC:6018'}) RETURN n.description AS value")


class WrittenTo(AsyncDatabase):
    """A database to which somebody writes once, while an answer is on its way."""

    write: Callable[[], None] | None = None

    async def value(self, statement: Statement) -> Any:
        """Read; then write, if that is still to be done."""
        found = await super().value(statement)
        if self.write is not None and statement.text != STATE_OF_GRAPH.text:
            write, self.write = self.write, None
            write()
        return found


@pytest.mark.usefixtures("loaded")
def test_what_changed_under_a_long_read_is_read_again(
    target: Target, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BRIEF_SECONDS", 0.0)  # every read counts as long

    async def run() -> tuple[engines.Answer, engines.Answer]:
        asked = WrittenTo(target)
        engine = Engine(asked)
        try:
            first = await engine.answer(ASKED)
            asked.write = lambda: describe(database, "written meanwhile")
            return first, await engine.answer(ASKED)
        finally:
            await asked.close()

    before = database.value(STATE_OF_GRAPH)[0]
    original = database.value(DESCRIPTION)
    try:
        first, second = asyncio.run(run())
        assert first.state == tuple(before)
        assert second.data == {"entity": {"description": "written meanwhile"}}
        assert second.state == tuple(database.value(STATE_OF_GRAPH)[0])
        assert second.state != first.state
    finally:
        describe(database, original)
