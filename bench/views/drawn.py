"""Time until Chromium has drawn a page, with the network cut and with every server stalled; redraw time."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from playwright.sync_api import TimeoutError as TimedOut

from bench.table import show
from bench.views.graphs import SIZES, graph, stock
from views import Style, render

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
VISITS = 3  # the first one of a machine reads Chromium from the disk
LIMIT = 60.0  # seconds after which a page is given up
# A setter on the variable that pyvis's page assigns its network to; ours sets `data-drawn` by itself. It is
# told by the console, since a page that is busy answers no question.
_LISTEN = """
new MutationObserver(() => console.log(`drawn ${document.documentElement.dataset.drawn}`))
    .observe(document, { attributes: true, subtree: true, attributeFilter: ["data-drawn"] });
let held;
Object.defineProperty(window, "network", { configurable: true, get: () => held, set: (network) => {
    held = network;
    network.once("afterDrawing", () => {
        document.documentElement.dataset.drawn = String(performance.now());
    });
}});
"""
_REDRAW = """() => {
    const network = window.mscevView ? mscevView.network : window.network;
    const begun = performance.now();
    for (let i = 0; i < 10; i += 1) network.renderer._redraw();
    return (performance.now() - begun) / 10;
}"""


def main() -> None:
    """Measure and print."""
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for nodes, edges in SIZES:
            subgraph = graph(nodes, edges)
            pages = {"ours": render(subgraph, Style(title="bench"), "html"), "pyvis": stock(subgraph)}
            for name, content in pages.items():
                file = Path(folder) / f"{name}{nodes}.html"
                file.write_bytes(content)
                cut, redraw = _measured(playwright, file, stalled=False)
                stalled, _ = _measured(playwright, file, stalled=True)
                rows.append((f"{nodes}/{edges}", name, cut, stalled, redraw))
    columns = ("nodes/edges", "page", "network cut: drawn s", "stalled: drawn s", "redraw ms")
    show(f"Chromium, without GPU; given up after {LIMIT:.0f} s", columns, rows)


def _measured(playwright: Playwright, file: Path, *, stalled: bool) -> tuple[object, object]:
    """Return seconds until drawn and milliseconds of a redraw, the best of several visits."""
    best: tuple[object, object] = ("not drawn", "")
    for _ in range(VISITS):
        seconds, redraw = _measured_once(playwright, file, stalled=stalled)
        if not isinstance(seconds, float):
            return best
        if not isinstance(best[0], float) or seconds < best[0]:
            best = seconds, redraw
    return best


def _measured_once(playwright: Playwright, file: Path, *, stalled: bool) -> tuple[object, object]:
    """Visit in a browser of its own, since pages may hang."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    try:
        return _visited(browser, file, stalled=stalled)
    finally:
        browser.close()


def _visited(browser: Browser, file: Path, *, stalled: bool) -> tuple[object, object]:
    page = _context(browser, stalled=stalled).new_page()
    page.add_init_script(_LISTEN)
    try:
        with page.expect_console_message(lambda m: m.text.startswith("drawn "), timeout=LIMIT * 1000) as told:
            page.goto(file.as_uri(), wait_until="commit")
        return float(told.value.text.removeprefix("drawn ")) / 1000, float(page.evaluate(_REDRAW))
    except TimedOut:
        return "not drawn", ""


def _context(browser: Browser, *, stalled: bool) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=not stalled)
    if stalled:
        context.route("http*://**", lambda _route: None)
    return context
