"""Who has which transaction open: known to one process, or by a folder of files to all workers."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Protocol

import orjson


class Ledger(Protocol):
    """Transactions that are open, by their ids in Neo4j."""

    def clients(self) -> list[str]:
        """Return the client of each open transaction."""

    def client_of(self, id_: str) -> str | None:
        """Return whose transaction it is; None where it is not open."""

    def put(self, id_: str, client: str, seconds: float) -> None:
        """Note an opened transaction, which is over after so many seconds at the latest."""

    def drop(self, id_: str) -> None:
        """Forget a transaction."""


class OwnLedger:
    """The transactions of one process."""

    def __init__(self) -> None:
        self._open: dict[str, str] = {}

    def clients(self) -> list[str]:
        """Return the client of each open transaction."""
        return list(self._open.values())

    def client_of(self, id_: str) -> str | None:
        """Return whose transaction it is."""
        return self._open.get(id_)

    def put(self, id_: str, client: str, seconds: float) -> None:  # noqa: ARG002 - its timer drops it
        """Note an opened transaction."""
        self._open[id_] = client

    def drop(self, id_: str) -> None:
        """Forget a transaction."""
        self._open.pop(id_, None)


class SharedLedger:
    """The transactions of several workers: any of them may be asked to go on with one.

    A worker that died leaves files behind, which count for nothing once their time is over.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def clients(self) -> list[str]:
        """Return the client of each open transaction."""
        found = (self._read(path) for path in self._folder.glob("*.open"))
        return [client for client in found if client is not None]

    def client_of(self, id_: str) -> str | None:
        """Return whose transaction it is."""
        return self._read(self._path(id_))

    def put(self, id_: str, client: str, seconds: float) -> None:
        """Note an opened transaction, in one step."""
        path = self._path(id_)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(orjson.dumps([client, time.time() + seconds]))
        part.replace(path)

    def drop(self, id_: str) -> None:
        """Forget a transaction."""
        self._path(id_).unlink(missing_ok=True)

    def _path(self, id_: str) -> Path:
        name = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{name}.open"

    def _read(self, path: Path) -> str | None:
        try:
            client, until = orjson.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        if time.time() > until:
            path.unlink(missing_ok=True)
            return None
        return str(client)
