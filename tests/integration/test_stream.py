"""The stream's promises, one example each; `test_lossless.py` has the whole of it at random."""

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from integration.conftest import Start
from integration.readers import Stream
from integration.server import Server
from integration.wire import connected, fetch
from integration.writers import Desk

pytestmark = pytest.mark.anyio
MIB = 1024 * 1024


async def test_replays_and_goes_on_without_a_seam(server: Server, token: str, slug: str) -> None:
    """A reader without a cursor gets everything from the first event on, then what comes."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    await desk.publish_until(5)
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug)
        assert stream.answer.status == 200
        assert stream.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.answer.headers["cache-control"] == "no-store, no-transform"
        await stream.until(lambda s: len(s.got) >= 5)
        await desk.publish("One more")
        await stream.until(lambda s: len(s.got) >= 6)
    assert stream.seqs == [1, 2, 3, 4, 5, 6]
    assert [frame["seq"] for frame in stream.frames] == stream.seqs
    assert [frame["kind"] for frame in stream.frames] == ["coverage"] * 2 + ["post"] * 4


async def test_last_event_id_wins_over_after(server: Server, token: str, slug: str) -> None:
    """What the reader has seen counts, not what its address said when it began."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    await desk.publish_until(6)
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, after=1, last=4)
        await stream.until(lambda s: len(s.got) >= 2)
    assert stream.seqs == [5, 6]


@pytest.mark.parametrize("by", ["after", "last"])
@pytest.mark.parametrize(
    "cursor", ["99", "-1", "abc", "1e3", "0x2", "2.0", "99999999999999999999999", "%D9%A3"]
)
async def test_a_wrong_cursor_gets_a_reset(
    server: Server, token: str, slug: str, cursor: str, by: str
) -> None:
    """A cursor ahead of the log, or none at all, is answered with `reset` and never guessed."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, **{by: cursor})
        await stream.to_the_end()
    assert [event.type for event in stream.got] == ["reset"]
    assert not stream.got[0].id, "a reset must not leave the wrong cursor with the reader"


async def test_an_empty_after_gets_a_reset(server: Server, token: str, slug: str) -> None:
    """`?after=` without a number is a wrong cursor as well."""
    await Desk(server.port, token, slug).open()
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, after="")
        await stream.to_the_end()
    assert [event.type for event in stream.got] == ["reset"]


async def test_says_when_to_come_back(server: Server, token: str, slug: str) -> None:
    """`retry:` comes first, and not all readers are told the same."""
    await Desk(server.port, token, slug).open()
    told = set()
    for _ in range(8):
        async with connected(server.port) as connection:
            stream = await Stream.open(connection, slug)
            await stream.until(lambda s: s.events.retry is not None)
            told.add(stream.events.retry)
    assert len(told) > 1, f"all come back at once: {told}"
    assert all(100 <= (one or 0) <= 60_000 for one in told), f"odd times: {told}"


async def test_a_silent_stream_beats(start: Start, slug: str) -> None:
    """A stream on which nothing happens gets comments, so that no proxy ends it."""
    server = start(heartbeat=0.05)
    await Desk(server.port, server.token(), slug).open()
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug)
        await stream.until(lambda s: s.events.comments >= 3, seconds=5)
    assert stream.seqs == [1, 2], "a heartbeat is no event"


async def test_a_stream_ends_at_its_deadline(start: Start, slug: str) -> None:
    """A stream lives for a time, ends cleanly, and its reader goes on where it was."""
    server = start(lifetime=0.3)
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    seqs: list[int] = []
    while len(seqs) < 8:
        async with connected(server.port) as connection:
            stream = await Stream.open(connection, slug, last=seqs[-1] if seqs else 0)
            await desk.publish("Rain")
            await stream.to_the_end(seconds=5)
            assert connection.ended_cleanly
            assert stream.events.between
            seqs += stream.seqs
    assert seqs == list(range(1, len(seqs) + 1))


async def test_nothing_more_comes_after_the_end(server: Server, token: str, slug: str) -> None:
    """A reader who has everything of an ended coverage is told not to come back (204)."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    last = await desk.set_status("ended")
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, last=last)
        assert stream.answer.status == 204


