"""The file of API keys: a line of JSON for each, with its name and its hash, never the key itself."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import orjson
import portalocker

from graph.server import Home
from graph.server.home import write_private
from schema.errors import InvalidInput, NotFound, UsageError

PREFIX: Final = "mscev_"  # so that scanners for leaked secrets know one
_BYTES: Final = 32
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LOCK_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key; `created` is a date with time in UTC."""

    name: str
    sha256: str
    created: str


def key_file(path: Path | None) -> Path:
    """Return where keys are kept: the file that is named, else the one in MSCEV_HOME."""
    return path or Home.from_environ().root / "keys"


def digest(key: str) -> str:
    """Return what is kept of a key: a key of 256 random bits needs no slow hash, nobody can try them all."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class KeyFile:
    """Reads and writes the keys of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[Key, ...]:
        """Return the keys in the order of their making; none where there is no file.

        Raises `InvalidInput` with file and line for what is no line of ours.
        """
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise InvalidInput(f"{self.path} cannot be read: {error.strerror}", file=str(self.path)) from None
        lines = enumerate(text.splitlines(), 1)
        return tuple(self._key(number, line) for number, line in lines if line.strip())

    def add(self, name: str) -> str:
        """Make a key and return it; nobody can read it again."""
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} cannot be the name of a key: use 1 to 64 letters, digits, '.', '_' or '-', "
                "and begin with a letter or digit"
            )
        made = PREFIX + secrets.token_urlsafe(_BYTES)
        with self._alone():
            known = self.read()
            if any(key.name == name for key in known):
                raise UsageError(f"there is a key {name!r}; remove it first, or choose another name")
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self._write((*known, Key(name, digest(made), now)))
        return made

    def remove(self, name: str) -> None:
        """Remove a key: it opens nothing from now on."""
        with self._alone():
            known = self.read()
            left = tuple(key for key in known if key.name != name)
            if len(left) == len(known):
                names = ", ".join(key.name for key in known) or "none"
                raise NotFound(f"there is no key {name!r}; known are: {names}", given=name)
            self._write(left)

    def _key(self, number: int, line: bytes) -> Key:
        try:
            given = orjson.loads(line)
            key = Key(**given)
            if _NAME.fullmatch(key.name) and _DIGEST.fullmatch(key.sha256) and isinstance(key.created, str):
                return key
        except (orjson.JSONDecodeError, TypeError):
            pass
        raise InvalidInput(
            f"{self.path}:{number}: not a key; a line is an object of name, sha256 and created, as "
            "'mscev key add' writes it",
            file=str(self.path),
            line=number,
        )

    def _write(self, keys: tuple[Key, ...]) -> None:
        write_private(self.path, "".join(f"{orjson.dumps(asdict(key)).decode()}\n" for key in keys))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the file alone, so that of two commands at once none undoes the other."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with portalocker.Lock(self.path.with_name(f"{self.path.name}.lock"), timeout=_LOCK_SECONDS):
                yield
        except OSError as error:
            raise UsageError(f"{self.path} cannot be written: {error.strerror}; set MSCEV_KEYS") from error
