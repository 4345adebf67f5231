"""One JVM: started, asked by a real query whether it is ready, stopped."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import psutil

from graph.server import probe
from graph.server.config import HOST, auth_ini, jvm_flags, neo4j_conf
from graph.server.failures import DATABASE_FAILED, disk_errors, explain, port_taken
from graph.server.home import password, write_private
from schema.errors import ServerError
from schema.private import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from threading import Event

    from graph.server.config import Ports, Settings
    from graph.server.home import Home
    from graph.server.install import Runtime

MAIN: Final = "org.neo4j.server.Neo4jCommunity"
START_SECONDS: Final = 180.0
STOP_SECONDS: Final = 15.0
POLL: Final = 0.03
PORTS: Final = range(20_000, 32_000)
# what could change the JVM behind our back
FOREIGN: Final = frozenset(
    {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "NEO4J_HOME", "NEO4J_CONF"}
)


@dataclass(frozen=True, slots=True)
class Process:
    """A JVM of ours; its command line names its home, which no other process with the same pid does."""

    pid: int
    ports: Ports


def launch(
    home: Home,
    runtime: Runtime,
    ports: Ports,
    settings: Settings,
    flags: Sequence[str] = (),
    *,
    low_priority: bool = False,
) -> Process:
    """Start the JVM in a session of its own, so that Ctrl-C in the terminal does not reach it."""
    with disk_errors(home.root):
        home.prepare()
        write_private(home.conf / "neo4j.conf", neo4j_conf(ports, settings))
        _set_password(home)
        for log in (home.console_log, home.debug_log):
            _put_aside(log)
        with home.console_log.open("wb") as console:
            child = subprocess.Popen(
                [
                    *(_low_priority() if low_priority else ()),
                    str(runtime.java.path),
                    *jvm_flags(settings),
                    *flags,
                    MAIN,
                    f"--home-dir={home.neo4j}",
                    f"--config-dir={home.conf}",
                    "--console-mode",
                ],
                cwd=home.neo4j,
                env=environment(runtime),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
    _disown(child)
    return Process(child.pid, ports)


def await_ready(
    process: Process, home: Home, seconds: float = START_SECONDS, cancelled: Event | None = None
) -> None:
    """Return when a query is answered; raise what the log says when the JVM gives up."""
    secret = password(home)
    deadline = time.monotonic() + seconds
    while True:
        running = alive(process, home)
        log = said(home)
        if not running or DATABASE_FAILED.search(log):
            kill(process)
            raise explain(log, home, process.ports)
        if probe.listens(process.ports.bolt) and probe.answers(process.ports.bolt, secret):
            return
        if time.monotonic() > deadline or (cancelled is not None and cancelled.is_set()):
            kill(process)
            raise ServerError(
                f"Neo4j did not answer within {seconds:.0f} s; its last words are in {home.console_log}.",
                log=str(home.console_log),
            )
        time.sleep(POLL)


def alive(process: Process, home: Home) -> bool:
    """Say whether this very JVM, started for this very home, is still there."""
    try:
        found = psutil.Process(process.pid)
        _reap(found)
        if found.status() == psutil.STATUS_ZOMBIE:
            return False
        return f"--home-dir={home.neo4j}" in _command_line(found)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def terminate(process: Process, seconds: float = STOP_SECONDS) -> None:
    """Stop the JVM; what does not stop in time is killed (the store recovers at the next start)."""
    try:
        found = psutil.Process(process.pid)
        found.terminate()
    except psutil.NoSuchProcess:
        return
    if not _ended(found, seconds):
        kill(process)


def kill(process: Process) -> None:
    """End the JVM at once; ServerError when it cannot be ended."""
    try:
        found = psutil.Process(process.pid)
        found.kill()
    except psutil.NoSuchProcess:
        return
    if not _ended(found, STOP_SECONDS):
        raise ServerError(
            f"The process {process.pid} of Neo4j cannot be ended; end it by hand, then try again.",
            pid=process.pid,
        )


def _ended(found: psutil.Process, seconds: float) -> bool:
    """Wait until it is gone; a zombie is, though another user of it, whose child it was, has not noticed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            _reap(found)
            if found.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(POLL)
    return False


def free_port() -> int:
    """A port that nobody listens on now, below those that systems give to outgoing connections.

    One of these could take it while a server that is killed is started again.
    """
    while True:
        port = PORTS.start + secrets.randbelow(len(PORTS))
        if is_free(port):
            return port


def require_free(port: int, option: str) -> None:
    """Raise PortTaken when somebody listens on a port that was asked for."""
    if not is_free(port):
        raise port_taken(port, option)


def is_free(port: int) -> bool:
    """Say whether we could listen there."""
    with socket.socket() as listener:
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
        return True


def said(home: Home) -> str:
    """What the JVM of the last start printed and wrote to its debug log."""
    return _text(home.console_log) + _text(home.debug_log)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _put_aside(log: Path) -> None:
    """Keep the log of the start before, so that a search for failures finds none of the past."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.before"))


def _set_password(home: Home) -> None:
    """Give a new store our password before its first start."""
    if not (home.data / "databases" / "system").exists():
        directory = home.data / "dbms"
        directory.mkdir(parents=True, exist_ok=True)
        write_private(directory / "auth.ini", auth_ini(password(home)))


def environment(runtime: Runtime) -> dict[str, str]:
    """The class path goes by the environment: the command line stays short."""
    kept = {name: value for name, value in harmless(os.environ).items() if name not in FOREIGN}
    return {**kept, "CLASSPATH": os.pathsep.join(map(str, runtime.class_path)), "MALLOC_ARENA_MAX": "2"}


def _low_priority() -> list[str]:
    """Programs that become another one, with little claim on processor and disk."""
    prefix: list[str] = []
    if shutil.which("nice"):
        prefix += ["nice", "-n", "19"]
    if shutil.which("ionice"):
        prefix += ["ionice", "-c", "3"]
    return prefix


def _disown(child: subprocess.Popen[bytes]) -> None:
    """The JVM may outlive us: `Popen` must neither warn of that nor wait for it."""
    child.returncode = 0


def _command_line(found: psutil.Process) -> list[str]:
    """Right after it became another program a process has none yet, and would pass for a stranger."""
    for _ in range(50):
        line = found.cmdline()
        if line:
            return line
        time.sleep(0.01)
    return []


def _reap(found: psutil.Process) -> None:
    """Collect our own dead child; of others this learns nothing."""
    try:
        found.wait(0)
    except psutil.TimeoutExpired:
        return