async def test_what_was_missed_comes_before_the_end(server: Server, token: str, slug: str) -> None:
    """A reader who missed the end gets the missed frames, then the stream ends."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    await desk.publish_until(4)
    last = await desk.set_status("ended")
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, last=2)
        assert stream.answer.status == 200
        await stream.to_the_end()
        assert connection.ended_cleanly
    assert stream.seqs == list(range(3, last + 1))


async def test_who_watches_the_end_sees_it(server: Server, token: str, slug: str) -> None:
    """Readers who are there when a coverage ends get that frame, and their stream ends."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug)
        await stream.until(lambda s: len(s.got) >= 2)
        last = await desk.set_status("ended")
        await stream.to_the_end()
        assert connection.ended_cleanly
    assert stream.seqs[-1] == last
    assert stream.frames[-1]["kind"] == "coverage"


async def test_a_coverage_may_go_on_after_its_end(server: Server, token: str, slug: str) -> None:
    """Set live again, an ended coverage streams again from the same cursor."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    last = await desk.set_status("ended")
    await desk.set_status("live")
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, last=last)
        await stream.until(lambda s: s.got)
        await desk.publish("There is more")
        await stream.until(lambda s: len(s.got) >= 2)
    assert stream.seqs == [last + 1, last + 2]


async def test_an_unknown_coverage_has_no_stream(server: Server) -> None:
    """There is no stream of what does not exist, and no cache is to remember that."""
    answer = await fetch(server.port, "/live/never-opened/stream")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"


async def test_a_slow_reader_costs_the_others_nothing(start: Start, slug: str) -> None:
    """Readers who do not read are cut at a bound of memory, the others stay prompt, and the
    cut ones resume without loss."""
    server = start()
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    posts, slow_readers = 80, 12
    async with AsyncExitStack() as stack:
        slow = [
            await Stream.open(
                await stack.enter_async_context(connected(server.port, receive_buffer=4096)), slug
            )
            for _ in range(slow_readers)
        ]
        prompt = await Stream.open(await stack.enter_async_context(connected(server.port)), slug)
        before = _resident(server.pid)
        words = random.Random(7).randbytes(60_000).hex()
        for n in range(posts):
            # 120 KB each, more in all than the kernel keeps for a connection.
            seq = (await desk.publish(f"{n} {words}"))["seq"]
            await prompt.reaches(seq, seconds=2)
        grown = _resident(server.pid) - before
        assert grown < 90 * MIB, f"{slow_readers} slow readers cost {grown / MIB:.0f} MiB"
        for stream in slow:
            await stream.to_the_end(seconds=60)
            assert stream.seqs == list(range(1, len(stream.got) + 1))
            assert len(stream.got) < seq, "nobody was cut: the test is too small"
    async with connected(server.port) as connection:
        resumed = await Stream.open(connection, slug, last=slow[0].seqs[-1])
        await resumed.reaches(seq)
    assert slow[0].seqs + resumed.seqs == prompt.seqs


async def test_many_at_the_same_moment(server: Server, token: str, slug: str) -> None:
    """Readers who join while posts are written miss none and get none twice."""
    desk = Desk(server.port, token, slug)
    await desk.open()
    posts = 40

    async def read(delay: float) -> list[int]:
        await asyncio.sleep(delay)
        async with connected(server.port) as connection:
            stream = await Stream.open(connection, slug)
            await stream.until(lambda s: len(s.got) >= posts + 2)
        return stream.seqs

    async with asyncio.TaskGroup() as tasks:
        reading = [tasks.create_task(read(n / 200)) for n in range(60)]
        for n in range(posts):
            tasks.create_task(desk.publish(f"Report {n}"))
    for task in reading:
        assert task.result() == list(range(1, posts + 3))


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no resident size: this test needs Linux")
