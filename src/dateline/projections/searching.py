"""Follows the log into the search index, and answers what is asked of it: never behind the log."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

import structlog

from dateline.domain.content import Content
from dateline.domain.errors import Unavailable
from dateline.domain.events import (
    PostCorrected,
    PostPublished,
    PostRedacted,
    PostRevised,
    PostWithdrawn,
    Record,
    Tombstone,
)
from dateline.domain.plain import plain_text
from dateline.store.log import EventLog
from dateline.store.search import Findable, Hit, SearchIndex

LOOK_SECONDS = 1.0
_logger = structlog.get_logger()


class Searching:
    """The search index of a log."""

    def __init__(self, log: EventLog, index: SearchIndex) -> None:
        self._log = log
        self._index = index
        self._reached: dict[str, int] | None = None
        self._words_linger = False

    async def run(self) -> None:
        """Keep up with the log, for as long as the server lives."""
        while True:
            try:
                await self.catch_up()
                if self._words_linger:
                    self._words_linger = not await self._index.forget()
            except Unavailable as error:
                _logger.warning("the search index is behind", reason=error.detail)
            await asyncio.sleep(LOOK_SECONDS)

    async def find(
        self, words: str, *, coverage: str | None = None, start: int = 0, most: int
    ) -> list[Hit]:
        """Posts with all of these words, in one coverage or in all; what was published or taken
        down before one asked is in it, or is not."""
        await self.catch_up()
        return await self._index.find(words, coverage=coverage, start=start, most=most)

    async def related(self, coverage: str, words: Sequence[str], *, most: int) -> list[str]:
        """Other coverages whose posts have most of these words, best first."""
        await self.catch_up()
        return await self._index.related(coverage, words, most=most)

    async def catch_up(self) -> None:
        """Take in all that the log has and the index has not."""
        if self._reached is None:
            self._reached = await self._index.reached()
        for head in await self._log.heads():
            while (after := self._reached.get(head.coverage, 0)) < head.version:
                await self._take(head.coverage, after)

    async def _take(self, coverage: str, after: int) -> None:
        assert self._reached is not None
        records = await self._log.read(coverage, after)
        posts = list(_changes(records))
        erase = any(isinstance(record.event, PostRedacted) for record in records)
        upto = records[-1].seq
        if await self._index.take(coverage, after, upto, posts, erase=erase):
            self._reached[coverage] = upto
            self._words_linger = self._words_linger or erase
        else:
            # Another process of this server was faster.
            self._reached = await self._index.reached()


def _changes(records: Iterable[Record]) -> Iterable[Findable]:
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
    return last.values()


def _findable(post: str, content: Content, time: datetime | None) -> Findable:
    return Findable(post, time, content.headline or "", plain_text(content))
