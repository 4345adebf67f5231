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
    for _ in range(400):
        for frame in page.frames[1:]:
            if frame.evaluate("document.documentElement.dataset.drawn"):
                return frame
        page.wait_for_timeout(25)
    pytest.fail("the graph was never drawn")


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
    frame = page.locator("iframe").bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + 40, frame["y"] + frame["height"] / 2)
    for key, slide in (("ArrowRight", 2), ("ArrowLeft", 1), ("PageDown", 2), ("PageUp", 1)):
        if page.evaluate("Reveal.getIndices().h") == 1:
            page.mouse.click(frame["x"] + 40, frame["y"] + frame["height"] / 2)
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
