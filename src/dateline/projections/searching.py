"""Follows the log into the search index, and answers what is asked of it: never behind the log."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from dateline.domain.content import Content
from dateline.domain.errors import Damaged, Unavailable
from dateline.domain.events import (
    CoverageDescribed,
    CoverageOpened,
    CoverageStatusChanged,
    PostCorrected,
    PostPublished,
    PostRedacted,
    PostRevised,
    PostWithdrawn,
    Record,
    Tombstone,
)
from dateline.domain.plain import plain_text
from dateline.store.log import EventLog, Head
from dateline.store.search import Findable, Hit, SearchIndex

LOOK_SECONDS = 1.0
AT_ONCE, WAIT_SECONDS = 2, 3.0
"""So many search at once, and the next one waits so long: other readers of the database are for
those who write."""
# What may be said of a coverage, or of one of its posts, on the pages of others.
_TOLD_ELSEWHERE = (
    CoverageOpened
    | CoverageDescribed
    | CoverageStatusChanged
    | PostRevised
    | PostCorrected
    | PostWithdrawn
    | PostRedacted
    | Tombstone
)
_logger = structlog.get_logger()


class Searching:
    """The search index of a log. `changed` is called when what other pages say of a coverage may be
    so no longer: within a second, and before a takedown that waits for it is answered."""

    def __init__(
        self,
        log: EventLog,
        index: SearchIndex,
        changed: Callable[[], None] = lambda: None,
        *,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self._log = log
        self._index = index
        self._changed = changed
        self._reached: dict[str, int] | None = None
        self._turn = asyncio.Lock()
        self._wait = wait
        self._places = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Keep up with the log, for as long as the server lives."""
        while True:
            try:
                await self.catch_up()
            except Unavailable as error:
                _logger.warning("the search index is behind", reason=error.detail)
            except Exception:
                _logger.exception("the search index could not go on")
            await asyncio.sleep(LOOK_SECONDS)

    async def find(
        self,
        words: str,
        *,
        coverage: str | None = None,
        besides: Collection[str] = (),
        start: int = 0,
        most: int,
    ) -> list[Hit]:
        """Posts with all of these words, in one coverage or in all, but in none of `besides`; what
        was published or taken down before one asked is in it, or is not.

        :raises Unavailable: too many search at this moment.
        """
        await self.catch_up(coverage)
        async with self._place():
            return await self._index.find(
                words, coverage=coverage, besides=besides, start=start, most=most
            )

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._wait):
                await self._places.acquire()
        except TimeoutError:
            raise Unavailable("Many are searching just now. Try again in a moment.", 5) from None
        try:
            yield
        finally:
            self._places.release()

    async def related(self, coverage: str, words: Sequence[str], *, most: int) -> list[str]:
        """Other coverages whose posts have most of these words, best first; as far as indexed."""
        return await self._index.related(coverage, words, most=most)

    async def nearest(self, coverages: Sequence[str], words: Sequence[str]) -> dict[str, str]:
        """Of each coverage the post that has most of these words; as far as indexed."""
        return await self._index.nearest(coverages, words)

    async def headlines(self, posts: Mapping[str, str]) -> dict[str, str]:
        """What posts are headed by now, one of each coverage; none of one that says nothing."""
        return await self._index.headlines(posts)

    async def catch_up(self, coverage: str | None = None) -> None:
        """Take in what the log has, of one coverage or of all, and the index has not."""
        for head in await self._log.heads():
            if coverage in (None, head.coverage):
                while await self._is_behind(head):
                    await self._take(head)

    async def _is_behind(self, head: Head) -> bool:
        if self._reached is None:
            self._reached = await self._index.reached()
        return self._reached.get(head.coverage, 0) < head.version

    async def _take(self, head: Head) -> None:
        # A batch at a time, so that a question about one coverage does not wait for an archive.
        async with self._turn:
            if not await self._is_behind(head) or self._reached is None:
                return
            after = self._reached.get(head.coverage, 0)
            try:
                records = await self._log.read(head.coverage, after)
            except Damaged as error:
                # Told once; the others go on. `dateline verify` says what is wrong with it.
                _logger.warning("a coverage can't be searched", reason=error.detail)
                self._reached[head.coverage] = head.version
                return
            upto = records[-1].seq
            if await self._index.take(head.coverage, after, upto, _changes(records)):
                self._reached[head.coverage] = upto
            else:
                # Another process of this server was faster.
                self._reached = await self._index.reached()
            if any(isinstance(record.event, _TOLD_ELSEWHERE) for record in records):
                self._changed()


def _changes(records: Iterable[Record]) -> list[Findable]:
    """What the index has to know: the last state of each post that these records changed."""
    last: dict[str, Findable] = {}
    for record in records:
        match record.event:
            case PostPublished(post=post, content=content):
                last[post] = _findable(post, content, content.occurred_at or record.time)
            case (
                PostRevised(post=post, content=content) | PostCorrected(post=post, content=content)
            ):
                before = last.get(post)
                time = content.occurred_at or (before.time if before else None)
                last[post] = _findable(post, content, time)
            case PostWithdrawn(post=post) | PostRedacted(post=post) | Tombstone(post=post):
                last[post] = Findable(post)
    return list(last.values())


def _findable(post: str, content: Content, time: datetime | None) -> Findable:
    return Findable(post, time, content.headline or "", plain_text(content))
