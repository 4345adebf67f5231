"""What a soak must keep to, and the sentences about what it did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.soak.clients import SHOWN, Tally
from bench.soak.figures import percentile
from bench.soak.watch import Watched

ERROR_RATE = 0.001
# Python and a JVM both fill what they may have before they give anything back.
MB_A_MINUTE: Mapping[str, float] = {"service": 3.0, "Neo4j": 8.0}
MINUTES = 5.0  # a shorter look says nothing of memory
DESCRIPTORS = 16  # more in the last quarter than in the second
REFUSED_SECONDS = 1.0
RECOVERY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Ended:
    """What the whole run came to."""

    soak: Tally
    flooded: Tally
    flood: Mapping[str, Any]
    recovery: float | None
    watched: Sequence[Watched]
    minutes: float
    failed_loads: Sequence[str]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def faults(ended: Ended) -> Iterator[str]:
    """Yield what is not as it must be."""
    for wrong in (*ended.soak.wrong, *ended.flooded.wrong)[:SHOWN]:
        yield f"wrong answer: {wrong}"
    yield from ended.failed_loads[:SHOWN]
    for name, value in ended.before.items():
        if ended.after.get(name) != value:
            yield f"lost or doubled: {name} was {value}, is {ended.after.get(name)}"
    if ended.soak.error_rate >= ERROR_RATE:
        yield f"error rate {ended.soak.error_rate:.3%}: {dict(ended.soak.errors)}"
    yield from growing(ended.watched, ended.minutes)
    if ended.flood["errors"]:
        yield f"errors under overload: {ended.flood['errors']}"
    # the flood's own process is too busy to read in time what it is told
    late = percentile(ended.flooded.refused_after, 0.99)
    if late >= REFUSED_SECONDS:
        yield f"refused late: p99 {late:.2f} s"
    if ended.recovery is None or ended.recovery > RECOVERY_SECONDS:
        yield f"after the overload p99 was back after {ended.recovery} s; allowed: {RECOVERY_SECONDS:g}"


def growing(watched: Sequence[Watched], minutes: float) -> Iterator[str]:
    """Yield what grows without an end."""
    for one in watched:
        if minutes >= MINUTES and one.growth() > MB_A_MINUTE[one.name]:
            yield f"memory of {one.name} grows by {one.growth():.1f} MB a minute"
        quarters = one.descriptors()
        if len(quarters) == 4 and quarters[3] > quarters[1] + DESCRIPTORS:
            yield f"descriptors of {one.name} grow: {quarters}"
