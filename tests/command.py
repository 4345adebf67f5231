"""The command line inside this process: what it prints and its exit code, without three seconds of imports.

That the installed command is this `main` is shown where it runs as a process (test_end_to_end, release).
"""

from __future__ import annotations

import io
import os
import signal
import sys
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from api.cli import main
from api.cli.output import ERRORS, OUT

WIDTH = 200


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, **environment: str) -> Done:
    """Run a command in the home of this run; further variables are its environment's."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    before = signal.getsignal(signal.SIGTERM)
    with ExitStack() as stack:
        stack.callback(signal.signal, signal.SIGTERM, before)
        stack.enter_context(patch.dict(os.environ, environment))
        stack.enter_context(patch.object(sys, "argv", ["mscev", *arguments]))
        for console in (OUT, ERRORS):
            stack.enter_context(patch.object(console, "_width", WIDTH))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Done(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))
