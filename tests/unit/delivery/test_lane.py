"""The readers who get the same bytes, and what happens to those who can't keep up."""

import asyncio
import math
from typing import Any

import pytest
from anyio.lowlevel import checkpoint

from builders import SLUG, Desk, a_post
from dateline.delivery.channel import PART
from dateline.delivery.lane import BUFFER_BYTES, KEPT_BYTES, SLICE, STALL_SECONDS, Lane
from dateline.domain.commands import ChangeStatus, RedactPost
from dateline.store.memory import MemoryEventLog
from dateline.web.stream import AsgiSink
from unit.delivery.readers import Reader, a_hub, caught_up, seqs, until

pytestmark = pytest.mark.anyio


class GatedLog(MemoryEventLog):
    """A log that can be held up in the middle of rendering old frames."""

    def __init__(self) -> None:
        super().__init__()
        self.replays = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def history(self, *args: Any, **more: Any) -> Any:
        if "upto" in more:
            self.replays += 1
            await self.gate.wait()
        return await super().history(*args, **more)


class Stuck(Reader):
    """A reader whose connection takes nothing."""

    @property
    def is_behind(self) -> bool:
        return True


class Chunks(Reader):
    """A reader who keeps the chunks of HTTP as they come (RFC 9112, 7.1)."""

    def __init__(self, hub: Any) -> None:
        super().__init__(hub)
        self.chunks = b""

    def write(self, data: bytes) -> None:
        self.chunks += data

    def close(self, last: bytes) -> None:
        self.write(last)


@pytest.fixture
async def desk() -> Desk:
    made = Desk(GatedLog())
    await made.open()
    await made.do(a_post(), 1)
    return made


def plain(lane: Lane) -> AsgiSink:
    """A connection that nobody empties."""
    sink = AsgiSink(lane)
    lane.join(sink, until=math.inf)
    return sink


@pytest.mark.parametrize("gzip", [False, True])
async def test_everybody_gets_the_same_change(desk: Desk, gzip: bool) -> None:
    """Readers who came at different times get each change once, as the same bytes."""
    async with a_hub(desk.log) as hub:
        readers = [Reader(hub, gzip=gzip) for _ in range(4)]
        for number, reader in enumerate(readers, 2):
            await reader.come()
            await desk.do(a_post(), number)
            await caught_up(hub, *readers)
        assert {tuple(reader.frames) for reader in readers} == {tuple(readers[0].frames)}
        assert seqs(readers[0].frames) == list(range(1, 7))


async def test_one_replay_is_made_for_all_who_come_at_once(desk: Desk) -> None:
    """After a restart readers come back together: what they have missed is looked up once."""
    assert isinstance(desk.log, GatedLog)
    for number in range(2, 6):
        await desk.do(a_post(), number)
    async with a_hub(desk.log) as hub:
        await hub.open(SLUG)
        desk.log.gate.clear()
        before = desk.log.replays
        readers = [Reader(hub) for _ in range(20)]
        coming = [asyncio.create_task(reader.come()) for reader in readers]
        await until(lambda: desk.log.replays > before)
        desk.log.gate.set()
        await asyncio.gather(*coming)
        assert desk.log.replays == before + 1
        assert [seqs(reader.frames) for reader in readers] == [list(range(1, 7))] * 20


async def test_with_gzip_or_without_it_is_the_same(desk: Desk) -> None:
    """Packed or not, readers get the same frames."""
    async with a_hub(desk.log) as hub:
        one, two = Reader(hub), Reader(hub, gzip=True)
        await one.come()
        await two.come()
        for number in range(2, 30):
            await desk.do(a_post(f"Update {number} " * number), number)
        await caught_up(hub, one, two)
        assert one.frames == two.frames


async def test_a_slow_reader_is_cut_and_costs_the_others_nothing(desk: Desk) -> None:
    """Who takes nothing is cut when its buffer is full; the others have every change."""
    async with a_hub(desk.log) as hub:
        reader = Reader(hub)
        await reader.come()
        lane = (await hub.open(SLUG)).lane(gzip=False, chunked=False)
        slow = plain(lane)
        number = 1
        while not slow.is_closed:
            number += 1
            await desk.do(a_post("x" * 50_000), number)
            await caught_up(hub, reader)
        assert number <= 2 + BUFFER_BYTES // 50_000
        assert (len(lane), reader.is_here) == (1, True)
        assert not slow.is_behind
        await desk.do(a_post(), number + 1)
        await caught_up(hub, reader)
        assert seqs(reader.frames) == list(range(1, number + 3))


