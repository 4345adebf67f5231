"""What a notebook shows of a view, in a browser: the frame draws its graph, asks nobody, and stays closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Request

import mscev

pytestmark = pytest.mark.tools

DRAWN = """() => {
    const canvas = document.querySelector("#graph canvas");
    if (!canvas || !window.mscevView) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, place) => place % 4 === 3 && value > 0);
}"""


def test_the_frame_draws_its_graph_without_a_request(over_bolt: mscev.Graph, browser: Browser) -> None:
    page = browser.new_page(offline=True)
    asked: list[str] = []
    problems: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.set_content(f"<h1>A notebook</h1>{over_bolt.view('osteoarthritis')._repr_html_()}")
    frame = page.frames[1]
    frame.wait_for_function(DRAWN)
    assert frame.evaluate("mscevView.network.body.nodeIndices.length") > 1
    assert frame.evaluate("origin") == "null"
    assert [url for url in asked if not url.startswith(("data:", "blob:", "about:"))] == []
    assert problems == []
    page.close()
