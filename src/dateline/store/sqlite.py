"""The log in SQLite: the default, one file."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog

from dateline.domain.errors import Unavailable
from dateline.domain.events import Event, Record
from dateline.domain.people import Actor
from dateline.domain.pictures import Edition
from dateline.store import codec, following, named, onces, tables, takedowns
from dateline.store.appending import COVERAGE, Append, head_of
from dateline.store.codec import Entry
from dateline.store.database import CLOSE_SECONDS, Database
from dateline.store.log import BATCH, Head, History, Once, Publication
from dateline.store.neighbours import Neighbours
from dateline.store.signals import Signals
from dateline.store.wakeups import Wakeups

WATCH_SECONDS = 1.0
_logger = structlog.get_logger()
_events, _heads = tables.events, tables.heads

# Built once: to build a statement costs more than to run it.
_HEADS = sa.select(_heads).order_by(_heads.c.updated.desc())
_SUM = sa.select(sa.func.count(), sa.func.sum(_heads.c.version))
_AFTER = (
    sa.select(_events)
    .where(_events.c.coverage == COVERAGE, _events.c.seq > sa.bindparam("after"))
    .order_by(_events.c.seq)
    .limit(sa.bindparam("most"))
)
# Sorted afterwards: asked for an order, SQLite walks through the whole coverage in it.
HISTORY = sa.select(_events).where(
    _events.c.coverage == COVERAGE,
    _events.c.subject.in_(sa.bindparam("subjects", expanding=True)),
    _events.c.seq <= sa.bindparam("upto"),
)
_DESCRIPTIONS = sa.select(_events).where(
    _events.c.coverage.in_(sa.bindparam("coverages", expanding=True)), _events.c.subject == ""
)
_ALL = 2**62


class SqliteEventLog:
    """An `EventLog` in a SQLite file.

    Appends wake the followers in all processes on this data folder at once; should that fail,
    they are noticed within `WATCH_SECONDS`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wakeups = Wakeups()
        self.neighbours = Neighbours(database.path.parent, self._wakeups.wake)
        self.signals = Signals(self._wakeups, self.neighbours.tell)
        self._seen: dict[str, int] = {}
        self._stamps: dict[str, bytes] = {}
        self._found: sa.Row[Any] | None = None
        # Perhaps those of a takedown whose server was killed before it had done this.
        self._words_linger = True
        self._appending: set[asyncio.Task[Once | None]] = set()
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
        publication: Publication | None = None,
    ) -> Once | None:
        append = Append(coverage, events, expected, actor, now, once, publication)
        # Whoever waits for it may leave: what was appended has to be told of all the same.
        appending = asyncio.create_task(self._append(append))
        self._appending.add(appending)
        appending.add_done_callback(self._appending.discard)
        return await asyncio.shield(appending)

    async def _append(self, append: Append) -> Once | None:
        coverage = append.coverage
        with self.neighbours.writing():
            if earlier := await self._database.write(append):
                return earlier
            self._seen[coverage] = max(self.seen(coverage), append.expected + len(append.events))
        self._wakeups.wake(coverage)
        self.neighbours.tell(coverage)
        if append.concerns_drafts:
            self.signals.give(coverage)
        if append.redacted:
            # It is taken down; what can't be done now is done at the next look.
            with suppress(Unavailable):
                await self._wipe()
        return None

    async def recall(self, key: str) -> Once | None:
        return await self._database.read(lambda connection: onces.recall(connection, key))

    async def read(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Record]:
        return [codec.decode(entry) for entry in await self.entries(coverage, after, limit=limit)]

    async def entries(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Entry]:
        given = {"coverage_": coverage, "after": after, "most": limit}
        return await self._database.read(lambda connection: _entries(connection, _AFTER, given))

    async def history(
        self, coverage: str, subjects: Iterable[str], *, upto: int | None = None
    ) -> History:
        given = {
            "coverage_": coverage,
            "subjects": sorted(set(subjects)),
            "upto": _ALL if upto is None else upto,
        }

        def find(connection: sa.Connection) -> tuple[int, list[Entry]]:
            head = head_of(connection, coverage)
            return head.version if head else 0, _entries(connection, HISTORY, given)

        version, entries = await self._database.read(find)
        entries.sort(key=lambda entry: entry.seq)
        return History(version, [codec.decode(entry) for entry in entries])

    async def descriptions(self, coverages: Collection[str]) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {slug: [] for slug in coverages}
        slugs = list(found)
        for start in range(0, len(slugs), BATCH):
            given = {"coverages": slugs[start : start + BATCH]}
            entries = await self._database.read(partial(_entries, query=_DESCRIPTIONS, given=given))
            for entry in sorted(entries, key=lambda entry: entry.seq):
                found[entry.coverage].append(codec.decode(entry))
        return found

    def follow(self, coverage: str, after: int) -> AsyncIterator[list[Record]]:
        return following.follow(self.read, self._wakeups, coverage, after)

    def seen(self, coverage: str) -> int:
        return self._seen.get(coverage, 0)

    def is_noticed(self, coverage: str) -> bool:
        stamp = self.neighbours.stamp()
        return stamp is not None and self._stamps.get(coverage) == stamp

    async def notice(self, coverage: str) -> None:
        stamp = self.neighbours.stamp()
        head = await self._database.read(lambda connection: head_of(connection, coverage))
        if head:
            if stamp:
                self._stamps[coverage] = stamp
            self._seen[coverage] = max(self.seen(coverage), head.version)
            self._wakeups.wake(coverage)

    async def editions(self, names: Collection[str]) -> dict[str, Edition | None]:
        return await self._database.read(lambda one: named.editions(one, names))

    async def heads(self) -> list[Head]:
        rows = await self._database.read(lambda connection: connection.execute(_HEADS).all())
        return [
            Head(row.coverage, row.version, row.posts, codec.from_micros(row.updated))
            for row in rows
        ]

    async def close(self) -> None:
        if self._appending:
            await asyncio.wait(self._appending, timeout=CLOSE_SECONDS)
        self._wakeups.close()
        self.neighbours.close()
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching
        await self._database.close()

    @property
    def database(self) -> Database:
        return self._database

    async def _wipe(self) -> None:
        """Get the words of takedowns out of the write-ahead log too; else at the next look."""
        # Another takedown may come meanwhile: what it leaves undone must not be forgotten here.
        self._words_linger = False
        is_left = True
        try:
            if not (before := await self._database.read(takedowns.unwiped)):
                is_left = False
            elif await self._database.forget():
                await self._database.write(lambda one: takedowns.wiped(one, before))
                is_left = False
        finally:
            self._words_linger |= is_left

    async def _watch(self) -> None:
        """Look every second; a look that fails is not the last."""
        while True:
            try:
                await self._look()
            except Unavailable:
                pass
            except Exception:
                _logger.exception("the log could not be looked at")
            await asyncio.sleep(WATCH_SECONDS)

    async def _look(self) -> None:
        """Do what was left undone, and wake everybody when another process has written."""
        self.neighbours.clear()
        if self._words_linger:
            await self._wipe()
        found = await self._database.read(lambda one: one.execute(_SUM).one())
        if found != self._found:
            self._found = found
            self._wakeups.wake_all()


@asynccontextmanager
async def open_log(folder: Path) -> AsyncIterator[SqliteEventLog]:
    """The log of a data folder, closed when the block ends."""
    log = await SqliteEventLog.open(folder)
    try:
        yield log
    finally:
        await log.close()


def _entries(
    connection: sa.Connection, query: sa.Select[Any], given: dict[str, Any]
) -> list[Entry]:
    return [Entry(*row) for row in connection.execute(query, given)]
