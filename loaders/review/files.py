"""The folder of decisions: one file an article, written whole or not at all, readable by git and people."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import orjson
import portalocker

from loaders.review.decisions import Decision, as_line, read_decision
from schema import ids
from schema.errors import DiskFull, InvalidRecord, InvalidSource, ServerBusy

SUFFIX = ".jsonl"
LOCK = ".lock"
LOCK_SECONDS = 10.0
Decisions = tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no decision: its file, its number from 1, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


def read_lines(path: Path) -> tuple[dict[Decision, int], tuple[BadLine, ...]]:
    """Return the decisions of a file with their lines, and the lines that are none.

    Raises `InvalidSource` where the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidSource(f"{path} cannot be read: {error.strerror}", file=str(path)) from error
    found: dict[Decision, int] = {}
    bad = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.setdefault(read_decision(orjson.loads(line)), number)
        except orjson.JSONDecodeError as error:
            bad.append(BadLine(str(path), number, f"not JSON: {error.msg}, column {error.colno}"))
        except InvalidRecord as error:
            bad.append(BadLine(str(path), number, error.message))
    return found, tuple(bad)


class ReviewFolder:
    """Reads and changes the files of a folder; it is made when the first decision is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, tuple[tuple[int, int, int], Decisions]] = {}

    def path(self, article: str) -> Path:
        """Return where the decisions on an article are."""
        return self.folder / f"{quote(ids.article_slug(article), safe='')}{SUFFIX}"

    def articles(self) -> list[str]:
        """Return the articles that have a file, in the order of their names."""
        names = sorted(path.name.removesuffix(SUFFIX) for path in self.folder.glob(f"*{SUFFIX}"))
        return [ids.article_id(unquote(name)) for name in names]

    def decisions(self, article: str) -> Decisions:
        """Return all decisions on an article; raises `InvalidSource` for the first line that is none."""
        path = self.path(article)
        try:
            stat = path.stat()
        except FileNotFoundError:
            return ()
        version = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        known = self._read.get(article)
        if known is None or known[0] != version:
            found, bad = read_lines(path)
            if bad:
                raise InvalidSource(f"{bad[0]}; mend the line first", file=bad[0].file, line=bad[0].line)
            for decision in found:
                if decision.article != article:
                    raise InvalidSource(
                        f"{path} holds a decision on {decision.article}; it belongs to {article}"
                    )
            known = self._read[article] = (version, _sorted(found))
        return known[1]

    def change(
        self, article: str, work: Callable[[Decisions], Iterable[Decision]]
    ) -> tuple[Decisions, Decisions]:
        """Replace the decisions on an article by what `work` makes of them; return them before and after.

        Nobody else writes meanwhile, and a file that has not changed is not written.
        """
        with self._alone():
            before = self.decisions(article)
            after = _sorted(work(before))
            if after != before:
                self._write(self.path(article), after)
            return before, after

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = portalocker.Lock(self.folder / LOCK, "a", timeout=LOCK_SECONDS)
        try:
            lock.acquire()
        except portalocker.LockException as error:
            raise ServerBusy(f"somebody else writes to {self.folder}; try again in a moment") from error
        try:
            yield
        finally:
            lock.release()

    def _write(self, path: Path, decisions: Sequence[Decision]) -> None:
        """Write beside the file and rename: after a crash the file is the old one or the new one."""
        try:
            descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=f".{path.name}.")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.writelines(map(as_line, decisions))
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).chmod(0o644)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            directory = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)
        except OSError as error:
            raise DiskFull(f"{path} cannot be written: {error.strerror}", file=str(path)) from error


def _sorted(decisions: Iterable[Decision]) -> Decisions:
    return tuple(sorted(dict.fromkeys(decisions), key=lambda one: one.order))
