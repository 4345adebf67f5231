"""The service behind its guards as a browser sees it: a key asked for once, and every page works with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.guards.keys import KeyFile
from api.settings import ServiceSettings
from graph.target import Target
from tests.conftest import served

PATIENCE = 60_000  # milliseconds
pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return KeyFile(tmp_path_factory.mktemp("keys") / "keys")


@pytest.fixture(scope="module")
def closed(target: Target, keys: KeyFile) -> Iterator[str]:
    """The whole service, behind a key."""
    with served(create_app(target, ServiceSettings(keys=keys.path), keyed=True)) as url:
        yield url


@pytest.fixture
def said() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture
def page(browser: Browser, closed: str, keys: KeyFile, said: list[str], tmp_path: Path) -> Iterator[Page]:
    """A page of a user who typed a key when the browser asked."""
    key = keys.add(tmp_path.name)
    context = browser.new_context(base_url=closed, http_credentials={"username": "", "password": key})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "response",
        lambda answer: said.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    yield opened
    context.close()


def test_without_a_key_nothing_is_shown(browser: Browser, closed: str) -> None:
    context = browser.new_context()
    answer = context.request.get(closed)
    assert (answer.status, answer.json()["error"]["code"]) == (401, "UNAUTHENTICATED")
    context.close()


def test_the_explorer(page: Page, said: list[str]) -> None:
    page.goto("/entity/MONDO:0005178")
    expect(page.get_by_role("heading", level=1)).to_have_text("osteoarthritis", timeout=PATIENCE)
    expect(page.frame_locator("iframe").first.locator("canvas")).to_be_visible(timeout=PATIENCE)
    page.goto("/")
    page.fill("#q", "interleukin")
    expect(page.get_by_role("link", name="IL6", exact=True)).to_be_visible(timeout=PATIENCE)
    assert said == []


def test_graphiql(page: Page, said: list[str]) -> None:
    page.goto("/graphql")
    page.click("button.graphiql-execute-button")
    expect(page.locator(".result-window :text('statement')").first).to_be_visible(timeout=PATIENCE)
    assert said == []


def test_cypher(page: Page, said: list[str]) -> None:
    page.goto("/cypher#question=shortest-explanation")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#table tbody tr").first).to_be_visible(timeout=PATIENCE)
    assert said == []


def test_openapi(page: Page, said: list[str]) -> None:
    page.goto("/docs")
    expect(page.get_by_text("/health/ready")).to_be_visible(timeout=PATIENCE)
    page.get_by_text("/health/live").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.get_by_text('"live"').first).to_be_visible(timeout=PATIENCE)
    assert said == []


@pytest.mark.parametrize(("ancestors", "seen"), [("*", True), ("'self'", False)])
def test_a_view_is_framed_where_settings_allow(
    browser: Browser, target: Target, ancestors: str, seen: bool
) -> None:
    """Slides on another origin show a view where their origin is named."""
    with served(create_app(target, ServiceSettings(frame_ancestors=ancestors))) as url:
        deck = FastAPI()
        deck.get("/", response_class=HTMLResponse)(
            lambda: (
                f"<link rel='icon' href='data:,'><iframe src='{url}/views/named/ev-subtypes.html'></iframe>"
            )
        )
        with served(deck) as slides:
            context = browser.new_context()
            opened = context.new_page()
            said: list[str] = []
            opened.on("console", lambda message: said.append(message.text))
            opened.goto(slides)
            canvas = opened.frame_locator("iframe").locator("canvas")
            if seen:
                expect(canvas.first).to_be_visible(timeout=PATIENCE)
                assert said == []
            else:
                opened.wait_for_load_state("networkidle", timeout=PATIENCE)
                expect(canvas).to_have_count(0)
                assert "frame-ancestors" in " ".join(said)
            context.close()
