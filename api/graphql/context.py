"""What one request carries: the database and the loaders that turn many lookups into one statement."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext

from graph.connection import AsyncDatabase
from graph.reads import claims, entities, provenance
from graph.statement import Statement

Row = dict[str, Any]
ByIds = Callable[[Sequence[str]], Statement]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of one parent's rows (one more than asked for tells of a next page), and their total."""

    rows: list[Any]
    total: int


_NOTHING = Found([], 0)


@dataclass
class Context(BaseContext):
    """One request; each loader sends one statement for all keys asked for at the same level."""

    database: AsyncDatabase
    request: Request | None = None
    response: Response | None = None
    _loaders: dict[Hashable, DataLoader[str, Any]] = field(default_factory=dict)

    async def read(self, statement: Statement) -> Any:
        """Run one statement."""
        return await self.database.value(statement)

    async def entity(self, id_: str) -> Row | None:
        """Return an entity by id."""
        return await self._by_id("entity", entities.entities_by_id).load(id_)  # type: ignore[no-any-return]

    async def entities(self, ids: Sequence[str]) -> list[Row]:
        """Return entities that are known to be there."""
        return await self._by_id("entity", entities.entities_by_id).load_many(list(ids))

    async def claims(self, ids: Sequence[str]) -> list[Row]:
        """Return claims that are known to be there."""
        return await self._by_id("claim", claims.claims_by_id).load_many(list(ids))

    async def other(self, id_: str) -> tuple[str, Row] | None:
        """Return a reference, citation or article as (type, row)."""
        return await self._by_id("other", provenance.nodes_by_id).load(id_)  # type: ignore[no-any-return]

    async def grouped(self, key: Hashable, statement: ByIds, id_: str) -> Found:
        """Return one parent's page; parents that share `key` (the arguments) share a statement."""

        async def load(ids: Sequence[str]) -> list[Found]:
            found = {
                row[0]: Found(row[1], row[2] if len(row) > 2 else 0)
                for row in await self.read(statement(ids))
            }
            return [found.get(parent, _NOTHING) for parent in ids]

        return await self._loader(key, load).load(id_)  # type: ignore[no-any-return]

    def _by_id(self, key: str, statement: ByIds) -> DataLoader[str, Any]:
        async def load(ids: Sequence[str]) -> list[Any]:
            return [item[0] for item in await self.read(statement(ids))]

        return self._loader(key, load)

    def _loader(self, key: Hashable, load: Any) -> DataLoader[str, Any]:
        if key not in self._loaders:
            self._loaders[key] = DataLoader(load_fn=load)
        return self._loaders[key]
