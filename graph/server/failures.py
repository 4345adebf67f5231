"""What goes wrong around the server, as one clear line that says what to do."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from schema.errors import DiskFull

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the system's "no space left" into ours."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise disk_full(path) from error


def disk_full(path: Path) -> DiskFull:
    """The error for a disk without room."""
    return DiskFull(f"No space is left on the disk of {path}: make room and start again.", path=str(path))
