"""The managed Neo4j: installed, started, shared, watched and stopped, without Docker or an installed Java."""

from graph.server.admin import Status, logs, reset, status, usage
from graph.server.backup import Backup, backup, restore
from graph.server.config import LAPTOP, Ports, Settings
from graph.server.home import Home
from graph.server.idle import speed_up_when_idle
from graph.server.install import Runtime, install
from graph.server.shared import ANY, Server, Wanted, managed, start, stop
from graph.server.supervise import Supervisor, supervised

__all__ = [
    "ANY",
    "LAPTOP",
    "Backup",
    "Home",
    "Ports",
    "Runtime",
    "Server",
    "Settings",
    "Status",
    "Supervisor",
    "Wanted",
    "backup",
    "install",
    "logs",
    "managed",
    "reset",
    "restore",
    "speed_up_when_idle",
    "start",
    "status",
    "stop",
    "supervised",
    "usage",
]
