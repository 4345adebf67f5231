"""One HTTP/1.1 connection of one client: a request, its answer, and how long it took.

So small that 400 of them leave the processor to the service that they ask.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Self

PATIENCE = 60.0
GOOD = (200, 202)  # the Query API answers 202


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `seconds` from sending to its last byte."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Wire:
    """A kept connection, opened when it is needed."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        """Give the connection."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def ask(
        self, method: str, path: str, body: bytes = b"", headers: tuple[tuple[str, str], ...] = ()
    ) -> Reply:
        """Send a request and read its answer; raises `OSError`, `EOFError` or `TimeoutError`."""
        told = [f"{method} {path} HTTP/1.1", f"host: {self._host}:{self._port}"]
        told += [f"{name}: {value}" for name, value in headers]
        if body:
            told.append(f"content-length: {len(body)}")
        sent = "\r\n".join([*told, "", ""]).encode() + body
        begun, kept = time.perf_counter(), self._writer is not None
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._asked(sent, begun)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            if not kept:  # one that was kept may have been closed while nobody asked
                raise
            return await self.ask(method, path, body, headers)
        except BaseException:
            self.close()
            raise

    async def _asked(self, sent: bytes, begun: float) -> Reply:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port, limit=1 << 24)
        reader = self._reader
        assert reader is not None
        self._writer.write(sent)
        await self._writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        if headers.get("transfer-encoding") == "chunked":
            body = await self._chunks(reader)
        else:
            body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return Reply(int(head[0].split(" ")[1]), headers, body, time.perf_counter() - begun)

    async def _chunks(self, reader: asyncio.StreamReader) -> bytes:
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readexactly(2)
        return b"".join(parts)
