"""Pictures of subgraphs for slides and pages: `render` gives bytes, `write` a file.

A subgraph and a style are composed into one picture, which each format draws. Adding a format is one module
with a function `draw(picture) -> bytes` and one row in `FORMATS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from schema.errors import UsageError
from views.composer import compose
from views.files import write_whole
from views.model import Style, Subgraph, ViewCitation, ViewClaim, ViewEdge, ViewNode

__all__ = [
    "FORMATS",
    "Format",
    "Style",
    "Subgraph",
    "ViewCitation",
    "ViewClaim",
    "ViewEdge",
    "ViewNode",
    "compose",
    "format_named",
    "render",
    "write",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format; `module` is imported when first asked for (pyvis alone takes more than a second)."""

    media_type: str
    module: str


FORMATS: dict[str, Format] = {
    "html": Format("text/html; charset=utf-8", "views.html"),
    "svg": Format("image/svg+xml", "views.svg"),
    "png": Format("image/png", "views.png"),
}


def format_named(name: str) -> Format:
    """Return the format of this name, in any case; `UsageError` names the allowed ones."""
    try:
        return FORMATS[name.lower()]
    except KeyError:
        raise UsageError(
            f"unknown format {name!r}; allowed: {', '.join(FORMATS)}", given=name, allowed=tuple(FORMATS)
        ) from None


def render(subgraph: Subgraph, style: Style, format_name: str) -> bytes:
    """Return the picture in this format; the order of nodes and edges does not matter."""
    chosen = format_named(format_name)
    drawn: bytes = import_module(chosen.module).draw(compose(subgraph, style))
    return drawn


def write(path: Path, subgraph: Subgraph, style: Style, format_name: str | None = None) -> None:
    """Write the picture whole or not at all; without `format_name` the suffix of `path` decides.

    Raises `UsageError` for an unknown format, a missing folder or a missing permission.
    """
    if format_name is None and not path.suffix:
        raise UsageError(f"{path} has no suffix; end it in one of: {', '.join('.' + f for f in FORMATS)}")
    write_whole(path, render(subgraph, style, format_name or path.suffix[1:]))
