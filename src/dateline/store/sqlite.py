"""The log in SQLite: the default, one file."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import uuid_utils
from sqlalchemy.ext.asyncio import AsyncConnection

from dateline.domain.errors import Unavailable
from dateline.domain.events import Event, PostPublished, PostRedacted, Record
from dateline.domain.people import Actor
from dateline.store import codec, following, tables
from dateline.store.codec import Entry
from dateline.store.database import Database
from dateline.store.log import BATCH, Head, History, Once, VersionConflict
from dateline.store.neighbours import Neighbours
from dateline.store.wakeups import Wakeups

WATCH_SECONDS = 1.0
_events, _heads, _onces = tables.events, tables.heads, tables.onces


class SqliteEventLog:
    """An `EventLog` in a SQLite file.

    Appends wake the followers in all processes on this data folder at once; should that fail,
    they are noticed within `WATCH_SECONDS`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wakeups = Wakeups()
        self._neighbours = Neighbours(database.path.parent, self._wakeups.wake)
        self._seen: dict[str, int] = {}
        self._stamps: dict[str, int] = {}
        self._words_linger = False
        self._watching = asyncio.create_task(self._watch(), name="log: watch other processes")

    @classmethod
    async def open(cls, folder: Path) -> "SqliteEventLog":
        return cls(await Database.open(folder))

    async def append(
        self,
        coverage: str,
        events: Sequence[Event],
        *,
        expected: int,
        actor: Actor,
        now: datetime,
        once: Once | None = None,
    ) -> Once | None:
        async with self._database.write() as connection:
            if once and (earlier := await _recall(connection, once.key)):
                return earlier
            head = await _head(connection, coverage)
            if (head.version if head else 0) != expected:
                raise VersionConflict
            entries = codec.encode(
                coverage,
                [(str(uuid_utils.uuid7()), event) for event in events],
                version=expected,
                chain=head.chain if head else codec.genesis(coverage),
                actor=actor,
                now=now,
            )
            await _insert(connection, coverage, entries, head)
            redacted = {event.post for event in events if isinstance(event, PostRedacted)}
            await _erase(connection, coverage, redacted)
            if once:
                row = {"key": once.key, "fingerprint": once.fingerprint, "answer": once.answer}
                await connection.execute(sa.insert(_onces).values(row))
        self._seen[coverage] = max(self.seen(coverage), expected + len(entries))
        self._wakeups.wake(coverage)
        self._neighbours.tell(coverage)
        if redacted:
            self._words_linger = not await self._database.forget()
        return None

    async def recall(self, key: str) -> Once | None:
        async with self._database.read() as connection:
            return await _recall(connection, key)

    async def read(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Record]:
        return [codec.decode(entry) for entry in await self.entries(coverage, after, limit=limit)]

    async def entries(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Entry]:
        query = (
            sa.select(_events)
            .where(_events.c.coverage == coverage, _events.c.seq > after)
            .order_by(_events.c.seq)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [Entry(*row) for row in (await connection.execute(query)).all()]

    async def history(
        self, coverage: str, subjects: Iterable[str], *, upto: int | None = None
    ) -> History:
        query = (
            sa.select(_events)
            .where(_events.c.coverage == coverage, _events.c.subject.in_(sorted(set(subjects))))
            .order_by(_events.c.seq)
        )
        if upto is not None:
            query = query.where(_events.c.seq <= upto)
        async with self._database.read() as connection:
            head = await _head(connection, coverage)
            rows = (await connection.execute(query)).all()
        records = [codec.decode(Entry(*row)) for row in rows]
        return History(head.version if head else 0, records)

    def follow(self, coverage: str, after: int) -> AsyncIterator[list[Record]]:
        return following.follow(self.read, self._wakeups, coverage, after)

    def seen(self, coverage: str) -> int:
        return self._seen.get(coverage, 0)

    def is_noticed(self, coverage: str) -> bool:
        return self._stamps.get(coverage) == self._neighbours.stamp()

    async def notice(self, coverage: str) -> None:
        stamp = self._neighbours.stamp()
        async with self._database.read() as connection:
            head = await _head(connection, coverage)
        if head:
            self._stamps[coverage] = stamp
            self._seen[coverage] = max(self.seen(coverage), head.version)
            self._wakeups.wake(coverage)

    async def heads(self) -> list[Head]:
        query = sa.select(_heads).order_by(_heads.c.updated.desc())
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return [
            Head(row.coverage, row.version, row.posts, codec.from_micros(row.updated))
            for row in rows
        ]

    async def close(self) -> None:
        self._wakeups.close()
        self._neighbours.close()
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching
        await self._database.close()

    @property
    def database(self) -> Database:
        return self._database

    async def _watch(self) -> None:
        """Wake everybody when another process has written; a failed look is tried again."""
        seen = None
        while True:
            with suppress(Unavailable):
                if self._words_linger:
                    self._words_linger = not await self._database.forget()
                async with self._database.read() as connection:
                    head = sa.select(sa.func.count(), sa.func.sum(_heads.c.version))
                    found = tuple((await connection.execute(head)).one())
                if found != seen:
                    seen = found
                    self._wakeups.wake_all()
            await asyncio.sleep(WATCH_SECONDS)


async def _recall(connection: AsyncConnection, key: str) -> Once | None:
    row = (await connection.execute(sa.select(_onces).where(_onces.c.key == key))).first()
    return Once(row.key, row.fingerprint, row.answer) if row else None


async def _head(connection: AsyncConnection, coverage: str) -> sa.Row[Any] | None:
    query = sa.select(_heads).where(_heads.c.coverage == coverage)
    return (await connection.execute(query)).first()


async def _insert(
    connection: AsyncConnection, coverage: str, entries: list[Entry], head: sa.Row[Any] | None
) -> None:
    if not entries:
        return
    rows = [{name: getattr(entry, name) for name in Entry.__struct_fields__} for entry in entries]
    await connection.execute(sa.insert(_events), rows)
    published = sum(entry.type.startswith(PostPublished.__name__) for entry in entries)
    values = {
        "version": entries[-1].seq,
        "chain": entries[-1].chain,
        "posts": (head.posts if head else 0) + published,
        "updated": entries[-1].time,
    }
    if head is None:
        await connection.execute(sa.insert(_heads).values(coverage=coverage, **values))
    else:
        await connection.execute(
            sa.update(_heads).where(_heads.c.coverage == coverage).values(**values)
        )


async def _erase(connection: AsyncConnection, coverage: str, posts: set[str]) -> None:
    """The only UPDATE of events there is: the words of redacted posts."""
    for post in posts:
        carrying = sa.select(_events.c.seq, _events.c.type).where(
            _events.c.coverage == coverage, _events.c.subject == post
        )
        rows = (await connection.execute(carrying)).all()
        seqs = [row.seq for row in rows if codec.carries_words(row.type)]
        await connection.execute(
            sa.update(_events)
            .where(_events.c.coverage == coverage, _events.c.seq.in_(seqs))
            .values(payload=codec.tombstone())
        )
