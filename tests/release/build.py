"""The wheel and the source archive, made by the build backend of the lock, without a network."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

TARGETS = ("sdist", "wheel")


def build(root: Path, folder: Path, *targets: str) -> list[Path]:
    """Build into a folder, which is emptied first; return the files. The same tree gives the same bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    wanted = [word for target in targets or TARGETS for word in ("--target", target)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", *wanted, "--directory", str(folder.absolute())],
        cwd=root,
        check=True,
        capture_output=True,
    )
    return sorted(folder.iterdir())


def sums(files: Iterable[Path]) -> str:
    """Return a line for each file, as sha256sum prints and checks it."""
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
