"""A PDF read in a process of its own: what fills memory, runs on or breaks PDFium harms nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from loaders.pdf.extract import Unreadable, pages
from loaders.pdf.lines import Line, Page
from schema.private import harmless

MEMORY_MB, SECONDS = 1_500, 300
# The path goes as arguments: a folder `loaders` where the user stands must not be taken for ours.
START = "import sys; sys.path[:] = sys.argv[1:]; from loaders.pdf.worker import main; main()"


def read_apart(data: bytes) -> list[Page]:
    """Return the pages of a PDF; `Unreadable` where it cannot be read within 1.5 GB and 5 minutes.

    The limits hold where the system has them: Linux and macOS.
    """
    path = [entry or str(Path.cwd()) for entry in sys.path]
    command = [sys.executable, "-c", START, *path]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
            env=harmless(os.environ),
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"takes longer than {2 * SECONDS} s to read") from error
    if done.returncode:
        raise Unreadable(f"cannot be read within {MEMORY_MB / 1000:g} GB of memory and {SECONDS} s")
    answer: dict[str, Any] = orjson.loads(done.stdout)
    if "problem" in answer:
        raise Unreadable(answer["problem"], answer["page"])
    return [Page(**{**page, "lines": [Line(**line) for line in page["lines"]]}) for page in answer["pages"]]


def main() -> None:
    """Read a PDF from standard input; write its pages, or what is wrong with it, as JSON."""
    _limit()
    try:
        answer: dict[str, Any] = {"pages": list(pages(sys.stdin.buffer.read()))}
    except Unreadable as error:
        answer = {"problem": error.problem, "page": error.page}
    sys.stdout.buffer.write(orjson.dumps(answer))


def _limit() -> None:
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB * 1_000_000,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
