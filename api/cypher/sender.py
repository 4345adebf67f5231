"""Sends one answer by ASGI: whole, or in pieces; what fails after the beginning ends in an Error event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.types import Send

from api.cypher.problems import as_body, as_event, headers_for, status_for
from schema.errors import MscevError

JSON: Final = "application/json"


class Sender:
    """One answer under way."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = False

    async def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Send status and headers."""
        self._begun = True
        told = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        told.append((b"cache-control", b"no-store"))
        await self._send({"type": "http.response.start", "status": status, "headers": told})

    async def piece(self, body: bytes) -> None:
        """Send a piece of the body."""
        await self._send({"type": "http.response.body", "body": body, "more_body": True})

    async def end(self, body: bytes = b"") -> None:
        """Send the last piece."""
        await self._send({"type": "http.response.body", "body": body})

    async def all(
        self, status: int, media: str, body: bytes, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send a whole answer."""
        told = {"content-type": media, "content-length": str(len(body)), **(headers or {})}
        await self.begin(status, told)
        await self.end(body)

    async def fail(self, error: MscevError) -> None:
        """Send an error: as the answer, or as the last event of one that has begun."""
        if self._begun:
            await self.end(as_event(error))
        else:
            await self.all(status_for(error), JSON, as_body(error), headers_for(error))
