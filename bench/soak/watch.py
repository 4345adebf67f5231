"""Memory and descriptors of the service and its Neo4j, every two seconds."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import psutil

from bench.soak.figures import slope

EVERY = 2.0
MB = 1e6


@dataclass(slots=True)
class Watched:
    """One process: (minutes since the beginning, MB resident, open descriptors)."""

    name: str
    process: psutil.Process
    samples: list[tuple[float, float, int]] = field(default_factory=list)

    def second_half(self) -> list[tuple[float, float, int]]:
        """Return the samples of the second half of the time."""
        middle = (self.samples[0][0] + self.samples[-1][0]) / 2
        return [one for one in self.samples if one[0] >= middle]

    def growth(self) -> float:
        """Return MB a minute, by least squares over the second half."""
        return slope([(minute, mb) for minute, mb, _ in self.second_half()])

    def descriptors(self) -> list[int]:
        """Return the most descriptors open in each quarter."""
        quarter = -(-len(self.samples) // 4)
        starts = range(0, len(self.samples), quarter)
        return [max(number for *_, number in self.samples[at : at + quarter]) for at in starts]


async def watch(watched: list[Watched], end: asyncio.Event) -> None:
    """Take samples until `end`."""
    begun = time.monotonic()
    while not end.is_set():
        minute = (time.monotonic() - begun) / 60
        for one in watched:
            with one.process.oneshot():
                memory = one.process.memory_info().rss / MB
            one.samples.append((minute, memory, one.process.num_fds()))
        await asyncio.sleep(EVERY)
