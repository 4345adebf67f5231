"""Rows, as statements take them: one parameter, a map for each of what is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]
