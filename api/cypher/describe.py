"""The addresses of Neo4j's Query API in the OpenAPI document."""

from __future__ import annotations

from typing import Any, Final

from api.cypher.door import STEPS, Step
from api.cypher.request import FIELDS
from api.openapi import JSON, LINES, QUERY, parameter

_TYPES: Final = {str: "string", dict: "object", bool: "boolean", list: "array", int: "integer"}
_SUMMARIES: Final = {
    "run": "Run one statement that reads",
    "begin": "Open a transaction",
    "in transaction": "Run a statement in an open transaction",
    "commit": "End a transaction",
    "rollback": "Give a transaction up",
}
_DATABASE: Final = parameter("database", "path", "The name of the database.", {"type": "string"})
_TRANSACTION: Final = parameter("id", "path", "The id of the transaction.", {"type": "string"})


def _operation(step: Step) -> dict[str, Any]:
    object_: dict[str, Any] = {"schema": {"type": "object"}}
    media = {JSON: object_, QUERY: object_, LINES: {"schema": {"type": "string"}}}
    told: dict[str, Any] = {
        "tags": ["cypher"],
        "summary": _SUMMARIES[step.name],
        "parameters": [_DATABASE, _TRANSACTION] if "{id}" in step.path else [_DATABASE],
        "responses": {
            "200": {"description": "Done.", "content": media},
            "202": {"description": "Columns and rows; or `errors` of the statement.", "content": media},
        },
    }
    if step.method == "POST":
        told["requestBody"] = _body(step)
    return told


def _body(step: Step) -> dict[str, Any]:
    fields = {name: {"type": _TYPES[type_]} for name, type_ in FIELDS.items()}
    schema: dict[str, Any] = {"type": "object", "properties": fields, "additionalProperties": False}
    if step.needs_statement:
        schema["required"] = ["statement"]
    return {"required": step.needs_statement, "content": {JSON: {"schema": schema}}}


def _paths() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for step in STEPS:
        path = f"/db/{{database}}/query/v2{step.path}"
        found.setdefault(path, {})[step.method.lower()] = _operation(step)
    return found


PATHS: Final = _paths()
