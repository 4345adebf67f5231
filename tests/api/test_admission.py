"""The bound on requests under way: who gets in, who waits, who is told to come again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from api import admission
from api.admission import Admission, AdmissionMiddleware
from api.app import create_app
from api.settings import ServiceSettings
from schema.errors import AtCapacity
from tests.conftest import NOWHERE, served


def run(work: object) -> None:
    asyncio.run(work)  # type: ignore[arg-type]


def test_a_place_that_comes_free_goes_to_who_waited_longest() -> None:
    async def work() -> None:
        room = Admission(1, 2, seconds=30)
        await room.enter()
        got: list[int] = []

        async def wait(number: int) -> None:
            await room.enter()
            got.append(number)

        waiting = [asyncio.create_task(wait(number)) for number in (1, 2)]
        await asyncio.sleep(0)
        assert room.waiting == 2
        with pytest.raises(AtCapacity, match="MSCEV_CONCURRENCY"):
            await room.enter()
        room.leave()
        await waiting[0]
        assert got == [1]
        room.leave()
        await waiting[1]
        assert (room.under_way, room.waiting, room.refused) == (1, 0, 1)
        room.leave()
        assert room.under_way == 0

    run(work())


def test_who_waits_too_long_is_refused_and_who_leaves_takes_no_place() -> None:
    async def work() -> None:
        room = Admission(1, 5, seconds=0.01)
        await room.enter()
        with pytest.raises(AtCapacity):
            await room.enter()
        patient = Admission(1, 5, seconds=30)
        await patient.enter()
        left = asyncio.create_task(patient.enter())
        stays = asyncio.create_task(patient.enter())
        await asyncio.sleep(0)
        left.cancel()
        patient.leave()
        await stays
        with pytest.raises(asyncio.CancelledError):
            await left
        assert (patient.under_way, patient.waiting) == (1, 0)

    run(work())


def test_a_place_given_to_one_who_leaves_in_the_same_moment_is_not_lost() -> None:
    async def work() -> None:
        room = Admission(1, 5, seconds=30)
        await room.enter()
        waiting = asyncio.create_task(room.enter())
        await asyncio.sleep(0)
        room.leave()  # it is given, and the task does not know yet
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert room.under_way == 0

    run(work())


def test_a_slow_body_and_a_slow_reader_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "BODY_SECONDS", 0.01)

    async def echo(_: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": message["type"].encode()})

    async def work() -> None:
        room = Admission(1, 0)
        sent: list[Message] = []

        async def never() -> Message:
            await asyncio.sleep(3600)
            raise AssertionError

        async def slow_reader(message: Message) -> None:
            assert room.under_way == 0  # the place is free before the answer goes out
            sent.append(message)

        scope = {"type": "http", "path": "/graphql"}
        await AdmissionMiddleware(echo, room)(scope, never, slow_reader)
        assert sent[-1]["body"] == b"http.disconnect"
        assert room.under_way == 0

    run(work())


class Blocked:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun.set()
        await self.go.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})


@pytest.mark.parametrize(
    ("path", "keys"),
    [("/graphql", "errors"), ("/db/neo4j/query/v2", "errors"), ("/views/graph.svg", "error")],
)
def test_what_is_too_much_is_refused_in_the_form_of_its_address(path: str, keys: str) -> None:
    async def work() -> None:
        blocked = Blocked()
        app = AdmissionMiddleware(blocked, Admission(1, 0))
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost", timeout=60
        ) as client:
            first = asyncio.create_task(client.get(path))
            await blocked.begun.wait()
            refused = await client.get(path)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
            assert keys in refused.json()
            assert "AT_CAPACITY" in refused.text
            blocked.go.set()
            assert (await first).status_code == 204
            assert (await client.get(path)).status_code == 204

    run(work())


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A service that takes nothing, over no database at all."""

    async def never(self: Admission) -> None:
        raise AtCapacity("full")

    monkeypatch.setattr(Admission, "enter", never)
    app: FastAPI = create_app(NOWHERE, ServiceSettings())
    with served(app) as url:
        yield url


def test_health_is_told_however_full_the_service_is(full: str) -> None:
    assert httpx.get(f"{full}/graphql?query={{graph{{claims}}}}", timeout=60).status_code == 503
    assert httpx.get(f"{full}/health/live", timeout=60).json() == {"status": "live"}
