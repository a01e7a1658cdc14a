"""Who is where, in the database: so that every process of a server knows, and none keeps it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dateline.domain.drafts import Colleague
from dateline.domain.presence import Presence
from dateline.store.codec import from_micros, to_micros
from dateline.store.database import Database
from dateline.store.signals import Signals
from dateline.store.tables import presence as _presence

Decide = Callable[[list[Presence]], Presence]
"""Pure: from all that are there, what holds for one device from now on."""


class SqlitePresence:
    """Rows that expire."""

    def __init__(self, database: Database, signals: Signals) -> None:
        self._database = database
        self._signals = signals

    async def there(self, coverage: str, now: datetime) -> list[Presence]:
        """All that have not expired."""
        return await self._database.read(lambda connection: _there(connection, coverage, now))

    async def change(self, coverage: str, decide: Decide, *, now: datetime) -> None:
        """Decide and store as one. Who waits is woken if others would see a difference."""

        def work(connection: sa.Connection) -> bool:
            there = _there(connection, coverage, now)
            after = decide(there)
            _clear(connection, coverage, now, after.person.id, after.device)
            connection.execute(sa.insert(_presence), _row(coverage, after))
            return all(_seen(one) != _seen(after) for one in there)

        if await self._database.write(work):
            self._signals.give(coverage)

    async def leave(self, coverage: str, person: str, device: str, *, now: datetime) -> None:
        """That device is gone."""
        await self._database.write(
            lambda connection: _clear(connection, coverage, now, person, device)
        )
        self._signals.give(coverage)


def _there(connection: sa.Connection, coverage: str, now: datetime) -> list[Presence]:
    query = sa.select(_presence).where(
        _presence.c.coverage == coverage, _presence.c.expires > to_micros(now)
    )
    return [
        Presence(
            person=Colleague(row.person, row.name),
            device=row.device,
            editing=row.editing,
            since=from_micros(row.since),
            expires_at=from_micros(row.expires),
            taken_at=from_micros(row.taken) if row.taken else None,
        )
        for row in connection.execute(query)
    ]


def _clear(
    connection: sa.Connection, coverage: str, now: datetime, person: str, device: str
) -> None:
    """That device's row, and those that have expired."""
    is_own = (_presence.c.person == person) & (_presence.c.device == device)
    is_over = _presence.c.expires <= to_micros(now)
    connection.execute(
        sa.delete(_presence).where(_presence.c.coverage == coverage, is_own | is_over)
    )


def _row(coverage: str, one: Presence) -> dict[str, Any]:
    return {
        "coverage": coverage,
        "person": one.person.id,
        "device": one.device,
        "name": one.person.name,
        "editing": one.editing,
        "since": to_micros(one.since),
        "taken": to_micros(one.taken_at) if one.taken_at else None,
        "expires": to_micros(one.expires_at),
    }


def _seen(one: Presence) -> tuple[Colleague, str, str | None, datetime | None]:
    return one.person, one.device, one.editing, one.taken_at
