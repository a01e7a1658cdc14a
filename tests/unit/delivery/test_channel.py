"""One coverage that is being read: its page and its last frames, within bounds."""

import asyncio

import pytest
from anyio.lowlevel import checkpoint

from builders import SLUG, Desk, a_paragraph, a_post, a_post_id
from dateline.delivery import channel as channels
from dateline.delivery.channel import Channel
from dateline.domain.commands import ChangeStatus, DescribeCoverage, PinPost, RedactPost, RevisePost
from dateline.domain.posts import Post
from dateline.store.log import BATCH
from dateline.store.memory import MemoryEventLog
from unit.delivery.readers import a_hub, caught_up, replayed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk() -> Desk:
    made = Desk(MemoryEventLog())
    await made.open()
    return made


def in_ring(channel: Channel) -> tuple[int, int]:
    """How many frames are kept at hand, and how many bytes they have."""
    return len(channel._ring), sum(len(frame.data) for frame in channel._ring)


async def frames(channel: Channel, after: int) -> list[bytes]:
    """All frames after a seq, however many answers it takes."""
    found: list[bytes] = []
    while after + len(found) < channel.seq:
        found += [frame.data for frame in await channel.frames(after + len(found))]
    return found


async def test_the_ring_keeps_the_last_frames(desk: Desk) -> None:
    """No more than so many are kept; older ones come from the log, with the same bytes."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        count = channels.RING_FRAMES + 20
        for number in range(1, count + 1):
            await desk.do(a_post(), number)
        await caught_up(hub)
        assert in_ring(channel)[0] == channels.RING_FRAMES
        anew = [frame.data for frame in await replayed(desk.log)]
        for after in (0, 1, 19, 20, 21, 22, 256, count, count + 1):
            assert await frames(channel, after) == anew[after:]


async def test_the_ring_keeps_few_large_frames(desk: Desk) -> None:
    """Long posts do not fill the memory: fewer of them are kept."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        for number in range(1, 31):
            await desk.do(a_post("x" * 200_000), number)
        await caught_up(hub)
        kept, size = in_ring(channel)
        assert 4 < kept < 30
        assert size <= channels.RING_BYTES
        anew = [frame.data for frame in await replayed(desk.log)]
        assert await frames(channel, 0) == anew


async def test_a_takedown_empties_the_ring(desk: Desk) -> None:
    """Nothing that is kept or asked for afterwards has the words, not even for a moment."""
    await desk.do(a_post(), 9)
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        await desk.do(a_post("secret"), 1)
        await desk.do(RevisePost(headline="secret"), 1)
        await caught_up(hub)
        assert b"secret" in b"".join(await frames(channel, 0))
        await desk.do(RedactPost(), 1)
        await desk.do(PinPost(), 9)
        await caught_up(hub)
        for after in range(channel.seq):
            assert b"secret" not in b"".join(await frames(channel, after))
        assert channel.page.epoch == 5


async def test_a_long_history_is_loaded_whole(desk: Desk) -> None:
    """A channel that is opened late has all there is, more than one read of the log gives."""
    for number in range(1, BATCH + 10):
        await desk.do(a_post(), number)
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        assert (channel.seq, channel.page.count) == (BATCH + 10, BATCH + 9)
        assert len(await frames(channel, 0)) == channel.seq


async def test_a_fragment_is_of_the_newest_revision(desk: Desk) -> None:
    """A fragment is rendered once per change: asked again it is the same, changed it is new."""
    await desk.do(a_post("One"), 1)
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        first = channel.fragment(the_post(channel))
        assert channel.fragment(the_post(channel)) is first
        await desk.do(RevisePost(blocks=(a_paragraph("Two"),)), 1)
        await caught_up(hub)
        assert ">Two<" in channel.fragment(the_post(channel))
        await desk.do(PinPost(), 1)
        await caught_up(hub)
        assert "data-pinned" in channel.fragment(the_post(channel))


def the_post(channel: Channel) -> Post:
    found = channel.page.post(a_post_id(1))
    assert found
    return found


async def test_the_head_is_of_now(desk: Desk) -> None:
    """Title and status are the newest, and the time is that of whatever happened last."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        await desk.do(DescribeCoverage(title="Day two"))
        await desk.do(ChangeStatus("live"))
        await desk.do(a_post(), 1)
        await caught_up(hub)
        assert "<h1>Day two</h1>" in channel.head()
        assert 'data-status="live"' in channel.head()
        assert 'datetime="2021-06-14T12:00:04Z"' in channel.head()


async def test_waiting_ends_with_news(desk: Desk) -> None:
    """Who waits for what follows is woken by it; what is there already is not waited for."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        assert await channel.wait(0, 60)
        waiting = asyncio.create_task(channel.wait(1, 60))
        await checkpoint()
        assert not waiting.done()
        await desk.do(a_post(), 1)
        assert await waiting


async def test_waiting_ends_when_the_channel_closes(desk: Desk) -> None:
    """Nobody waits on a channel that is closed, and it says that nothing came."""
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        waiting = asyncio.create_task(channel.wait(1, 60))
        await checkpoint()
        channel.close()
        assert not await waiting
        assert not await channel.wait(1, 60)
