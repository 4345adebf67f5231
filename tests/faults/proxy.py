"""A TCP proxy that harms what a server answers: it delays, cuts, falls silent, or changes bytes."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random

# What becomes of a piece of an answer; None cuts the connection.
Fault = Callable[[bytes], Awaitable[bytes | None]]
PIECE = 4096


async def whole(piece: bytes) -> bytes:
    """Harm nothing."""
    return piece


async def silent(piece: bytes) -> None:
    """Neither answer nor close."""
    await asyncio.Event().wait()


async def closed(piece: bytes) -> None:
    """Cut before the answer."""
    return


def slow(seconds: float) -> Fault:
    """Delay each piece."""

    async def fault(piece: bytes) -> bytes:
        await asyncio.sleep(seconds)
        return piece

    return fault


def cut(after: int, times: int) -> Fault:
    """Cut in the middle: as often as is said, when so many bytes of answers have passed."""
    passed = 0

    async def fault(piece: bytes) -> bytes | None:
        nonlocal passed, times
        passed += len(piece)
        if times and passed > after:
            passed, times = 0, times - 1
            return None
        return piece

    return fault


def corrupt(chance: Random, every: int) -> Fault:
    """Change a byte, on average in each `every` bytes."""

    async def fault(piece: bytes) -> bytes:
        changed = bytearray(piece)
        for _ in range(len(piece)):
            if chance.randrange(every) == 0:
                changed[chance.randrange(len(piece))] ^= 1 << chance.randrange(8)
        return bytes(changed)

    return fault


class Proxy:
    """Between clients and one port of loopback; `fault` may change at any time."""

    def __init__(self, upstream: int, tls: ssl.SSLContext | None) -> None:
        self.fault: Fault = whole
        self.port = 0
        self._upstream = upstream
        self._tls = tls
        self._under_way: set[asyncio.Task[None]] = set()

    async def serve(self, started: threading.Event, ended: asyncio.Event) -> None:
        """Serve until `ended`."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await ended.wait()
        server.close()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._connect(reader, writer))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers = [writer]
        ways: list[asyncio.Future[None]] = []
        try:
            answers, questions = await asyncio.open_connection("127.0.0.1", self._upstream)
            writers.append(questions)
            ways.append(asyncio.ensure_future(self._pass(reader, questions, harmed=False)))
            ways.append(asyncio.ensure_future(self._pass(answers, writer, harmed=True)))
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        except OSError:
            pass  # nobody listens there
        finally:
            for way in ways:
                way.cancel()
            for one in writers:
                one.transport.abort()
            for one in writers:
                with suppress(OSError):  # what broke it was told to both ends already
                    await one.wait_closed()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, harmed: bool
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                told = await self.fault(piece) if harmed else piece
                if told is None:
                    return
                writer.write(told)
                await writer.drain()


@contextmanager
def proxied(upstream: int, tls: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """Run a proxy in a thread of its own; with `tls` it is the end of an encrypted connection."""
    proxy = Proxy(upstream, tls)
    loop = asyncio.SelectorEventLoop()  # not the one that a server in this process may have set
    started, ended = threading.Event(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(proxy.serve(started, ended),))
    thread.start()
    try:
        assert started.wait(60)
        yield proxy
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(60)
        loop.close()
