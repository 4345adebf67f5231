"""Errors of ours as HTTP answers: a status, a stable code, one line that says what to do."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from schema.errors import (
    AtCapacity,
    DatabaseUnavailable,
    Forbidden,
    InvalidInput,
    InvalidQuery,
    KeyRequired,
    MscevError,
    NotFound,
    Overloaded,
    QueryTimeout,
    ServerBusy,
    UsageError,
)

_STATUS: tuple[tuple[type[MscevError], int], ...] = (
    (DatabaseUnavailable, 503),
    (ServerBusy, 503),
    (QueryTimeout, 504),
    (AtCapacity, 503),
    (Overloaded, 429),
    (NotFound, 404),
    (Forbidden, 403),
    (KeyRequired, 401),
    (InvalidInput, 400),
    (UsageError, 400),
)


def status_of(error: MscevError) -> int:
    """Return the HTTP status of an error of ours; one that states it has that."""
    if isinstance(error, InvalidQuery) and "status" in error.values:
        return int(str(error.values["status"]))
    return next((status for type_, status in _STATUS if isinstance(error, type_)), 500)


def install(app: FastAPI) -> None:
    """Answer errors of ours as JSON: {"error": {"code", "message"}}."""

    @app.exception_handler(MscevError)
    async def answer(_: Request, error: MscevError) -> JSONResponse:
        status = status_of(error)
        headers = {"Retry-After": "5"} if status == 503 else None
        return _told(status, error.code, error.message, headers)

    @app.exception_handler(RequestValidationError)
    async def answer_wrong_parameters(_: Request, error: RequestValidationError) -> JSONResponse:
        told = [f"{problem['loc'][-1]}: {problem['msg'].lower()}" for problem in error.errors()]
        return _told(400, InvalidInput.code, "; ".join(told))

    @app.exception_handler(HTTPException)
    async def answer_no_such_address(_: Request, error: HTTPException) -> JSONResponse:
        code = _CODES.get(error.status_code, InvalidInput.code)
        return _told(error.status_code, code, str(error.detail), dict(error.headers or {}))


_CODES = {404: NotFound.code, 405: "METHOD_NOT_ALLOWED"}


def _told(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)
