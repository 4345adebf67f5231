"""A file written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from schema.errors import DiskFull, ServiceError, UsageError


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place and rename; on failure what stood there before still stands.

    Raises `UsageError` (missing folder, no permission, a folder in the way), `DiskFull`, `ServiceError`.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise _told(path, error) from error
    finally:
        _forget(part)


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the folder is missing or closed to us: nothing was left behind
        return


def _told(path: Path, error: OSError) -> UsageError | ServiceError:
    if error.errno == errno.EISDIR:
        return UsageError(f"{path} is a folder; name a file", path=str(path))
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return UsageError(f"there is no folder {path.parent}; make it, or name another file", path=str(path))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return UsageError(f"no permission to write {path}; name another file", path=str(path))
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"no space left to write {path}; free some and try again", path=str(path))
    return ServiceError(f"{path} could not be written: {error.strerror or error}", path=str(path))
