"""Who takes part in a coverage as something else than for the house."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.dialects.sqlite import insert

from dateline.auth import people
from dateline.auth.people import Person
from dateline.domain.errors import NotFound
from dateline.domain.rights import Role
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import members as _members


class Member(Struct, frozen=True):
    """A person with a role of their own in a coverage; until then, if it ends by itself."""

    person: Person
    role: Role
    until: datetime | None


class Memberships:
    """The members in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, coverage: str, *, now: datetime) -> list[Member]:
        """The members of a coverage, by name."""
        query = _of(coverage, now)

        def look(connection: sa.Connection) -> list[Member]:
            found = [_member(connection, row) for row in connection.execute(query)]
            return sorted(found, key=lambda one: (one.person.name, one.person.id))

        return await self._database.read(look)

    async def find(self, coverage: str, person_id: str, *, now: datetime) -> Member:
        """:raises NotFound: they are no member of it."""
        return await self._database.read(lambda c: read(c, coverage, person_id, now))


def read(connection: sa.Connection, coverage: str, person_id: str, now: datetime) -> Member:
    """:raises NotFound: they are no member of it."""
    query = _of(coverage, now).where(_members.c.person == person_id)
    row = connection.execute(query).first()
    if row is None:
        raise NotFound("This person has no role of their own in this coverage.")
    return _member(connection, row)


def put_member(
    connection: sa.Connection, coverage: str, person_id: str, role: Role, until: datetime | None
) -> None:
    """Within a transaction of somebody else's."""
    given = {"role": role, "until": codec.to_micros(until) if until else None}
    row = insert(_members).values(coverage=coverage, person=person_id, **given)
    connection.execute(row.on_conflict_do_update(["coverage", "person"], set_=given))


def drop_member(connection: sa.Connection, coverage: str, person_id: str) -> None:
    """Within a transaction of somebody else's."""
    gone = (_members.c.coverage == coverage) & (_members.c.person == person_id)
    connection.execute(sa.delete(_members).where(gone))


def roles_of(connection: sa.Connection, person_id: str, now: datetime) -> dict[str, Role]:
    """Their role in each coverage where it is another than for the house."""
    query = sa.select(_members).where(_members.c.person == person_id, is_on(now))
    return {row.coverage: row.role for row in connection.execute(query)}


def is_on(now: datetime) -> sa.ColumnElement[bool]:
    """Whether a membership has not come to its end."""
    return _members.c.until.is_(None) | (_members.c.until > codec.to_micros(now))


def _of(coverage: str, now: datetime) -> "sa.Select[Any]":
    return sa.select(_members).where(_members.c.coverage == coverage, is_on(now))


def _member(connection: sa.Connection, row: Any) -> Member:
    return Member(people.read(connection, row.person), row.role, _moment(row.until))


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else codec.from_micros(micros)
