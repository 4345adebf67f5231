"""Logs: what a line holds, what it never holds, and several writers of one file."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.observe import logs
from api.observe.logs import ACCESS, CYPHER, EVENTS, SharedFile, access, configure, event

_REQUEST = {"request": "abc", "method": "GET", "path": "/entity/{id}", "status": 200, "ms": 1.5}


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Put every logger back as it was: the other tests share them."""
    names = ("mscev", "mscev.access", "mscev.cypher", "uvicorn", "asyncio")
    loggers = [logging.getLogger(name) for name in names]
    before = [(one, one.level, one.propagate, one.handlers[:]) for one in loggers]
    yield
    for one, level, propagate, handlers in before:
        for handler in set(one.handlers) - set(handlers):
            handler.close()
        one.handlers[:] = handlers
        one.setLevel(level)
        one.propagate = propagate


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_json_has_requests_and_events(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "mscev.log"
    configure("json", file)
    event("load", "Loaded it.", source="a", printed=True)
    access(_REQUEST, logging.INFO)
    loaded, request = _lines(file)
    assert (
        loaded.items() >= {"event": "load", "message": "Loaded it.", "source": "a", "level": "info"}.items()
    )
    assert request.items() >= (_REQUEST | {"logger": "mscev.access"}).items()
    assert "message" not in request
    assert file.stat().st_mode & 0o077 == 0


def test_an_exception_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "mscev.log"
    configure("json", file)
    try:
        int("what\nhappened")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    (line,) = _lines(file)
    assert "ValueError" in str(line["exception"])


def test_text_has_events_and_failures_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure("text")
    event("neo4j", "Neo4j is gone: it is started again.", logging.WARNING)
    event("load", "printed before", printed=True)
    access(_REQUEST, logging.INFO)
    access(_REQUEST | {"status": 500}, logging.ERROR)
    assert capsys.readouterr().err.splitlines() == [
        "Neo4j is gone: it is started again.",
        "GET /entity/{id} 500 in 1.5 ms, request abc",
    ]


def test_off_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    configure("off")
    event("neo4j", "gone", logging.ERROR)
    access(_REQUEST, logging.ERROR)
    assert capsys.readouterr().err == ""
    assert not ACCESS.isEnabledFor(logging.ERROR)


def test_statements_are_in_their_own_file_only(tmp_path: Path) -> None:
    configure("json", tmp_path / "mscev.log")
    assert not CYPHER.isEnabledFor(logging.INFO)
    assert EVENTS.isEnabledFor(logging.INFO)


def test_two_writers_of_a_file_turn_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mscev.log"
    monkeypatch.setattr(logs, "FILE_SIZE", 1000)
    handlers = [SharedFile(file), SharedFile(file)]
    number = 0
    for _ in range(15):  # 30 lines of 62 bytes: more than one file, fewer than two
        for handler in handlers:
            handler.emit(logging.makeLogRecord({"msg": f"{number:03}" + "x" * 58}))
            number += 1
    for handler in handlers:
        handler.close()
    written = [
        line[:3] for path in (file.with_name("mscev.log.1"), file) for line in path.read_text().split()
    ]
    assert written == [f"{number:03}" for number in range(30)]
    assert not file.with_name("mscev.log.2").exists()
