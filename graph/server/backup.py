"""Backup and restore of the graph: a short stop, one archive, and never a moment without a good copy.

Only the database `neo4j` is archived: users and passwords live in `system` and stay with their home, so a
backup can be restored anywhere and carries no secret.
"""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import BadGzipFile
from itertools import chain
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from graph.reads.info import STATE
from graph.release import ELEMENTS, EMPTY, compute
from graph.server import jarlist, locks, process, shared, state, swap
from graph.server.config import LAPTOP, Settings
from graph.server.failures import disk_errors
from graph.server.home import write_private
from graph.server.install import install
from graph.server.jars import sha256
from graph.server.swap import PARTS
from schema.errors import InvalidSource, MscevError, ServerBusy, ServerError, VerificationFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from graph.connection import Database
    from graph.server.home import Home
    from graph.server.install import Runtime

FORMAT: Final = "mscev-backup-1"
MANIFEST: Final = "manifest.json"
LAST: Final = "backup.json"
TRIES: Final = 3
COMPRESSION: Final = 3


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds: path below the data directory -> size and SHA-256, and the graph's release.

    `release` is None in archives of older versions. `away` is how many seconds the server was not there.
    """

    neo4j: str
    files: dict[str, tuple[int, str]]
    release: str | None = None
    away: float = 0.0

    @property
    def size(self) -> int:
        """Bytes of the restored store."""
        return sum(size for size, _ in self.files.values())


def backup(home: Home, file: Path, *, settings: Settings = LAPTOP, console: Console | None = None) -> Backup:
    """Write the graph to an archive; the server, if it runs, stops shortly and comes back on its ports.

    Its files are copied while it stands still and packed when it is back. A graph that was written between
    the look at its release and the stop is looked at again, a few times.
    """
    runtime = install(home, console)
    with locks.starting(home), disk_errors(file.parent), _copies(file) as copies:
        if not _sources(home.data):
            raise ServerError("There is no graph to back up yet: load one first (mscev load article).")
        for _ in range(TRIES):
            release, away = _copy(home, runtime, settings, copies)
            if release is not None:
                break
        else:
            raise ServerBusy("The graph is being written: back it up when the load has ended.")
        sources = _sources(copies)
        made = Backup(
            jarlist.neo4j_version(jarlist.checked_in()),
            {name: (path.stat().st_size, sha256(path)) for name, path in sources.items()},
            release,
            away,
        )
        _write(file, made, sources)
        _remember(home, file, made)
        return made


def last(home: Home) -> dict[str, Any] | None:
    """Return when the last backup of this home was written, where to, and of which release."""
    try:
        found = json.loads((home.root / LAST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _copy(home: Home, runtime: Runtime, settings: Settings, copies: Path) -> tuple[str | None, float]:
    """Copy the files of a graph that stands still; the release is None where it was written meanwhile."""
    shutil.rmtree(copies, ignore_errors=True)
    before = state.running(home)
    found = before or shared.start_anywhere(home, runtime, shared.ANY, settings)
    stood = _state(home, found)
    begun = time.monotonic()
    process.terminate(found)
    try:
        for name, path in _sources(home.data).items():
            (copies / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copies / name)
    finally:
        if before is not None:
            shared.restart(home, runtime, before.ports, settings)
    if before is None:
        return stood[0], 0.0
    away = time.monotonic() - begun
    return stood[0] if _state(home, before) == stood else None, away


def _state(home: Home, found: process.Process) -> tuple[str, int]:
    """Return release and generation of a running graph; an empty one has the release of nothing."""
    with _database(home, found) as database:
        known = database.value(STATE) or {}
    return known.get("hash") or EMPTY, known.get("generation") or 0


def _database(home: Home, found: process.Process) -> Database:
    from graph.connection import Database  # noqa: PLC0415 - costs 1 s, and nothing else here needs it

    server = shared.describe(home, found)
    return Database(server.target)


def _remember(home: Home, file: Path, made: Backup) -> None:
    values = {"time": time.time(), "file": str(file.absolute()), "release": made.release}
    write_private(home.root / LAST, json.dumps(values) + "\n")


@contextmanager
def _copies(file: Path) -> Iterator[Path]:
    """Yield a directory beside the archive, where there must be room for it anyway."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as name:
        yield Path(name) / "data"


def restore(
    home: Home,
    file: Path,
    *,
    force: bool = False,
    settings: Settings = LAPTOP,
    console: Console | None = None,
) -> Backup:
    """Replace the graph by the one of an archive; the old one is kept until the new one is found right.

    It is right when Neo4j answers, the release is the one of the archive, and what is stored adds up to it.
    """
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
            _verify(home, started, found)
        except MscevError as error:
            swap.finish(home)
            if before is not None:
                shared.restart(home, runtime, before.ports, settings)
            raise InvalidSource(
                f"{file} was not restored, the graph is as before: {error}", file=str(file)
            ) from error
        swap.keep(home)
        if before is None:
            process.terminate(started)
        return found


def _verify(home: Home, started: process.Process, found: Backup) -> None:
    """Raise `VerificationFailed` unless the restored graph is the one that was backed up."""
    with _database(home, started) as database:
        known = (database.value(STATE) or {}).get("hash") or EMPTY
        computed = compute(chain.from_iterable(map(database.stream, ELEMENTS))).graph
    if found.release not in {None, known}:
        raise VerificationFailed(f"its release is {known[:16]}, that of the backup was {found.release[:16]}")
    if computed != known:
        raise VerificationFailed(f"it calls itself {known[:16]}, but what it holds is {computed[:16]}")


def _sources(data: Path) -> dict[str, Path]:
    found = (path for part in PARTS for path in sorted((data / part).rglob("*")) if path.is_file())
    return {path.relative_to(data).as_posix(): path for path in found}


def _write(file: Path, made: Backup, sources: dict[str, Path]) -> None:
    part = file.with_name(file.name + ".part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=COMPRESSION) as archive:
            told = {"format": FORMAT, "neo4j": made.neo4j, "release": made.release, "files": made.files}
            text = json.dumps(told).encode()
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
        if (target.stat().st_size, sha256(target)) != promised.files[member.name]:
            raise _no_backup(file, f"{member.name} is damaged")
        seen.add(member.name)
    missing = promised.files.keys() - seen
    if missing:
        raise _no_backup(file, f"{len(missing)} files are missing")
    _read_to_the_end(archive)
    return promised


def _read_to_the_end(archive: tarfile.TarFile) -> None:
    """Let gzip compare its checksum, which stands last: it covers what is in none of the files too."""
    while archive.fileobj.read(1 << 20):
        pass


def _manifest(archive: tarfile.TarFile, file: Path) -> Backup:
    first = archive.next()
    content = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if content is None:
        raise _no_backup(file, "it has no manifest")
    values = json.loads(content.read())
    if values["format"] != FORMAT:
        raise _no_backup(file, f"its format is {values['format']}, expected {FORMAT}")
    files = {str(name): (int(size), str(sha)) for name, (size, sha) in values["files"].items()}
    release = values.get("release")
    return Backup(str(values["neo4j"]), files, str(release) if release else None)


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return ".." not in path.parts and any(path.is_relative_to(part) for part in PARTS)


def _no_backup(file: Path, why: str) -> InvalidSource:
    return InvalidSource(f"{file} is not a good mscev backup ({why}); nothing was changed.", file=str(file))
