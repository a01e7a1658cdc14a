"""Replay and live are one path: whoever comes and goes when, nothing is missed or sent twice."""

import asyncio
import itertools
from contextlib import suppress
from typing import Any

import pytest
from anyio.lowlevel import checkpoint
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Desk
from dateline.delivery.hub import Hub
from unit.delivery.readers import (
    Reader,
    SlowLog,
    a_hub,
    applied,
    on_the_page,
    replayed,
    seqs,
    told,
    until,
)
from unit.histories import Step, anything, live_through, lives

pytestmark = pytest.mark.anyio
READERS = 3

_reader = st.integers(0, READERS - 1)
actions = st.lists(
    st.one_of(
        st.tuples(st.just("write"), anything),
        st.tuples(st.just("write"), anything),
        st.tuples(st.just("come"), _reader),
        st.tuples(st.just("come"), _reader),
        st.tuples(st.just("leave"), _reader),
        st.tuples(st.just("load"), _reader),
        st.tuples(st.just("evict"), st.none()),
        st.tuples(st.just("pause"), st.integers(1, 9)),
    ),
    max_size=40,
)
delays = st.lists(st.integers(0, 5), min_size=1, max_size=12)


class Schedule:
    """Readers who come and go while somebody writes, on one loop, in an order that is drawn."""

    def __init__(self, desk: Desk, hub: Hub) -> None:
        self.desk = desk
        self.hub = hub
        self.readers = [Reader(hub, gzip=n == 0) for n in range(READERS)]
        self.coming: dict[int, asyncio.Task[None]] = {}

    async def act(self, action: str, value: Any) -> None:
        match action:
            case "write":
                await live_through(self.desk, [value])
            case "come" if not self._is_busy(value) and not self.readers[value].is_here:
                self.coming[value] = asyncio.create_task(self.readers[value].come())
            case "leave":
                await self.leave(value)
            case "load":
                await self.leave(value)
                await self.readers[value].load()
            case "evict":
                self.hub.evict()
            case "pause":
                for _ in range(value):
                    await checkpoint()

    async def leave(self, number: int) -> None:
        """In the middle of coming, or later."""
        if task := self.coming.pop(number, None):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self.readers[number].leave()

    async def end(self) -> None:
        """Everybody gets what there is; a stream that was ended is taken up again."""
        await asyncio.gather(*self.coming.values())
        channel = await self.hub.open(self.desk.slug)
        for reader in self.readers:
            while reader.cursor < channel.seq:
                if not reader.is_here:
                    await reader.come()
                await until(lambda one=reader: one.cursor == channel.seq or not one.is_here)

    def _is_busy(self, number: int) -> bool:
        return number in self.coming and not self.coming[number].done()


@settings(max_examples=150)
@given(lives(12), actions, delays)
async def test_no_gap_and_no_repetition(
    before: list[Step], taken: list[tuple[str, Any]], waits: list[int]
) -> None:
    """Every reader has each seq once and in order, and sees the page, byte for byte per post."""
    desk = Desk(SlowLog(itertools.cycle(waits)))
    await desk.open()
    await live_through(desk, before)
    async with a_hub(desk.log, idle_seconds=-1.0) as hub:
        schedule = Schedule(desk, hub)
        for action, value in taken:
            await schedule.act(action, value)
        await schedule.end()
        channel = await hub.open(desk.slug)
        anew = {frame.seq: frame.data for frame in await replayed(desk.log)}
        for reader in schedule.readers:
            assert not reader.was_cut
            assert seqs(reader.frames) == list(range(reader.start + 1, channel.seq + 1))
            assert applied(reader.frames, reader.shown) == on_the_page(channel)
            for frame in reader.frames:
                again = told(anew[told(frame)["seq"]])
                # A takedown makes other frames of those that somebody had before.
                assert frame == anew[told(frame)["seq"]] or again["kind"] == "redact"
