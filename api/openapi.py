"""The OpenAPI document: FastAPI's own routes, the plain ones beside them, and errors as they really are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from fastapi import FastAPI

Row = dict[str, Any]

JSON: Final = "application/json"
HTML: Final = "text/html"
GRAPHQL: Final = "application/graphql-response+json"
QUERY: Final = "application/vnd.neo4j.query.v1.0"
LINES: Final = f"{QUERY}+jsonl"

# What any address may answer, whatever it is; and what some may.
ERRORS: Final[Mapping[int, str]] = {
    400: "Not allowed; the message names what is.",
    401: "A key is needed; the message says how it is sent.",
    403: "Whoever asks may not have this.",
    429: "Too many requests of this client; `Retry-After` says when to come again.",
    503: "Neo4j does not answer, or the service has as much to do as it takes; `Retry-After` as above.",
    504: "It took longer than a read may, and was ended.",
}
NOT_FOUND: Final = {404: "Nothing has this name."}
WITH_BODY: Final = {
    413: "The body is larger than it may be.",
    415: "The body is of another media type than allowed.",
}
_PROBLEM: Final[Row] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string", "description": "Stable; for programs."},
                "message": {"type": "string", "description": "One line; for people."},
                "requestId": {"type": "string", "description": "As the header `X-Request-ID`."},
            },
        }
    },
}
# GraphQL and the Query API have forms of their own.
_PROBLEMS: Final[Row] = {
    "type": "object",
    "required": ["errors"],
    "properties": {
        "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["message"],
                "properties": {"message": {"type": "string"}},
            },
        }
    },
}
_REF: Final = {"$ref": "#/components/schemas/Problem"}
_REFS: Final = {"$ref": "#/components/schemas/Problems"}


def install(app: FastAPI, paths: Mapping[str, Row]) -> None:
    """Complete the document of a service with these addresses, and with the errors of all."""
    plain = app.openapi

    @cache
    def complete() -> Row:
        document = plain()
        document["paths"] |= paths
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas |= {"Problem": _PROBLEM, "Problems": _PROBLEMS}
        for path, item in document["paths"].items():
            for operation in item.values():
                _tell_errors(path, operation)
        return document

    app.openapi = complete  # type: ignore[method-assign]


def files(media: Iterable[str], description: str) -> dict[int | str, Row]:
    """Return the good answers of an address that gives files with an entity tag."""
    content = {one: {"schema": {"type": "string", "format": "binary"}} for one in dict.fromkeys(media)}
    return {200: {"description": description, "content": content}, 304: NOT_MODIFIED}


NOT_MODIFIED: Final = {"description": "As the ETag that was sent."}


def _tell_errors(path: str, operation: Row) -> None:
    answers = operation["responses"]
    if "HTTPValidationError" in str(answers.get("422", "")):
        del answers["422"]  # what FastAPI says of itself; here it is 400
    told = dict(ERRORS)
    if "{" in path:
        told |= NOT_FOUND
    if "requestBody" in operation:
        told |= WITH_BODY
    for status, description in told.items():
        given = answers.setdefault(str(status), {"description": description})
        given.setdefault("content", _content(path, operation))
    operation["responses"] = dict(sorted(answers.items()))


def _content(path: str, operation: Row) -> Row:
    if path == "/graphql":
        return {media: {"schema": _REFS} for media in (JSON, GRAPHQL)}
    if path.startswith("/db/"):
        return {JSON: {"schema": _REFS}}
    content: Row = {JSON: {"schema": _REF}}
    if HTML in operation["responses"].get("200", {}).get("content", {}) and "explorer" in operation["tags"]:
        content[HTML] = _TEXT
    content["text/plain"] = _TEXT  # a Host header that is not known
    return content


_TEXT: Final[Row] = {"schema": {"type": "string"}}


def parameter(name: str, place: str, description: str, schema: Row | None = None) -> Row:
    """Return a parameter; one in the path is required."""
    required = {"required": True} if place == "path" else {}
    told = {"name": name, "in": place, "description": description}
    return told | {"schema": schema or {"type": "string"}} | required


def page(summary: str, parameters: Iterable[Row] = (), more: Row | None = None) -> Row:
    """Return an address that gives a page of the explorer."""
    answers: Row = {"200": {"description": "The page.", "content": {HTML: _TEXT}}}
    answers["422"] = {"description": "A parameter cannot be read.", "content": {HTML: _TEXT}}
    return {
        "get": {
            "tags": ["explorer"],
            "summary": summary,
            "parameters": list(parameters),
            "responses": answers | (more or {}),
        }
    }
