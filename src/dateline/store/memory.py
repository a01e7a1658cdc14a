"""The log in memory: for tests, and as the shortest statement of what a log does."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from datetime import datetime

import uuid_utils
from msgspec.structs import replace

from dateline.domain.events import Event, PostPublished, PostRedacted, Record
from dateline.domain.people import Actor
from dateline.domain.pictures import Edition
from dateline.store import codec, following
from dateline.store.codec import Entry
from dateline.store.log import BATCH, Head, History, Once, Publication, VersionConflict
from dateline.store.memory_drafts import MemoryDrafts
from dateline.store.wakeups import Wakeups


class MemoryEventLog:
    """An `EventLog` that lives as long as its process."""

    def __init__(
        self,
        drafts: MemoryDrafts | None = None,
        editions: Mapping[str, Edition | None] | None = None,
    ) -> None:
        self._editions = editions or {}
        self._drafts = drafts or MemoryDrafts()
        self._entries: defaultdict[str, list[Entry]] = defaultdict(list)
        self._once: dict[str, Once] = {}
        self._wakeups = Wakeups()

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
        if once and (earlier := self._once.get(once.key)):
            return earlier
        entries = self._entries[coverage]
        if len(entries) != expected:
            raise VersionConflict
        if publication:
            self._drafts.check(coverage, publication)
        entries += codec.encode(
            coverage,
            [(str(uuid_utils.uuid7()), event) for event in events],
            version=expected,
            chain=entries[-1].chain if entries else codec.genesis(coverage),
            actor=actor,
            now=now,
        )
        if publication:
            self._drafts.end(coverage, publication, now)
        self._erase(coverage, entries, events)
        if once:
            self._once[once.key] = once
        self._wakeups.wake(coverage)
        return None

    def _erase(self, coverage: str, entries: list[Entry], events: Sequence[Event]) -> None:
        gone = {event.post for event in events if isinstance(event, PostRedacted)}
        self._drafts.erase(coverage, gone)
        for n, entry in enumerate(entries):
            if entry.subject in gone and codec.carries_words(entry.type):
                entries[n] = replace(entry, payload=codec.tombstone())

    async def recall(self, key: str) -> Once | None:
        return self._once.get(key)

    async def read(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Record]:
        return [codec.decode(entry) for entry in await self.entries(coverage, after, limit=limit)]

    async def entries(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Entry]:
        return self._entries.get(coverage, [])[after : after + limit]

    async def history(
        self, coverage: str, subjects: Iterable[str], *, upto: int | None = None
    ) -> History:
        wanted = set(subjects)
        entries = self._entries.get(coverage, [])
        records = [
            codec.decode(entry)
            for entry in entries[: len(entries) if upto is None else upto]
            if entry.subject in wanted
        ]
        return History(len(entries), records)

    async def descriptions(self, coverages: Collection[str]) -> dict[str, list[Record]]:
        return {slug: (await self.history(slug, [""])).records for slug in coverages}

    def follow(self, coverage: str, after: int) -> AsyncIterator[list[Record]]:
        return following.follow(self.read, self._wakeups, coverage, after)

    def is_noticed(self, coverage: str) -> bool:
        return True

    async def notice(self, coverage: str) -> None:
        """There are no other processes."""

    def seen(self, coverage: str) -> int:
        return len(self._entries.get(coverage, ()))

    async def editions(self, names: Collection[str]) -> dict[str, Edition | None]:
        return {name: self._editions[name] for name in names if name in self._editions}

    async def heads(self) -> list[Head]:
        found = [
            Head(
                coverage=coverage,
                version=len(entries),
                posts=sum(entry.type.startswith(PostPublished.__name__) for entry in entries),
                updated_at=codec.from_micros(entries[-1].time),
            )
            for coverage, entries in self._entries.items()
            if entries
        ]
        return sorted(found, key=lambda head: head.updated_at, reverse=True)

    async def close(self) -> None:
        self._wakeups.close()
