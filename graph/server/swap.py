"""Puts a new store in the place of the old one, so that a kill at any moment leaves one of them whole.

The new store is complete before the first rename; a note says so, and whoever next holds the start lock
finishes what it says.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from graph.server.home import Home

# The database `neo4j`; users and passwords live in `system`, which stays.
PARTS: Final = ("databases/neo4j", "transactions/neo4j")


def begin(home: Home, data: Path) -> None:
    """Decide for the store in another data directory below the home; from here on there is no way back."""
    incoming = home.neo4j / "incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    data.replace(incoming)
    home.swap_note.touch()


def finish(home: Home) -> None:
    """Do what is left of a swap that was decided; nothing where none was. The start lock is held."""
    if not home.swap_note.exists():
        return
    incoming, aside = home.neo4j / "incoming", home.neo4j / "aside"
    for part in PARTS:
        present, new, old = home.data / part, incoming / part, aside / part
        if not new.exists():
            continue
        if present.exists():
            shutil.rmtree(old, ignore_errors=True)
            old.parent.mkdir(parents=True, exist_ok=True)
            present.replace(old)
        present.parent.mkdir(parents=True, exist_ok=True)
        new.replace(present)
    home.swap_note.unlink()
    for left in (incoming, aside):
        shutil.rmtree(left, ignore_errors=True)
