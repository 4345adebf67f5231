from __future__ import annotations

from tests.loaders.conftest import real

__all__ = ["real"]
