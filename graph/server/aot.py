"""The cache of loaded and linked classes (Java 25 and later): it halves the time of a start.

It is written by a throw-away server at low priority while no user waits, and belongs to exactly one list of
jars (names, sizes, mtimes), one JVM and one set of flags. A missing or void cache costs time, never a start.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import portalocker
import psutil

from graph.server import process, training
from graph.server.config import Ports, jvm_flags
from graph.server.home import Home, password
from schema.errors import ServiceError

if TYPE_CHECKING:
    from threading import Event

    from graph.server.config import Settings
    from graph.server.install import Runtime

SPACE: Final = 700 << 20
WRITE_SECONDS: Final = 600.0
QUIET: Final = ("-Xlog:disable", "-Xlog:all=error:stderr")


def cache_file(runtime: Runtime, settings: Settings) -> Path | None:
    """Where the cache for this runtime is or will be; None where the JVM cannot use one."""
    if not runtime.java.aot:
        return None
    stats = [(path.name, path.stat()) for path in runtime.class_path]
    key = {
        "java": runtime.java.build,
        "flags": jvm_flags(settings),
        "jars": [
            (str(runtime.class_path[0].parent), name, stat.st_size, stat.st_mtime_ns) for name, stat in stats
        ],
    }
    digest = hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()
    return runtime.aot_directory / f"{digest[:32]}.aot"


def flags(runtime: Runtime, settings: Settings) -> tuple[str, ...]:
    """JVM flags that use the cache if there is one."""
    file = cache_file(runtime, settings)
    if file is None or not file.exists():
        return ()
    return (f"-XX:AOTCache={file}", "-XX:AOTMode=auto", *QUIET)


def discard(runtime: Runtime, settings: Settings) -> None:
    """Remove a cache that did harm."""
    file = cache_file(runtime, settings)
    if file is not None:
        file.unlink(missing_ok=True)


def make(home: Home, runtime: Runtime, settings: Settings, cancelled: Event) -> Path | None:
    """Write the cache if it is wanted and missing; None when it cannot be made now."""
    target = cache_file(runtime, settings)
    if target is None or target.exists():
        return target
    runtime.aot_directory.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(runtime.aot_directory).free < SPACE:
        return None
    lock = portalocker.Lock(
        runtime.aot_directory / "make.lock",
        mode="a",
        timeout=0,
        flags=portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING,
    )
    try:
        lock.acquire()
    except portalocker.LockException:
        return None  # another process is at it
    try:
        _remove_others(target)
        return _make(home, runtime, settings, target, cancelled)
    finally:
        lock.release()


def _make(home: Home, runtime: Runtime, settings: Settings, target: Path, cancelled: Event) -> Path | None:
    with tempfile.TemporaryDirectory(
        prefix="making-", dir=target.parent, ignore_cleanup_errors=True
    ) as directory:
        laboratory = Home(Path(directory), home.cache)
        output = Path(directory) / target.name
        ports = Ports(process.free_port(), process.free_port())
        started = process.launch(
            laboratory,
            runtime,
            ports,
            settings,
            flags=(f"-XX:AOTCacheOutput={output}", *QUIET),
            low_priority=True,
        )
        try:
            process.await_ready(started, laboratory, WRITE_SECONDS, cancelled)
            training.work(ports, password(laboratory), cancelled)
            _finish(started, cancelled)
        except ServiceError:
            return None  # it is only about speed: the next idle time tries again
        finally:
            _end(started)
        if cancelled.is_set() or not output.exists():
            return None
        output.replace(target)
    return target


def _finish(started: process.Process, cancelled: Event) -> None:
    """Ask the JVM to stop, which is when it writes the cache, and wait."""
    deadline = time.monotonic() + WRITE_SECONDS
    try:
        found = psutil.Process(started.pid)
        found.terminate()
        while time.monotonic() < deadline and not cancelled.is_set():
            try:
                found.wait(0.2)
            except psutil.TimeoutExpired:
                continue
            return
    except psutil.NoSuchProcess:
        return


def _end(started: process.Process) -> None:
    """Leave no JVM behind, nor the one that it starts to write the cache."""
    try:
        found = psutil.Process(started.pid)
        family = [*found.children(recursive=True), found]
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=process.STOP_SECONDS)


def _end_orphans(directory: Path) -> None:
    home = f"--home-dir={Home(directory, directory).neo4j}"
    for found in psutil.process_iter():
        try:
            ours = home in found.cmdline()
        except psutil.Error:
            continue
        if ours:
            _end(process.Process(found.pid, Ports(0, 0)))


def _remove_others(target: Path) -> None:
    """Caches of other jars or another JVM, and what a killed run left, which may still be working."""
    for path in target.parent.iterdir():
        if path.name.startswith("making-"):
            _end_orphans(path)
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix == ".aot" and path != target:
            path.unlink(missing_ok=True)
