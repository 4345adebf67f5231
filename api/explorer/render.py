"""From values to a page: templates that escape, the colours of the pictures, headers that allow little."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.explorer.words import FILTERS, ONLY_WORDS, ROLE_WORDS
from schema.enums import Certainty, EvidenceLevel
from schema.kinds import KINDS
from views import FORMATS
from views.text import FONT
from views.theme import PALETTES, Sign, Theme

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
_COLOURS = ("ground", "panel", "text", "muted", "border", "line", "link", "mark")


def headers(ancestors: str, nonce: str = "") -> dict[str, str]:
    """Return the headers of a page; `ancestors` says who may frame it, as in CSP.

    A style sheet inside the page is allowed where it carries the `nonce`.
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' 'nonce-{nonce}'" if nonce else "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": ancestors,
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "Cache-Control": "no-cache",
        "Vary": "Accept",  # a Neo4j driver may ask for the same address
    }


class Pages:
    """Makes the pages of one service."""

    def __init__(self, ancestors: str) -> None:
        self._ancestors = ancestors
        self._templates = Environment(
            loader=FileSystemLoader([HERE / "templates", HERE.parent / "review" / "templates"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= FILTERS
        self._templates.globals |= {
            "formats": tuple(name for name in FORMATS if name != "json"),  # places alone are no picture
            "certainties": tuple(Certainty),
            "levels": tuple(EvidenceLevel),
            "kinds": {kind.constant: kind.word for kind in KINDS},
            "role_words": ROLE_WORDS,
            "only_words": ONLY_WORDS,
            "style": f"/explorer.css?v={_digest(style_sheet())}",
            "script": _file("explorer/explorer.js"),
            "editor": tuple(
                map(_file, ("cypher/codemirror.min.js", "cypher/language.js", "cypher/cypher.js"))
            ),
            "editor_style": _file("cypher/cypher.css"),
            "review_script": _file("review/review.js"),
            "review_style": _file("review/review.css"),
        }

    def page(self, template: str, status: int = 200, *, nonce: str = "", **values: object) -> Response:
        """Return a page from a template; only with a `nonce` may a style sheet stand inside it."""
        text = self._templates.get_template(f"{template}.html").render(**values)
        return HTMLResponse(text, status, headers(self._ancestors, nonce))


@cache
def style_sheet() -> bytes:
    """Return the style sheet: the colours of the pictures, then the rules of the pages."""
    light, dark = (_root(PALETTES[name]) for name in ("light", "dark"))
    colours = f":root{{color-scheme:light dark;--face:{FONT};{light}}}\n"
    colours += f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    colours += f"@media print{{:root{{color-scheme:light;{light}}}}}\n"
    return colours.encode() + (STATIC / "explorer" / "explorer.css").read_bytes()


def _root(theme: Theme) -> str:
    named = [f"--{name}:{getattr(theme, name)}" for name in _COLOURS]
    named += [f"--{sign.value}:{theme.edges[sign]}" for sign in Sign]
    return ";".join(named)


def _file(path: str) -> str:
    """Return the address of a static file, which changes with it."""
    return f"/static/{path}?v={_digest(STATIC.joinpath(path).read_bytes())}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
