"""Metrics of the service, where the extra `metrics` is installed; without it `/metrics` says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from schema.errors import MissingExtra

EXTRA = "/metrics needs prometheus-client: pip install 'mscev[metrics]'"


@dataclass(frozen=True, slots=True)
class Family:
    """One metric that is read when it is asked for: samples are labels and a value."""

    name: str
    help: str
    samples: Sequence[tuple[dict[str, str], float]]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a process keeps what its metrics tell: each function returns the number as it is now."""

    under_way: Callable[[], int]
    cache: Callable[[], tuple[int, int, int, int]]
    plans: Callable[[], tuple[int, int, int]]
    pool: Callable[[], tuple[int, int]]
    restarts: Callable[[], int]


class Seen(NamedTuple):
    """An answered request: none of its words is a client's, so that there are few of each."""

    route: str
    method: str
    status: int
    kind: str
    code: str | None
    seconds: float
    size: int


class Metrics(Protocol):
    """Counts requests, and prints everything that is known in the format of Prometheus."""

    def count(self, seen: Seen) -> None:
        """Count one request."""

    def refresh(self, sources: Sources) -> None:
        """Take over the numbers of this process."""

    def text(self, live: Sequence[Family]) -> tuple[bytes, str]:
        """Return the text and its media type; `live` is what was read just now."""


class Missing:
    """Stands where prometheus-client is not installed: counts nothing."""

    def count(self, *_: object) -> None:
        """Count nothing."""

    def refresh(self, _: Sources) -> None:
        """Take over nothing."""

    def text(self, *_: object) -> tuple[bytes, str]:
        """Raise `MissingExtra`."""
        raise MissingExtra(EXTRA, extra="metrics")


def metrics(shared: Path | None = None) -> Metrics:
    """Return the metrics of a service; `shared` is the folder where several workers keep theirs."""
    try:
        from api.observe.meters import Meters  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if error.name != "prometheus_client":
            raise
        return Missing()
    return Meters(shared)
