"""A JVM with too little memory: it says so, and nobody waits for it for ever."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph.server import LAPTOP, Home, managed, state
from schema.errors import ServerError
from tests.faults.watch import report

pytestmark = pytest.mark.faults

MEGABYTES = 64  # what a JVM begins with


def test_a_heap_that_is_too_small(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", Home.from_environ().cache)
    begun = time.monotonic()
    with (
        pytest.raises(ServerError, match="memory"),
        managed(home, settings=replace(LAPTOP, heap=MEGABYTES)),
    ):
        pass
    seconds = time.monotonic() - begun
    assert state.running(home) is None
    report("too small a heap", f"SERVER_ERROR after {seconds:.1f} s")
