"""The steps of the Dockerfile, done by hand in a folder: no container engine, the same files and commands."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from tests.release.check import ROOT, tracked

# they keep the image small or its first start fast, and cost minutes here
LEFT_OUT = (" --no-cache", " --compile-bytecode")
INSIDE = ("/opt/mscev", "/build")


def stages() -> list[list[tuple[str, str]]]:
    """Return instruction and argument of each line, by stage."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    found: list[list[tuple[str, str]]] = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            if word == "FROM":
                found.append([])
            found[-1].append((word, rest.strip()))
    return found


def context() -> Iterator[str]:
    """Yield the files that the engine is given: tracked by git, let in by .dockerignore."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    for name in sorted(tracked(ROOT)):
        if any(fnmatchcase(name, pattern) or name.startswith(f"{pattern}/") for pattern in let_in):
            yield name


@dataclass(slots=True)
class Image:
    """A folder that stands for the root of the image."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    work: Path = Path()

    @property
    def installed(self) -> Path:
        """The environment that the last stage copies."""
        return self.root / "opt/mscev"

    @property
    def wheel(self) -> Path:
        """The wheel that was made and installed."""
        (found,) = self.root.glob("build/wheels/*.whl")
        return found

    def build(self) -> None:
        """Do the first stage."""
        first, last = stages()
        (self.root / "bin").mkdir(parents=True)
        (self.root / "bin/python").symlink_to(Path(sys.executable).resolve())
        self.installed.parent.mkdir()
        for word, rest in first:
            getattr(self, f"_{word.lower()}")(rest)
        assert ("COPY", "--from=build /opt/mscev /opt/mscev") in last

    def _from(self, rest: str) -> None:
        assert rest.startswith("python:3.11-slim")

    def _env(self, rest: str) -> None:
        self.environment |= dict(word.split("=", 1) for word in shlex.split(rest))
        self.environment.pop("PIP_NO_CACHE_DIR", None)

    def _workdir(self, rest: str) -> None:
        self.work = Path(self._here(rest))
        self.work.mkdir(parents=True)

    def _copy(self, rest: str) -> None:
        *sources, target = shlex.split(rest)
        given = list(context())
        for source in sources:
            names = [name for name in given if name == source or name.startswith(f"{source}/")]
            assert names, f"COPY {source}: .dockerignore lets nothing of it in"
            # the content of a folder, or a file with its name
            above = Path(source) if (ROOT / source).is_dir() else Path(source).parent
            for name in names:
                copied = self.work / target / Path(name).relative_to(above)
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, copied)

    def _run(self, rest: str) -> None:
        for flag in LEFT_OUT:
            rest = rest.replace(flag, "")
        kept = {
            name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}
        }
        done = subprocess.run(
            ["sh", "-ec", self._here(rest)],
            cwd=self.work,
            env=kept | self.environment | {"PATH": f"{self.root / 'bin'}:/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def _here(self, text: str) -> str:
        for path in INSIDE:
            text = re.sub(rf"(?<![\w.]){path}\b", str(self.root) + path, text)
        return text
