"""One coverage that is being read: its page, its last frames, and the lanes of its readers.

It follows the log, and everything readers get of the coverage comes from here.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from dateline.delivery.encoding import Gzip, Plain
from dateline.delivery.figures import Figures
from dateline.delivery.frames import Frame, frame_of, from_log
from dateline.delivery.lane import CATCH_UP_SECONDS, Lane
from dateline.delivery.primer import primer
from dateline.domain.coverage import Coverage
from dateline.domain.errors import Damaged, NotFound, Unavailable
from dateline.domain.events import PostRedacted, Record
from dateline.domain.posts import Post
from dateline.projections.page import PageProjection
from dateline.projections.topics import Finder
from dateline.render.briefing import briefing_html
from dateline.render.page import head_html
from dateline.render.post import post_html
from dateline.store.log import EventLog

RING_FRAMES = 512
RING_BYTES = 4 * 1024 * 1024
PART = 64
"""The most frames that are read, or encoded for one reader, at once."""
HEARTBEAT_SECONDS = 20.0
_logger = structlog.get_logger()


class Channel:
    """State of one coverage, kept while it is being read."""

    def __init__(
        self,
        log: EventLog,
        slug: str,
        *,
        figures: Figures | None = None,
        heartbeat: float = HEARTBEAT_SECONDS,
        finder: Finder | None = None,
    ) -> None:
        self.slug = slug
        self.page = PageProjection(finder)
        self.lanes: dict[tuple[bool, bool], Lane] = {}
        self.last_used = asyncio.get_running_loop().time()
        self.is_open = True
        self._log = log
        self._figures = figures or Figures()
        self._heartbeat = heartbeat
        self._sending: set[asyncio.Task[None]] = set()
        self._ring: deque[Frame] = deque()
        self._ring_bytes = 0
        self._fragments: dict[str, str] = {}
        self._advanced = asyncio.Event()

    @property
    def seq(self) -> int:
        return self.page.seq

    @property
    def coverage(self) -> Coverage:
        if self.page.coverage is None:
            raise NotFound(f"There is no coverage “{self.slug}”. See the front page for all.")
        return self.page.coverage

    @property
    def has_ended(self) -> bool:
        return self.coverage.status == "ended"

    @property
    def readers(self) -> int:
        """How many streams are open."""
        return sum(map(len, self.lanes.values()))

    async def load(self) -> None:
        """Fold what the log holds already."""
        while records := await self._log.read(self.slug, self.seq):
            for record in records:
                self.page.apply(record)
            self.page.topics.read()
            await asyncio.sleep(0)

    async def follow(self) -> None:
        """Take in what comes, and pass it on, until the log is closed."""
        try:
            async for records in self._log.follow(self.slug, self.seq):
                self._take(records)
        finally:
            self.close()

    async def caught_up(self) -> None:
        """Wait until all that was acknowledged before is in the page.

        :raises Unavailable: it takes too long.
        """
        try:
            async with asyncio.timeout(CATCH_UP_SECONDS):
                if not self._log.is_noticed(self.slug):
                    await self._log.notice(self.slug)
                while self.is_open and self.seq < self._log.seen(self.slug):
                    await self._advanced.wait()
        except TimeoutError:
            raise Unavailable("The page is behind the log. Try again in a moment.") from None
        self.touch()

    async def reaches(self, seq: int) -> bool:
        """Whether the coverage is that far.

        Who is ahead of us may have it from another process, that has not told of it yet.
        """
        if seq > self.seq:
            await self._log.notice(self.slug)
            await self.caught_up()
        return seq <= self.seq

    @property
    def is_current(self) -> bool:
        """Whether the page has all that was acknowledged before, as far as one sees at once."""
        log, slug = self._log, self.slug
        return self.is_open and self.seq >= log.seen(slug) and log.is_noticed(slug)

    def touch(self) -> None:
        """Somebody has used what is here."""
        self.last_used = asyncio.get_running_loop().time()

    async def wait(self, after: int, seconds: float) -> bool:
        """Whether there is something after `after`, or the channel is closed, within that time."""
        if self.seq == after and self.is_open:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._advanced.wait()
        return self.seq > after

    def fragment(self, post: Post) -> str:
        """The post's HTML as it is now, rendered once per change."""
        if post.id not in self._fragments:
            self._fragments[post.id] = post_html(post, self.coverage)
        return self._fragments[post.id]

    def head(self) -> str:
        """The HTML of the coverage's head as it is now."""
        return head_html(self.coverage, self.updated_at)

    def briefing(self) -> str:
        """The HTML of the briefing as it is now."""
        return briefing_html(self.page.briefed, self.coverage)

    @property
    def updated_at(self) -> datetime:
        return self.page.updated_at or self.coverage.opened_at

    async def frames(self, after: int) -> Sequence[Frame]:
        """The next frames after `after`: from the ring, else from the log; never with a gap.

        They end at a multiple of `PART`: readers with different cursors soon ask for the same.
        """
        count = PART - after % PART
        if self._ring and after >= self._ring[0].seq - 1:
            start = after - self._ring[0].seq + 1
            return [self._ring[n] for n in range(start, min(start + count, len(self._ring)))]
        found = await from_log(self._log, self.slug, after, limit=count)
        # The log may be ahead of this channel: what it has not folded yet is still to come.
        return [frame for frame in found if frame.seq <= self.seq]

    def lane(self, *, gzip: bool, chunked: bool) -> Lane:
        """The lane of the readers who take gzip or not, with or without the framing of HTTP."""
        if (gzip, chunked) not in self.lanes:
            encoding = Gzip(primer(self.coverage, self.updated_at)) if gzip else Plain()
            lane = Lane(self, encoding, self._figures, chunked=chunked, heartbeat=self._heartbeat)
            self.lanes[gzip, chunked] = lane
            sending = asyncio.create_task(self._send(lane), name=f"lane {self.slug}")
            self._sending.add(sending)
            sending.add_done_callback(self._sending.discard)
        return self.lanes[gzip, chunked]

    def close(self) -> None:
        """Send everybody away; they come back to another channel."""
        self.is_open = False
        for lane in self.lanes.values():
            lane.close()
        for sending in self._sending:
            sending.cancel()
        self._wake()

    async def _send(self, lane: Lane) -> None:
        try:
            await lane.run()
        except Exception:
            _logger.exception("a coverage's lane failed", coverage=self.slug)
            self.close()

    def _take(self, records: Sequence[Record]) -> None:
        for record in records:
            self._remember(self._frame(record))
        self._wake()

    def _frame(self, record: Record) -> Frame:
        about = self.page.apply(record)
        if isinstance(record.event, PostRedacted):
            self._forget_ring()
        if isinstance(about, Post):
            self._fragments.pop(about.id, None)
        if self.page.coverage is None:
            raise Damaged(f"The log of {self.slug} does not begin with its opening.")
        return frame_of(record, about, self.page.coverage)

    def _remember(self, frame: Frame) -> None:
        self._ring.append(frame)
        self._ring_bytes += len(frame.data)
        while len(self._ring) > RING_FRAMES or self._ring_bytes > RING_BYTES:
            self._ring_bytes -= len(self._ring.popleft().data)

    def _forget_ring(self) -> None:
        # Frames from before a takedown hold its words; the log has the rest of them without.
        self._ring.clear()
        self._ring_bytes = 0

    def _wake(self) -> None:
        self._advanced.set()
        self._advanced = asyncio.Event()
