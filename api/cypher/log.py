"""The log of queries: one line of JSON each, on the logger `mscev.cypher`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import orjson

from api.cypher.answers import Tally
from api.observe import note
from api.observe.logs import CYPHER, SharedFile


@dataclass(frozen=True, slots=True)
class QueryLog:
    """Writes what was asked and what came of it; with `text` the statement itself."""

    text: bool = False

    @classmethod
    def to(cls, path: Path | None, *, text: bool) -> QueryLog:
        """Return a log that also goes to a file, three of 5 MB in turn."""
        if path is not None:
            handler = SharedFile(path)
            handler.setFormatter(logging.Formatter("%(message)s"))
            CYPHER.addHandler(handler)
            CYPHER.setLevel(logging.INFO)
            CYPHER.propagate = False
        return cls(text)

    @property
    def is_read(self) -> bool:
        """Say whether anybody reads the log."""
        return CYPHER.isEnabledFor(logging.INFO)

    def write(self, client: str, step: str, statement: str | None, tally: Tally, seconds: float) -> None:
        """Write one line."""
        if not self.is_read:
            return
        asked = note.current()
        line = {
            "request": asked.id,
            "client": client,
            "step": step,
            "statement": asked.hash,
            "verdict": tally.error.code if tally.error else "PASSED",
            "ms": round(seconds * 1000, 1),
            "rows": tally.rows,
            "bytes": tally.size,
        }
        if self.text:
            line["text"] = statement
        if tally.error:
            line["message"] = tally.error.message
        CYPHER.info("%s", orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE).decode().rstrip())
