"""The log of queries: one line of JSON each, on the logger `mscev.cypher`."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

import orjson

from api.cypher.answers import Tally

LOGGER: Final = logging.getLogger("mscev.cypher")
_FILE_SIZE, _FILES = 5_000_000, 3


@dataclass(frozen=True, slots=True)
class QueryLog:
    """Writes what was asked and what came of it; with `text` the statement itself."""

    text: bool = False

    @classmethod
    def to(cls, path: Path | None, *, text: bool) -> QueryLog:
        """Return a log that also goes to a file, three of 5 MB in turn."""
        if path is not None:
            handler = RotatingFileHandler(path, maxBytes=_FILE_SIZE, backupCount=_FILES - 1, delay=True)
            handler.setFormatter(logging.Formatter("%(message)s"))
            LOGGER.addHandler(handler)
            LOGGER.setLevel(logging.INFO)
            LOGGER.propagate = False
        return cls(text)

    @property
    def is_read(self) -> bool:
        """Say whether anybody reads the log."""
        return LOGGER.isEnabledFor(logging.INFO)

    def write(self, client: str, step: str, statement: str | None, tally: Tally, seconds: float) -> None:
        """Write one line."""
        if not self.is_read:
            return
        digest = hashlib.sha256((statement or "").encode("utf-8", "surrogatepass")).hexdigest()
        line = {
            "client": client,
            "step": step,
            "statement": digest[:16],
            "verdict": tally.error.code if tally.error else "PASSED",
            "ms": round(seconds * 1000, 1),
            "rows": tally.rows,
            "bytes": tally.size,
        }
        if self.text:
            line["text"] = statement
        if tally.error:
            line["message"] = tally.error.message
        LOGGER.info("%s", orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE).decode().rstrip())
