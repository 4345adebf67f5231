"""What tests of the api share."""

from __future__ import annotations

from typing import Any

import pytest

from graph.connection import AsyncDatabase
from graph.reads.info import WRITERS
from graph.statement import Statement


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that the service sends while a test runs, but for looks at who writes."""
    sent: list[str] = []
    original = AsyncDatabase.timed

    async def timed(self: AsyncDatabase, statement: Statement) -> tuple[Any, float]:
        if statement.text != WRITERS.text:
            sent.append(statement.text)
        return await original(self, statement)

    monkeypatch.setattr(AsyncDatabase, "timed", timed)
    return sent
