"""Appends with everything filled in that a test does not care for."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime

from builders import NOW, SLUG, a_reporter
from dateline.domain.events import Event, Record
from dateline.store.log import EventLog, Once


async def add(
    log: EventLog,
    *events: Event,
    expected: int | None = None,
    slug: str = SLUG,
    now: datetime = NOW,
    once: Once | None = None,
) -> Once | None:
    """Append at the version the coverage has, unless another is expected."""
    if expected is None:
        expected = (await log.history(slug, [])).version
    return await log.append(slug, events, expected=expected, actor=a_reporter(), now=now, once=once)


async def seqs(log: EventLog, slug: str = SLUG) -> list[int]:
    return [record.seq for record in await log.read(slug, 0)]


async def taken(follower: AsyncIterator[list[Record]], upto: int) -> list[int]:
    """The seqs that a follower hands out, until `upto` has come or it ends."""
    found: list[int] = []
    async with aclosing(follower):  # type: ignore[type-var]
        async for records in follower:
            found += [record.seq for record in records]
            if found[-1] >= upto:
                break
    return found
