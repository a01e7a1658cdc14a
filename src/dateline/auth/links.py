"""One-time links: the first administrator's, a new password's. Each is used up by using it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, TypeVar, get_args

import sqlalchemy as sa
from msgspec import Struct

from dateline.auth.secrets import hash_of, new_secret
from dateline.domain.errors import Gone
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import links as _links
from dateline.store.tables import people as _people

Kind = Literal["first", "password"]
LIFETIME = timedelta(days=1)

T = TypeVar("T")


class Link(Struct, frozen=True):
    """What a link is for; a person's, but for the first one."""

    kind: Kind
    person: str | None


class Links:
    """The links in the database. `tell` says that one was used: sessions may have ended by it."""

    def __init__(self, database: Database, tell: Callable[[], None] = lambda: None) -> None:
        self._database = database
        self._tell = tell

    async def first(self, *, now: datetime) -> str | None:
        """A link that makes the first administrator; None once there is anybody."""
        secret = new_secret()

        def make(connection: sa.Connection) -> bool:
            if _has_people(connection):
                return False
            connection.execute(sa.delete(_links).where(_links.c.kind == "first"))
            _insert(connection, secret, Link("first", None), now)
            return True

        return secret if await self._database.write(make) else None

    async def password(self, person_id: str, *, now: datetime) -> str:
        """A link that sets a person's password. An earlier one no longer works."""
        secret = new_secret()
        await self._database.write(lambda c: put_password(c, person_id, secret, now))
        return secret

    async def look(self, secret: str, *, now: datetime) -> Link:
        """What a link is for, without using it.

        :raises Gone: it is none, was used, or is too old.
        """
        return await self._database.read(lambda c: _find(c, secret, now))

    async def use(
        self, secret: str, work: Callable[[sa.Connection, Link], T], *, now: datetime
    ) -> T:
        """Do what a link is for, once: it is gone with the same transaction.

        :raises Gone: it is none, was used, or is too old.
        """

        def once(connection: sa.Connection) -> T:
            link = _find(connection, secret, now)
            connection.execute(sa.delete(_links).where(_links.c.hash == hash_of(secret)))
            return work(connection, link)

        done = await self._database.write(once)
        self._tell()
        return done


def put_password(connection: sa.Connection, person_id: str, secret: str, now: datetime) -> datetime:
    """See `Links.password`; until when it holds."""
    earlier = (_links.c.kind == "password") & (_links.c.person == person_id)
    connection.execute(sa.delete(_links).where(earlier))
    _insert(connection, secret, Link("password", person_id), now)
    return now + LIFETIME


def _find(connection: sa.Connection, secret: str, now: datetime) -> Link:
    kinds = get_args(Kind)
    query = sa.select(_links).where(_links.c.hash == hash_of(secret), _links.c.kind.in_(kinds))
    row = connection.execute(query).first()
    is_late = row is not None and (
        row.expires <= codec.to_micros(now) or (row.kind == "first" and _has_people(connection))
    )
    if row is None or is_late:
        raise Gone("This link was used already, or is too old. Ask for a new one.")
    return Link(row.kind, row.person)


def _insert(connection: sa.Connection, secret: str, link: Link, now: datetime) -> None:
    row = {
        "hash": hash_of(secret),
        "kind": link.kind,
        "person": link.person,
        "created": codec.to_micros(now),
        "expires": codec.to_micros(now + LIFETIME),
    }
    connection.execute(sa.insert(_links), row)


def _has_people(connection: sa.Connection) -> bool:
    return connection.execute(sa.select(_people.c.id).limit(1)).first() is not None
