"""Backup and restore of the graph: a short stop, one archive, and never a moment without a good copy.

Only the database `neo4j` is archived: users and passwords live in `system` and stay with their home, so a
backup can be restored anywhere and carries no secret.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import BadGzipFile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from graph.server import jarlist, locks, process, shared, state, swap
from graph.server.config import LAPTOP, Settings
from graph.server.failures import disk_errors
from graph.server.install import install
from graph.server.swap import PARTS
from schema.errors import DatabaseUnavailable, InvalidSource, MscevError, ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from graph.server.home import Home

FORMAT: Final = "mscev-backup-1"
MANIFEST: Final = "manifest.json"
COMPRESSION: Final = 3


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds: path below the data directory -> size and SHA-256."""

    neo4j: str
    files: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """Bytes of the restored store."""
        return sum(size for size, _ in self.files.values())


def backup(home: Home, file: Path, *, settings: Settings = LAPTOP, console: Console | None = None) -> Backup:
    """Write the graph to an archive; the server, if it runs, stops shortly and comes back on its ports."""
    with locks.starting(home), _paused(home, settings, console), disk_errors(file.parent):
        sources = _sources(home)
        if not sources:
            raise ServerError("There is no graph to back up yet: load one first (mscev load article).")
        made = Backup(
            jarlist.neo4j_version(jarlist.checked_in()),
            {name: (path.stat().st_size, _sha256(path)) for name, path in sources.items()},
        )
        _write(file, made, sources)
        return made


def restore(
    home: Home,
    file: Path,
    *,
    force: bool = False,
    settings: Settings = LAPTOP,
    console: Console | None = None,
) -> Backup:
    """Replace the graph by the one of an archive; the old one is kept until the new one answers."""
    runtime = install(home, console)
    with locks.starting(home):
        if not force:
            shared.require_unused(home)
        swap.discard(home)
        try:
            with disk_errors(home.data):
                found = _unpack(file, swap.incoming(home))
        except MscevError:
            swap.discard(home)
            raise
        before = state.running(home)
        if before is not None:
            process.terminate(before)
        swap.attempt(home)
        try:
            started = shared.start_anywhere(home, runtime, shared.ANY, settings)
        except (ServerError, DatabaseUnavailable) as error:
            swap.finish(home)
            if before is not None:
                shared.restart(home, runtime, before.ports, settings)
            raise InvalidSource(
                f"{file} was not restored, the graph is as before: Neo4j did not open it ({error})",
                file=str(file),
            ) from error
        swap.keep(home)
        if before is None:
            process.terminate(started)
        return found


@contextmanager
def _paused(home: Home, settings: Settings, console: Console | None) -> Iterator[None]:
    before = state.running(home)
    if before is None:
        yield
        return
    runtime = install(home, console)
    process.terminate(before)
    try:
        yield
    finally:
        shared.restart(home, runtime, before.ports, settings)


def _sources(home: Home) -> dict[str, Path]:
    found = (path for part in PARTS for path in sorted((home.data / part).rglob("*")) if path.is_file())
    return {path.relative_to(home.data).as_posix(): path for path in found}


def _write(file: Path, made: Backup, sources: dict[str, Path]) -> None:
    part = file.with_name(file.name + ".part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=COMPRESSION) as archive:
            text = json.dumps({"format": FORMAT, "neo4j": made.neo4j, "files": made.files}).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size, head.mtime = len(text), int(time.time())
            archive.addfile(head, io.BytesIO(text))
            for name, path in sources.items():
                archive.add(path, arcname=name)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _unpack(file: Path, directory: Path) -> Backup:
    """Unpack and compare every file with the manifest, before anything is replaced."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            return _verified(archive, file, directory)
    except FileNotFoundError as error:
        raise InvalidSource(f"{file} does not exist.", file=str(file)) from error
    except (tarfile.TarError, BadGzipFile, zlib.error, EOFError, ValueError, KeyError, TypeError) as error:
        raise _no_backup(file, str(error)) from error


def _verified(archive: tarfile.TarFile, file: Path, directory: Path) -> Backup:
    promised = _manifest(archive, file)
    seen = set()
    for member in archive:  # from its beginning again
        if member.name == MANIFEST:
            continue
        if member.name not in promised.files or not member.isreg() or not _inside(member.name):
            raise _no_backup(file, f"{member.name} does not belong there")
        content = archive.extractfile(member)
        if content is None:
            raise _no_backup(file, f"{member.name} is no file")
        target = directory / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        if (target.stat().st_size, _sha256(target)) != promised.files[member.name]:
            raise _no_backup(file, f"{member.name} is damaged")
        seen.add(member.name)
    missing = promised.files.keys() - seen
    if missing:
        raise _no_backup(file, f"{len(missing)} files are missing")
    return promised


def _manifest(archive: tarfile.TarFile, file: Path) -> Backup:
    first = archive.next()
    content = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if content is None:
        raise _no_backup(file, "it has no manifest")
    values = json.loads(content.read())
    if values["format"] != FORMAT:
        raise _no_backup(file, f"its format is {values['format']}, expected {FORMAT}")
    files = {str(name): (int(size), str(sha)) for name, (size, sha) in values["files"].items()}
    return Backup(str(values["neo4j"]), files)


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return ".." not in path.parts and any(path.is_relative_to(part) for part in PARTS)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _no_backup(file: Path, why: str) -> InvalidSource:
    return InvalidSource(f"{file} is not a good mscev backup ({why}); nothing was changed.", file=str(file))
