"""Puts a new store in the place of the old one, so that a kill at any moment leaves one of them whole.

The new store is complete before the first rename, and a note says what is under way. Whoever next holds the
start lock does what is left: an empty note wants the new store; one that lists the parts of the old store
wants that one back, because nobody has seen yet whether Neo4j opens the new one.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Final

from graph.server import process, state
from graph.server.home import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from graph.server.home import Home

# The database `neo4j`; users and passwords live in `system`, which stays.
PARTS: Final = ("databases/neo4j", "transactions/neo4j")


def begin(home: Home, data: Path) -> None:
    """Decide for the store in another data directory below the home; from here on there is no way back."""
    shutil.rmtree(incoming(home), ignore_errors=True)
    data.replace(incoming(home))
    home.swap_note.touch()


def attempt(home: Home) -> None:
    """Try the store in `incoming`, which must be whole: until `keep`, `finish` takes it out again."""
    write_private(home.swap_note, json.dumps([part for part in PARTS if (home.data / part).exists()]))
    _put_in(home)


def keep(home: Home) -> None:
    """Decide for the store that was tried."""
    home.swap_note.unlink()
    discard(home)


def finish(home: Home) -> None:
    """Do what is left of a swap; nothing where none is under way. The start lock is held."""
    try:
        tried = home.swap_note.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    if tried:
        _take_out(home, json.loads(tried))
    else:
        _put_in(home)
    keep(home)


def incoming(home: Home) -> Path:
    """Where a new store waits."""
    return home.neo4j / "incoming"


def discard(home: Home) -> None:
    """Remove what no swap needs any longer."""
    for left in (incoming(home), _aside(home)):
        shutil.rmtree(left, ignore_errors=True)


def _put_in(home: Home) -> None:
    for part in PARTS:
        present, new, old = home.data / part, incoming(home) / part, _aside(home) / part
        if not new.exists():
            continue
        if present.exists():
            shutil.rmtree(old, ignore_errors=True)
            old.parent.mkdir(parents=True, exist_ok=True)
            present.replace(old)
        present.parent.mkdir(parents=True, exist_ok=True)
        new.replace(present)


def _take_out(home: Home, before: list[str]) -> None:
    """Bring back the parts that there were before; a server that runs on the tried store is stopped."""
    running = state.running(home)
    if running is not None:
        process.terminate(running)
    for part in PARTS:
        present, old = home.data / part, _aside(home) / part
        if old.exists() or part not in before:
            shutil.rmtree(present, ignore_errors=True)
        if old.exists():
            old.replace(present)


def _aside(home: Home) -> Path:
    return home.neo4j / "aside"
