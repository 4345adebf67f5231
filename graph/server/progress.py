"""A progress bar for downloads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console


@contextmanager
def transfer(console: Console | None, title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told of each piece of bytes; without a console nothing is drawn."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, disable=console is None) as bar:
        task = bar.add_task(title, total=total)
        yield lambda size: bar.advance(task, size)
