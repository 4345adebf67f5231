"""The SDK's client for tests that cannot await."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.types import CallToolResult, TextContent, Tool

ROOT = Path(__file__).parents[2]
COMMAND = ["-c", "from api.cli import main; main()", "mcp"]
SECONDS = 120


class Asked:
    """A client that stays connected, for tests that cannot await."""

    def __init__(self, client: Client, loop: asyncio.AbstractEventLoop) -> None:
        self._client = client
        self._loop = loop

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)

    def tools(self) -> dict[str, Tool]:
        """Return the tools by name."""
        return {tool.name: tool for tool in self._run(self._client.list_tools()).tools}

    def call(self, tool: str, **arguments: Any) -> CallToolResult:
        """Return the whole answer of a tool."""
        answer: CallToolResult = self._run(self._client.call_tool(tool, arguments))
        return answer

    def ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Return the structured answer; fail on an error."""
        answer = self.call(tool, **arguments)
        assert not answer.is_error, answer.content
        told: dict[str, Any] | None = answer.structured_content
        assert told is not None
        return told

    def error(self, tool: str, **arguments: Any) -> str:
        """Return the error of a tool, which is one line."""
        answer = self.call(tool, **arguments)
        assert answer.is_error, answer.structured_content
        (part,) = answer.content
        assert isinstance(part, TextContent)
        assert len(part.text.splitlines()) == 1
        return part.text


@contextmanager
def connected(server: StdioServerParameters | str) -> Iterator[Asked]:
    """Connect in a loop of its own; the client stays in one task from beginning to end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ready: list[Client] = []
    told, ended = threading.Event(), asyncio.Event()

    async def stay() -> None:
        async with Client(server) as client:
            ready.append(client)
            told.set()
            await ended.wait()

    staying = asyncio.run_coroutine_threadsafe(stay(), loop)
    staying.add_done_callback(lambda _: told.set())
    assert told.wait(SECONDS)
    if not ready:
        staying.result()
    yield Asked(ready[0], loop)
    loop.call_soon_threadsafe(ended.set)
    staying.result(SECONDS)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(SECONDS)
    loop.close()


@contextmanager
def started() -> Iterator[Asked]:
    """Start the command as a client does, in the home of this run; connect to it."""
    home = {name: value for name, value in os.environ.items() if name.startswith("MSCEV_")}
    command = StdioServerParameters(command=sys.executable, args=COMMAND, cwd=ROOT, env=home)
    with connected(command) as asked:
        yield asked
