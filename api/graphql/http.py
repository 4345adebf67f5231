"""GraphQL over HTTP: what a request must look like, and which status and headers its answer has.

After the draft of the GraphQL Foundation: `application/graphql-response+json` tells by its status whether the
request was refused, `application/json` answers 200 wherever there is a GraphQL answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import orjson
from starlette.types import Receive, Scope, Send

from api.errors import status_of
from api.graphql.cache import GZIP_FROM, AnswerCache, Encoded
from api.graphql.engine import Answer, Engine, Request, failure
from api.graphql.trusted import Trusted
from api.guards.clients import client_of
from api.guards.places import Places
from api.http import has_it, read_body
from api.observe import note
from schema.errors import LimitExceeded, MscevError, Overloaded

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
_CHARSETS = {"utf-8", "utf8"}
_MEDIA = {JSON: JSON, "*/*": JSON, "application/*": JSON, RESPONSE: RESPONSE}


class HttpError(Exception):
    """A request that is no GraphQL request; answered with this status and one error."""

    def __init__(
        self, status: int, message: str, code: str, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """What one client may send: bytes of a body, requests under way at once."""

    body: int = 256 * 1024
    concurrency: int = 64


class GraphQLDoor:
    """The ASGI application at /graphql; `page` is what a browser gets, with a query in a link or without."""

    def __init__(
        self,
        engine: Engine,
        cache: AnswerCache,
        trusted: Trusted,
        limits: HttpLimits,
        page: tuple[bytes, Mapping[str, str]],
    ) -> None:
        self._engine = engine
        self._cache = cache
        self._trusted = trusted
        self._limits = limits
        self._page = page
        self._places = Places("requests", limits.concurrency)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        media = JSON
        headers = _Headers(scope)
        try:
            if scope["method"] == "GET" and _is_for_the_page(scope["query_string"], headers["accept"]):
                body, page_headers = self._page
                await _send(send, 200, body, "text/html; charset=utf-8", tuple(page_headers.items()))
                return
            media = _negotiated(headers["accept"])
            with self._places.held(client_of(scope).name):
                request = await self._request(scope, receive, headers)
                encoded = await self._encoded(request)
                await self._respond(send, encoded, media, headers, cacheable=scope["method"] == "GET")
        except Overloaded as error:
            await _refuse(send, HttpError(429, error.message, error.code, (("retry-after", "1"),)), media)
        except HttpError as error:
            await _refuse(send, error, media)

    async def _request(self, scope: Scope, receive: Receive, headers: _Headers) -> Request:
        method = scope["method"]
        if method == "GET":
            return self._from_parameters(_query_parameters(scope["query_string"]))
        if method == "POST":
            _require_json(headers["content-type"])
            return self._from_parameters(_body_parameters(await self._body(receive, headers)))
        raise HttpError(405, "use GET or POST", "METHOD_NOT_ALLOWED", (("allow", "GET, POST"),))

    async def _body(self, receive: Receive, headers: _Headers) -> bytes:
        try:
            body = await read_body(receive, headers["content-length"], self._limits.body)
        except LimitExceeded as error:
            raise HttpError(413, error.message, LimitExceeded.code) from None
        if body is None:
            raise HttpError(400, "the request ended early", "BAD_REQUEST")
        return body

    def _from_parameters(self, given: Any) -> Request:
        if not isinstance(given, dict):
            raise HttpError(400, "the body must be one JSON object; batches are not supported", "BAD_REQUEST")
        query, variables, name, id_ = (
            given.get(key) for key in ("query", "variables", "operationName", "documentId")
        )
        _require(query, str, "query", "a text")
        _require(variables, dict, "variables", "an object")
        _require(name, str, "operationName", "a text")
        _require(id_, str, "documentId", "a text")
        _require(given.get("extensions"), dict, "extensions", "an object")
        try:
            return Request(self._trusted.text(query, id_), variables or {}, name or None)
        except MscevError as error:
            raise HttpError(400, error.message, error.code) from None

    async def _encoded(self, request: Request) -> Encoded:
        under_way = note.current()
        under_way.operation, under_way.text = request.operation, request.query

        async def make() -> Encoded:
            return encoded(await self._engine.answer(request))

        variables = orjson.dumps(request.variables, option=orjson.OPT_SORT_KEYS)
        try:
            answer = await self._cache.answer((request.query, request.operation, variables), make)
        except MscevError as error:
            answer = encoded(failure(error))
        under_way.kind, under_way.code = answer.kind, answer.code
        return answer

    async def _respond(
        self, send: Send, answer: Encoded, media: str, headers: _Headers, *, cacheable: bool
    ) -> None:
        status = answer.status
        if answer.refused and media == RESPONSE and status == 200:
            status = 400
        extra: list[tuple[str, str]] = []
        if answer.retry_after is not None:
            extra.append(("retry-after", str(answer.retry_after)))
        if cacheable:
            extra += [("vary", "accept, accept-encoding"), ("cache-control", "no-cache")]
            if answer.state is not None:
                extra.append(("etag", answer.etag))
                if has_it(headers["if-none-match"], answer.etag):
                    await _send(send, 304, b"", None, tuple(extra))
                    return
        body = answer.body if answer.code is None else _with_id(answer.body)
        if answer.code is None and len(body) >= GZIP_FROM and "gzip" in headers["accept-encoding"]:
            body = answer.gzipped()
            extra.append(("content-encoding", "gzip"))
        await _send(send, status, body, media, tuple(extra))


def encoded(answer: Answer) -> Encoded:
    """Return an answer as bytes with its status; one with errors is not kept."""
    status = 200
    if answer.error is not None and not answer.refused:
        status = status_of(answer.error)
        status = 200 if status == 500 else status
    return Encoded(
        orjson.dumps(answer.body()),
        answer.state if answer.settled and not answer.errors else None,
        status,
        answer.refused,
        5 if status == 503 else None,
        answer.kind,
        answer.code,
    )


async def _refuse(send: Send, error: HttpError, media: str) -> None:
    note.current().code = error.code
    told = {"code": error.code, **note.named()}
    body = orjson.dumps({"errors": [{"message": str(error), "extensions": told}]})
    await _send(send, error.status, body, media, error.headers)


def _with_id(body: bytes) -> bytes:
    """Name the request in the errors of an answer; the answer may be shared by several requests."""
    answer = orjson.loads(body)
    for error in answer["errors"]:
        error["extensions"] |= note.named()
    return orjson.dumps(answer)


class _Headers:
    """The headers of a request, as text; absent ones are empty."""

    __slots__ = ("_values",)

    def __init__(self, scope: Scope) -> None:
        self._values: dict[bytes, bytes] = dict(scope["headers"])

    def __getitem__(self, name: str) -> str:
        return self._values.get(name.encode(), b"").decode("latin-1")


def _query_parameters(query_string: bytes) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: values[-1]
        for name, values in parse_qs(query_string.decode("latin-1"), keep_blank_values=True).items()
    }
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name].encode(), name)
        else:
            given.pop(name, None)
    return given


def _body_parameters(body: bytes) -> Any:
    return _json(body, "the body")


def _json(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise HttpError(400, f"{what} is not JSON: {error}", "BAD_REQUEST") from None


def _require(value: Any, type_: type, name: str, wanted: str) -> None:
    if value is not None and not isinstance(value, type_):
        raise HttpError(400, f"{name} must be {wanted}", "BAD_REQUEST")


def _media(text: str) -> tuple[str, Mapping[str, str]]:
    """Return a media type and its parameters, in lower case."""
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    pairs = (parameter.partition("=") for parameter in parameters)
    return media, {name.strip(): value.strip('" ') for name, _, value in pairs}


def _require_json(content_type: str) -> None:
    if content_type == JSON:
        return
    media, parameters = _media(content_type)
    if media != JSON or parameters.get("charset", "utf-8") not in _CHARSETS:
        raise HttpError(415, f"the body must be {JSON} in UTF-8", "UNSUPPORTED_MEDIA_TYPE")


def _is_for_the_page(query_string: bytes, accept: str) -> bool:
    """Whether a browser was led here, maybe by a link that holds a query for it to open."""
    wants_data = "json" in accept or b"documentId=" in query_string
    return "text/html" in accept and not wants_data


def _negotiated(accept: str) -> str:
    """Return the media type to answer in: what is asked for by name, else JSON (the audit's reading)."""
    if accept in {"", "*/*", JSON}:
        return JSON
    best, chosen = 0.0, None
    for part in accept.split(","):
        media, parameters = _media(part)
        quality = _quality(parameters.get("q", "1"))
        known = _MEDIA.get(media)
        if known and parameters.get("charset", "utf-8") in _CHARSETS and quality > best:
            best, chosen = quality, known
    if chosen is None:
        raise HttpError(406, f"answers are {JSON} or {RESPONSE}", "NOT_ACCEPTABLE")
    return chosen


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


async def _send(
    send: Send, status: int, body: bytes, media: str | None, headers: tuple[tuple[str, str], ...] = ()
) -> None:
    told = [(b"content-length", str(len(body)).encode())] if status != 304 else []
    if media is not None:
        suffix = "; charset=utf-8" if media in {JSON, RESPONSE} else ""
        told.append((b"content-type", f"{media}{suffix}".encode()))
    told += [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
