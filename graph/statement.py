"""A Cypher statement: text made in graph/ only, values only as parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Statement:
    """Text and parameters; what `Database.value` reads returns one record with one value."""

    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)


class Parameters:
    """Hands out parameter names, so that a value never gets into the text."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def add(self, value: object) -> str:
        """Keep the value; return its name as `$p0`."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"
