"""Stores of one word a part, and work on them that is stopped before one of its renames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def put_store(data: Path, text: str, parts: Iterable[str]) -> None:
    """Make a store of these parts, each holding the text."""
    for part in parts:
        (data / part).mkdir(parents=True)
        (data / part / "store").write_text(text)


@contextmanager
def stopped_before_rename(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Raise `KeyboardInterrupt` before the rename of this number, counted from 0."""
    done = 0
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        nonlocal done
        if done == number:
            raise KeyboardInterrupt
        done += 1
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        yield
