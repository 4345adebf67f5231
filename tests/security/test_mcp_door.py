"""The guards before MCP over HTTP: keys, places, limits, headers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

pytest.importorskip("mcp")

from api.app import LOOPBACK_HOSTS
from api.guards.keys import KeyFile
from api.mcp.serve import application
from api.settings import ServiceSettings
from tests.conftest import NOWHERE
from tests.security.service import bearer

LIST: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
CALL = LIST | {"method": "tools/call", "params": {"name": "search", "arguments": {"text": "IL6"}}}
ACCEPT = {"accept": "application/json, text/event-stream"}


@asynccontextmanager
async def _asking(settings: ServiceSettings, *, keyed: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client from another machine."""
    async with application(NOWHERE, settings, LOOPBACK_HOSTS, keyed=keyed) as app:
        transport = httpx.ASGITransport(app, client=("203.0.113.7", 1))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=transport, base_url="http://localhost", headers=ACCEPT, timeout=60
            ) as client,
        ):
            yield client


def test_it_needs_a_key_where_the_service_does(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys")
    key = keys.add("agent")

    async def ask() -> None:
        async with _asking(ServiceSettings(keys=keys.path), keyed=True) as client:
            for headers in ({}, bearer("mscev_wrong")):
                refused = await client.post("/mcp", json=LIST, headers=headers)
                assert (refused.status_code, refused.json()["error"]["code"]) == (401, "UNAUTHENTICATED")
                assert refused.headers["x-content-type-options"] == "nosniff"
            known = await client.post("/mcp", json=LIST, headers=bearer(key))
            assert known.status_code == 200, known.text
            assert {tool["name"] for tool in known.json()["result"]["tools"]} >= {"search", "cypher"}
            assert known.headers["ratelimit-policy"] == '"client";q=400;w=4'
            keys.remove("agent")
            assert (await client.post("/mcp", json=LIST, headers=bearer(key))).status_code == 401

    asyncio.run(ask())


def test_a_client_has_so_many_calls_under_way_and_asks_so_often(tmp_path: Path) -> None:
    settings = ServiceSettings(keys=tmp_path / "keys", client_concurrency=2, rate_limit=0.005, rate_burst=5)

    async def ask() -> None:
        async with _asking(settings) as client:
            # each looks for a database for a while
            answers = await asyncio.gather(*(client.post("/mcp", json=CALL) for _ in range(4)))
            assert sorted(answer.status_code for answer in answers) == [200, 200, 429, 429]
            refused = next(answer for answer in answers if answer.status_code == 429)
            assert refused.json()["error"]["code"] == "TOO_MANY_REQUESTS"
            assert refused.headers["retry-after"] == "1"
            assert (await client.post("/mcp", json=LIST)).status_code == 200
            limited = await client.post("/mcp", json=LIST)
            assert (limited.status_code, limited.json()["error"]["code"]) == (429, "RATE_LIMITED")

    asyncio.run(ask())
