"""`GET /metrics`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from fastapi import FastAPI
from fastapi.responses import Response

from api.observe.live import Live
from api.observe.metrics import Metrics, Sources

PULSE_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Observer:
    """The metrics of a process, and where they come from."""

    metrics: Metrics
    sources: Sources
    live: Live

    def mount(self, app: FastAPI) -> None:
        """Add the address."""

        @app.get("/metrics", tags=["health"], response_class=Response)
        async def told() -> Response:
            """Tell what the service does, in the text format of Prometheus."""
            self.metrics.refresh(self.sources)
            text, media = self.metrics.text(await self.live.read())
            return Response(text, headers={"content-type": media, "cache-control": "no-store"})

    @asynccontextmanager
    async def pulse(self) -> AsyncIterator[None]:
        """Take over the numbers of this process every second: another worker may be the one who is asked."""
        task = asyncio.ensure_future(self._beat())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _beat(self) -> None:
        while True:
            self.metrics.refresh(self.sources)
            await asyncio.sleep(PULSE_SECONDS)
