"""A lane: the readers of a coverage who get the same bytes, and the loop that sends them.

Each change is encoded once and written to everybody, in slices, so that the desk, the pages and
whoever joins have their turn in between. What arrives meanwhile goes out together in the next
round.
"""

import asyncio
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from dateline.delivery import sse
from dateline.delivery.encoding import Encoding
from dateline.delivery.figures import Figures
from dateline.delivery.frames import Frame
from dateline.domain.errors import Unavailable

# Under a millisecond of writes: whoever appends has its turns meanwhile, and joins the next round.
SLICE = 128
BUFFER_BYTES = 256 * 1024
STALL_SECONDS = 30.0
CATCH_UP_SECONDS = 5.0
KEPT_BYTES = 8 * 1024 * 1024
"""Of replays, for readers who come back with the same cursor."""
# A heartbeat begins so much before its time, and its round is spread over that.
_EARLY = 0.25
_STEPS = 50


class Source(Protocol):
    """What a lane passes on: a coverage's channel."""

    slug: str
    is_open: bool

    @property
    def seq(self) -> int:
        """The newest change there is."""

    @property
    def has_ended(self) -> bool:
        """Whether the coverage has."""

    async def frames(self, after: int) -> Sequence[Frame]:
        """The next ones after `after`; at least one where `after` is below `seq`."""

    async def wait(self, after: int, seconds: float) -> bool:
        """Whether there is something after `after`, within that time."""


class Sink(Protocol):
    """A reader's connection. `write` never waits: a reader that can't keep up is cut."""

    def write(self, data: bytes) -> None:
        """Send these bytes, in the order of the calls; nothing once it is closed."""

    def close(self, last: bytes) -> None:
        """Send these bytes after all else, and end."""

    def cut(self) -> None:
        """End at once."""

    @property
    def is_behind(self) -> bool:
        """Whether something written has not left yet."""