async def test_who_is_just_fast_enough_stays(desk: Desk) -> None:
    """A reader that empties its buffer in time is never cut, however much there is in all."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        sink = plain(channel.lane(gzip=False, chunked=False))
        size = 0
        for number in range(2, 22):
            await desk.do(a_post("x" * 50_000), number)
            await until(lambda: sink.is_behind)
            size += len(await sink.take())
        assert size > 2 * BUFFER_BYTES
        assert not sink.is_closed


async def test_who_takes_nothing_for_long_is_cut(desk: Desk) -> None:
    """A connection that stands still is cut after its time; one that has caught up is not."""
    async with a_hub(desk.log) as hub:
        stuck, fine = Stuck(hub), Reader(hub)
        await stuck.come()
        await fine.come()
        lane = (await hub.open(SLUG)).lane(gzip=False, chunked=False)
        for reader in (stuck, fine):
            lane.fell_behind(reader)
        now = asyncio.get_running_loop().time()
        lane.look(now)
        assert len(lane) == 2
        lane.look(now + STALL_SECONDS + 1)
        assert (stuck.was_cut, fine.was_cut, len(lane)) == (True, False, 1)


async def test_a_stream_ends_at_its_time(desk: Desk) -> None:
    """When its time is over a stream ends, and says when to come back; others go on."""
    async with a_hub(desk.log) as hub:
        lane = (await hub.open(SLUG)).lane(gzip=False, chunked=False)
        now = asyncio.get_running_loop().time()
        over, on = AsgiSink(lane), AsgiSink(lane)
        lane.join(over, until=now)
        lane.join(on, until=now + 60)
        lane.look(now)
        assert (over.is_closed, on.is_closed, len(lane)) == (True, False, 1)
        assert (await over.take()).startswith(b"retry:")


async def test_an_ended_coverage_ends_its_streams(desk: Desk) -> None:
    """Readers get the last change and are sent away; who comes later gets all and leaves."""
    async with a_hub(desk.log) as hub:
        reader, late = Reader(hub), Reader(hub, gzip=True)
        await reader.come()
        await desk.do(ChangeStatus("ended"))
        await until(lambda: not reader.is_here)
        await late.come()
        await until(lambda: not late.is_here)
        assert seqs(reader.frames) == seqs(late.frames) == [1, 2, 3]
        assert not reader.was_cut


async def test_a_coverage_that_goes_on_is_followed_again(desk: Desk) -> None:
    """After an end that was none, readers come back to the same coverage and stay."""
    async with a_hub(desk.log) as hub:
        reader = Reader(hub)
        await reader.come()
        await desk.do(ChangeStatus("ended"))
        await until(lambda: not reader.is_here)
        await desk.do(ChangeStatus("live"))
        await reader.come()
        await desk.do(a_post(), 2)
        await caught_up(hub, reader)
        assert reader.is_here
        assert seqs(reader.frames) == [1, 2, 3, 4, 5]


async def test_more_readers_than_one_slice(desk: Desk) -> None:
    """A crowd is written to in slices; who joins in between misses nothing and gets none twice."""
    async with a_hub(desk.log) as hub:
        crowd = [Reader(hub) for _ in range(2 * SLICE + 10)]
        for reader in crowd:
            await reader.come()
        late = []
        for number in range(2, 8):
            await desk.do(a_post(), number)
            late.append(Reader(hub))
            await checkpoint()
            await late[-1].come()
        await caught_up(hub, *crowd, *late)
        assert {tuple(seqs(reader.frames)) for reader in (*crowd, *late)} == {tuple(range(1, 9))}


async def test_a_reader_may_be_ahead_of_its_lane(desk: Desk) -> None:
    """Who has from the page what the lane is about to send waits for it, and gets nothing twice."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        lane = channel.lane(gzip=False, chunked=False)
        ahead = asyncio.create_task(lane.replay(channel.seq + 1))
        await checkpoint()
        await desk.do(a_post(), 2)
        assert await ahead == (b"", 3)


async def test_a_replay_is_in_parts_and_few_are_kept(desk: Desk) -> None:
    """Whoever asks from many cursors fills no memory, and no part is long to pack or to send."""
    for number in range(2, 150):
        await desk.do(a_post("x" * 20_000), number)
    async with a_hub(desk.log) as hub:
        lane = (await hub.open(SLUG)).lane(gzip=False, chunked=False)
        parts = [await lane.replay(after) for after in range(lane.sent)]
        for after, (data, upto) in enumerate(parts):
            assert after < upto <= (after // PART + 1) * PART
            assert data.count(b"\nid:") + 1 == upto - after
        kept = sum(len(data) for data, _ in lane._replays.values())
        assert kept <= KEPT_BYTES + max(len(data) for data, _ in parts)


async def test_a_replay_does_not_outlive_a_takedown(desk: Desk) -> None:
    """Frames that were being rendered when a post was taken down are not kept for the next."""
    log = desk.log
    assert isinstance(log, GatedLog)
    await desk.do(a_post("secret"), 2)
    async with a_hub(log) as hub:
        lane = (await hub.open(SLUG)).lane(gzip=False, chunked=False)
        log.gate.clear()
        early = asyncio.create_task(lane.replay(0))
        await checkpoint()
        await desk.do(RedactPost(), 2)
        await until(lambda: lane.sent == 4)
        log.gate.set()
        await early
        reader = Reader(hub)
        await reader.come()
        assert b"secret" not in b"".join(reader.frames)


async def test_chunks_are_those_of_http(desk: Desk) -> None:
    """Where HTTP's framing is asked for, each write is a chunk, and the end is an empty one."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        lane = channel.lane(gzip=False, chunked=True)
        reader = Chunks(hub)
        lane.join(reader, until=math.inf)
        await desk.do(a_post("é"), 2)
        await until(lambda: lane.sent == 3)
        await checkpoint()
        lane.close()
        first, second, end = unchunked(reader.chunks)
        assert first.startswith(b"id:3\ndata:{")
        assert second.startswith(b"retry:")
        assert end == b""


def unchunked(data: bytes) -> list[bytes]:
    found = []
    while data:
        size, _, rest = data.partition(b"\r\n")
        length = int(size, 16)
        found.append(rest[:length])
        assert rest[length : length + 2] == b"\r\n"
        data = rest[length + 2 :]
    return found
