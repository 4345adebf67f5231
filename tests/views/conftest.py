"""A real Chromium, without network, and pages that report everything that they should not do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from views import Style, Subgraph, render


@dataclass(frozen=True, slots=True)
class Shown:
    """A page in the browser, its requests beside that for the file, and every message of the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def value(self, script: str, argument: object = None) -> Any:
        """Return what a script in the page gives."""
        return self.page.evaluate(script, argument)

    def until(self, script: str, seconds: float = 20) -> Any:
        """Poll until the script gives something true; `wait_for_function` is stopped by the policy."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = self.value(script)
            if value:
                return value
            time.sleep(0.02)
        pytest.fail(f"never true in the page: {script}")

    def text(self, selector: str) -> str:
        """Return the visible text of an element."""
        return self.page.inner_text(selector)


Show = Callable[..., Shown]
Visit = Callable[..., Shown]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A function that opens an address in a fresh context; on leaving, nothing may have gone wrong."""
    shown: list[Shown] = []

    def opened(address: str, width: int = 1280, height: int = 720) -> Shown:
        context = browser.new_context(viewport={"width": width, "height": height})
        one = Shown(context.new_page())
        shown.append(one)
        one.page.on("request", lambda r: one.requests.append(r.url))
        one.page.on("console", lambda m: one.messages.append(m.text))
        one.page.on("pageerror", lambda e: one.messages.append(str(e)))
        one.page.on("dialog", lambda d: one.messages.append(f"dialog: {d.message}"))
        one.page.goto(address)
        one.requests.remove(address)
        return one

    yield opened
    for one in shown:
        assert one.requests == []
        assert one.messages == []
        one.page.context.close()


@pytest.fixture
def show(visit: Visit, tmp_path: Path) -> Show:
    """A function that opens a graph as page, drawn."""

    def opened(graph: Subgraph, style: Style, width: int = 1280, height: int = 720) -> Shown:
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.html"
        file.write_bytes(render(graph, style, "html"))
        one = visit(file.as_uri(), width, height)
        one.until("document.documentElement.dataset.drawn")
        return one

    return opened
