"""The centre: writers append to the log, readers follow it, and neither knows the other."""

import hashlib
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from dateline.domain.errors import KeyReused
from dateline.domain.events import Event, Record
from dateline.domain.people import Actor
from dateline.domain.pictures import Edition
from dateline.store.codec import Entry

BATCH = 256
"""The most records one read hands out, so that no reader holds the event loop for long."""


class VersionConflict(Exception):
    """Somebody else appended first: read again, decide again."""


class Once(Struct, frozen=True):
    """What makes a write happen once, however often it is sent.

    `key` is unique in the whole log, `fingerprint` tells the request (a hash of it), `answer` is
    what the first one was answered, kept as it is and never read by the log.
    """

    key: str
    fingerprint: str
    answer: bytes = b""

    def again(self, fingerprint: str) -> bytes:
        """The first answer, for the very same request.

        :raises KeyReused: it is another one.
        """
        if self.fingerprint != fingerprint:
            raise KeyReused(
                "This Idempotency-Key was used for another request. Make a new key for each "
                "command, and keep it only when the very same command is sent again."
            )
        return self.answer


def kept_as(key: str) -> str:
    """How a client's key is kept: by its hash, since secrets of links are made of it."""
    return hashlib.sha256(key.encode()).hexdigest()


class Publication(Struct, frozen=True):
    """The draft that an append publishes: it ends with it, at this version or not at all."""

    draft: str
    version: int
    is_released: bool = False
    """Whether somebody else than the publisher has approved it."""


class Head(Struct, frozen=True):
    """How far a coverage is. `posts` counts those ever published."""

    coverage: str
    version: int
    posts: int
    updated_at: datetime


class History(Struct, frozen=True):
    """Records about some subjects, in order, and the version at which they were read."""

    version: int
    records: list[Record]


class EventLog(Protocol):
    """An append-only sequence of events for each coverage: seq 1, 2, 3 … without gaps.

    No reader ever sees n + 1 before n. Every implementation passes `tests/contract`.
    """

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
        """Append all events or none, and return when they would survive a loss of power.

        Appending a `PostRedacted` overwrites the words of that post's earlier events, and of its
        drafts.

        :param expected: the version the events were decided at.
        :param publication: the draft that ends with this.
        :returns: the `Once` of an earlier append with that key; then nothing was appended.
        :raises VersionConflict: the coverage is not at `expected`.
        :raises Stale: the draft is at another version.
        :raises Unavailable: the storage can't take it now; nothing was appended.
        """

    async def recall(self, key: str) -> Once | None:
        """The append that was made with this idempotency key."""

    async def read(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Record]:
        """The records after `after`, in order, at most `limit`."""

    async def entries(self, coverage: str, after: int, *, limit: int = BATCH) -> list[Entry]:
        """The same as they are stored, with payload, digest and chain: for export and checks."""

    async def history(
        self, coverage: str, subjects: Iterable[str], *, upto: int | None = None
    ) -> History:
        """All records about these subjects ("" is the coverage itself), up to seq `upto`."""

    async def descriptions(self, coverages: Collection[str]) -> dict[str, list[Record]]:
        """Of each of these the records about the coverage itself, in order: for all of them few
        looks, where `history` needs one for each."""

    def follow(self, coverage: str, after: int) -> AsyncIterator[list[Record]]:
        """Batches of records after `after`, without end: those there are, then new ones.

        This is how everybody reads on. It ends with the log's `close`.
        """

    def seen(self, coverage: str) -> int:
        """The newest version this process knows of, without asking the storage.

        Whoever has just been told of their write finds at least that write here.
        """

    def is_noticed(self, coverage: str) -> bool:
        """Whether `seen` has what other processes have been acknowledged, too."""

    async def notice(self, coverage: str) -> None:
        """Ask the storage, so that it has."""

    async def editions(self, names: Collection[str]) -> dict[str, Edition | None]:
        """The pictures that posts may give by these names, or by the ids of their uploads.

        None: its files are still being made. One that is not there is none that we know.
        """

    async def heads(self) -> list[Head]:
        """How far each coverage is, the one that changed last first."""

    async def close(self) -> None:
        """End all followers and let go of the storage."""
