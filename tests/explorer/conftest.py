"""A real Chromium at the explorer; on leaving, nothing went wrong and nothing was asked elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Service


@dataclass(frozen=True, slots=True)
class Visit:
    """A page in the browser, what it asked of other hosts, and every message of the console."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


VisitAt = Callable[..., Visit]


@pytest.fixture
def visit(service: Service, browser: Browser) -> Iterator[VisitAt]:
    """A function that opens a path in a fresh context; further options are those of the context."""
    visits: list[Visit] = []

    def opened(path: str, width: int = 1280, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        one = Visit(context.new_page())
        visits.append(one)
        one.page.on("request", lambda r: _note(r.url, one, service))
        one.page.on("console", lambda m: one.messages.append(m.text))
        one.page.on("pageerror", lambda e: one.messages.append(str(e)))
        response = one.page.goto(service.url + path)
        if response and response.status == 404:
            one.messages.clear()  # the browser tells of it
        return one

    yield opened
    for one in visits:
        one.page.context.close()
        assert one.elsewhere == []
        assert one.messages == []


def _note(url: str, one: Visit, service: Service) -> None:
    if not url.startswith((service.url, "data:", "blob:")):
        one.elsewhere.append(url)
