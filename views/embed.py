"""Snippets that put a view's file into a deck or a page: one row a tool."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from schema.errors import UsageError


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that shows HTML; `before` and `after` stand around the frame, `note` says what else it needs.

    `source` is the attribute that names the file.
    """

    note: str
    before: str = ""
    after: str = ""
    source: str = "src"
    width: str = "100%"
    height: str = "540"


TOOLS: dict[str, Tool] = {
    "reveal": Tool(
        "reveal.js: a slide of its own, loaded when it is near; the file lies beside the deck",
        before="<section>\n  ",
        after="\n</section>",
        source="data-src",
    ),
    "quarto": Tool(
        "Quarto and pandoc: as raw HTML in the text; embed-resources takes the file into the deck",
        before="```{=html}\n",
        after="\n```",
    ),
    "marp": Tool("Marp: as it stands in the text; run marp --html"),
    "iframe": Tool("a web page", width="1280", height="720"),
}


def snippet(tool: str, file: str, title: str) -> str:
    """Return the markup that shows a file which lies beside the deck; `UsageError` names the allowed tools.

    The frame may run scripts and nothing else: no form, no window, no storage, no look at the page around it.
    """
    try:
        row = TOOLS[tool]
    except KeyError:
        raise UsageError(
            f"unknown tool {tool!r}; allowed: {', '.join(TOOLS)}", given=tool, allowed=tuple(TOOLS)
        ) from None
    attributes = {
        row.source: quote(file),
        "title": title,
        "sandbox": "allow-scripts",
        "width": row.width,
        "height": row.height,
    }
    written = " ".join(f'{name}="{_attribute(value)}"' for name, value in attributes.items())
    return f"{row.before}<iframe {written}></iframe>{row.after}\n"


def inline(page: str, title: str, height: int) -> str:
    """Return a frame that holds the page itself, as a notebook shows it; `height` in CSS pixels."""
    named = f'title="{_attribute(title)}" sandbox="allow-scripts" width="100%" height="{height}"'
    return f'<iframe {named} style="border: 0" srcdoc="{escape(page)}"></iframe>'


def _attribute(value: str) -> str:
    """Escape for HTML, and keep it on its line: an empty one would end raw HTML in Markdown."""
    return escape(" ".join(value.split()))
