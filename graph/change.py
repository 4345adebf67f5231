"""One write transaction that keeps the release true: what it touches is hashed before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from graph import writes
from graph.connection import Transaction
from graph.release import Releases, Sums
from graph.statement import Statement

T = TypeVar("T")


class Change:
    """Statements of one transaction, and by how much they move the release."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.sums = Sums()

    def alone(self) -> None:
        """Hold back all other writers of this graph until the end."""
        self.run(writes.HOLD)

    def run(self, statement: Statement) -> Any:
        """Run a statement; return its one value, None where it gives no row."""
        record = self._tx.run(statement.text, dict(statement.parameters)).single()
        return record[0] if record else None

    def run_all(self, statements: Iterable[Statement]) -> None:
        """Run statements in their order, but for those that were given no rows."""
        for statement in statements:
            if [] in (statement.parameters.get("rows"), statement.parameters.get("ids")):
                continue
            self._tx.run(statement.text, dict(statement.parameters)).consume()

    def take(self, statement: Statement) -> list[list[Any]]:
        """Read elements as they are before they change."""
        return self._count(statement, -1)

    def put(self, statement: Statement) -> None:
        """Read elements as they are now."""
        self._count(statement, 1)

    def stamp(self, *sources: str) -> tuple[str, int]:
        """Write the releases down, last of all; return that of the graph, and the generation.

        `sources` get theirs even where nothing of them moved.
        """
        for source in sources:
            self.sums.by_source.setdefault(source, 0)
        before, by_source, generation = self.run(writes.releases(sorted(self.sums.by_source)))
        after = self.sums.onto(Releases(before, dict(by_source)))
        self.run_all((writes.stamp(after, datetime.now(UTC)),))
        return after.graph, int(generation)

    def _count(self, statement: Statement, sign: int) -> list[list[Any]]:
        rows = [record.values() for record in self._tx.run(statement.text, dict(statement.parameters))]
        self.sums.add_all(rows, sign)
        return rows


def parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a list into parts of at most `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))
