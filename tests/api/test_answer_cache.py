"""Kept answers: shared while under way, bounded in bytes, and never older than the bound, in any process."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from api.graphql.cache import AnswerCache, Encoded, Freshness, State
from graph.connection import Database
from graph.target import Target
from graph.writes import COUNT_NODES
from tests.api.described import READ, describe

SERVE = """
import os, uvicorn
from api.app import create_app
from graph.target import Target
target = Target(os.environ["URI"], "neo4j", os.environ["PASSWORD"])
uvicorn.run(create_app(target), host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
"""
QUERY = {"query": READ}
BOUND = 1.0  # the default of MSCEV_ANSWER_CACHE_SECONDS


class Graph:
    """A state that tests raise, and a count of how often it was asked for."""

    def __init__(self) -> None:
        self.state: State = ("a", 1)
        self.asked = 0
        self.made = 0

    async def read(self) -> State:
        """Return the state."""
        self.asked += 1
        await asyncio.sleep(0)
        return self.state

    async def make(self, size: int = 10, state: State | None = None) -> Encoded:
        """Make an answer."""
        self.made += 1
        await asyncio.sleep(0.01)
        return Encoded(b"x" * size, state or self.state)


def _cache(graph: Graph, limit: int = 100_000, seconds: float = 0.0) -> AnswerCache:
    return AnswerCache(limit, Freshness(graph.read, seconds))


def test_equal_requests_under_way_share_an_answer() -> None:
    async def run() -> None:
        graph = Graph()
        cache = _cache(graph)
        found = await asyncio.gather(*(cache.answer(("q",), graph.make) for _ in range(20)))
        assert graph.made == 1
        assert len({id(one) for one in found}) == 1
        await cache.answer(("other",), graph.make)
        assert graph.made == 2

    asyncio.run(run())


def test_an_answer_of_another_state_is_not_given() -> None:
    async def run() -> None:
        graph = Graph()
        cache = _cache(graph)
        await cache.answer(("q",), graph.make)
        await cache.answer(("q",), graph.make)
        assert graph.made == 1
        graph.state = ("a", 2)
        assert (await cache.answer(("q",), graph.make)).state == ("a", 2)
        # a restored backup has the old number, but another release or date
        graph.state = ("b", 1)
        assert (await cache.answer(("q",), graph.make)).state == ("b", 1)
        assert graph.made == 3

    asyncio.run(run())


def test_the_state_is_asked_for_once_in_a_while() -> None:
    async def run() -> None:
        graph = Graph()
        cache = _cache(graph, seconds=30)
        for _ in range(5):
            await cache.answer(("q",), graph.make)
        assert graph.asked == 1

    asyncio.run(run())


def test_what_is_kept_is_bounded_in_bytes() -> None:
    async def run() -> None:
        graph = Graph()
        cache = _cache(graph, limit=20_000)
        for i in range(100):
            await cache.answer((f"q{i}",), lambda: graph.make(900))
            assert cache.size <= 20_000
        assert graph.made == 100
        await cache.answer(("q99",), lambda: graph.make(900))
        assert graph.made == 100
        await cache.answer(("q0",), lambda: graph.make(900))
        assert graph.made == 101
        await cache.answer(("large",), lambda: graph.make(50_000))
        await cache.answer(("large",), lambda: graph.make(50_000))
        assert graph.made == 103

    asyncio.run(run())


def test_an_answer_with_errors_is_not_kept_and_a_failure_is_not_shared_later() -> None:
    async def run() -> None:
        graph = Graph()
        cache = _cache(graph)

        async def failing() -> Encoded:
            graph.made += 1
            raise ZeroDivisionError

        async def with_errors() -> Encoded:
            graph.made += 1
            return Encoded(b"{}", None)

        for make in (failing, failing):
            with pytest.raises(ZeroDivisionError):
                await cache.answer(("q",), make)
        await cache.answer(("q",), with_errors)
        await cache.answer(("q",), with_errors)
        assert graph.made == 4
        assert cache.size == 0

    asyncio.run(run())


def test_one_who_leaves_does_not_take_the_answer_from_the_others() -> None:
    async def run() -> None:
        graph = Graph()
        cache = _cache(graph)
        first = asyncio.ensure_future(cache.answer(("q",), graph.make))
        second = asyncio.ensure_future(cache.answer(("q",), graph.make))
        await asyncio.sleep(0.002)
        first.cancel()
        assert (await second).body == b"x" * 10
        assert graph.made == 1

    asyncio.run(run())


@contextmanager
def _process(target: Target, port: int) -> Iterator[str]:
    """Serve in a process of its own."""
    env = os.environ | {"URI": target.uri, "PASSWORD": target.password, "PORT": str(port)}
    running = subprocess.Popen([sys.executable, "-c", SERVE], env=env)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"{url}/health/live", timeout=1)
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline
                assert running.poll() is None
                time.sleep(0.05)
        yield url
    finally:
        running.terminate()
        running.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.usefixtures("loaded")
def test_no_process_gives_an_old_answer_later_than_the_bound(target: Target, database: Database) -> None:
    before = database.value(COUNT_NODES)

    def ask(url: str) -> str | None:
        answer = httpx.post(f"{url}/graphql", json=QUERY, timeout=30).json()
        value: str | None = answer["data"]["entity"]["description"]
        return value

    with _process(target, _free_port()) as one, _process(target, _free_port()) as two:
        original = ask(one)
        assert ask(two) == original
        try:
            for round_ in range(3):
                text = f"round {round_}"
                describe(database, text)
                written = time.monotonic()
                to_check = {one, two}
                while to_check:
                    for url in (one, two):
                        asked = time.monotonic()
                        new = ask(url) == text
                        assert new or asked <= written + BOUND, f"old after {asked - written:.2f} s"
                        if asked > written + BOUND:
                            to_check.discard(url)
        finally:
            describe(database, original)
    assert database.value(COUNT_NODES) == before
