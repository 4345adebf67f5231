"""Far more clients than the service takes, in a process of their own.

Arguments are port, clients, seconds, and which requests are asked: every so many-th.

Each asks without a pause and, when it is refused, comes again after the second that `Retry-After` names.
"""

from __future__ import annotations

import asyncio
import sys
import time
from random import Random

import orjson

from bench.soak.asks import SHARES, Ask, asks
from bench.soak.clients import REFUSALS, Tally, drawn
from bench.soak.figures import percentile
from bench.soak.wire import GOOD, Wire
from loaders.article.curated import built_in
from schema.records import Claim


def all_asks(seed: int, every: int = 1) -> dict[str, list[Ask]]:
    """Return the requests on the built-in article, every so many-th of each kind."""
    entities = sorted(entity.id for entity in built_in().entities())
    claims = sorted(record.id for record in built_in().records() if isinstance(record, Claim))
    return {kind: these[::every] for kind, these in asks(entities, claims, Random(seed)).items()}


async def flood(port: int, clients: int, seconds: float, every: int) -> dict[str, object]:
    """Ask every so many-th request; return what came of it."""
    known, tally = all_asks(1, every), Tally()
    until = time.monotonic() + seconds

    async def client(number: int) -> None:
        chance = Random(number)
        async with Wire("127.0.0.1", port) as wire:
            while time.monotonic() < until:
                (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
                ask = drawn(chance, known[kind])
                try:
                    reply = await wire.ask(ask.method, ask.path, ask.body, ask.headers)
                except (OSError, EOFError, TimeoutError) as error:
                    tally.errors[type(error).__name__] += 1
                    await asyncio.sleep(1)
                    continue
                if reply.status in GOOD:
                    tally.add(kind, reply.seconds)
                elif tally.add_failure(ask, reply) in REFUSALS:
                    await asyncio.sleep(float(reply.headers.get("retry-after", "1")))

    await asyncio.gather(*(client(1000 + number) for number in range(clients)))
    answered = [one for seconds_ in tally.seconds.values() for one in seconds_]
    return {
        "answered": len(answered),
        "answered p50": percentile(answered, 0.5),
        "answered p99": percentile(answered, 0.99),
        "refused": dict(tally.refused),
        "refused p50": percentile(tally.refused_after, 0.5),
        "refused p99": percentile(tally.refused_after, 0.99),
        "errors": dict(tally.errors),
    }


def main() -> None:
    """Flood and print the figures as JSON."""
    port, clients, seconds, every = sys.argv[1:]
    told = asyncio.run(flood(int(port), int(clients), float(seconds), int(every)))
    sys.stdout.write(orjson.dumps(told).decode() + "\n")


if __name__ == "__main__":
    main()
