"""What every log promises to those who follow it: replay and live are one path."""

import asyncio
import random
from contextlib import aclosing

import pytest
from anyio.lowlevel import checkpoint

from builders import SLUG, opened, published
from dateline.store.log import BATCH, EventLog

from .appending import add, taken

pytestmark = pytest.mark.anyio
SECONDS = 30


async def test_replay_then_live(log: EventLog) -> None:
    """A follower gets what there is, then what comes, on the same path."""
    await add(log, opened(), published(1))
    async with asyncio.timeout(SECONDS), aclosing(log.follow(SLUG, 0)) as follower:
        assert [record.seq for record in await anext(follower)] == [1, 2]
        waiting = asyncio.ensure_future(anext(follower))
        await checkpoint()
        await add(log, published(2))
        assert [record.seq for record in await waiting] == [3]


async def test_follow_from_anywhere(log: EventLog) -> None:
    """A follower begins just after the seq that it names."""
    await add(log, opened(), *(published(n) for n in range(1, 6)))
    async with asyncio.timeout(SECONDS):
        for after in range(6):
            assert await taken(log.follow(SLUG, after), 6) == list(range(after + 1, 7))


async def test_follow_what_is_not_there_yet(log: EventLog) -> None:
    """A follower may wait for a coverage that is opened later."""
    async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as tasks:
        follower = tasks.create_task(taken(log.follow(SLUG, 0), 1))
        await checkpoint()
        await add(log, opened("other"), slug="other")
        await add(log, opened())
    assert follower.result() == [1]


async def test_a_long_replay_comes_in_batches(log: EventLog) -> None:
    """More than one batch is replayed whole and in order."""
    count = 2 * BATCH + 10
    await add(log, opened(), *(published(n) for n in range(1, count)))
    async with asyncio.timeout(SECONDS):
        assert await taken(log.follow(SLUG, 0), count) == list(range(1, count + 1))


@pytest.mark.parametrize("seed", range(6))
async def test_no_gap_and_no_repetition(log: EventLog, seed: int) -> None:
    """Whenever followers come and whatever is written meanwhile, each gets every seq once."""
    rng = random.Random(seed)
    total = 40

    async def write() -> None:
        written = 1
        while written < total:
            size = min(rng.choice((1, 1, 1, 2, 5)), total - written)
            await add(log, *(published(written + n) for n in range(size)), expected=written)
            written += size
            for _ in range(rng.randrange(4)):
                await checkpoint()

    async def follow(after: int, delay: int) -> None:
        for _ in range(delay):
            await checkpoint()
        assert await taken(log.follow(SLUG, after), total) == list(range(after + 1, total + 1))

    await add(log, opened())
    async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as tasks:
        for _ in range(10):
            tasks.create_task(follow(rng.randrange(total), rng.randrange(60)))
        tasks.create_task(write())


async def test_followers_that_leave_disturb_nobody(log: EventLog) -> None:
    """A follower that is cancelled while it waits leaves the others and the log as they were."""
    await add(log, opened())
    async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as tasks:
        stays = tasks.create_task(taken(log.follow(SLUG, 0), 3))
        leaves = [tasks.create_task(taken(log.follow(SLUG, 0), 99)) for _ in range(5)]
        await checkpoint()
        await add(log, published(1))
        for task in leaves:
            task.cancel()
        await add(log, published(2))
    assert stays.result() == [1, 2, 3]


async def test_it_ends_with_the_log(log: EventLog) -> None:
    """Closing the log ends all followers, waiting or just begun, without an error."""
    await add(log, opened())
    async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as tasks:
        followers = [tasks.create_task(taken(log.follow(SLUG, 0), 99)) for _ in range(4)]
        async with aclosing(log.follow(SLUG, 0)) as begun:
            await anext(begun)
            await log.close()
            with pytest.raises(StopAsyncIteration):
                await anext(begun)
    assert all(follower.result() in ([], [1]) for follower in followers)
    assert await taken(log.follow(SLUG, 0), 99) == []
