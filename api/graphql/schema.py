"""The GraphQL schema, and how errors are told: a stable code, a line that says what to do, no inside view."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache

import strawberry
from graphql import ExecutionResult as GraphQLResult
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult

from api.graphql.entities import ENTITY_TYPES
from api.graphql.query import Query
from schema.errors import DatabaseUnavailable, MscevError

_log = logging.getLogger("mscev.graphql")


class Errors(SchemaExtension):
    """Gives every error its code; what is none of ours is logged and masked."""

    def on_operation(self) -> Iterator[None]:
        """Rewrite the errors of the finished operation."""
        yield
        result = self.execution_context.result
        if not isinstance(result, ExecutionResult | GraphQLResult) or not result.errors:
            return
        errors = result.errors
        if any(isinstance(error.original_error, DatabaseUnavailable) for error in errors):
            response = getattr(self.execution_context.context, "response", None)
            if response is not None:
                response.status_code = 503
                response.headers["Retry-After"] = "5"
        result.errors = [_told(error) for error in errors]


def _told(error: GraphQLError) -> GraphQLError:
    original = error.original_error
    if isinstance(original, MscevError):
        message, code = original.message, original.code
    elif original is None or isinstance(original, GraphQLError):
        message, code = error.message, "GRAPHQL_VALIDATION_FAILED" if error.path is None else "BAD_USER_INPUT"
    else:
        _log.error("unexpected error at %s", error.path, exc_info=original)
        message, code = "an unexpected error; the log of the service has it", "INTERNAL"
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code},
    )


class Schema(strawberry.Schema):
    """The schema; errors are logged by `Errors`, once."""

    def process_errors(self, errors: list[GraphQLError], execution_context: object = None) -> None:
        """Leave the errors to the extension."""


@cache
def build() -> Schema:
    """Return the schema; it is made once."""
    return Schema(query=Query, types=ENTITY_TYPES, extensions=[Errors], config=StrawberryConfig())


def sdl() -> str:
    """Return the schema in the schema definition language."""
    return build().as_str() + "\n"
