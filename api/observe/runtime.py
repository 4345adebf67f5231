"""What a process of the service is given by whoever started it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.observe.drain import Drain
from graph.server import Home


@dataclass(frozen=True, slots=True)
class Shared:
    """What the workers of one service have in common: a folder that ends with it, and a secret."""

    folder: Path
    token: str = field(repr=False)
    active_at: Any = None  # a double in shared memory: when one of them was last asked

    @property
    def metrics(self) -> Path:
        """Where each keeps its metrics."""
        return self.folder / "metrics"

    @property
    def transactions(self) -> Path:
        """Where they note who has which transaction open."""
        return self.folder / "transactions"


def _none() -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Runtime:
    """How this process ends, whose Neo4j it uses, and with whom it serves.

    `home` is that of the managed Neo4j, None for one of others; `restarts` counts those of its supervisor.
    """

    drain: Drain = field(default_factory=Drain)
    home: Home | None = None
    restarts: Callable[[], int] = _none
    shared: Shared | None = None
