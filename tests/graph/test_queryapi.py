"""Kept connections to the HTTP Query API: one with something unread is not used again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from http import HTTPStatus

import pytest

from graph.queryapi import WAITING, QueryApi
from schema.errors import DatabaseUnavailable
from tests.conftest import NOWHERE

SIZE = 4 * WAITING


class Answers:
    """An HTTP server that sends what it is told to."""

    def __init__(self) -> None:
        self.connections = self.connections_open = 0
        self.paths: list[str] = []
        self.status = HTTPStatus.OK
        self.body = b"x" * SIZE

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.connections_open += 1
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                self.paths.append(request.split()[1].decode())
                head = f"HTTP/1.1 {self.status} -\r\ncontent-length: {len(self.body)}\r\n\r\n"
                writer.write(head.encode() + self.body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            self.connections_open -= 1


@asynccontextmanager
async def _served(answers: Answers, path: str = "") -> AsyncIterator[QueryApi]:
    async with await asyncio.start_server(answers, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        target = replace(NOWHERE, http_uri=f"http://127.0.0.1:{port}{path}")
        api = QueryApi(target)
        yield api
        api.close()
        async with asyncio.timeout(10):
            while answers.connections_open:
                await asyncio.sleep(0.01)


def test_what_was_not_read_to_its_end_is_not_used_again() -> None:
    async def run() -> tuple[int, int]:
        answers = Answers()
        async with _served(answers) as api:
            for _ in range(2):
                async with asyncio.timeout(10):
                    whole = await api.send("GET", "", {})
                    assert sum([len(chunk) async for chunk in whole.chunks()]) == SIZE
            before = answers.connections
            given_up = await api.send("GET", "", {})
            await asyncio.sleep(0.5)  # all of it comes, as far as it is let
            given_up.close()
            async with asyncio.timeout(10):
                whole = await api.send("GET", "", {})
                assert sum([len(chunk) async for chunk in whole.chunks()]) == SIZE
        return before, answers.connections

    assert asyncio.run(run()) == (1, 2)


def test_only_a_server_that_is_well_says_what_it_is() -> None:
    async def run() -> None:
        answers = Answers()
        async with _served(answers, "/behind") as api:
            answers.status, answers.body = HTTPStatus.BAD_GATEWAY, b'{"message": "starting"}'
            with pytest.raises(DatabaseUnavailable):
                await api.about()
            answers.status, answers.body = HTTPStatus.OK, b'{"neo4j_version": "2026.09.0"}'
            assert await api.limits_time()
            assert set(answers.paths) == {"/behind/"}

    asyncio.run(run())
