"""The state file: which JVM was started last, and on which ports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graph.server import process
from graph.server.config import Ports
from graph.server.home import write_private
from graph.server.process import Process

if TYPE_CHECKING:
    from graph.server.home import Home


def remember(home: Home, started: Process) -> None:
    """Write the state down, before the server is ready: a crash in between leaves no unknown JVM."""
    values = {
        "pid": started.pid,
        "bolt": started.ports.bolt,
        "http": started.ports.http,
    }
    write_private(home.state_file, json.dumps(values) + "\n")


def last(home: Home) -> Process | None:
    """The JVM started last, alive or not; None when there was none or the file is unreadable."""
    try:
        values = json.loads(home.state_file.read_text(encoding="utf-8"))
        ports = Ports(int(values["bolt"]), int(values["http"]))
        return Process(int(values["pid"]), ports)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def running(home: Home) -> Process | None:
    """The JVM if it is alive and ours; a pid that died or now belongs to another program is not."""
    found = last(home)
    return found if found is not None and process.alive(found, home) else None
