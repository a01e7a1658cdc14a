"""The same changes as a document: what a reader has after it is what the stream would give."""

import re

import msgspec
import pytest
from hypothesis import given, settings

from builders import SLUG, Desk, a_post
from dateline.delivery.channel import Channel
from dateline.delivery.delta import RANGE, Changes, changes
from dateline.delivery.frames import compacted
from dateline.domain.commands import PinPost, RedactPost, RevisePost, UnpinPost
from dateline.domain.errors import Conflict
from dateline.store.memory import MemoryEventLog
from unit.delivery.readers import a_hub, applied, on_the_page, replayed, seqs, told
from unit.histories import Step, live_through, lives

pytestmark = pytest.mark.anyio


async def a_desk(posts: int = 0) -> Desk:
    desk = Desk(MemoryEventLog())
    await desk.open()
    for number in range(1, posts + 1):
        await desk.do(a_post(), number)
    return desk


async def all_changes(channel: Channel, after: int) -> list[Changes]:
    """The delta after a seq and all that follow it, by the addresses that it names."""
    found = [await changes(channel, after)]
    while address := found[-1].delta.next:
        named = re.fullmatch(rf"/live/{SLUG}/changes/(\d+)(\?epoch=\d+)?", address)
        assert named
        found.append(await changes(channel, int(named.group(1))))
    return found


def data(found: list[Changes]) -> list[bytes]:
    return [bytes(raw) for one in found for raw in one.delta.changes]


@settings(max_examples=100)
@given(lives())
async def test_from_anywhere_it_leads_to_the_page(taken: list[Step]) -> None:
    """Who had the page at some seq has today's after the delta, as after the frames."""
    desk = await a_desk()
    await live_through(desk, taken)
    frames = await replayed(desk.log)
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        for after in range(channel.seq + 1):
            missed = data(await all_changes(channel, after))
            assert missed == [frame.data for frame in compacted(frames[after:])]
            before = applied([frame.data for frame in frames[:after]])
            assert applied(missed, before) == on_the_page(channel)


async def test_ranges_end_at_multiples_of_64() -> None:
    """A full range is named and closed for good; the open one ends where the coverage is."""
    desk = await a_desk(posts=2 * RANGE + 6)
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        ends = {0: 64, 1: 64, 63: 64, 64: 128, 127: 128, 128: 135, 134: 135, 135: 135}
        for after, end in ends.items():
            found = await changes(channel, after)
            assert (found.delta.seq, found.is_full) == (end, end < 135)
            assert found.delta.next == (f"/live/{SLUG}/changes/{end}" if end < 135 else None)
            assert seqs(data([found])) == list(range(after + 1, end + 1))
        whole = await all_changes(channel, 0)
        assert [one.delta.seq for one in whole] == [64, 128, 135]


async def test_a_range_that_is_just_full() -> None:
    """A coverage that ends at a multiple of 64 has a next address, where nothing is yet."""
    desk = await a_desk(posts=RANGE - 1)
    async with a_hub(desk.log) as hub:
        full, empty = await all_changes(await hub.open(SLUG), 0)
    assert (full.is_full, full.delta.seq) == (True, RANGE)
    assert (empty.is_full, empty.delta.seq, empty.delta.changes) == (False, RANGE, [])


async def test_a_full_range_never_changes() -> None:
    """What happens to its posts later is in later ranges: a cache may keep it for ever."""
    desk = await a_desk(posts=RANGE)
    async with a_hub(desk.log) as hub:
        before = await changes(await hub.open(SLUG), 0)
        for command in (RevisePost(headline="New"), PinPost(), UnpinPost()):
            await desk.do(command, 1)
        assert await changes(await hub.open(SLUG), 0) == before
    async with a_hub(desk.log) as hub:
        assert await changes(await hub.open(SLUG), 0) == before


async def test_several_changes_of_a_post_are_one() -> None:
    """Each post and the head are there once, in their last state within the range."""
    desk = await a_desk(posts=2)
    for headline in ("A", "B", "C"):
        await desk.do(RevisePost(headline=headline), 1)
    async with a_hub(desk.log) as hub:
        (found,) = await all_changes(await hub.open(SLUG), 0)
    assert seqs(data([found])) == [1, 3, 6]
    assert ">C</span>" in told(data([found])[-1])["html"]


async def test_after_a_takedown_there_are_new_addresses() -> None:
    """The words are gone from full ranges too, and what follows is named with the epoch."""
    desk = await a_desk()
    await desk.do(a_post("secret"), 1)
    for number in range(2, RANGE + 2):
        await desk.do(a_post(), number)
    async with a_hub(desk.log) as hub:
        before = await all_changes(await hub.open(SLUG), 0)
        assert b"secret" in b"".join(data(before))
        epoch = (await desk.do(RedactPost(), 1)).seq
        after = await all_changes(await hub.open(SLUG), 0)
    assert b"secret" not in b"".join(data(after))
    assert after[0].delta.next == f"/live/{SLUG}/changes/64?epoch={epoch}"


async def test_ahead_of_the_log_is_a_conflict() -> None:
    """There is no guess about what has not happened yet."""
    desk = await a_desk(posts=1)
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        for after in (3, 64, 10**14):
            with pytest.raises(Conflict, match="Load the page"):
                await changes(channel, after)


async def test_its_json_has_the_frames_as_they_are() -> None:
    """Encoded, the delta holds each frame's bytes, as the stream sends them."""
    desk = await a_desk(posts=2)
    async with a_hub(desk.log) as hub:
        found = await changes(await hub.open(SLUG), 1)
    body = msgspec.json.encode(found.delta)
    frames = b",".join(frame.data for frame in await replayed(desk.log, 1))
    assert body == b'{"seq":3,"next":null,"changes":[' + frames + b"]}"
