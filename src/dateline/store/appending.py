"""One append as a transaction in the database: all that happens with it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import uuid_utils

from dateline.domain.events import Event, PostPublished, PostRedacted
from dateline.domain.people import Actor
from dateline.store import codec, drafts, named, onces, search, tables, takedowns
from dateline.store.codec import Entry
from dateline.store.log import Once, Publication, VersionConflict

_events, _heads = tables.events, tables.heads

# Built once: to build a statement costs more than to run it.
COVERAGE: sa.BindParameter[str] = sa.bindparam("coverage_")
_HEAD = sa.select(_heads).where(_heads.c.coverage == COVERAGE)
_MOVE = sa.update(_heads).where(_heads.c.coverage == COVERAGE)


@dataclass(frozen=True, slots=True)
class Append:
    """One append as a transaction: head, events, the draft that ends, what a takedown erases, and
    the key."""

    coverage: str
    events: Sequence[Event]
    expected: int
    actor: Actor
    now: datetime
    once: Once | None
    publication: Publication | None

    @property
    def redacted(self) -> set[str]:
        return {event.post for event in self.events if isinstance(event, PostRedacted)}

    @property
    def concerns_drafts(self) -> bool:
        return bool(self.publication or self.redacted)

    def __call__(self, connection: sa.Connection) -> Once | None:
        """The earlier answer to the same key, if there is one: then nothing is written.

        :raises VersionConflict: the coverage is not where it was expected.
        :raises Stale: the draft is not as it was read.
        """
        once, redacted = self.once, self.redacted
        if once and (earlier := onces.recall(connection, once.key)):
            return earlier
        head = head_of(connection, self.coverage)
        if (head.version if head else 0) != self.expected:
            raise VersionConflict
        entries = codec.encode(
            self.coverage,
            [(str(uuid_utils.uuid7()), event) for event in self.events],
            version=self.expected,
            chain=head.chain if head else codec.genesis(self.coverage),
            actor=self.actor,
            now=self.now,
        )
        _insert(connection, self.coverage, entries, head)
        named.entitle(connection, self.events)
        if self.publication:
            drafts.end(connection, self.coverage, self.publication, self.now)
        if redacted:
            takedowns.begin(connection, self.coverage, redacted)
            named.doom(connection, self.coverage, redacted)
            _erase(connection, self.coverage, redacted)
            drafts.erase(connection, self.coverage, redacted)
            search.erase(connection, self.coverage, redacted)
        if once:
            onces.keep(connection, once)
        return None


def head_of(connection: sa.Connection, coverage: str) -> sa.Row[Any] | None:
    """How far a coverage is; None: there is no such."""
    return connection.execute(_HEAD, {"coverage_": coverage}).first()


def _insert(
    connection: sa.Connection, coverage: str, entries: list[Entry], head: sa.Row[Any] | None
) -> None:
    if not entries:
        return
    rows = [{name: getattr(entry, name) for name in Entry.__struct_fields__} for entry in entries]
    connection.execute(sa.insert(_events), rows)
    published = sum(entry.type.startswith(PostPublished.__name__) for entry in entries)
    values = {
        "version": entries[-1].seq,
        "chain": entries[-1].chain,
        "posts": (head.posts if head else 0) + published,
        "updated": entries[-1].time,
    }
    if head is None:
        connection.execute(sa.insert(_heads), {"coverage": coverage, **values})
    else:
        connection.execute(_MOVE, {"coverage_": coverage, **values})


def _erase(connection: sa.Connection, coverage: str, posts: set[str]) -> None:
    """The only UPDATE of events there is: the words of redacted posts."""
    for post in posts:
        carrying = sa.select(_events.c.seq, _events.c.type).where(
            _events.c.coverage == coverage, _events.c.subject == post
        )
        rows = connection.execute(carrying).all()
        seqs = [row.seq for row in rows if codec.carries_words(row.type)]
        connection.execute(
            sa.update(_events)
            .where(_events.c.coverage == coverage, _events.c.seq.in_(seqs))
            .values(payload=codec.tombstone())
        )
