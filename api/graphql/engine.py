"""The engine: from a request to its answer. One statement an operation; plans and answers are kept."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from graphql import GraphQLError, GraphQLFormattedError

from api.errors import INTERNAL
from api.flights import News
from api.graphql.answer import FieldError
from api.graphql.commits import Commits
from api.graphql.document import Documents, Operation, Recent, RequestRefused
from api.graphql.inputs import ArgumentError, shape_of
from api.graphql.limits import Limits
from api.graphql.plan import STATE, Plan, plan_of
from api.graphql.schema import schema
from graph.connection import AsyncDatabase
from graph.cypher import statement_of
from graph.query import Select
from graph.reads.foreign import TYPES, counted
from graph.vocabulary import RELATION_TYPES
from schema.errors import LimitExceeded, MscevError

_log = logging.getLogger("mscev.graphql")
PLANS = 2000
STATE_OF_GRAPH = statement_of(Select((STATE,)))
# The state is read first; whoever reads for longer, or while somebody writes, asks for it again at the end.
BRIEF_SECONDS = 0.02
BUSY_SECONDS = 5.0  # after one commit comes another
# A graph of millions that is being loaded never rests: so long, and so often, is it read again.
CHANGING_SECONDS = 5.0
TRIES = 4


@dataclass(frozen=True, slots=True)
class Request:
    """One request: a document, its variables, and the operation where there are several."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the specification shapes it. `refused`: nothing was read, and there is no `data`.

    `state` is that of the graph it was read from; None where nothing was read. `kind` is what was asked for.
    """

    data: dict[str, Any] | None
    errors: list[GraphQLFormattedError] = field(default_factory=list)
    refused: bool = False
    cost: int | None = None
    release: str | None = None
    state: tuple[object, ...] | None = None
    error: MscevError | None = None
    kind: str = ""
    seconds: float = 0.0  # it was read for that long, at most
    settled: bool = True  # False: somebody wrote all the time, it may be of two states and must not be kept

    @property
    def code(self) -> str | None:
        """The code of its first error; None where it has none."""
        return self.errors[0]["extensions"]["code"] if self.errors else None

    def whole(self) -> dict[str, Any]:
        """Return the data; raises the error where there is one."""
        if self.errors or self.data is None:
            raise self.error or MscevError(self.errors[0]["message"])
        return self.data

    def body(self) -> dict[str, Any]:
        """Return the answer as it is sent: errors first, so that nobody overlooks them."""
        body: dict[str, Any] = {"errors": self.errors} if self.errors else {}
        if not self.refused:
            body["data"] = self.data
        extensions = {"cost": self.cost, "release": self.release}
        shown = {name: value for name, value in extensions.items() if value is not None}
        return body | {"extensions": shown} if shown else body


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that may be run: its plan, its variables, what it costs, and a key of all that shapes it."""

    plan: Plan
    variables: Mapping[str, Any]
    cost: int
    types: tuple[str, ...] = RELATION_TYPES


