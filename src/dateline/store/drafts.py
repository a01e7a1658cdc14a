"""Drafts in the database: rows with a version, outside of the log."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from dateline.domain import drafts as rules
from dateline.domain.drafts import Draft, State
from dateline.domain.errors import Gone
from dateline.store.codec import from_micros, is_redaction, to_micros
from dateline.store.database import Database
from dateline.store.log import Publication
from dateline.store.signals import Signals
from dateline.store.tables import drafts as _drafts
from dateline.store.tables import events as _events

MOST = 500
Decide = Callable[[Draft | None], Draft | None]
"""Pure: the draft there is, and what shall be there instead; None is none."""


class Stamp(Struct, frozen=True):
    """What tells one state of a draft from the next, and whose it is."""

    draft: str
    state: State
    version: int
    author: str
    updated_at: datetime


class Drafts(Protocol):
    """The drafts of all coverages. Every implementation passes `tests/contract`."""

    async def find(self, coverage: str, draft: str) -> Draft | None:
        """The draft as it is."""

    async def listed(self, coverage: str, state: State | None = None) -> list[Draft]:
        """The drafts in a state, or all that are not published; the one filed first first."""

    async def stamps(self, coverage: str) -> list[Stamp]:
        """Of all that are not published."""

    async def change(self, coverage: str, draft: str, decide: Decide) -> Draft | None:
        """Decide and store as one, so that nobody comes in between.

        :raises DatelineError: what `decide` raises; then nothing has changed.
        """

    async def due(self, now: datetime) -> list[Draft]:
        """What is scheduled for now or before, the earliest first."""


class SqliteDrafts:
    """`Drafts` in the database of the log, which ends them as it publishes."""

    def __init__(self, database: Database, signals: Signals) -> None:
        self._database = database
        self._signals = signals

    async def find(self, coverage: str, draft: str) -> Draft | None:
        return await self._database.read(lambda connection: _find(connection, coverage, draft))

    async def listed(self, coverage: str, state: State | None = None) -> list[Draft]:
        is_meant = _drafts.c.state == state if state else _drafts.c.state != "published"
        # Of the published ones the last; of the others there are never more.
        order = _drafts.c.updated.desc() if state == "published" else _drafts.c.filed
        query = (
            sa.select(_drafts.c.body)
            .where(_drafts.c.coverage == coverage, is_meant)
            .order_by(order, _drafts.c.id)
            .limit(MOST)
        )
        return await self._all(query)

    async def stamps(self, coverage: str) -> list[Stamp]:
        table = _drafts.c
        query = sa.select(table.id, table.state, table.version, table.author, table.updated).where(
            table.coverage == coverage, table.state != "published"
        )
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [
            Stamp(row.id, row.state, row.version, row.author, from_micros(row.updated))
            for row in rows
        ]

    async def change(self, coverage: str, draft: str, decide: Decide) -> Draft | None:
        def work(connection: sa.Connection) -> tuple[Draft | None, bool]:
            before = _find(connection, coverage, draft)
            after = decide(before)
            if after == before:
                return after, False
            if before is None and after is not None:
                rules.check_room(_count(connection, coverage))
                _check_stands(connection, coverage, after.post_id)
            _put(connection, coverage, draft, after)
            return after, True

        after, is_new = await self._database.write(work)
        if is_new:
            self._signals.give(coverage)
        return after

    async def due(self, now: datetime) -> list[Draft]:
        query = (
            sa.select(_drafts.c.body)
            .where(_drafts.c.state == "scheduled", _drafts.c.publish_at <= to_micros(now))
            .order_by(_drafts.c.publish_at, _drafts.c.id)
            .limit(MOST)
        )
        return await self._all(query)

    async def _all(self, query: sa.Select[Any]) -> list[Draft]:
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_decode(row.body) for row in rows]


def end(connection: sa.Connection, coverage: str, publication: Publication, now: datetime) -> None:
    """Within the append that publishes it: the draft has no words of its own any more.

    :raises Stale: it was changed since it was read to be published.
    """
    found = _find(connection, coverage, publication.draft)
    if found is None:
        raise rules.missing()
    rules.check_seen(found, publication.version)
    _put(connection, coverage, found.id, rules.published(found, now=now))


def erase(connection: sa.Connection, coverage: str, posts: Iterable[str]) -> None:
    """Within the append that takes posts down: no word of them stays here either."""
    for post in posts:
        one = _drafts.c.coverage == coverage
        connection.execute(sa.delete(_drafts).where(one, _drafts.c.post == post))
        if found := _find(connection, coverage, post):
            _put(connection, coverage, post, rules.erased(found))


def _find(connection: sa.Connection, coverage: str, draft: str) -> Draft | None:
    query = sa.select(_drafts.c.body).where(_drafts.c.coverage == coverage, _drafts.c.id == draft)
    body = connection.execute(query).scalar()
    return None if body is None else _decode(body)


def _count(connection: sa.Connection, coverage: str) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(_drafts)
        .where(_drafts.c.coverage == coverage, _drafts.c.state != "published")
    )
    return int(connection.execute(query).scalar_one())


def _check_stands(connection: sa.Connection, coverage: str, post: str) -> None:
    # Asked here once more: a takedown may have come since the desk looked.
    about = sa.select(_events.c.type).where(
        _events.c.coverage == coverage, _events.c.subject == post
    )
    if any(is_redaction(row.type) for row in connection.execute(about)):
        raise Gone("This post was removed for legal reasons and can't be written anew.")


def _put(connection: sa.Connection, coverage: str, draft: str, after: Draft | None) -> None:
    one = sa.delete(_drafts).where(_drafts.c.coverage == coverage, _drafts.c.id == draft)
    connection.execute(one)
    if after is not None:
        connection.execute(sa.insert(_drafts), _row(after))


def _row(draft: Draft) -> dict[str, object]:
    return {
        "coverage": draft.coverage,
        "id": draft.id,
        "version": draft.version,
        "state": draft.state,
        "author": draft.author.id,
        "post": draft.post,
        "filed": to_micros(draft.filed_at),
        "updated": to_micros(draft.updated_at),
        "publish_at": to_micros(draft.publish_at) if draft.publish_at else None,
        "body": msgspec.json.encode(draft),
    }


def _decode(body: bytes) -> Draft:
    return msgspec.json.decode(body, type=Draft)
