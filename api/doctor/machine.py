"""The machine: directories and disks, ports, and what the managed Neo4j needs."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx

from api.doctor.finding import Finding, fail, ok, warn
from graph.server import Home, Status, aot, jarlist, jars, java
from graph.server.backup import last
from graph.server.config import LAPTOP
from graph.server.install import Runtime
from schema.errors import ServerError

LITTLE: Final = 2 << 30
TOO_LITTLE: Final = 256 << 20
OLD_DAYS: Final = 30
_GIGABYTE: Final = 1e9


def directories(home: Home) -> Iterator[Finding]:
    """Yield findings on the directories of mscev and their disks."""
    for what, path in (("home", home.root), ("cache", home.cache)):
        place = next(one for one in (path, *path.parents) if one.exists())
        if not os.access(place, os.W_OK):
            yield fail(
                what, f"{path} cannot be written", f"let this user write there, or set MSCEV_{what.upper()}"
            )
            continue
        free = shutil.disk_usage(place).free
        told = f"{path}, {free / _GIGABYTE:.1f} GB free"
        todo = f"make room, or set MSCEV_{what.upper()} to a directory on another disk"
        if free < TOO_LITTLE:
            yield fail(what, told, todo)
        else:
            yield warn(what, told, todo) if free < LITTLE else ok(what, told)
    yield from _privacy(home)
    if home.swap_note.exists():
        todo = "start any command that uses Neo4j: it finishes the change of stores first"
        yield warn("store", "a change of stores was interrupted", todo)


def _privacy(home: Home) -> Iterator[Finding]:
    if os.name == "nt" or not home.password_file.exists():
        return
    open_ = [
        path
        for path in (home.root, home.password_file)
        if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if open_:
        names = " ".join(map(str, open_))
        yield fail("privacy", f"others may read {names}", f"chmod go-rwx {names}")
    else:
        yield ok("privacy", "home and password are for their owner alone")


def service_port(port: int) -> Finding:
    """Return whether the service may listen on a port, or does."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            pass
        else:
            return ok("port", f"{port} is free")
    try:
        found = httpx.get(f"http://127.0.0.1:{port}/health/live", timeout=5).json()
    except (httpx.HTTPError, ValueError):
        found = None
    if found == {"status": "live"}:
        return ok("port", f"mscev serves on {port}")
    return warn("port", f"another program listens on {port}", "name another one: mscev up --port 8080")


def runtime(home: Home) -> Iterator[Finding]:
    """Yield findings on what the managed Neo4j runs with."""
    try:
        found = java.find()
    except ServerError as error:
        yield fail("java", "none that is new enough", error.message)
        return
    yield ok("java", f"{found.major} in {found.path}")
    listed = jarlist.checked_in()
    cache = jars.Cache.at(home.cache / "jars")
    there = [jar for jar in listed if cache.path(jar).is_file()]
    wrong = [jar.label for jar in there if jars.sha256(cache.path(jar)) != jar.sha256]
    neo4j = f"Neo4j {jarlist.neo4j_version(listed)}"
    if wrong:
        yield fail(
            "jars",
            f"{len(wrong)} of {len(listed)} have another SHA-256, as {wrong[0]}",
            f"delete {cache.directory} and start again: they are fetched anew",
        )
    elif len(there) < len(listed):
        missing = len(listed) - len(there)
        yield warn(
            "jars",
            f"{neo4j}, {missing} of {len(listed)} are missing",
            "the next start fetches them: mscev up",
        )
    else:
        yield ok("jars", f"{neo4j}, all {len(listed)} there, each with its SHA-256")
        paths = tuple(cache.path(jar) for jar in listed)
        yield _aot(Runtime(jarlist.neo4j_version(listed), found, paths, home.cache / "aot"))


def _aot(installed: Runtime) -> Finding:
    file = aot.cache_file(installed, LAPTOP)
    if file is None:
        return ok("aot", f"Java {installed.java.major} knows no such cache; 25 starts in half the time")
    if file.exists():
        return ok("aot", f"{file.stat().st_size / 1e6:.0f} MB")
    return ok("aot", "not made yet; `mscev up` makes it when nobody asks for a while")


def server(found: Status) -> Iterator[Finding]:
    """Yield findings on the managed Neo4j as it is before anything is started."""
    if not found.running:
        yield ok("server", "Neo4j does not run; it is started for what follows")
        return
    told = f"pid {found.pid}, {found.bolt_uri}, {(found.resident or 0) / 1e6:.0f} MB resident"
    if found.answers:
        yield ok("server", told)
    else:
        yield fail("server", f"{told}, does not answer", "see mscev db logs; mscev db stop --force ends it")


def last_backup(home: Home, release: str | None, *, own_sources: bool) -> Finding:
    """Return how old the last backup is; a graph of what mscev brings alone needs none."""
    known = last(home)
    if known is None:
        if not own_sources:
            return ok("backup", "none, and none is needed: the built-in article is loaded again in seconds")
        return warn("backup", "none was made here", "mscev db backup FILE")
    days = (time.time() - float(known["time"])) / 86_400
    told = f"{days:.1f} days old: {known['file']}"
    if not Path(known["file"]).exists():
        return warn("backup", f"{told}, which is not there any more", "mscev db backup FILE")
    if known["release"] != release:
        return warn("backup", f"{told}, of another release", "mscev db backup FILE")
    return warn("backup", told, "mscev db backup FILE") if days > OLD_DAYS else ok("backup", told)
