"""A frame is one change, and its bytes are the same wherever and whenever they are made."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import SLUG, Desk, a_post, a_post_id
from dateline.delivery.frames import compacted
from dateline.domain.commands import (
    ChangeStatus,
    PinPost,
    RedactPost,
    RevisePost,
    WithdrawPost,
)
from dateline.store.memory import MemoryEventLog
from unit.delivery.readers import a_hub, applied, caught_up, on_the_page, replayed, told
from unit.histories import Step, live_through, lives

pytestmark = pytest.mark.anyio
many = settings(max_examples=100)


async def a_desk() -> Desk:
    desk = Desk(MemoryEventLog())
    await desk.open()
    return desk


@many
@given(lives())
async def test_the_ring_has_what_the_log_gives(taken: list[Step]) -> None:
    """Frames that were made as things happened are those that are rendered from the log later."""
    desk = await a_desk()
    async with a_hub(desk.log) as hub:
        await hub.open(SLUG)
        for step in taken:
            await live_through(desk, [step])
            channel = await caught_up(hub)
        live = list(await channel.frames(max(1, channel.page.epoch - 1)))
        assert live == await replayed(desk.log, max(1, channel.page.epoch - 1))


@many
@given(lives(), st.integers(1, 7))
async def test_the_log_gives_them_in_any_pieces(taken: list[Step], limit: int) -> None:
    """Rendered from the log a few at a time, from anywhere, the frames are the same."""
    desk = await a_desk()
    await live_through(desk, taken)
    whole = await replayed(desk.log)
    assert [frame.seq for frame in whole] == list(range(1, len(whole) + 1))
    for after in range(len(whole) + 1):
        assert await replayed(desk.log, after, limit=limit) == whole[after:]


@many
@given(lives())
async def test_all_frames_make_the_page(taken: list[Step]) -> None:
    """Who applies every frame, or only the last of each post, sees the page byte for byte."""
    desk = await a_desk()
    await live_through(desk, taken)
    frames = await replayed(desk.log)
    async with a_hub(desk.log) as hub:
        page = on_the_page(await hub.open(SLUG))
    assert applied([frame.data for frame in frames]) == page
    assert applied([frame.data for frame in compacted(frames)]) == page


@given(st.lists(st.sampled_from(["", "a", "b", "c"])))
async def test_compacting_keeps_the_last_of_each(subjects: list[str]) -> None:
    """Of several changes to one post, or to the head, one is left: the last, in its place."""
    (some,) = await replayed((await a_desk()).log)
    frames = [replace(some, seq=seq, subject=subject) for seq, subject in enumerate(subjects, 1)]
    later = [{one.subject for one in frames[frame.seq :]} for frame in frames]
    expected = [frame for frame, after in zip(frames, later, strict=True)
                if frame.subject not in after]  # fmt: skip
    assert compacted(frames) == expected


async def fields(desk: Desk) -> dict[str, Any]:
    """The newest frame without its fragment."""
    frame = told((await replayed(desk.log))[-1].data)
    frame.pop("html", None)
    return frame


async def test_what_a_frame_tells() -> None:
    """Each kind has the fields that the protocol names, and no other."""
    desk, post = await a_desk(), a_post_id(1)
    assert await fields(desk) == {"seq": 1, "time": "2021-06-14T12:00:01Z", "kind": "coverage"}
    await desk.do(a_post(headline="A", key=True), 1)
    published = {"kind": "post", "post": post, "order": 2, "key": True, "pinned": False}
    assert await fields(desk) == published | {
        "seq": 2, "time": "2021-06-14T12:00:02Z", "revision": 1,
    }  # fmt: skip
    await desk.do(PinPost(), 1)
    pinned = published | {"pinned": True, "seq": 3, "time": "2021-06-14T12:00:03Z", "revision": 1}
    assert await fields(desk) == pinned
    await desk.do(WithdrawPost("It was wrong."), 1)
    assert await fields(desk) == published | {
        "kind": "withdraw", "seq": 4, "time": "2021-06-14T12:00:04Z", "revision": 2, "key": False,
    }  # fmt: skip
    await desk.do(RedactPost(), 1)
    assert await fields(desk) == {
        "seq": 5, "time": "2021-06-14T12:00:05Z", "kind": "redact", "post": post,
    }  # fmt: skip
    await desk.do(ChangeStatus("live"))
    assert await fields(desk) == {"seq": 6, "time": "2021-06-14T12:00:06Z", "kind": "coverage"}


async def test_a_frame_is_one_line() -> None:
    """Whatever is written, the data of an event has no line break that would end it."""
    desk = await a_desk()
    await desk.do(a_post("One\r\n\r\ntwo\nthree\u2028four", topics=("a\u2029b",)), 1)
    for frame in await replayed(desk.log):
        assert not {b"\n", b"\r"} & {frame.data[n : n + 1] for n in range(len(frame.data))}


async def test_no_frame_has_the_words_of_a_takedown() -> None:
    """Rendered after a takedown, the frames from before it are without the post."""
    desk = await a_desk()
    await desk.do(a_post("secret"), 1)
    await desk.do(RevisePost(headline="secret", correction="secret"), 1)
    await desk.do(a_post("public"), 2)
    await desk.do(RedactPost(), 1)
    frames = await replayed(desk.log)
    assert b"secret" not in b"".join(frame.data for frame in frames)
    assert [told(frame.data)["kind"] for frame in frames] == [
        "coverage", "redact", "redact", "post", "redact",
    ]  # fmt: skip
