"""Searches in the background: nobody waits long, nothing is looked for twice, nothing is missed."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from dateline.domain.errors import Unavailable
from dateline.projections.background import BackgroundSearches

pytestmark = pytest.mark.anyio


async def test_what_is_quick_is_waited_for() -> None:
    """It is there when the question is answered, and nobody has to be told."""
    found: list[str] = []
    told: list[str] = []

    async def search() -> None:
        found.append("storm")

    await BackgroundSearches(lambda: told.append("late"), wait=10).look("a", search)
    assert (found, told) == (["storm"], [])


async def test_what_is_slow_is_not() -> None:
    """Who asks goes on; all who ask the same have one search; its end is told once."""
    go = asyncio.Event()
    ran: list[str] = []
    told = asyncio.Event()

    async def search() -> None:
        await go.wait()
        ran.append("storm")

    searches = BackgroundSearches(told.set, wait=0)
    await searches.look("a", search)
    await searches.look("a", search)
    assert not ran
    assert not told.is_set()
    go.set()
    async with asyncio.timeout(10):
        await told.wait()
    assert ran == ["storm"]


async def test_one_at_a_time() -> None:
    """The second begins when the first has ended."""
    began: list[str] = []
    go = {"a": asyncio.Event(), "b": asyncio.Event()}

    def searching(name: str) -> Callable[[], Awaitable[None]]:
        async def search() -> None:
            began.append(name)
            await go[name].wait()

        return search

    ended = asyncio.Semaphore(0)
    searches = BackgroundSearches(ended.release, wait=0)
    for name in go:
        await searches.look(name, searching(name))
    assert began == ["a"]
    async with asyncio.timeout(10):
        go["a"].set()
        await ended.acquire()
        go["b"].set()
        await ended.acquire()
    assert began == ["a", "b"]


async def test_what_can_not_be_read_is_tried_again() -> None:
    """A storage that refuses ends the search, not the page; the next question looks anew."""
    tries: list[int] = []

    async def search() -> None:
        tries.append(1)
        raise Unavailable("The server is shutting down.")

    searches = BackgroundSearches(lambda: None, wait=10)
    await searches.look("a", search)
    await searches.look("a", search)
    assert len(tries) == 2
