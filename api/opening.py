"""Opening a graph: the database that is named, else the managed one, with the built-in article in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.review.loading import load_reviewed
from api.settings import DatabaseSettings
from graph.connection import Database
from graph.server import managed
from graph.target import Target
from graph.writer import is_empty
from loaders.article.curated import built_in

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def used_target(console: Console) -> Iterator[Target]:
    """Yield where the database is; a managed server runs for as long as the block lasts."""
    named = DatabaseSettings().target
    if named is not None:
        yield named
        return
    with managed(console=console) as server:
        yield server.target


@contextmanager
def filled_target(console: Console) -> Iterator[Target]:
    """Yield where the database is; an empty managed one gets the built-in article first."""
    with used_target(console) as target:
        if DatabaseSettings().target is None:
            with Database(target) as database:
                if is_empty(database):
                    load_reviewed(database, built_in().records())
        yield target
