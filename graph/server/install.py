"""Everything that a start needs besides a home: Java, the class path, the AOT cache where one is valid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.server import jarlist, jars, java

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from graph.server.home import Home
    from graph.server.java import Java


@dataclass(frozen=True, slots=True)
class Runtime:
    """A Neo4j that can be started."""

    version: str
    java: Java
    class_path: tuple[Path, ...]
    aot_directory: Path


def install(home: Home, console: Console | None = None) -> Runtime:
    """Return the runtime, downloading what is missing; cheap and offline when nothing is."""
    listed = jarlist.checked_in()
    found = java.find()
    paths = jars.ensure(listed, home.cache / "jars", mirror=home.mirror, console=console)
    return Runtime(jarlist.neo4j_version(listed), found, paths, home.cache / "aot")
