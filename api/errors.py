"""Errors of ours as HTTP answers: a status, a stable code, one line that says what to do."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from schema.errors import (
    DatabaseUnavailable,
    InvalidInput,
    MscevError,
    UsageError,
)

_STATUS: tuple[tuple[type[MscevError], int], ...] = (
    (DatabaseUnavailable, 503),
    (InvalidInput, 400),
    (UsageError, 400),
)


def status_of(error: MscevError) -> int:
    """Return the HTTP status of an error of ours."""
    return next((status for type_, status in _STATUS if isinstance(error, type_)), 500)


def install(app: FastAPI) -> None:
    """Answer errors of ours as JSON: {"error": {"code", "message"}}."""

    @app.exception_handler(MscevError)
    async def answer(_: Request, error: MscevError) -> JSONResponse:
        status = status_of(error)
        headers = {"Retry-After": "5"} if status == 503 else None
        content = {"error": {"code": error.code, "message": error.message}}
        return JSONResponse(content, status, headers)
