"""Reads PDFs one after another in a process of its own, as the service does one by one: PDFium may end it."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from typing import Self

import orjson

from loaders.pdf.extract import Unreadable, pages
from loaders.pdf.read import document_of
from schema.errors import InvalidSource

RESPITE = 60


class Apart:
    """The process, started again when PDFium ended it: `read_apart` tells that as `InvalidSource`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.ended = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def read(self, data: bytes) -> None:
        """Read one PDF; fails where it is neither read nor refused."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fuzz.pdf"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(b"%d\n" % len(data) + data)
            self._process.stdin.flush()
        except BrokenPipeError:
            self.ended += 1
            return
        told = self._process.stdout.readline()
        if not told:
            self.ended += 1
            self._process.wait()
            return
        answer = orjson.loads(told)
        assert answer["crash"] is None, answer["crash"]


def main() -> None:
    """Read what comes, and say of each whether it broke anything but its own reading."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while size := source.readline():
        data, crash = source.read(int(size)), None
        try:
            document_of(list(pages(data)), "fuzz.pdf")
        except (Unreadable, InvalidSource):
            pass
        except Exception:  # noqa: BLE001 - that is what is looked for
            crash = traceback.format_exc()
        out.write(orjson.dumps({"crash": crash}) + b"\n")
        out.flush()


if __name__ == "__main__":
    main()
