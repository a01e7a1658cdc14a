"""Sessions of people who are signed in. The cookie holds a secret, the database its hash."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct

from dateline.auth import people
from dateline.auth.grants import Grant
from dateline.auth.memberships import roles_of
from dateline.auth.people import Person
from dateline.auth.secrets import hash_of, new_secret
from dateline.domain.errors import NotAllowed, Unavailable
from dateline.domain.rights import Role
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import sessions as _sessions

LIFETIME = timedelta(days=30)
IDLE = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=10)
"""How exactly it is known when a session was last used: each time would be a write."""


class Session(Struct, frozen=True):
    """Somebody who is signed in, with their roles as they are now."""

    person: Person
    members: Mapping[str, Role]

    @property
    def grant(self) -> Grant:
        return Grant(self.person.actor, role=self.person.role, members=self.members)


class Sessions:
    """The sessions in the database. `tell` says that somebody may do less than before."""

    def __init__(self, database: Database, tell: Callable[[], None]) -> None:
        self._database = database
        self._tell = tell

    async def start(self, person_id: str, *, now: datetime, instead_of: str | None = None) -> str:
        """A new session's secret. `instead_of` is ended: no session outlives a sign-in.

        :raises NotAllowed: the account is disabled.
        """
        secret = new_secret()

        def begin(connection: sa.Connection) -> None:
            if people.read(connection, person_id).is_disabled:
                raise NotAllowed("This account is closed. Ask an administrator of the house.")
            at = codec.to_micros(now)
            ended = _sessions.c.expires <= at
            if instead_of:
                ended |= _sessions.c.hash == hash_of(instead_of)
            connection.execute(sa.delete(_sessions).where(ended))
            row = {
                "hash": hash_of(secret),
                "person": person_id,
                "created": at,
                "used": at,
                "expires": codec.to_micros(now + LIFETIME),
            }
            connection.execute(sa.insert(_sessions), row)

        await self._database.write(begin)
        return secret

    async def find(self, secret: str, *, now: datetime) -> Session | None:
        """Whose session this is; None if it is none, or has ended."""
        key = hash_of(secret)

        def look(connection: sa.Connection) -> tuple[Session, int] | None:
            row = connection.execute(sa.select(_sessions).where(_sessions.c.hash == key)).first()
            if row is None or not _is_alive(row, now):
                return None
            person = people.read(connection, row.person)
            if person.is_disabled:
                return None
            return Session(person, roles_of(connection, person.id, now)), row.used

        found = await self._database.read(look)
        if found is None:
            return None
        session, used = found
        if codec.to_micros(now - SEEN_EVERY) >= used:
            await self._seen(key, now)
        return session

    async def last_used(self) -> dict[str, datetime]:
        """When each person was last here, to `SEEN_EVERY`, as far as a session of theirs tells."""
        query = sa.select(_sessions.c.person, sa.func.max(_sessions.c.used)).group_by(
            _sessions.c.person
        )
        rows = await self._database.read(lambda c: c.execute(query).all())
        return {person: codec.from_micros(used) for person, used in rows}

    async def end(self, secret: str) -> None:
        """Sign out here."""
        await self._delete(_sessions.c.hash == hash_of(secret))

    async def end_all(self, person_id: str) -> None:
        """Sign out everywhere."""
        await self._delete(_sessions.c.person == person_id)

    async def _delete(self, which: sa.ColumnElement[bool]) -> None:
        await self._database.write(lambda c: c.execute(sa.delete(_sessions).where(which)))
        self._tell()

    async def _seen(self, key: bytes, now: datetime) -> None:
        asked = sa.update(_sessions).where(_sessions.c.hash == key)
        # A disk that is full must not sign anybody out.
        with suppress(Unavailable):
            await self._database.write(lambda c: c.execute(asked.values(used=codec.to_micros(now))))


def _is_alive(row: "sa.Row[tuple[object, ...]]", now: datetime) -> bool:
    at = codec.to_micros(now)
    return bool(at < row.expires and at < row.used + IDLE // timedelta(microseconds=1))
