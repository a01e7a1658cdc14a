"""Two processes on one data folder: what one has written, the other knows."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from builders import SLUG, opened, published
from dateline.delivery.hub import Hub
from dateline.store.neighbours import FOLDER
from dateline.store.sqlite import SqliteEventLog

from .appending import add, seqs, taken

pytestmark = pytest.mark.anyio


@pytest.fixture
async def logs(tmp_path: Path) -> AsyncIterator[list[SqliteEventLog]]:
    """The log as two processes have it."""
    async with AsyncExitStack() as stack:
        found = [await SqliteEventLog.open(tmp_path) for _ in range(2)]
        for log in found:
            stack.push_async_callback(log.close)
        yield found


async def test_what_is_acknowledged_there_can_be_noticed_here(logs: list[SqliteEventLog]) -> None:
    """After a write over there, `is_noticed` is false until one has looked."""
    mine, theirs = logs
    await add(mine, opened())
    await mine.notice(SLUG)
    assert mine.is_noticed(SLUG)
    await add(theirs, published(1))
    assert not mine.is_noticed(SLUG)
    await mine.notice(SLUG)
    assert mine.is_noticed(SLUG)
    assert mine.seen(SLUG) == 2


async def test_a_reader_may_know_more_than_this_process(tmp_path: Path) -> None:
    """A reader who got a change over there, before its writer told of it, is not sent away."""
    async with AsyncExitStack() as stack:
        mine = await SqliteEventLog.open(tmp_path)
        stack.push_async_callback(mine.close)
        await add(mine, opened())
        hub = Hub(mine)
        stack.push_async_callback(hub.drain)
        channel = await hub.open(SLUG)
        # The two have lost each other: only the log tells of what is written over there.
        shutil.rmtree(tmp_path / FOLDER)
        theirs = await SqliteEventLog.open(tmp_path)
        stack.push_async_callback(theirs.close)
        await add(theirs, published(1))
        assert await channel.reaches(2)
        assert not await channel.reaches(3)


async def test_own_writes_need_no_look(logs: list[SqliteEventLog]) -> None:
    """Who writes knows of it."""
    mine, _ = logs
    await add(mine, opened())
    await mine.notice(SLUG)
    await add(mine, published(1))
    assert mine.is_noticed(SLUG)
    assert mine.seen(SLUG) == 2


async def test_a_pipe_that_nobody_reads_is_cleared_away(
    logs: list[SqliteEventLog], tmp_path: Path
) -> None:
    """A process that was killed leaves its pipe behind; the next write removes it."""
    left = tmp_path / FOLDER / "1-dead"
    os.mkfifo(left)
    await add(logs[0], opened())
    assert not left.exists()


async def test_without_the_pipes_nothing_is_lost(
    logs: list[SqliteEventLog], tmp_path: Path
) -> None:
    """They only make it quick: a follower hears of a write all the same."""
    mine, theirs = logs
    await add(mine, opened())
    follower = asyncio.ensure_future(taken(mine.follow(SLUG, 0), 2))
    shutil.rmtree(tmp_path / FOLDER)
    async with asyncio.timeout(30):
        await add(theirs, published(1))
        assert await follower == [1, 2]
    assert await seqs(mine) == [1, 2]
