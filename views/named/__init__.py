"""Ready-made views: what each selects from the graph, and how it is laid out by meaning.

A view is declared once, in `catalogue.py`. It names claims by a filter of the GraphQL API, so it holds no
claim that is not about its subject: a relation gathers the claims of every disease and setting.
"""

from __future__ import annotations

from schema.errors import NotFound
from views.named.catalogue import CATALOGUE
from views.named.model import NamedView, StatedClaim

__all__ = ["NAMED", "NamedView", "StatedClaim", "view_named"]

NAMED: dict[str, NamedView] = {view.name: view for view in CATALOGUE}


def view_named(name: str) -> NamedView:
    """Return the view of this name; `NotFound` lists the names."""
    try:
        return NAMED[name]
    except KeyError:
        raise NotFound(
            f"unknown view {name!r}; allowed: {', '.join(NAMED)}", given=name, allowed=tuple(NAMED)
        ) from None
