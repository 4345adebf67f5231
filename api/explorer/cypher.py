"""The page `/cypher`: an editor for Cypher that reads, the words of the schema, and saved questions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from typing import Any

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.explorer import parameters
from api.explorer.render import Pages
from api.explorer.saved import groups
from api.views import ANSWER_IDS
from schema.describe import type_word
from schema.ids import LOCAL
from schema.kinds import KINDS, Property
from schema.predicates import PREDICATES
from schema.stored import LABELS, LINKS, RELATION


class CypherPage:
    """The page over one database."""

    def __init__(self, pages: Pages, database: str) -> None:
        self._pages = pages
        self._door = f"/db/{database}/query/v2"

    async def __call__(self, http: HttpRequest) -> Response:
        """Answer `/cypher`; statement and parameters stand in the fragment, which no server is sent."""
        parameters.read(http.query_params.multi_items(), ())
        # The editor makes its style sheet in the browser; this page alone may, by a word that is used once.
        nonce = secrets.token_urlsafe(16)
        told = [asdict(one) for group in groups() for one in group.questions]
        given = {
            "door": self._door,
            "nonce": nonce,
            "drawn": ANSWER_IDS,
            "questions": told,
            "words": _words(),
        }
        return self._pages.page("cypher", nonce=nonce, given=given, groups=groups(), count=len(told))


@cache
def _words() -> dict[str, list[dict[str, str]]]:
    """Return what the editor completes: labels, types and properties, each with what it means."""
    labels = [(label.name, label.description) for label in LABELS]
    labels += [(kind.name, kind.description) for kind in KINDS]
    types = [(predicate.name, predicate.description) for predicate in PREDICATES]
    types += [(link.name, link.description) for link in LINKS]
    owners = [*(label.properties for label in LABELS), *(kind.properties for kind in KINDS)]
    owners += [*(link.properties for link in LINKS), RELATION]
    return {
        "labels": _told(labels),
        "types": _told(types),
        "properties": _told((p.name, _property(p)) for props in owners for p in props),
        "prefixes": _told((prefix, "") for prefix in (LOCAL, *_prefixes())),
    }


def _prefixes() -> Iterable[str]:
    return sorted({prefix for kind in KINDS for prefix in kind.prefixes})


def _property(prop: Property) -> str:
    return f"{type_word(prop)}{f', {prop.unit}' if prop.unit else ''}: {prop.description}"


def _told(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    first = dict(reversed(list(pairs)))  # of equal names the first is told
    return [{"label": name, "info": told} for name, told in sorted(first.items())]
