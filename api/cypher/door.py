"""`/db/{database}/query/v2` and its transactions: gate, forward, cap, log."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import orjson
from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.cypher.answers import Caps, Tally, is_lines, lines, whole
from api.cypher.discovery import discovery_route
from api.cypher.ledger import Ledger, OwnLedger
from api.cypher.log import QueryLog
from api.cypher.problems import masked
from api.cypher.request import Asked, read
from api.cypher.sender import JSON, Sender
from api.cypher.transactions import Transactions
from api.guards.clients import client_of
from api.guards.places import Places
from api.http import read_body
from api.observe import note
from api.settings import ServiceSettings
from graph.connection import AsyncDatabase
from graph.gate import Gate
from graph.queryapi import QueryApi, Reply
from schema.errors import (
    DatabaseUnavailable,
    InvalidQuery,
    MscevError,
    NotFound,
)

# Neo4j looks for what is over its time every two seconds; after that the connection is closed.
GRACE_SECONDS: Final = 3.0
SLOW_CLIENT_SECONDS: Final = 5.0
_MEDIA: Final = re.compile(
    r"application/(json|vnd\.neo4j\.query[\w.+-]*)\s*(;\s*charset=utf-?8\s*)?", re.IGNORECASE
)
_ACCEPTED: Final = re.compile(r"[\w.,;+*/=\s-]{0,300}")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the addresses; `opens` says whether a transaction begins, `ends` whether one is over."""

    name: str
    path: str
    method: str = "POST"
    needs_statement: bool = False
    opens: bool = False
    ends: bool = False


RUN = Step("run", "", needs_statement=True, opens=True)
BEGIN = Step("begin", "/tx", opens=True)
IN_TRANSACTION = Step("in transaction", "/tx/{id}", needs_statement=True)
COMMIT = Step("commit", "/tx/{id}/commit", ends=True)
ROLLBACK = Step("rollback", "/tx/{id}", "DELETE", ends=True)
STEPS: Final = (RUN, BEGIN, IN_TRANSACTION, COMMIT, ROLLBACK)


def mount_cypher(
    app: FastAPI, database: AsyncDatabase, settings: ServiceSettings, ledger: Ledger | None = None
) -> CypherDoor:
    """Add the addresses to the service; the door must be closed at the end."""
    door = CypherDoor(database, settings, ledger or OwnLedger())
    for step in STEPS:
        path = f"/db/{{database}}/query/v2{step.path}"
        app.router.routes.append(Route(path, _Endpoint(door, step), methods=[step.method]))
    app.router.routes.append(discovery_route(door.api))
    return door


class _Endpoint:
    """A step as an ASGI application."""

    def __init__(self, door: CypherDoor, step: Step) -> None:
        self._door = door
        self._step = step

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._door.answer(self._step, scope, receive, send)


