"""The sample deck, by reveal.js and by pandoc: the graph is drawn in it, and the deck keeps its keys."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.node.run import INSTALLED
from tests.views.samples import STYLE, small
from views import write
from views.embed import snippet

pytestmark = pytest.mark.tools

DECK = Path(__file__).parents[2] / "docs" / "deck"
REVEAL = INSTALLED.parent / "reveal.js"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both decks."""
    if not REVEAL.exists() or not shutil.which("pandoc"):
        pytest.skip("reveal.js or pandoc is not there; `make tools` installs them")
    folder = tmp_path_factory.mktemp("deck")
    write(folder / "osteoarthritis.html", small(), STYLE)
    subprocess.run([DECK / "build.sh", folder, REVEAL], check=True, timeout=120)
    return folder


def _graph(page: Page) -> Frame:
    page.frame_locator("iframe").locator("html[data-drawn]").wait_for()
    return page.frames[1]


def _click_into(graph: Frame, page: Page) -> None:
    """Click into the graph until it has the focus.

    Its frame is a process of its own: a busy Chromium gives a click right at the turn of a slide to the deck.
    """
    for _ in range(100):
        page.locator("iframe").click(position={"x": 40, "y": 200})
        if graph.evaluate("document.hasFocus()"):
            return
    pytest.fail("the graph never had the focus")


@pytest.mark.parametrize("name", ["reveal", "pandoc"])
def test_the_deck_shows_the_graph_and_keeps_its_keys(browser: Browser, built: Path, name: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda m: messages.append(m.text))
    page.on("pageerror", lambda e: messages.append(str(e)))
    page.on("request", lambda r: requests.append(r.url))
    page.goto(built.joinpath(f"{name}.html").as_uri())
    page.keyboard.press("ArrowRight")
    graph = _graph(page)
    assert page.evaluate("Reveal.getIndices().h") == 1
    assert graph.evaluate("mscevView.network.body.edgeIndices.length") == len(small().edges)
    for key, slide in (("ArrowRight", 2), ("ArrowLeft", 1), ("PageDown", 2), ("PageUp", 1)):
        if page.evaluate("Reveal.getIndices().h") == 1:
            _click_into(graph, page)
        page.keyboard.press(key)
        page.wait_for_function("slide => Reveal.getIndices().h === slide", arg=slide)
    assert [url for url in requests if not url.startswith(("file:", "data:", "about:"))] == []
    assert messages == []
    context.close()


def test_the_decks_hold_the_snippets_that_the_command_prints() -> None:
    quarto = snippet("quarto", "osteoarthritis.html", "Osteoarthritis")
    assert quarto in DECK.joinpath("deck.md").read_text("utf-8")
    reveal = snippet("reveal", "osteoarthritis.html", "Osteoarthritis")
    assert reveal in DECK.joinpath("reveal.html").read_text("utf-8")
