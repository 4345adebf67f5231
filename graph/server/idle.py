"""Makes the AOT cache in the background while `mscev up` serves and nobody waits."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from graph.server import aot
from graph.server.config import LAPTOP, Settings
from graph.server.install import install
from schema.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.server.home import Home

IDLE_SECONDS: Final = 15.0
LOOK_SECONDS: Final = 1.0


class Trainer(threading.Thread):
    """Waits for idle time, then makes the cache once; `end` breaks it off without a trace."""

    def __init__(self, home: Home, settings: Settings, busy: Callable[[], bool], idle_seconds: float) -> None:
        super().__init__(name="neo4j-aot", daemon=True)
        self.made: Path | None = None
        self._home = home
        self._settings = settings
        self._busy = busy
        self._idle_seconds = idle_seconds
        self._ended = threading.Event()

    def run(self) -> None:
        """Try once; there is nothing to do when the cache is there or the JVM knows none."""
        with suppress(ServiceError):  # it is only about speed: the next run tries again
            runtime = install(self._home)
            target = aot.cache_file(runtime, self._settings)
            if target is not None and not target.exists() and self._wait_for_idle():
                self.made = aot.make(self._home, runtime, self._settings, self._ended)

    def end(self) -> None:
        """Break off and wait until the throw-away server is gone."""
        self._ended.set()
        self.join()

    def _wait_for_idle(self) -> bool:
        idle = 0.0
        while idle < self._idle_seconds:
            if self._ended.wait(LOOK_SECONDS):
                return False
            idle = 0.0 if self._busy() else idle + LOOK_SECONDS
        return True


def _never_busy() -> bool:
    return False


@contextmanager
def speed_up_when_idle(
    home: Home,
    *,
    settings: Settings = LAPTOP,
    busy: Callable[[], bool] = _never_busy,
    idle_seconds: float = IDLE_SECONDS,
) -> Iterator[Trainer]:
    """Make later starts faster once `busy` has said no for some seconds; leaving the block breaks it off."""
    trainer = Trainer(home, settings, busy, idle_seconds)
    trainer.start()
    try:
        yield trainer
    finally:
        trainer.end()
