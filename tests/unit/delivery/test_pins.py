"""The order of the pins on the wire: who applies frames has the page's, wherever they begin."""

import re

import pytest
from hypothesis import given, settings

from builders import SLUG, Desk, a_post, a_post_id
from dateline.delivery.channel import Channel
from dateline.delivery.frames import compacted
from dateline.domain.commands import OrderPins, PinPost
from dateline.domain.pins import Pins, rank
from dateline.store.memory import MemoryEventLog
from unit.delivery.readers import a_hub, replayed, told
from unit.histories import Step, live_through, lives

pytestmark = pytest.mark.anyio
_PINNED = re.compile(r'<article [^>]*data-pinned="(\d+)"')
Shown = tuple[dict[str, int], Pins]
"""The seq that pinned each post, and the last order."""
_NOTHING: Shown = {}, Pins()


def applied(frames: list[bytes], before: Shown = _NOTHING) -> Shown:
    pinned, pins = dict(before[0]), before[1]
    for frame in map(told, frames):
        if frame["kind"] == "pins":
            pins = Pins(tuple(frame["posts"]), frame["seq"])
        elif post := frame.get("post"):
            pinned.pop(post, None)
            if found := _PINNED.match(frame.get("html", "")):
                pinned[post] = int(found[1])
    return pinned, pins


def order(shown: Shown) -> list[str]:
    pinned, pins = shown
    return sorted(pinned, key=lambda post: -rank(pins, post, pinned[post]))


def on_the_page(channel: Channel) -> list[str]:
    return [post.id for post in channel.page.pinned()]


@settings(max_examples=100)
@given(lives())
async def test_from_anywhere_it_leads_to_the_order(taken: list[Step]) -> None:
    """All frames, or only the last of each subject: the pins stand as on the page."""
    desk = Desk(MemoryEventLog())
    await desk.open()
    await live_through(desk, taken)
    frames = await replayed(desk.log)
    async with a_hub(desk.log) as hub:
        expected = on_the_page(await hub.open(SLUG))
    assert order(applied([frame.data for frame in frames])) == expected
    for after in range(len(frames)):
        before = applied([frame.data for frame in frames[:after]])
        missed = [frame.data for frame in compacted(frames[after:])]
        assert order(applied(missed, before)) == expected


async def test_what_the_frame_tells() -> None:
    """The ids in their order and nothing else; no fragment changes by it."""
    desk = Desk(MemoryEventLog())
    await desk.open()
    for number in (1, 2):
        await desk.do(a_post(), number)
        await desk.do(PinPost(), number)
    async with a_hub(desk.log) as hub:
        channel = await hub.open(SLUG)
        before = [channel.fragment(post) for post in channel.page.posts()]
        posts = (a_post_id(1), a_post_id(2))
        await desk.do(OrderPins(posts))
        channel = await hub.open(SLUG)
        assert [channel.fragment(post) for post in channel.page.posts()] == before
        assert on_the_page(channel) == list(posts)
    assert told((await replayed(desk.log))[-1].data) == {
        "seq": 6, "time": "2021-06-14T12:00:06Z", "kind": "pins", "posts": list(posts),
    }  # fmt: skip