class CypherDoor:
    """Answers requests with the credentials of the service; those of a client are not looked at."""

    def __init__(self, database: AsyncDatabase, settings: ServiceSettings, ledger: Ledger) -> None:
        self._database = database
        self.api = QueryApi(database.target)
        self._name = database.target.database
        self._settings = settings
        self._caps = Caps(settings.cypher_max_rows, settings.cypher_max_bytes, settings.cypher_timeout)
        self._gate = Gate()
        self._log = QueryLog.to(settings.cypher_log, text=settings.cypher_log_text)
        self._places = Places("statements", settings.cypher_client_concurrency, settings.cypher_concurrency)
        self.transactions = Transactions(
            settings.cypher_client_transactions,
            settings.cypher_transactions,
            settings.cypher_transaction_seconds,
            self._roll_back,
            ledger,
        )

    async def answer(self, step: Step, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        client = client_of(scope).name
        request = _Request(step, client, scope, Sender(send), self._caps, Tally(self._log.is_read))
        begun = time.perf_counter()
        try:
            with self._places.held(client):
                async with asyncio.timeout(self._caps.seconds + GRACE_SECONDS):
                    await self._answer(request, receive)
        except (MscevError, TimeoutError, ConnectionError) as error:
            await self._fail(request, error)
        told = note.current()
        told.kind, told.text = step.name, request.statement or ""
        told.code = request.tally.error.code if request.tally.error else None
        self._log.write(client, step.name, request.statement, request.tally, time.perf_counter() - begun)

    async def _fail(self, request: _Request, error: MscevError | TimeoutError | ConnectionError) -> None:
        if isinstance(error, TimeoutError):
            error = await self._database.late(request.caps.seconds)
        elif isinstance(error, ConnectionError):
            error = DatabaseUnavailable("Neo4j ended the connection; try again in a moment")
        request.tally.error = masked(error, request.caps.seconds)
        with suppress(TimeoutError):  # who does not read gets no more
            async with asyncio.timeout(SLOW_CLIENT_SECONDS):
                await request.sender.fail(request.tally.error)

    async def _answer(self, request: _Request, receive: Receive) -> None:
        step = request.step
        self._require_name(request.scope["path_params"]["database"])
        id_ = request.scope["path_params"].get("id")
        if id_ is not None:
            self.transactions.require(request.client, id_)
        headers = request.headers
        body = await self._body(receive, headers)
        asked = read(body, self._caps.seconds, needs_statement=step.needs_statement)
        request.statement = asked.statement
        request.caps = replace(self._caps, seconds=asked.seconds)
        if body:
            _require_json(headers.get("content-type", ""))
        if asked.statement is not None and not self._gate.knows(asked.statement):
            async with asyncio.timeout(asked.seconds + GRACE_SECONDS):  # planning counts as well
                explained = await self._database.explain(asked.statement)
            self._gate.admit(asked.statement, explained)
        if step is BEGIN:
            await self._open(request, asked)
            return
        reply = await self._forward(step, id_, headers, asked)
        try:
            await self._relay(request, reply)
        except BaseException:
            reply.close()
            if id_ is not None:  # Neo4j has ended it, or it is in a state that nobody knows
                self.transactions.abandon(id_)
            raise
        if id_ is not None and step.ends:
            self.transactions.ended(id_)
        elif id_ is not None and request.tally.error is not None:  # ours too, of which Neo4j does not know
            self.transactions.abandon(id_)

    async def _open(self, request: _Request, asked: Asked) -> None:
        """Begin a transaction; the answer is read for its id before it is handed on."""
        self.transactions.require_room(request.client)
        id_ = None
        try:
            headers = request.headers
            if "jsonl" in headers.get("accept", ""):
                headers["accept"] = JSON
            reply = await self._forward(BEGIN, None, headers, asked)
            try:
                body = await whole(reply, request.caps, request.tally)
            except BaseException:  # also where the client has left
                reply.close()
                raise
            id_ = str(orjson.loads(body)["transaction"]["id"])
        finally:
            self.transactions.opened(request.client, id_)
        await request.sender.all(reply.status, reply.headers.get("content-type", JSON), body)

    async def _forward(self, step: Step, id_: str | None, headers: Mapping[str, str], asked: Asked) -> Reply:
        path = step.path.replace("{id}", id_ or "")
        accept = headers.get("accept", JSON)
        sent = {
            "content-type": headers.get("content-type", JSON),
            "accept": accept if _ACCEPTED.fullmatch(accept) else JSON,
        }
        limits_time = step.opens and await self.api.limits_time()
        return await self.api.send(
            step.method, path, sent, asked.body(opens=step.opens, limits_time=limits_time)
        )

    async def _relay(self, request: _Request, reply: Reply) -> None:
        media = reply.headers.get("content-type", JSON)
        sender = request.sender
        if reply.status >= 300 or not is_lines(reply):
            body = await whole(reply, request.caps, request.tally)
            await sender.all(reply.status, media, body)
            return
        await sender.begin(reply.status, {"content-type": media})
        async for events in lines(reply, request.caps, request.tally):
            await sender.piece(events)
        await sender.end()
        reply.close()

    async def _roll_back(self, id_: str) -> None:
        with suppress(MscevError, ConnectionError, TimeoutError):
            async with asyncio.timeout(SLOW_CLIENT_SECONDS):
                reply = await self.api.send("DELETE", f"/tx/{id_}", {})
                reply.close()

    def _require_name(self, name: str) -> None:
        if name.lower() != self._name.lower():
            raise NotFound(f"there is no database of this name; the graph is in {self._name!r}")

    async def _body(self, receive: Receive, headers: Mapping[str, str]) -> bytes:
        body = await read_body(receive, headers.get("content-length", ""), self._settings.cypher_max_body)
        if body is None:
            raise InvalidQuery("the request ended early")
        return body

    def close(self) -> None:
        """Close the connections to the Query API."""
        self.api.close()


@dataclass(slots=True)
class _Request:
    """A request under way, and what the log will say of it."""

    step: Step
    client: str
    scope: Scope
    sender: Sender
    caps: Caps
    tally: Tally
    statement: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self.scope["headers"]}


def _require_json(content_type: str) -> None:
    if not _MEDIA.fullmatch(content_type.strip()):
        raise InvalidQuery(
            "the body must be application/json or application/vnd.neo4j.query, in UTF-8", status=415
        )