class Lane:
    """`sent` is the seq up to which everybody here has all, or is being sent it."""

    def __init__(
        self,
        source: Source,
        encoding: Encoding,
        figures: Figures,
        *,
        chunked: bool,
        heartbeat: float,
    ) -> None:
        self.sent = source.seq
        self._figures = figures
        self._readers = figures.readers.labels(source.slug)
        self._source = source
        self._encoding = encoding
        self._chunked = chunked
        self._heartbeat = heartbeat
        self._sinks: dict[Sink, float] = {}
        self._behind: dict[Sink, float] = {}
        self._replays: dict[int, tuple[bytes, int]] = {}
        self._making = asyncio.Lock()
        self._kept_bytes = 0
        self._moved = asyncio.Event()

    def __len__(self) -> int:
        return len(self._sinks)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come here."""
        source = self._source
        return not source.is_open or (source.has_ended and self.sent == source.seq)

    # A reader comes and goes.

    def opening(self) -> bytes:
        """The first bytes of a reader's stream."""
        return self._encoding.opening(sse.retry())

    def last(self) -> bytes:
        """The last bytes of a reader's stream."""
        return self._encoding.last(sse.retry())

    async def replay(self, after: int) -> tuple[bytes, int]:
        """What a reader has missed after `after`, or its next part, and the seq it goes up to.

        :raises Unavailable: the lane does not get to where this reader is.
        """
        await self._reaches(after)
        # After a restart all come back at once, many from the same seq: one makes it for them.
        async with self._making:
            return self._replays.get(after) or await self._make(after)

    async def _make(self, after: int) -> tuple[bytes, int]:
        sent = self.sent
        if after == sent:
            return b"", after
        frames = [one for one in await self._source.frames(after) if one.seq <= self.sent]
        found = self._encoding.own(sse.events(frames)), frames[-1].seq
        # What came meanwhile may have been a takedown of words that are in these frames.
        if self.sent == sent:
            self._keep(after, found)
        return found

    def _keep(self, after: int, found: tuple[bytes, int]) -> None:
        if self._kept_bytes > KEPT_BYTES:
            self._forget_replays()
        self._kept_bytes += len(found[0])
        self._replays[after] = found

    def _forget_replays(self) -> None:
        self._replays.clear()
        self._kept_bytes = 0

    async def _reaches(self, seq: int) -> None:
        # The page may be quicker than the lane: what it showed is on its way to the others.
        try:
            async with asyncio.timeout(CATCH_UP_SECONDS):
                while seq > self.sent:
                    await self._moved.wait()
        except TimeoutError:
            raise Unavailable("The stream is behind the page. Try again in a moment.") from None

    def join(self, sink: Sink, *, until: float) -> None:
        """From now on the sink gets everything after `sent`, till that time of the loop.

        Between the last replay and this nothing may be awaited.
        """
        self._sinks[sink] = until
        self._readers.inc()
        if data := self._encoding.join():
            sink.write(self._framed(data))

    def leave(self, sink: Sink) -> None:
        if self._sinks.pop(sink, None) is not None:
            self._readers.dec()
        self._behind.pop(sink, None)

    def fell_behind(self, sink: Sink) -> None:
        """This sink could not send at once what it was told to."""
        self._behind.setdefault(sink, asyncio.get_running_loop().time())

    # What comes goes out.

    async def run(self) -> None:
        """Send what comes, for as long as the coverage is open here."""
        while self._source.is_open:
            if self.is_over:
                self.close()
            if await self._source.wait(self.sent, self._heartbeat * (1 - _EARLY)):
                await self._pass_on()
            else:
                await self._write(sse.HEARTBEAT, over=self._heartbeat * _EARLY)

    def look(self, now: float) -> float:
        """End the streams whose time is over, and cut those that have taken nothing for long.

        :returns: for how long the slowest has taken nothing, in seconds.
        """
        for sink in [sink for sink, until in self._sinks.items() if until <= now]:
            self.end(sink)
        for sink, since in tuple(self._behind.items()):
            if not sink.is_behind:
                del self._behind[sink]
            elif now - since > STALL_SECONDS:
                self.cut(sink)
        return max((now - since for since in self._behind.values()), default=0.0)

    def cut(self, sink: Sink) -> None:
        """Its memory is worth more than its place: it comes back with `Last-Event-ID`."""
        self._figures.cuts.inc()
        self.leave(sink)
        sink.cut()

    def end(self, sink: Sink) -> None:
        """Send one of them away."""
        self.leave(sink)
        end = b"0\r\n\r\n" if self._chunked else b""
        sink.close(self._framed(self.last()) + end)

    def close(self) -> None:
        """Send everybody away."""
        for sink in tuple(self._sinks):
            self.end(sink)

    async def _pass_on(self) -> None:
        frames = await self._source.frames(self.sent)
        self.sent = frames[-1].seq
        self._forget_replays()
        self._moved.set()
        self._moved = asyncio.Event()
        count = await self._write(sse.events(frames))
        self._figures.frames.inc(len(frames) * count)
        self._figures.delay.observe((datetime.now(UTC) - frames[-1].time).total_seconds())

    async def _write(self, data: bytes, *, over: float = 0.0) -> int:
        """To everybody who is here now; within that many seconds, unless something comes.

        :returns: how many that were.
        """
        sinks = tuple(self._sinks)
        data = self._framed(self._encoding.write(data))
        size = math.ceil(len(sinks) / _STEPS) if over else SLICE
        for start in range(0, len(sinks), size or 1):
            for sink in sinks[start : start + size]:
                sink.write(data)
            await asyncio.sleep(0)
            if over:
                await self._source.wait(self.sent, over / _STEPS)
        self._figures.writes.inc(len(sinks))
        self._figures.bytes.inc(len(sinks) * len(data))
        return len(sinks)

    def _framed(self, data: bytes) -> bytes:
        # RFC 9112, 7.1: a connection that was taken over is still one of chunks.
        return b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data
