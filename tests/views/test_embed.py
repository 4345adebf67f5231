"""Snippets: what each tool needs, and nothing that a title or a file's name could add to it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from schema.errors import UsageError
from tests.views.samples import PAYLOADS
from views.embed import TOOLS, snippet


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _frame(text: str) -> dict[str, str | None]:
    parser = _Elements()
    parser.feed(text)
    assert [tag for tag, _ in parser.found if tag != "section"] == ["iframe"]
    return parser.found[-1][1]


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_gets_a_frame_that_may_run_scripts_and_nothing_else(tool: str) -> None:
    frame = _frame(snippet(tool, "my view.html", "Osteoarthritis"))
    assert frame["sandbox"] == "allow-scripts"
    assert frame["title"] == "Osteoarthritis"
    assert frame[TOOLS[tool].source] == "my%20view.html"


def test_reveal_loads_late_and_quarto_is_raw_html() -> None:
    assert snippet("reveal", "a.html", "A") == (
        '<section>\n  <iframe data-src="a.html" title="A" sandbox="allow-scripts" width="100%" height="540">'
        "</iframe>\n</section>\n"
    )
    assert snippet("quarto", "a.html", "A").startswith("```{=html}\n<iframe src=")


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("payload", [*PAYLOADS, "a\n\n```\n\n<script>hit()</script>"])
def test_nothing_leaves_its_attribute(tool: str, payload: str) -> None:
    text = snippet(tool, payload, payload)
    frame = _frame(text)
    assert set(frame) == {TOOLS[tool].source, "title", "sandbox", "width", "height"}
    assert frame["title"] == " ".join(payload.split())
    lines = text.splitlines()
    assert "" not in lines
    assert sum("```" in line for line in lines if not line.lstrip().startswith("<iframe")) == 2 * (
        tool == "quarto"
    )


def test_an_unknown_tool_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="reveal, quarto, marp, iframe"):
        snippet("keynote", "a.html", "A")
