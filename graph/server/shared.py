"""One server for all who need it: the first starts it, each user holds a share, the last one stops it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graph.server import aot, locks, process, state
from graph.server.config import HOST, LAPTOP, USER, Ports, Settings
from graph.server.failures import disk_errors, disk_told
from graph.server.home import Home, password
from graph.server.install import install
from graph.target import Target
from schema.errors import DatabaseUnavailable, PortTaken, ServerBusy, ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from rich.console import Console

    from graph.server.install import Runtime
    from graph.server.process import Process

ANSWER_SECONDS: Final = 60.0
PORT_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Ports that were asked for; None leaves the choice to us (the last ones again if they are free)."""

    bolt: int | None = None
    http: int | None = None


ANY: Final = Wanted()


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answered a query just now."""

    bolt_uri: str
    http_uri: str
    username: str
    password: str = field(repr=False)
    pid: int
    home: Home

    @property
    def target(self) -> Target:
        """Where it is, as the connections take it."""
        return Target(self.bolt_uri, self.username, self.password, http_uri=self.http_uri)


@contextmanager
def managed(
    home: Home | None = None,
    *,
    ports: Wanted = ANY,
    keep: bool = False,
    settings: Settings = LAPTOP,
    console: Console | None = None,
) -> Iterator[Server]:
    """Use the managed Neo4j for as long as the block lasts; `keep` leaves it running after the last user."""
    where = home or Home.from_environ()
    runtime = install(where, console)
    with disk_errors(where.root), locks.starting(where):
        found = ensure_running(where, runtime, ports, settings)
        user = locks.User.join(where)
        if keep:
            where.keep_marker.touch()
    try:
        with disk_told(where.data):
            yield describe(where, found)
    finally:
        user.leave()
        _stop_if_last(where)


def start(
    home: Home, *, ports: Wanted = ANY, settings: Settings = LAPTOP, console: Console | None = None
) -> Server:
    """Start the server, if it does not run, and keep it running (`mscev db start`)."""
    with managed(home, ports=ports, keep=True, settings=settings, console=console) as server:
        return server


def stop(home: Home, *, force: bool = False) -> bool:
    """Stop the server; False when it did not run. Without `force` it is not taken from those who use it."""
    with locks.starting(home):
        home.keep_marker.unlink(missing_ok=True)
        found = state.running(home)
        if found is None:
            return False
        if not force:
            require_unused(home)
        process.terminate(found)
        return True


def require_unused(home: Home) -> None:
    """Raise ServerBusy while somebody holds a share."""
    if locks.in_use(home):
        raise ServerBusy(
            "Other mscev commands (mscev up?) use Neo4j: end them first; it stops with the last of them.",
            home=str(home.root),
        )


def describe(home: Home, found: Process) -> Server:
    """What a user needs to connect."""
    return Server(
        bolt_uri=f"bolt://{HOST}:{found.ports.bolt}",
        http_uri=f"http://{HOST}:{found.ports.http}",
        username=USER,
        password=password(home),
        pid=found.pid,
        home=home,
    )


def ensure_running(home: Home, runtime: Runtime, wanted: Wanted, settings: Settings) -> Process:
    """Return a JVM that answers, starting one if need be; the caller holds the start lock."""
    found = state.running(home)
    if found is not None:
        _require_ports(found, wanted)
        try:
            process.await_ready(found, home, ANSWER_SECONDS)
        except ServerError:
            process.kill(found)
        else:
            return found
    home.keep_marker.unlink(missing_ok=True)  # it was a wish for a server that is gone
    return start_anywhere(home, runtime, wanted, settings)


def restart(
    home: Home, runtime: Runtime, ports: Ports, settings: Settings, cancelled: Event | None = None
) -> Process:
    """Start a JVM on exactly these ports; the caller holds the start lock."""
    process.require_free(ports.bolt, "--bolt-port")
    process.require_free(ports.http, "--http-port")
    fast = aot.flags(runtime, settings)
    try:
        return _launch(home, runtime, ports, settings, fast, cancelled=cancelled)
    except ServerError as error:
        if not fast or type(error) is not ServerError or (cancelled is not None and cancelled.is_set()):
            raise
        aot.discard(runtime, settings)  # nobody knows why it failed: the cache is the first suspect
        return _launch(home, runtime, ports, settings, (), cancelled=cancelled)


def _launch(
    home: Home,
    runtime: Runtime,
    ports: Ports,
    settings: Settings,
    flags: tuple[str, ...],
    *,
    cancelled: Event | None,
) -> Process:
    started = process.launch(home, runtime, ports, settings, flags)
    try:
        state.remember(home, started)
        process.await_ready(started, home, cancelled=cancelled)
    except (ServerError, DatabaseUnavailable, OSError, KeyboardInterrupt):
        process.kill(started)
        raise
    return started


def start_anywhere(home: Home, runtime: Runtime, wanted: Wanted, settings: Settings) -> Process:
    """Start on the wanted ports; one of ours may be taken by somebody meanwhile, then another is tried."""
    for attempt in range(PORT_TRIES):
        ports = _choose(home, wanted)
        try:
            return restart(home, runtime, ports, settings)
        except PortTaken as error:
            if error.values["port"] in {wanted.bolt, wanted.http} or attempt == PORT_TRIES - 1:
                raise
            home.state_file.unlink(missing_ok=True)
            time.sleep(0.1)
    raise AssertionError


def _choose(home: Home, wanted: Wanted) -> Ports:
    before = state.last(home)
    bolt = wanted.bolt or _again(before.ports.bolt if before else None)
    http = wanted.http or _again(before.ports.http if before else None)
    return Ports(bolt, http)


def _again(port: int | None) -> int:
    return port if port is not None and process.is_free(port) else process.free_port()


def _require_ports(found: Process, wanted: Wanted) -> None:
    if wanted.bolt not in {None, found.ports.bolt} or wanted.http not in {None, found.ports.http}:
        raise ServerBusy(
            f"Neo4j already runs on the ports {found.ports.bolt} (Bolt) and {found.ports.http} (HTTP): "
            "leave the port options out, or stop it first (mscev db stop).",
            bolt=found.ports.bolt,
            http=found.ports.http,
        )


def _stop_if_last(home: Home) -> None:
    with locks.starting(home):
        if home.keep_marker.exists() or locks.in_use(home):
            return
        found = state.running(home)
        if found is not None:
            process.terminate(found)
