"""An answer is of one state of the graph, also where somebody writes while it is read."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.graphql import engine as engines
from api.graphql.commits import Commits
from api.graphql.engine import STATE_OF_GRAPH, Engine, Request
from api.graphql.http import encoded
from graph import stream
from graph.connection import AsyncDatabase, Database, Transaction
from graph.reads.info import WRITERS
from graph.statement import Statement
from graph.stream import load_stream
from graph.target import Target
from graph.unload import unload
from graph.writes import SOURCES
from schema.records import Entity, Record, Source
from tests.api.described import READ, describe

ASKED = Request(READ)
DESCRIPTION = Statement("MATCH (n:Entity {id: 'HGNC:6018'}) RETURN n.description AS value")


class WrittenTo(AsyncDatabase):
    """A database to which somebody writes once, while an answer is on its way."""

    write: Callable[[], None] | None = None

    async def timed(self, statement: Statement) -> tuple[Any, float]:
        """Read; then write, if that is still to be done."""
        found = await super().timed(statement)
        if self.write is not None and statement.text not in {STATE_OF_GRAPH.text, WRITERS.text}:
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


@pytest.mark.usefixtures("loaded")
def test_what_may_be_of_two_states_is_not_kept(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "TRIES", 1)
    monkeypatch.setattr(engines, "CHANGING_SECONDS", 0.0)

    class Busy(Engine):
        """As if somebody wrote all the time, as a load of millions does."""

        async def _settled(self, *_: object) -> bool:
            return False

    async def run(kind: type[Engine], times: int) -> engines.Answer:
        database = AsyncDatabase(target)
        engine = kind(database)
        answers = [await engine.answer(ASKED) for _ in range(times)]
        await database.close()
        return answers[-1]

    calm = asyncio.run(run(Engine, 2))  # the first look at a state is a try that settles nothing
    assert (calm.settled, encoded(calm).state) == (True, calm.state)
    busy = asyncio.run(run(Busy, 1))
    assert (busy.data, busy.state) == (calm.data, calm.state)
    assert (busy.settled, encoded(busy).state) == (False, None)


@pytest.mark.usefixtures("loaded")
def test_a_source_is_listed_where_the_release_has_something_of_it(
    target: Target, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load in parts notes its source before it writes anything of it: till then nothing changes."""

    async def sources() -> dict[str, Any]:
        asked = AsyncDatabase(target)
        try:
            return await Engine(asked).data(Request("{ graph { release sources { id } } }"))
        finally:
            await asked.close()

    class Stopped(Exception):
        pass

    def rows(number: int) -> Iterator[Record]:
        yield from (Entity(f"BEGUN:{i}", "Protein", f"protein {i}", "biolink:Protein") for i in range(number))
        raise Stopped

    monkeypatch.setitem(stream.SIZES, Entity, 2)
    before = asyncio.run(sources())
    source = Source("mscev.graph:begun", "begun")
    try:
        for number in (1, 3):  # less than a part, and more
            with pytest.raises(Stopped):
                load_stream(database, source, rows(number), input_id="begun")
            assert source.id in database.value(SOURCES)
            listed = asyncio.run(sources())
            if number == 1:
                assert listed == before
        assert source.id in [one["id"] for one in listed["graph"]["sources"]]
        assert listed["graph"]["release"] != before["graph"]["release"]
    finally:
        unload(database, source.id)
    assert asyncio.run(sources()) == before


@pytest.mark.usefixtures("loaded")
def test_a_state_seen_for_the_first_time_is_read_when_all_of_it_can_be_seen(
    target: Target, database: Database
) -> None:
    class Counted(AsyncDatabase):
        asked = 0

        async def timed(self, statement: Statement) -> tuple[Any, float]:
            self.asked += "description" in statement.text
            return await super().timed(statement)

    async def run() -> list[int]:
        counted = Counted(target)
        engine = Engine(counted)
        times = []
        try:
            for write in (False, False, True):
                if write:
                    await asyncio.to_thread(describe, database, "written")
                counted.asked = 0
                assert not (await engine.answer(ASKED)).errors
                times.append(counted.asked)
            return times
        finally:
            await counted.close()

    original = database.value(DESCRIPTION)
    try:
        first, again, changed = asyncio.run(run())
        assert (first, again) == (2, 1)
        assert changed >= 2
    finally:
        describe(database, original)


MADE = 20_000
REMOVE = Statement("MATCH (n:Entity) WHERE n.id STARTS WITH 'TEST:' DETACH DELETE n")
SEEN = Statement("MATCH (n:Protein) WHERE n.name STARTS WITH 'made ' RETURN count(n) AS value")


def much(tx: Transaction) -> None:
    """Write so much that its commit takes a while."""
    tx.run(
        f"UNWIND range(1, {MADE}) AS i CREATE (:Entity:Protein {{id: 'TEST:' + i, name: 'made ' + i}})"
    ).consume()


@pytest.mark.usefixtures("loaded")
def test_a_commit_is_waited_for_until_all_of_it_can_be_seen(target: Target, database: Database) -> None:
    written = threading.Event()

    def work(tx: Transaction) -> None:
        much(tx)
        written.set()

    async def wait() -> tuple[bool, list[bool], int]:
        asked = AsyncDatabase(target)
        commits = Commits(asked)
        try:
            assert await commits.none_under_way()
            quiet = commits.nobody_writes()
            writer = asyncio.ensure_future(asyncio.to_thread(database.write, work))
            await asyncio.to_thread(written.wait)
            told = []
            while await commits.none_under_way():  # not begun yet
                told.append(commits.nobody_writes())
            seen = await asked.value(SEEN)
            await writer
            return quiet, told, seen
        finally:
            await asked.close()

    try:
        quiet, told, seen = asyncio.run(asyncio.wait_for(wait(), 120))
        assert quiet
        assert not any(told)
        assert seen == MADE
    finally:
        database.write(lambda tx: tx.run(REMOVE.text).consume())
