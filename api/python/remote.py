"""A graph behind a running service, over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx

from api.graphql.engine import Request
from api.pictures import Wanted
from api.python.door import ANSWER, Drawn
from api.python.loop import Loop
from api.results import drawn_ids
from graph.reads.open import Table
from schema.errors import DatabaseRejected, DatabaseUnavailable, InvalidQuery, MscevError, UsageError
from schema.private import shown
from views import format_named, render

if TYPE_CHECKING:
    from graph.ogm import Reading

SECONDS = 60.0


class Remote:
    """A door to the service at `url`; with a user name, requests carry it and the password."""

    def __init__(
        self, url: str, username: str | None = None, password: str = "", database: str = "neo4j"
    ) -> None:
        base = url.rstrip("/")
        self._url = shown(base)  # as errors tell it
        self._database = database
        auth = (username, password) if username else None
        self._client = httpx.Client(base_url=base, auth=auth, timeout=SECONDS)

    def graphql(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a GraphQL query."""
        body = self._sent("POST", "/graphql", json={"query": query, "variables": dict(variables)})
        answer = _json(body, self._url)
        if answer.get("errors"):
            told = "; ".join(str(error["message"]) for error in answer["errors"])
            raise InvalidQuery(told, code=_code(answer["errors"][0].get("extensions", {})))
        data: dict[str, Any] = answer["data"]
        return data

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Table:
        """Return the answer of the service's Query API to a Cypher statement that reads."""
        body = self._sent(
            "POST",
            f"/db/{self._database}/query/v2",
            json={"statement": statement, "parameters": dict(parameters), "accessMode": "Read"},
        )
        answer = _json(body, self._url)
        if "data" not in answer:
            raise _told(body, answer)
        return Table(tuple(answer["data"]["fields"]), answer["data"]["values"])

    def picture(self, wanted: Wanted) -> Drawn:
        """Return what fetches a view; what cannot be drawn is told then."""
        asked = {
            "focus": list(wanted.focus),
            "hops": wanted.hops,
            "kind": list(wanted.kinds),
            "predicate": list(wanted.predicates),
            "limit": wanted.limit,
            "theme": wanted.theme,
            "title": wanted.title,
        }
        return lambda form: self._drawn("/views/graph", form, asked)

    def named_picture(self, name: str, theme: str, title: str) -> Drawn:
        """Return what fetches a ready-made view; what cannot be drawn is told then."""
        return lambda form: self._drawn(f"/views/named/{name}", form, {"theme": theme, "title": title})

    def answer_picture(self, ids: Iterable[str], theme: str, title: str) -> Drawn:
        """Ask the service what an answer names, and return what draws it here."""
        with Loop() as loop:
            return partial(render, *loop.run(drawn_ids(_Asked(self), ids, ANSWER, theme, title)))

    def py2neo(self) -> Reading:
        """Refuse: py2neo's own HTTP mode does not work with this Neo4j."""
        raise UsageError("py2neo speaks Bolt, and this graph is behind HTTP; connect to bolt:// or to none")

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _drawn(self, path: str, form: str, asked: dict[str, Any]) -> bytes:
        format_named(form)
        response = self._sent("GET", f"{path}.{form}", params=asked)
        if response.status_code != httpx.codes.OK:
            raise _told(response, _json(response, self._url))
        return response.content

    def _sent(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            return self._client.request(method, path, **content)
        except httpx.HTTPError as error:
            raise DatabaseUnavailable(
                f"no service answers at {self._url} ({error}); start one with 'mscev up'", uri=self._url
            ) from error


@dataclass(frozen=True, slots=True)
class _Asked:
    """The service in place of an engine."""

    door: Remote

    async def data(self, request: Request) -> dict[str, Any]:
        return self.door.graphql(request.query, request.variables)


def _json(response: httpx.Response, url: str) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise DatabaseRejected(
            f"{url} answers {response.status_code} and no JSON; is it a service of mscev?", uri=url
        )
    return answer


def _told(response: httpx.Response, answer: Mapping[str, Any]) -> MscevError:
    """Return what the service or the Query API says is wrong."""
    errors = answer.get("errors") or [answer.get("error") or {}]
    message = errors[0].get("message") or f"the service answers {response.status_code} to {response.url.path}"
    wrong = response.status_code in {400, 404, 413}
    return (InvalidQuery if wrong else DatabaseRejected)(message, code=_code(errors[0]))


def _code(told: Mapping[str, Any]) -> str:
    return str(told.get("code", "INTERNAL"))
