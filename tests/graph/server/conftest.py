"""Homes of their own, the shared download cache, and no setting of the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.server import Home


@pytest.fixture(scope="session")
def cache() -> Path:
    """The user's download cache: 170 MB are fetched once, not once a run."""
    return Home.from_environ().cache


@pytest.fixture
def home(tmp_path: Path, cache: Path) -> Home:
    return Home(tmp_path / "home", cache)
