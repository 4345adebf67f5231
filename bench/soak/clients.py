"""The clients: each asks, checks, waits a little, and asks again."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import orjson

from bench.soak.asks import CYPHER, SHARES, Ask, Wrong, told
from bench.soak.known import Known
from bench.soak.loads import Loads
from bench.soak.wire import GOOD, Reply, Wire

THINK = 0.2  # seconds between answer and next request, on average
SHOWN = 20
REFUSALS = {"AT_CAPACITY", "TOO_MANY_REQUESTS", "RATE_LIMITED"}


@dataclass(slots=True)
class Tally:
    """What came of the requests of one phase."""

    seconds: dict[str, array[float]] = field(default_factory=dict)
    moments: list[tuple[float, float]] = field(default_factory=list)  # when answered, after how long
    refused: Counter[str] = field(default_factory=Counter)
    refused_after: list[float] = field(default_factory=list)  # seconds
    errors: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """Requests with a good answer."""
        return sum(map(len, self.seconds.values()))

    @property
    def error_rate(self) -> float:
        """Share of errors in what was asked; refusals are told apart."""
        errors = self.errors.total()
        return errors / max(1, errors + self.answered)

    def add(self, kind: str, seconds: float) -> None:
        """Count a good answer."""
        self.seconds.setdefault(kind, array("d")).append(seconds)
        self.moments.append((time.monotonic(), seconds))

    def add_failure(self, ask: Ask, reply: Reply) -> str:
        """Count a refusal or an error; return its code."""
        code = code_of(reply)
        if code in REFUSALS:
            self.refused[f"{reply.status} {code}"] += 1
            self.refused_after.append(reply.seconds)
        else:
            self.errors[f"{reply.status} {code}: {ask.kind} {ask.name}"] += 1
        return code


@dataclass(slots=True)
class Crowd:
    """All clients; `tally` is that of the phase that runs now."""

    port: int
    asks: dict[str, list[Ask]]
    known: Known
    loads: Loads
    tally: Tally = field(default_factory=Tally)

    def phase(self) -> Tally:
        """Begin a new phase; return what came of the one before."""
        before, self.tally = self.tally, Tally()
        return before

    async def run(self, number: int, end: asyncio.Event) -> None:
        """Be one client until `end`."""
        chance = Random(number)
        kinds, shares = list(SHARES), list(SHARES.values())
        async with Wire("127.0.0.1", self.port) as wire:
            while not end.is_set():
                (kind,) = chance.choices(kinds, shares)
                await self._one(wire, drawn(chance, self.asks[kind]))
                await asyncio.sleep(chance.uniform(0, 2 * THINK))

    async def _one(self, wire: Wire, ask: Ask) -> None:
        # Neo4j shows statements of Cypher a commit bit by bit; all else is of one state
        bit_by_bit = ask.kind == CYPHER
        before = self.loads.now(bit_by_bit=bit_by_bit)
        try:
            reply = await wire.ask(ask.method, ask.path, ask.body, ask.headers)
        except (OSError, EOFError, TimeoutError) as error:
            self.tally.errors[type(error).__name__] += 1
            return
        if reply.status not in GOOD:
            self.tally.add_failure(ask, reply)
            return
        try:
            # a load that began or ended in between counts as under way
            in_parts = bool(before % 2) or self.loads.now(bit_by_bit=bit_by_bit) != before
            self.known.check(ask, told(ask, reply), in_parts=in_parts)
        except Wrong as wrong:
            self.tally.wrong.append(f"{ask.kind} {ask.name} {wrong}")
        else:
            self.tally.add(ask.kind, reply.seconds)


def drawn(chance: Random, asks: Sequence[Ask]) -> Ask:
    """Draw a request: some are asked often, all sometimes; a quarter of them is half of what is asked."""
    return asks[int(len(asks) * chance.random() ** 2)]


def code_of(reply: Reply) -> str:
    """Return the stable code of an error, wherever the address tells it."""
    try:
        body = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        return "no JSON"
    if "error" in body:
        return str(body["error"]["code"])
    first = (body.get("errors") or [{}])[0]
    return str(first.get("reason") or first.get("extensions", {}).get("code", "no code"))
