"""Start a program of this folder with Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
INSTALLED = FOLDER / "node_modules" / ".package-lock.json"


def node(program: str, *arguments: str, timeout: float = 120) -> str:
    """Return what a program printed; fail with its output where it fails, skip where Node is not there."""
    found = shutil.which("node")
    if not found or not INSTALLED.exists():
        pytest.skip("Node or tests/node/node_modules is not there; `make tools` installs them")
    done = subprocess.run(
        [found, program, *arguments],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, f"{program} failed:\n{done.stdout}\n{done.stderr}"
    return done.stdout
