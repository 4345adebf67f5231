"""Bodies have their time, all under one timer."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

import pytest
from starlette.types import Message, Receive

from api.patience import LEFT, Patience

SECONDS = 10.0
T = TypeVar("T")


class Jumping(selectors.DefaultSelector):
    """Waits for nothing: the time is over at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += max(0.0, timeout or 0.0)
        return super().select(0)


class Clocked(asyncio.SelectorEventLoop):
    """A loop with a time of its own, so that no busy machine makes anybody late."""

    def __init__(self) -> None:
        self._jumping = Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=Clocked) as runner:
        return runner.run(work)


def sender(messages: Sequence[Message], pause: float) -> Receive:
    """What a server hands over: messages with a pause before each; then the client stays and says nothing."""
    left = list(messages)

    async def receive() -> Message:
        await asyncio.sleep(pause if left else 3600)
        return left.pop(0)

    return receive


def body(*, more: bool) -> Message:
    return {"type": "http.request", "body": b"x", "more_body": more}


async def read(patience: Patience, sent: Receive) -> list[Message]:
    """All messages up to the end of the body, or until the client left."""
    receive = patience.bounded(sent)
    read = [await receive()]
    while read[-1].get("more_body"):
        read.append(await receive())
    return read


async def read_and_stay(patience: Patience, sent: Receive) -> None:
    await read(patience, sent)
    await asyncio.sleep(3600)


@pytest.fixture
def patience() -> Patience:
    return Patience(SECONDS)


def test_a_body_in_parts_arrives_as_it_was_sent(patience: Patience) -> None:
    sent = [body(more=True), body(more=True), body(more=False)]
    assert run(read(patience, sender(sent, 0))) == sent


def test_the_time_is_for_all_parts_together(patience: Patience) -> None:
    parts = [body(more=True)] * 1000
    got = run(read(patience, sender(parts, SECONDS / 5)))
    assert got[-1] == LEFT
    assert 3 <= len(got) <= 8


def test_who_is_late_stays_late(patience: Patience) -> None:
    async def work() -> list[Message]:
        receive = patience.bounded(sender([], 0))
        return [await receive(), await receive()]

    assert run(work()) == [LEFT, LEFT]


def test_each_has_its_own_time(patience: Patience) -> None:
    async def later(pause: float) -> list[Message]:
        await asyncio.sleep(pause)
        return await read(patience, sender([body(more=False)], SECONDS * 0.6))

    async def work() -> list[list[Message]]:
        late = read(patience, sender([], 0))
        return await asyncio.gather(late, *(later(SECONDS * step / 4) for step in range(8)))

    late, *others = run(work())
    assert late == [LEFT]
    assert others == [[body(more=False)]] * 8


def test_after_the_body_a_client_may_wait_for_long(patience: Patience) -> None:
    async def work() -> None:
        receive = patience.bounded(sender([body(more=False)], 0))
        await receive()
        with pytest.raises(TimeoutError):  # ours, not that of the body
            async with asyncio.timeout(SECONDS * 3):
                await receive()

    run(work())


@pytest.mark.parametrize("when", [0.5, 3])
def test_whoever_else_ends_a_request_ends_it(patience: Patience, when: float) -> None:
    """Before the time of the body is over, and long after."""

    async def work() -> None:
        task = asyncio.create_task(read_and_stay(patience, sender([], 0)))
        await asyncio.sleep(SECONDS * when)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(work())


def test_it_serves_several_loops_one_after_another(patience: Patience) -> None:
    for _ in range(2):
        assert run(read(patience, sender([], 0))) == [LEFT]