class Engine:
    """Answers GraphQL requests from one database."""

    def __init__(
        self,
        database: AsyncDatabase,
        limits: Limits | None = None,
        *,
        introspection: bool = True,
        suggestions: bool = True,
    ) -> None:
        self._database = database
        self._limits = limits or Limits()
        self._schema = schema()
        self.documents = Documents(
            self._schema, self._limits, introspection=introspection, suggestions=suggestions
        )
        self._plans: Recent[tuple[Any, ...], Plan] = Recent(PLANS)
        self._types = RELATION_TYPES
        self._looked_at: tuple[object, ...] | None = None
        self._commits = Commits(database)
        self._states = News(self._read_state)
        self._whole: tuple[object, ...] | None = None
        self._whole_at = 0.0
        self._plan_hits = self._plan_misses = 0

    @property
    def plans(self) -> tuple[int, int, int]:
        """Requests whose plan was kept, plans that were made, and how many are kept."""
        return self._plan_hits, self._plan_misses, len(self._plans)

    async def answer(self, request: Request) -> Answer:
        """Return the answer to a request; errors of ours are in it, others are logged and masked."""
        try:
            return await self._of_one_state(request)
        except RequestRefused as error:
            return refusal(error)
        except MscevError as error:
            return failure(error)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the last wall: what is not ours is logged and masked
            _log.error("unexpected error", exc_info=error)
            return Answer(
                None, [{"message": INTERNAL, "extensions": {"code": "INTERNAL"}}], error=MscevError(INTERNAL)
            )

    async def state(self) -> tuple[object, ...]:
        """Return the state of the graph as answers carry it, read after this call."""
        return await self._states.told()

    async def _read_state(self) -> tuple[object, ...]:
        return tuple((await self._database.value(STATE_OF_GRAPH))[0] or ())

    async def _of_one_state(self, request: Request) -> Answer:
        """Run a request; again while the graph changes, unless that changes nothing of the answer."""
        give_up = time.monotonic() + CHANGING_SECONDS
        before: Answer | None = None
        for number in count(1):
            begun = time.monotonic()
            prepared = self.prepare(request)
            answer = await self.run(prepared)
            if answer.state is None or await self._settled(prepared, answer, begun):
                return answer
            same = before is not None and (before.data, before.errors) == (answer.data, answer.errors)
            if same or (number >= TRIES and time.monotonic() > give_up):
                break
            before = answer
        return answer if same else replace(answer, settled=False)

    async def _settled(self, prepared: Prepared, answer: Answer, begun: float) -> bool:
        """Say whether an answer is of one state of the graph, from its first read to its last."""
        if answer.state != self._whole or begun < self._whole_at:  # its commit may have been under way then
            await self._await_whole()
            return False
        careful = answer.seconds > BRIEF_SECONDS or time.monotonic() - self._whole_at < BUSY_SECONDS
        calm = not careful and self._commits.nobody_writes()
        # in this order: a commit that ends in between has changed the state
        unchanged = calm or (await self._commits.none_under_way() and await self.state() == answer.state)
        return unchanged and prepared.types == self._types

    async def _await_whole(self) -> None:
        """Wait until all of a state of the graph can be seen."""
        state = await self.state()
        if state != self._looked_at:
            await self._look(state)
        if await self._commits.none_under_way() and state != self._whole:
            self._whole, self._whole_at = state, time.monotonic()

    async def _look(self, state: tuple[object, ...]) -> None:
        """Find the foreign predicates of this state of the graph; with others, all plans are made anew."""
        read = counted(await self._database.value(TYPES))
        found = [] if read is None else await self._database.value(read)
        types = (*RELATION_TYPES, *(type_ for type_, number in found if number))
        if types != self._types:
            self._plans = Recent(PLANS)
        self._types, self._looked_at = types, state

    async def data(self, request: Request) -> dict[str, Any]:
        """Return the data of a request of our own; raises the error where there is one."""
        return (await self.answer(request)).whole()

    def prepare(self, request: Request) -> Prepared:
        """Check a request and find or make its plan; raises `RequestRefused`."""
        document = self.documents.read(request.query)
        operation = document.operation(request.operation)
        cost = self.documents.measured(operation, dict(request.variables)).cost
        variables = self.documents.variables(operation, dict(request.variables))
        return Prepared(self._plan(request, operation, variables), variables, cost, self._types)

    async def run(self, prepared: Prepared) -> Answer:
        """Run a plan; raises `RequestRefused` for a value that is not allowed, and errors of the database."""
        plan = prepared.plan
        if plan.text is None:
            data, errors = plan.data([None])
            return Answer(data, [_told(error) for error in errors], cost=prepared.cost, kind=plan.kind)
        try:
            statement = plan.statement(prepared.variables)
        except ArgumentError as error:
            raise _argument(error) from None
        row, seconds = await self._database.timed(statement)
        state = tuple(row[0] or ())
        data, errors = plan.data(row)
        told = [_told(error) for error in errors]
        release = state[0] if state else None
        return Answer(
            data, told, cost=prepared.cost, release=release, state=state, kind=plan.kind, seconds=seconds
        )

    def _plan(self, request: Request, operation: Operation, variables: Mapping[str, Any]) -> Plan:
        key = self._key(request, operation, variables)
        plan = self._plans.get(key)
        if plan is not None:
            self._plan_hits += 1
            return plan
        self._plan_misses += 1
        try:
            plan, structural = plan_of(self._schema, operation, variables, self._limits, self._types)
        except ArgumentError as error:
            raise _argument(error) from None
        operation.structural |= structural
        return self._plans.put(self._key(request, operation, variables), plan)

    def _key(self, request: Request, operation: Operation, variables: Mapping[str, Any]) -> tuple[Any, ...]:
        if not variables:
            return request.query, request.operation
        types = operation.variable_types(self._schema)
        shapes = tuple((name, shape_of(types[name], value)) for name, value in variables.items())
        numbers = tuple((name, variables.get(name)) for name in sorted(operation.structural))
        return request.query, request.operation, shapes, numbers


def _argument(error: ArgumentError) -> RequestRefused:
    return RequestRefused([GraphQLError(error.error.message, [error.node])], error.error.code, error.error)


def refusal(error: RequestRefused) -> Answer:
    """Return the answer to a request that was refused before anything was read."""
    told = [_formatted(one, error.code) for one in error.errors]
    if isinstance(error.error, LimitExceeded):
        told[0]["extensions"] |= error.error.values
    return Answer(None, told, refused=True, error=error.error, kind="refused")


def failure(error: MscevError) -> Answer:
    """Return the answer to a request that could not be carried out."""
    return Answer(None, [{"message": error.message, "extensions": {"code": error.code}}], error=error)


def _told(error: FieldError) -> GraphQLFormattedError:
    return {"message": error.message, "path": error.path, "extensions": {"code": error.code}}


def _formatted(error: GraphQLError, code: str) -> GraphQLFormattedError:
    told = error.formatted
    told["extensions"] = {"code": code}
    return told


def inner_engine(database: AsyncDatabase) -> Engine:
    """Return an engine for requests of our own: the queries are known, so their cost is no matter."""
    return Engine(database, Limits(cost=1 << 62, nodes=1 << 30))
