"""Several processes that serve on one port, below one that watches them.

What they need goes to them through a pipe, never by a command line. Each ends when its parent does.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from api.activity import SharedActivity
from api.observe import logs
from api.observe.drain import Drain
from api.observe.logs import event
from api.observe.runtime import Runtime, Shared
from api.serving.server import Serving, serve
from schema.errors import ServiceError

if TYPE_CHECKING:
    from graph.server import Home

LOOK_SECONDS: Final = 0.2
# One that dies sooner than this did not come to serve.
YOUNG_SECONDS: Final = 5.0
MAX_YOUNG: Final = 5
PAUSE_SECONDS: Final = 1.0
_METRICS: Final = "PROMETHEUS_MULTIPROC_DIR"
_SPAWN: Final = multiprocessing.get_context("spawn")


@contextmanager
def shared() -> Iterator[Shared]:
    """Yield what workers have in common; its folder is for its owner alone, and goes in the end."""
    with TemporaryDirectory(prefix="mscev-workers-", ignore_cleanup_errors=True) as name:
        made = Shared(Path(name), secrets.token_urlsafe(32), _SPAWN.Value("d", 0.0, lock=False))
        made.metrics.mkdir()
        made.transactions.mkdir()
        # before prometheus-client is imported, which the parent does as well: it counts restarts
        os.environ[_METRICS] = str(made.metrics)
        try:
            yield made
        finally:
            del os.environ[_METRICS]


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    begun: float


@dataclass(slots=True)
class Workers:
    """The parent: starts workers, starts those again that die, ends them all."""

    serving: Serving
    number: int
    sockets: list[socket.socket]
    common: Shared
    home: Home | None
    restarts: Callable[[], int]
    _running: list[_Worker] = field(default_factory=list)
    _signals: int = 0
    _young: int = 0

    def run(self) -> None:
        """Serve until a signal comes; raises `ServiceError` where workers cannot be started."""
        before = {sig: signal.signal(sig, self._count) for sig in (signal.SIGINT, signal.SIGTERM)}
        counted = _Counted(self.common)
        try:
            for _ in range(self.number):
                self._running.append(self._start())
            while not self._signals:
                time.sleep(LOOK_SECONDS)
                counted.take(self.restarts())
                self._look(counted)
            self._end()
        finally:
            for worker in self._running:
                worker.process.kill()
                worker.process.join()
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def _count(self, _: int, __: FrameType | None) -> None:
        self._signals += 1

    def _start(self) -> _Worker:
        arguments = (self.serving, self.sockets, self.common, self.home)
        process = _SPAWN.Process(target=work, args=arguments, name="mscev-worker")
        process.start()
        return _Worker(process, time.monotonic())

    def _look(self, counted: _Counted) -> None:
        for place, worker in enumerate(self._running):
            if worker.process.is_alive() or self._signals:
                continue
            pid, code = worker.process.pid, worker.process.exitcode
            words = f"A worker (pid {pid}) ended with {code}: it is started again."
            event("worker", words, logging.WARNING, pid=pid, code=code)
            counted.dead(pid or 0)
            young = time.monotonic() - worker.begun < YOUNG_SECONDS
            self._young = self._young + 1 if young else 0
            if self._young > MAX_YOUNG:
                raise ServiceError(f"workers end as soon as they begin, with {code}; see the lines above")
            if young:
                time.sleep(PAUSE_SECONDS)
            self._running[place] = self._start()

    def _end(self) -> None:
        """Tell every worker to end; at a second signal, or where one takes too long, end it at once."""
        for one in self.sockets:
            one.close()
        for worker in self._running:
            worker.process.terminate()
        deadline = time.monotonic() + self.serving.settings.drain_seconds + 10
        while any(worker.process.is_alive() for worker in self._running):
            if self._signals > 1 or time.monotonic() > deadline:
                return
            time.sleep(LOOK_SECONDS)


class _Counted:
    """What the parent adds to the metrics, where they can be had."""

    def __init__(self, common: Shared) -> None:
        from api.observe.metrics import Missing, metrics  # noqa: PLC0415 - after the variable is set

        found: Any = metrics(common.metrics)
        self._meters = None if isinstance(found, Missing) else found

    def take(self, restarts: int) -> None:
        """Take over how often Neo4j was started again, and what this process needs."""
        if self._meters is not None:
            self._meters.bring(self._meters.restarts, restarts)
            self._meters.measure()

    def dead(self, pid: int) -> None:
        """A worker has died."""
        if self._meters is not None:
            self._meters.worker_restarts.inc()
            self._meters.forget(pid)


def work(serving: Serving, sockets: list[socket.socket], common: Shared, home: Home | None) -> None:
    """Be a worker, until the parent says so or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    os.environ[_METRICS] = str(common.metrics)
    settings = serving.settings
    logs.configure(settings.log, settings.log_file)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    runtime = Runtime(Drain(settings.drain_seconds), home, shared=common)
    serve(serving, sockets, runtime, SharedActivity(common.active_at))


def _leave(_: int, __: FrameType | None) -> None:
    sys.exit(0)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
