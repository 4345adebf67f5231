"""Counts inputs by area, stops what hangs, and says how many of how many there are to be."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hypothesis import HealthCheck, Phase, settings

# All inputs of `make fuzz`; without it a few, for `make test`.
INPUTS = int(os.environ.get("MSCEV_FUZZ_INPUTS", "0"))
FEW = 40
HANG_SECONDS = 60
COUNTED: Counter[str] = Counter()


class Hangs(Exception):
    """One input took longer than any may."""


def few_or(share: float) -> settings:
    """Return the settings of an area that takes this share of all inputs; new ones in each long run."""
    number = max(FEW, round(INPUTS * share)) if INPUTS else FEW
    phases = (Phase.explicit, Phase.generate, Phase.shrink)
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=not INPUTS,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def counted(area: str) -> Iterator[None]:
    """Count one input of an area; raise `Hangs` where it takes more than a minute."""
    COUNTED[area] += 1
    before = signal.signal(signal.SIGALRM, _hangs)
    signal.setitimer(signal.ITIMER_REAL, HANG_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _hangs(_: int, frame: FrameType | None) -> None:
    raise Hangs(f"more than {HANG_SECONDS} s, in {frame.f_code.co_qualname if frame else 'C'}")
