"""Channels are opened when somebody reads, and closed when nobody does."""

import asyncio
import itertools
from typing import Any

import pytest
from anyio.lowlevel import checkpoint

from builders import SLUG, Desk, a_post
from dateline.domain.errors import NotFound, Unavailable
from dateline.store.memory import MemoryEventLog
from unit.delivery.readers import Reader, SlowLog, a_hub, caught_up, seqs, until

pytestmark = pytest.mark.anyio


class FragileLog(MemoryEventLog):
    """A log on a disk that fails when told to, as often as told."""

    failures = 0

    async def read(self, *args: Any, **more: Any) -> Any:
        if self.failures:
            self.failures -= 1
            raise OSError("The disk does not answer.")
        return await super().read(*args, **more)


async def a_desk(log: MemoryEventLog | None = None) -> Desk:
    desk = Desk(log or MemoryEventLog())
    await desk.open()
    await desk.do(a_post(), 1)
    return desk


async def test_all_readers_share_one_channel() -> None:
    """However many ask at once, the log is folded once."""
    desk = await a_desk(SlowLog(itertools.cycle([3])))
    async with a_hub(desk.log) as hub:
        channels = await asyncio.gather(*(hub.open(SLUG) for _ in range(20)))
        assert len(set(map(id, channels))) == 1
        assert hub.channels == [channels[0]]


async def test_what_is_opened_is_up_to_date() -> None:
    """Whoever has just written finds it on the page, on a channel old or new."""
    desk = await a_desk(SlowLog(itertools.cycle([2])))
    async with a_hub(desk.log) as hub:
        for number in range(2, 8):
            seq = (await desk.do(a_post(), number)).seq
            assert (await hub.open(SLUG)).seq == seq


async def test_an_unknown_coverage_can_be_opened_later() -> None:
    """What was not found is not remembered: the coverage is there as soon as it is opened."""
    desk = Desk(MemoryEventLog())
    async with a_hub(desk.log) as hub:
        with pytest.raises(NotFound):
            await hub.open(SLUG)
        assert hub.channels == []
        await desk.open()
        assert (await hub.open(SLUG)).seq == 1


async def test_one_who_gives_up_does_not_stop_the_others() -> None:
    """A reader that goes away while the page is being folded leaves it to the others."""
    desk = await a_desk(SlowLog(itertools.cycle([5])))
    async with a_hub(desk.log) as hub:
        first, second = (asyncio.create_task(hub.open(SLUG)) for _ in range(2))
        await checkpoint()
        first.cancel()
        assert (await second).seq == 2
        assert first.cancelled()


async def test_what_nobody_reads_is_let_go() -> None:
    """An idle channel is closed; opened again it is another one, with all there is."""
    desk = await a_desk()
    async with a_hub(desk.log, idle_seconds=-1.0) as hub:
        old = await hub.open(SLUG)
        hub.evict()
        assert (hub.channels, old.is_open) == ([], False)
        await desk.do(a_post(), 2)
        new = await hub.open(SLUG)
        assert new is not old
        assert (new.seq, old.seq) == (3, 2)


async def test_what_was_just_used_is_kept() -> None:
    """A channel that somebody has asked for a moment ago is not folded anew."""
    desk = await a_desk()
    async with a_hub(desk.log, idle_seconds=60.0) as hub:
        channel = await hub.open(SLUG)
        hub.evict()
        assert await hub.open(SLUG) is channel


async def test_what_somebody_reads_is_kept() -> None:
    """A channel with a reader stays, however long nothing happens; without one it goes."""
    desk = await a_desk()
    async with a_hub(desk.log, idle_seconds=-1.0) as hub:
        reader = Reader(hub)
        await reader.come()
        hub.evict()
        assert len(hub.channels) == 1
        await desk.do(a_post(), 2)
        await caught_up(hub, reader)
        reader.leave()
        hub.evict()
        assert hub.channels == []
        assert seqs(reader.frames) == [1, 2, 3]


class Unending(Reader):
    """A connection that breaks in an unheard-of way when it is to be ended."""

    def close(self, last: bytes) -> None:
        raise RuntimeError("There is no such handle.")


async def test_one_odd_connection_ends_nothing_else() -> None:
    """Whatever happens to one reader whose time is over: the others are looked after."""
    desk = await a_desk()
    async with a_hub(desk.log) as hub:
        odd, other = Unending(hub), Reader(hub)
        lane = (await hub.open(SLUG)).lane(gzip=False, chunked=False)
        for one in (odd, other):
            one.is_here = True
            lane.join(one, until=0.0)
        running = asyncio.create_task(hub.run())
        async with asyncio.timeout(30):
            while other.is_here and not running.done():
                await checkpoint()
        assert not running.done()
        assert len(lane) == 0
        running.cancel()


async def test_draining_sends_everybody_away() -> None:
    """At shutdown all streams end and nothing is opened any more."""
    desk = await a_desk()
    async with a_hub(desk.log) as hub:
        readers = [Reader(hub), Reader(hub, gzip=True)]
        for reader in readers:
            await reader.come()
        await hub.drain()
        assert not any(reader.is_here or reader.was_cut for reader in readers)
        with pytest.raises(Unavailable, match="shutting down"):
            await hub.open(SLUG)


async def test_draining_ends_what_is_just_being_opened() -> None:
    """A channel that was still being folded when the server went down is not left running."""
    desk = await a_desk(SlowLog(itertools.cycle([20])))
    async with a_hub(desk.log) as hub:
        opening = asyncio.create_task(hub.open(SLUG))
        await checkpoint()
        await hub.drain()
        with pytest.raises(Unavailable):
            await opening
        assert not any(channel.is_open for channel in hub.channels)


async def test_a_channel_that_fails_comes_back() -> None:
    """When the log can't be read, readers are sent away and find all at a new channel."""
    desk = await a_desk(log := FragileLog())
    async with a_hub(desk.log) as hub:
        reader = Reader(hub)
        await reader.come()
        log.failures = 1
        await desk.do(a_post(), 2)
        await until(lambda: not reader.is_here)
        assert not reader.was_cut
        await reader.come()
        await caught_up(hub, reader)
        assert seqs(reader.frames) == [1, 2, 3]


async def test_a_log_that_can_not_be_read_is_tried_again() -> None:
    """An error while opening is told to who asked, and not kept for the next."""
    desk = await a_desk(log := FragileLog())
    async with a_hub(desk.log) as hub:
        log.failures = 1
        with pytest.raises(OSError, match="does not answer"):
            await hub.open(SLUG)
        assert (await hub.open(SLUG)).seq == 2
