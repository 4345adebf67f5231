"""Looks up the API keys that requests show, in the file as it is at that moment."""

from __future__ import annotations

import logging
from hmac import compare_digest
from pathlib import Path
from typing import Final

from api.guards.keys import Key, KeyFile, digest
from schema.errors import InvalidInput

LOGGER: Final = logging.getLogger("mscev.keys")
_Seen = tuple[int, int, int]


class KeyRing:
    """The keys of a file; it is asked about at each look-up, so that a removed key is refused at once."""

    def __init__(self, path: Path) -> None:
        self._file = KeyFile(path)
        self._seen: _Seen | None = None
        self._keys: tuple[Key, ...] = ()

    def name_of(self, shown: str) -> str | None:
        """Return the name of a key; None for what is none.

        The time it takes depends on the number of keys alone: all hashes are compared, each in constant time.
        """
        wanted = digest(shown)
        found = None
        for key in self._current():
            if compare_digest(key.sha256, wanted):
                found = key.name
        return found

    def _current(self) -> tuple[Key, ...]:
        try:
            there = self._file.path.stat()
            seen = (there.st_mtime_ns, there.st_size, there.st_ino)
        except OSError:  # no file, no keys
            self._seen, self._keys = None, ()
            return ()
        if seen != self._seen:
            try:
                self._keys = self._file.read()
            except InvalidInput as error:  # nobody gets in by a file that cannot be read
                LOGGER.critical("%s; no key is accepted", error.message)
                self._keys = ()
            self._seen = seen
        return self._keys
