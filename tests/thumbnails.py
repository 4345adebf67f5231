"""Renew the thumbnails of the named views in docs/images: `.venv/bin/python -m tests.thumbnails`.

Reads the graph that `mscev` uses, which must hold the built-in article.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from api.cli.store import run_async
from api.graphql.engine import inner_engine
from api.pictures import named_picture
from graph.connection import AsyncDatabase
from tests.conftest import ARGUMENTS, CHROMIUM
from views import Style, Subgraph, write
from views.named import NAMED

IMAGES = Path(__file__).parents[1] / "docs" / "images"


async def _read(database: AsyncDatabase) -> dict[str, tuple[Subgraph, Style]]:
    engine = inner_engine(database)
    return {name: await named_picture(engine, view) for name, view in NAMED.items()}


def main() -> None:
    """Draw each view as a page and keep its picture, 640 pixels wide."""
    views = run_async(_read)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 720}, device_scale_factor=0.5)
        for name, (subgraph, style) in views.items():
            file = Path(folder) / f"{name}.html"
            write(file, subgraph, style)
            page.goto(file.as_uri())
            while not page.evaluate("document.documentElement.dataset.drawn"):
                page.wait_for_timeout(20)
            page.screenshot(path=IMAGES / f"view-{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
