"""Watches the server while `mscev up` serves: a crash is healed on the same ports with the same password."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from graph.server import locks, probe, process, shared, state
from graph.server.config import LAPTOP, Settings
from graph.server.home import password
from graph.server.install import install
from schema.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.server.process import Process
    from graph.server.shared import Server

LOOK_SECONDS: Final = 0.5
ASK_SECONDS: Final = 5.0
MISSES: Final = 3
BACK_OFF: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
STABLE_SECONDS: Final = 60.0


class Supervisor(threading.Thread):
    """A thread; drivers that were connected heal by themselves, since address and password stay."""

    def __init__(self, server: Server, settings: Settings, notify: Callable[[str], None]) -> None:
        super().__init__(name="neo4j-supervisor", daemon=True)
        self.server = server
        self.restarts = 0
        self._settings = settings
        self._notify = notify
        self._ended = threading.Event()
        self._failures = 0
        self._misses = 0
        self._asked = self._healed = time.monotonic()

    def run(self) -> None:
        """Look often whether the process is there, ask now and then whether it answers."""
        home = self.server.home
        known = state.last(home)
        while known is not None and not self._ended.wait(LOOK_SECONDS):
            if process.alive(known, home) and self._answers(known):
                continue
            known = self._heal(known)

    def end(self) -> None:
        """Stop watching."""
        self._ended.set()
        self.join(timeout=process.START_SECONDS)

    def _answers(self, known: Process) -> bool:
        if time.monotonic() - self._asked < ASK_SECONDS:
            return True
        self._asked = time.monotonic()
        try:
            answered = probe.answers(known.ports.bolt, password(self.server.home))
        except (ServiceError, OSError) as error:
            self._notify(str(error))
            return True  # it answers, if only to refuse: a restart cannot help
        self._misses = 0 if answered else self._misses + 1
        return self._misses < MISSES

    def _heal(self, lost: Process) -> Process:
        """Restart after a back-off; another process may have been quicker, then its JVM is taken over."""
        if time.monotonic() - self._healed > STABLE_SECONDS:
            self._failures = 0
        if self._ended.wait(BACK_OFF[min(self._failures, len(BACK_OFF) - 1)]):
            return lost
        self._failures += 1
        home = self.server.home
        try:
            with locks.starting(home):
                found = self._restart(lost)
        except (ServiceError, OSError) as error:  # the disk may be full, for the lock too
            if not self._ended.is_set():
                self._notify(f"Neo4j could not be restarted: {error}")
            return lost
        self.server = shared.describe(home, found)
        self._misses = 0
        self._asked = self._healed = time.monotonic()
        return found

    def _restart(self, lost: Process) -> Process:
        home = self.server.home
        current = state.running(home)
        if current is not None and current.pid != lost.pid:
            process.await_ready(current, home)
            return current
        if self._ended.is_set():
            return lost
        if current is not None:
            self._notify("Neo4j does not answer: it is restarted.")
            process.kill(current)
        else:
            self._notify("Neo4j is gone: it is started again.")
        found = shared.restart(home, install(home), lost.ports, self._settings, self._ended)
        self.restarts += 1
        self._notify(f"Neo4j answers again (pid {found.pid}).")
        return found


def _say_nothing(_line: str) -> None:
    return


@contextmanager
def supervised(
    server: Server, *, settings: Settings = LAPTOP, notify: Callable[[str], None] = _say_nothing
) -> Iterator[Supervisor]:
    """Watch a server for as long as the block lasts."""
    supervisor = Supervisor(server, settings, notify)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.end()
