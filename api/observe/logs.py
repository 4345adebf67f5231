"""Logs: events on `mscev`, requests on `mscev.access`; as words for people or lines of JSON for machines.

Neither holds the text of a query, a header or a body.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final, Literal

import orjson
import portalocker

from api.observe.note import current

Form = Literal["off", "text", "json"]
EVENTS: Final = logging.getLogger("mscev")
ACCESS: Final = logging.getLogger("mscev.access")
CYPHER: Final = logging.getLogger("mscev.cypher")
_OTHERS: Final = ("uvicorn", "asyncio")
FILE_SIZE, FILES = 5_000_000, 3
_FIELDS: Final = "fields"
_PRINTED: Final = "printed"


def configure(form: Form, file: Path | None = None) -> None:
    """Send the logs of this process where they shall go; `text` leaves requests out.

    What goes to a file does not go to standard error. Called again it replaces what was before.
    """
    for before in EVENTS.handlers:
        before.close()
    if form == "off":
        for name in ("mscev", *_OTHERS):
            _take_over(name, logging.NullHandler(), logging.CRITICAL + 1)
        ACCESS.setLevel(logging.NOTSET)
        return
    handler = SharedFile(file) if file is not None else logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    if form == "text" and file is None:
        handler.addFilter(lambda record: not getattr(record, _PRINTED, False))
    _take_over("mscev", handler, logging.INFO)
    for name in _OTHERS:
        _take_over(name, handler, logging.WARNING)
    ACCESS.setLevel(logging.INFO if form == "json" else logging.ERROR)
    # its own file has each statement; the line of the request has its hash
    CYPHER.setLevel(logging.WARNING)


def _take_over(name: str, handler: logging.Handler, level: int) -> None:
    logger = logging.getLogger(name)
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(level)


def event(name: str, words: str, level: int = logging.INFO, *, printed: bool = False, **values: Any) -> None:
    """Write what happened: `words` for people, `name` and `values` for machines.

    `printed`: people have read it on the terminal already.
    """
    EVENTS.log(level, "%s", words, extra={_FIELDS: {"event": name, **values}, _PRINTED: printed})


def access(values: dict[str, Any], level: int) -> None:
    """Write the line of a request."""
    ACCESS.log(level, "%s %s %s", values["method"], values["path"], values["status"], extra={_FIELDS: values})


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, and what the line is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields = getattr(record, _FIELDS, None)
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if fields is None or "event" in fields:
            line["message"] = record.getMessage()
        line |= fields or {}
        if "request" not in line and current().id:
            line["request"] = current().id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class TextFormatter(logging.Formatter):
    """The words alone; a request's line says its id, so that an answer leads to it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        text = super().format(record)
        fields = getattr(record, _FIELDS, {})
        return f"{text} in {fields['ms']} ms, request {fields['request']}" if "ms" in fields else text


class SharedFile(RotatingFileHandler):
    """Three files of 5 MB in turn, written by several processes: they take turns at turning."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(path, maxBytes=FILE_SIZE, backupCount=FILES - 1, encoding="utf-8")
        path.chmod(0o600)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; the file may have been turned by another process."""
        if self._is_turned():
            self._reopen()
        super().emit(record)

    def doRollover(self) -> None:  # noqa: N802 - the name is that of the base class
        """Turn the files, unless another process has just done it."""
        with portalocker.Lock(f"{self.baseFilename}.lock", timeout=5):
            if self._is_turned():
                self._reopen()
            else:
                super().doRollover()
                Path(self.baseFilename).chmod(0o600)

    def _is_turned(self) -> bool:
        if self.stream is None:
            return False
        try:
            there = Path(self.baseFilename).stat()
        except FileNotFoundError:
            return True
        ours = os.fstat(self.stream.fileno())
        return (ours.st_dev, ours.st_ino) != (there.st_dev, there.st_ino)

    def _reopen(self) -> None:
        if self.stream is not None:
            self.stream.close()
        self.stream = self._open()
