"""Who has which transaction open, as one process and as several workers know it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from api.cypher.ledger import Ledger, OwnLedger, SharedLedger
from api.cypher.transactions import Transactions
from schema.errors import NotFound, Overloaded

RolledBack = list[str]


def _worker(ledger: Ledger, rolled_back: RolledBack, seconds: float = 30.0) -> Transactions:
    async def roll_back(id_: str) -> None:
        rolled_back.append(id_)

    return Transactions(2, 3, seconds, roll_back, ledger)


def test_any_worker_may_end_a_transaction(tmp_path: Path) -> None:
    async def run() -> RolledBack:
        rolled_back: RolledBack = []
        one, other = (_worker(SharedLedger(tmp_path), rolled_back) for _ in range(2))
        one.require_room("a")
        one.opened("a", "tx/1")
        other.require("a", "tx/1")
        with pytest.raises(NotFound):
            other.require("b", "tx/1")
        with pytest.raises(NotFound):
            other.require("a", "../tx")
        other.ended("tx/1")
        assert one.open == other.open == 0
        with pytest.raises(NotFound):
            one.require("a", "tx/1")
        return rolled_back

    assert asyncio.run(run()) == []


def test_workers_count_together(tmp_path: Path) -> None:
    async def run() -> None:
        one, other = (_worker(SharedLedger(tmp_path), []) for _ in range(2))
        for number, worker in enumerate((one, other)):
            worker.require_room("a")
            worker.opened("a", str(number))
        with pytest.raises(Overloaded, match="2 transactions of one client"):
            one.require_room("a")
        other.require_room("b")
        other.opened("b", "2")
        with pytest.raises(Overloaded, match="3 in all"):
            one.require_room("c")

    asyncio.run(run())


@pytest.mark.parametrize("shared", [False, True])
def test_its_time_ends(tmp_path: Path, shared: bool) -> None:
    async def run() -> RolledBack:
        rolled_back: RolledBack = []
        worker = _worker(SharedLedger(tmp_path) if shared else OwnLedger(), rolled_back, 0.05)
        worker.require_room("a")
        worker.opened("a", "1")
        async with asyncio.timeout(20):
            while not rolled_back:
                await asyncio.sleep(0.01)
        assert worker.open == 0
        return rolled_back

    assert asyncio.run(run()) == ["1"]


def test_what_a_dead_worker_left_counts_for_nothing(tmp_path: Path) -> None:
    SharedLedger(tmp_path).put("1", "a", -1)
    ledger = SharedLedger(tmp_path)
    assert ledger.clients() == []
    assert list(tmp_path.iterdir()) == []
