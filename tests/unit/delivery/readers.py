"""Readers of a coverage without a network: what a stream would have sent them, byte for byte."""

import math
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from anyio.lowlevel import checkpoint

from builders import SLUG
from dateline.delivery.channel import Channel
from dateline.delivery.frames import Frame, from_log
from dateline.delivery.hub import Hub
from dateline.delivery.lane import Lane
from dateline.store.log import EventLog
from dateline.store.memory import MemoryEventLog

PATIENCE = 20_000


class SlowLog(MemoryEventLog):
    """A log that lets others go first before it answers, as often as `delays` says each time."""

    def __init__(self, delays: Iterator[int]) -> None:
        super().__init__()
        self._delays = delays

    async def read(self, *args: Any, **more: Any) -> Any:
        found = await super().read(*args, **more)
        await self._wait()
        return found

    async def history(self, *args: Any, **more: Any) -> Any:
        found = await super().history(*args, **more)
        await self._wait()
        return found

    async def _wait(self) -> None:
        for _ in range(next(self._delays)):
            await checkpoint()


class Reader:
    """Follows a stream, may leave at any moment and comes back with the cursor it has.

    `frames` are the data of all events it was sent since `start`, in the order in which they came;
    `shown` is the page that it loaded then.
    """

    def __init__(self, hub: Hub, *, gzip: bool = False) -> None:
        self.frames: list[bytes] = []
        self.shown: dict[str, str] = {}
        self.start = self.cursor = 0
        self.is_here = False
        self.was_cut = False
        self._hub = hub
        self._gzip = gzip
        self._lane: Lane | None = None
        self._rest = b""
        self._inflate: Callable[[bytes], bytes] = bytes

    async def load(self) -> None:
        """Begin anew with the page as it is."""
        channel = await self._hub.open(SLUG)
        self.frames, self.shown = [], on_the_page(channel)
        self.start = self.cursor = channel.seq

    async def come(self) -> None:
        """As `GET /stream` does it: replay, then join without a pause in between."""
        channel = await self._hub.open(SLUG)
        lane = self._lane = channel.lane(gzip=self._gzip, chunked=False)
        self._rest = b""
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress if self._gzip else bytes
        self.is_here = True
        self.write(lane.opening())
        after = self.cursor
        while after != lane.sent:
            data, after = await lane.replay(after)
            self.write(data)
        if lane.is_over:
            self.close(lane.last())
        else:
            lane.join(self, until=math.inf)

    def leave(self) -> None:
        """Vanish; what came of a frame that is not complete is lost."""
        self.is_here = False
        if self._lane:
            self._lane.leave(self)

    # What a lane asks of a connection.

    def write(self, data: bytes) -> None:
        if not self.is_here:
            return
        *events, self._rest = (self._rest + self._inflate(data)).split(b"\n\n")
        for event in events:
            self._heard(event)

    def close(self, last: bytes) -> None:
        self.write(last)
        self.is_here = False

    def cut(self) -> None:
        self.is_here = False
        self.was_cut = True

    @property
    def is_behind(self) -> bool:
        return False

    def _heard(self, event: bytes) -> None:
        fields = dict(
            line.split(b":", 1) for line in event.split(b"\n") if line and not line.startswith(b":")
        )
        if b"data" in fields:
            self.frames.append(fields[b"data"])
            self.cursor = int(fields[b"id"])


@asynccontextmanager
async def a_hub(log: EventLog, **settings: Any) -> AsyncIterator[Hub]:
    """A hub that leaves nothing running."""
    hub = Hub(log, **settings)
    try:
        yield hub
    finally:
        await hub.drain()
        await checkpoint()


async def until(is_so: Callable[[], bool]) -> None:
    """Let everything else go on until it is so."""
    for _ in range(PATIENCE):
        if is_so():
            return
        await checkpoint()
    raise AssertionError("it never came to that")


async def caught_up(hub: Hub, *readers: Reader) -> Channel:
    """Wait until the page and all readers who are here have all there is."""
    channel = await hub.open(SLUG)
    await until(lambda: all(one.cursor == channel.seq for one in readers if one.is_here))
    return channel


async def replayed(log: EventLog, after: int = 0, *, limit: int = 10_000) -> list[Frame]:
    """The frames after a seq, rendered anew from the log, so many at a time."""
    found: list[Frame] = []
    while some := await from_log(log, SLUG, found[-1].seq if found else after, limit=limit):
        found += some
    return found


def told(data: bytes) -> dict[str, Any]:
    return msgspec.json.decode(data)


def seqs(frames: list[bytes]) -> list[int]:
    return [told(data)["seq"] for data in frames]


def applied(frames: list[bytes], before: dict[str, str] | None = None) -> dict[str, str]:
    """The posts that a reader sees who applies these frames, by id: their bytes."""
    shown = dict(before or {})
    for frame in map(told, frames):
        if frame["kind"] == "redact":
            shown.pop(frame["post"], None)
        elif frame["kind"] in ("post", "withdraw"):
            shown[frame["post"]] = frame["html"]
    return shown


def on_the_page(channel: Channel) -> dict[str, str]:
    return {post.id: channel.fragment(post) for post in channel.page.posts()}
