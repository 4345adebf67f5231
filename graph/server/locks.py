"""The two file locks of a home. A crashed process loses its locks with its files: none goes stale."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import portalocker

from graph.server import swap
from schema.errors import ServerBusy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.server.home import Home

ALONE: Final = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
TOGETHER: Final = portalocker.LockFlags.SHARED | portalocker.LockFlags.NON_BLOCKING
PATIENCE: Final = 300.0
STEP: Final = 0.05


@contextmanager
def starting(home: Home, patience: float = PATIENCE) -> Iterator[None]:
    """Be the only one who starts, stops, backs up or restores."""
    home.prepare()
    lock = portalocker.Lock(home.start_lock, mode="a", timeout=patience, check_interval=STEP, flags=ALONE)
    try:
        lock.acquire()
    except portalocker.LockException as error:
        raise ServerBusy(
            f"Another mscev command has been starting or stopping Neo4j for {patience:.0f} s: "
            "wait for it, or end it.",
            lock=str(home.start_lock),
        ) from error
    try:
        swap.finish(home)
        yield
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class User:
    """A share in the server; it must be taken while the start lock is held."""

    lock: portalocker.Lock

    @classmethod
    def join(cls, home: Home) -> User:
        """Take a share."""
        lock = portalocker.Lock(home.users_lock, mode="a", timeout=5, check_interval=STEP, flags=TOGETHER)
        lock.acquire()
        return cls(lock)

    def leave(self) -> None:
        """Give it back."""
        self.lock.release()


def in_use(home: Home) -> bool:
    """Does anybody hold a share? Only meaningful while the start lock is held."""
    lock = portalocker.Lock(home.users_lock, mode="a", timeout=0, flags=ALONE)
    try:
        lock.acquire()
    except portalocker.LockException:
        return True
    lock.release()
    return False
