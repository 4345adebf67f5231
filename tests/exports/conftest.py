"""The article's graph, read once for all formats."""

from __future__ import annotations

import pytest

from exports.snapshot import Snapshot, read
from graph.connection import Database
from graph.writer import LoadReport


@pytest.fixture(scope="module")
def snapshot(loaded: LoadReport, database: Database, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Every table of the article's graph."""
    found = read(database.value, tmp_path_factory.mktemp("spool"), tables=("nodes",))
    assert found.release == loaded.release
    return found
