"""Fetches jars into the cache: in parallel, resumable, never trusted before the SHA-256 is right.

A jar counts as good when its size and mtime are those of the stamp that was written after its last hashing: a
start with a full cache reads one small file, asks the directory, and touches no network.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

import portalocker

from graph.server.failures import disk_errors
from schema.errors import DiskFull, DownloadFailed, ServerBusy
from schema.private import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx
    from rich.console import Console

    from graph.server.jarlist import Jar

THREADS: Final = 8
CHUNK: Final = 1 << 18
SPARE: Final = 32 << 20
# a repository that sends nothing for this long is tried again, twice
STALL_SECONDS: Final = 20.0
LOCK_SECONDS: Final = 600.0
Stamp = tuple[int, int, str]


def base_url(mirror: str | None) -> str:
    """The address of the Maven repository: the mirror, else the one that jgo knows."""
    if mirror:
        return mirror.rstrip("/")
    import jgo.constants  # noqa: PLC0415 - costs 0.6 s, and only a download needs it

    return str(jgo.constants.MAVEN_CENTRAL_URL).rstrip("/")


@dataclass(slots=True)
class Cache:
    """The directory of jars and what is known of its files."""

    directory: Path
    stamps: dict[str, Stamp] = field(default_factory=dict)

    @classmethod
    def at(cls, directory: Path) -> Cache:
        """Open the cache; unreadable stamps mean that everything is hashed again."""
        cache = cls(directory)
        try:
            known = json.loads(cache.stamp_file.read_text(encoding="utf-8"))
            cache.stamps = {
                name: (int(size), int(mtime), str(sha)) for name, (size, mtime, sha) in known.items()
            }
        except (FileNotFoundError, ValueError, AttributeError, TypeError):
            cache.stamps = {}
        return cache

    @property
    def stamp_file(self) -> Path:
        """Name -> size, mtime, SHA-256 at the last hashing."""
        return self.directory / "stamps.json"

    def path(self, jar: Jar) -> Path:
        """Where a jar is or will be."""
        return self.directory / jar.file_name

    def stamped(self, jar: Jar) -> bool:
        """Say whether the jar is there, untouched since it was hashed and found right."""
        try:
            stat = self.path(jar).stat()
        except FileNotFoundError:
            return False
        return self.stamps.get(jar.file_name) == (stat.st_size, stat.st_mtime_ns, jar.sha256)

    def adopt(self, jar: Jar) -> bool:
        """Hash a jar that has no valid stamp; a wrong one is deleted."""
        path = self.path(jar)
        if not path.exists():
            return False
        if sha256(path) != jar.sha256:
            path.unlink()
            return False
        self.stamp(jar)
        return True

    def stamp(self, jar: Jar) -> None:
        """Remember that a jar was hashed and found right."""
        stat = self.path(jar).stat()
        self.stamps[jar.file_name] = (stat.st_size, stat.st_mtime_ns, jar.sha256)

    def save(self) -> None:
        """Write the stamps in one step."""
        part = self.stamp_file.with_suffix(".part")
        part.write_text(json.dumps(self.stamps, indent=0, sort_keys=True), encoding="utf-8")
        part.replace(self.stamp_file)


def ensure(
    jars: Sequence[Jar], directory: Path, *, mirror: str | None = None, console: Console | None = None
) -> tuple[Path, ...]:
    """Return the paths of all jars in the order of the list, fetching what is missing."""
    cache = Cache.at(directory)
    if not all(cache.stamped(jar) for jar in jars):
        with disk_errors(directory):
            _complete(jars, directory, base_url(mirror), console)
    return tuple(cache.path(jar) for jar in jars)


def sha256(path: Path) -> str:
    """Hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _complete(jars: Sequence[Jar], directory: Path, base: str, console: Console | None) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    lock = portalocker.Lock(directory / "download.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except portalocker.LockException as error:
        raise ServerBusy(
            f"Another mscev command has been fetching Neo4j's jars for {LOCK_SECONDS:.0f} s: wait for it, or "
            "end it.",
            lock=str(directory / "download.lock"),
        ) from error
    try:
        cache = Cache.at(directory)  # another process may have fetched meanwhile
        missing = [jar for jar in jars if not cache.stamped(jar) and not cache.adopt(jar)]
        try:
            _fetch_all(missing, cache, base, console)
        finally:
            cache.save()
    finally:
        lock.release()


def _fetch_all(jars: Sequence[Jar], cache: Cache, base: str, console: Console | None) -> None:
    if not jars:
        return
    _require_space(sum(jar.size for jar in jars), cache.directory)
    import httpx  # noqa: PLC0415 - costs 0.6 s, and only a download needs it

    from graph.server.progress import transfer  # noqa: PLC0415 - rich likewise

    cancelled = Event()
    with (
        transfer(console, f"Neo4j, {len(jars)} jars", sum(jar.size for jar in jars)) as advance,
        httpx.Client(timeout=httpx.Timeout(STALL_SECONDS, connect=10), follow_redirects=True) as client,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        fetcher = _Fetcher(client, base, cache, advance, cancelled)
        running = [pool.submit(fetcher.fetch, jar) for jar in jars]
        done, _ = wait(running, return_when=FIRST_EXCEPTION)
        cancelled.set()
        pool.shutdown(cancel_futures=True)
        for future in done:
            future.result()


def _require_space(needed: int, directory: Path) -> None:
    free = shutil.disk_usage(directory).free
    if free < needed + SPARE:
        raise DiskFull(
            f"Neo4j's jars need {needed / 1e6:.0f} MB in {directory}, {free / 1e6:.0f} MB are free: "
            "make room, or set MSCEV_CACHE to a directory on another disk.",
            path=str(directory),
            needed=needed,
            free=free,
        )


@dataclass(frozen=True, slots=True)
class _Fetcher:
    client: httpx.Client
    base: str
    cache: Cache
    advance: Callable[[int], None]
    cancelled: Event

    def fetch(self, jar: Jar) -> None:
        """Fetch one jar; a wrong sum gets one more try from the start."""
        found = ""
        for _ in range(2):
            part = self._part(jar)
            self._transfer(jar, part)
            if self.cancelled.is_set():
                return
            found = sha256(part)
            if found == jar.sha256:
                part.replace(self.cache.path(jar))
                self.cache.stamp(jar)
                return
            self.advance(-part.stat().st_size)
            part.unlink()
        raise DownloadFailed(
            f"{jar.label} from {shown(self.base)} has the SHA-256 {found}, but {jar.sha256} is expected: "
            "it was deleted. Try again, or name another repository with MSCEV_MAVEN_MIRROR.",
            jar=jar.label,
            found=found,
            expected=jar.sha256,
        )

    def _part(self, jar: Jar) -> Path:
        path = self.cache.path(jar)
        return path.with_name(path.name + ".part")

    def _transfer(self, jar: Jar, part: Path) -> None:
        import httpx  # noqa: PLC0415 - see above

        for attempt in (1, 2, 3):
            try:
                self._stream(jar, part)
            except httpx.ConnectError as error:
                raise self._unreachable(jar, error) from error
            except httpx.TransportError as error:
                if attempt == 3:
                    raise self._unreachable(jar, error) from error
            else:
                return

    def _stream(self, jar: Jar, part: Path) -> None:
        """Append to what an earlier run left; a repository that ignores Range sends the whole again."""
        have = part.stat().st_size if part.exists() else 0
        if have >= jar.size:
            have = 0
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self.client.stream("GET", f"{self.base}/{jar.remote_path}", headers=headers) as answer:
            if answer.status_code not in {200, 206}:
                raise DownloadFailed(
                    f"{jar.label} could not be fetched: {shown(self.base)} answered {answer.status_code}.",
                    jar=jar.label,
                    status=answer.status_code,
                )
            resumed = answer.status_code == 206
            self.advance(have if resumed else 0)
            with part.open("ab" if resumed else "wb") as file:
                for chunk in answer.iter_raw(CHUNK):
                    if self.cancelled.is_set():
                        return
                    file.write(chunk)
                    self.advance(len(chunk))

    def _unreachable(self, jar: Jar, error: httpx.TransportError) -> DownloadFailed:
        return DownloadFailed(
            f"{jar.label} could not be fetched from {shown(self.base)} ({error}). "
            "The first run needs the network, later ones work offline; MSCEV_MAVEN_MIRROR names a mirror.",
            jar=jar.label,
            base=shown(self.base),
        )
