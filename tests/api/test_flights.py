"""Equal work is done once, and news are never older than the wish for them."""

from __future__ import annotations

import asyncio

import pytest

from api.flights import News


class Clock:
    """Tells how often it was asked, a moment after it was."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False

    async def ask(self) -> int:
        """Return the number of this question."""
        self.asked += 1
        number = self.asked
        await asyncio.sleep(0.01)
        if self.broken:
            raise ConnectionError(str(number))
        return number


def test_all_who_wait_share_the_next_question() -> None:
    async def run() -> tuple[list[int], int]:
        clock = Clock()
        news = News(clock.ask)
        first = asyncio.ensure_future(news.told())
        await asyncio.sleep(0.001)  # the first question is on its way: too old for those who come now
        others = await asyncio.gather(*(news.told() for _ in range(50)))
        return [await first, *sorted(set(others))], clock.asked

    assert asyncio.run(run()) == ([1, 2], 2)


def test_one_who_leaves_takes_nothing_from_the_others() -> None:
    async def run() -> int:
        clock = Clock()
        news = News(clock.ask)
        leaving, staying = asyncio.ensure_future(news.told()), asyncio.ensure_future(news.told())
        await asyncio.sleep(0.001)
        leaving.cancel()
        return await staying

    assert asyncio.run(run()) == 1


def test_an_error_is_told_and_not_kept() -> None:
    async def run() -> int:
        clock = Clock()
        news = News(clock.ask)
        clock.broken = True
        with pytest.raises(ConnectionError, match="1"):
            await news.told()
        clock.broken = False
        return await news.told()

    assert asyncio.run(run()) == 2
