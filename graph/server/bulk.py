"""Runs the import tool of Neo4j on a home of its own, below the one whose store it shall become."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from graph.server import process, shared, state, swap
from graph.server.config import BUILDING, LAPTOP, Ports
from graph.server.failures import NO_SPACE, disk_errors, disk_full, is_full
from graph.server.home import Home
from graph.server.install import install
from graph.server.locks import starting
from schema.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from graph.server.install import Runtime
    from graph.server.shared import Server

ADMIN: Final = "org.neo4j.cli.AdminTool"
# Its pointers to memory outside of the heap are not open to it otherwise.
FLAGS: Final = ("-Xmx1g", "-XX:+UseParallelGC", "--add-opens=java.base/java.nio=ALL-UNNAMED")
OFF_HEAP: Final = "1g"
LONGEST_LINE: Final = "16m"  # an entity's line names all of its sources
LEAST_ROOM: Final = 4 << 20  # bytes: less than one of its buffers


class Building:
    """A store in the making; the present one stays as it is until `swap`."""

    def __init__(self, home: Home, runtime: Runtime) -> None:
        self._home = home
        self._runtime = runtime
        self.home = Home(home.neo4j / "building", home.cache)
        _discard(self.home)
        self.home.prepare()

    @contextmanager
    def present(self) -> Iterator[Server]:
        """Run the present store, which nobody else uses, and stop it again."""
        found = shared.ensure_running(self._home, self._runtime, shared.ANY, LAPTOP)
        try:
            yield shared.describe(self._home, found)
        finally:
            process.terminate(found)

    def fill(self, options: Iterable[str], *, several_lines: bool) -> None:
        """Import files; `ServerError` with the tool's own words where it gives up."""
        log = self._home.logs / "import.log"
        # options of files take all that follows them up to the next option: these stand last
        fixed = (
            "--array-delimiter=U+001F",
            "--path-pattern-style=none",
            f"--max-off-heap-memory={OFF_HEAP}",
            f"--read-buffer-size={LONGEST_LINE}",
            f"--multiline-fields={str(several_lines).lower()}",
            f"--report-file={self.home.logs / 'import.report'}",
        )
        arguments = _arguments(self.home)
        text = "\n".join(f'"{one}"' for one in (*options, *fixed))
        Path(arguments[1:]).write_text(text, encoding="utf-8")
        with disk_errors(self.home.root), log.open("wb") as said:
            done = subprocess.run(
                [
                    str(self._runtime.java.path),
                    *FLAGS,
                    ADMIN,
                    "database",
                    "import",
                    "full",
                    arguments,
                    "neo4j",
                ],
                env={**process.environment(self._runtime), "NEO4J_HOME": str(self.home.neo4j)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode != 0:
            # without room for its own words the tool tells nothing
            said_so = NO_SPACE.search(log.read_text(encoding="utf-8", errors="replace"))
            if said_so or is_full(self.home.root, LEAST_ROOM):
                raise disk_full(self.home.root)
            raise ServerError(f"Neo4j did not import the files; its last words are in {log}.", log=str(log))

    @contextmanager
    def server(self) -> Iterator[Server]:
        """Run the new store, and stop it again."""
        found = shared.start_anywhere(self.home, self._runtime, shared.ANY, BUILDING)
        try:
            yield shared.describe(self.home, found)
        finally:
            process.terminate(found)

    def swap(self) -> None:
        """Put the new store in the place of the present one."""
        swap.begin(self._home, self.home.data)
        swap.finish(self._home)


@contextmanager
def building(home: Home, console: Console | None = None) -> Iterator[Building]:
    """Make a new store; refused while others use the server, which waits for the end of it.

    What a killed run left is removed first.
    """
    runtime = install(home, console)
    with starting(home):
        shared.require_unused(home)
        before = state.running(home)
        made = Building(home, runtime)
        try:
            yield made
        finally:
            _discard(made.home)
            # one that nobody asked to keep was left by a killed command
            if before is not None and home.keep_marker.exists() and state.running(home) is None:
                shared.restart(home, runtime, before.ports, LAPTOP)


def _discard(home: Home) -> None:
    """End what still works in there after its master was killed, and remove it."""
    signs = {f"--home-dir={home.neo4j}", _arguments(home)}
    for found in psutil.process_iter():
        try:
            ours = not signs.isdisjoint(found.cmdline())
        except psutil.Error:
            continue
        if ours:
            process.kill(process.Process(found.pid, Ports(0, 0)))
    shutil.rmtree(home.root, ignore_errors=True)


def _arguments(home: Home) -> str:
    """How the import tool is told its arguments; it marks its process."""
    return f"@{home.root / 'arguments'}"
