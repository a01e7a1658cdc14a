"""Invitations: a link by which somebody without an account files in one coverage, for a while.

A link is one person's: the first who opens it says who they are, and who comes back by it later
goes on as that person, also on another device. When it ends or is revoked, so do they.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from msgspec import Struct

from dateline.auth import people
from dateline.auth.memberships import drop_member, put_member
from dateline.auth.people import Newcomer, Person
from dateline.auth.secrets import hash_of
from dateline.domain.errors import Conflict, Gone, NotFound
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import links as _links

MOST = 100
"""Open ones in a coverage."""
_KIND = "invitation"


class Invitation(Struct, frozen=True):
    """One that holds. `person` is who came by it, once somebody has."""

    id: str
    coverage: str
    label: str
    person: str | None
    created: datetime
    expires: datetime


class Invitations:
    """The invitations in the database, among the links."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, coverage: str, *, now: datetime) -> list[Invitation]:
        """Those of a coverage that hold, oldest first."""
        return await self._database.read(lambda c: _open(c, coverage, now))

    async def look(self, secret: str, *, now: datetime) -> tuple[Invitation, Person | None]:
        """The invitation, and who came by it before.

        :raises Gone: it is none, was revoked, or has ended.
        """

        def see(connection: sa.Connection) -> tuple[Invitation, Person | None]:
            found = _find(connection, secret, now)
            person = people.read(connection, found.person) if found.person else None
            return found, person

        return await self._database.read(see)

    async def take(self, secret: str, newcomer: Newcomer | None, *, now: datetime) -> Person:
        """Take part by it: as `newcomer`, or as who came by it before.

        :raises Gone: it is none, was revoked, or has ended.
        """

        def join(connection: sa.Connection) -> Person:
            found = _find(connection, secret, now)
            if found.person:
                return people.read(connection, found.person)
            if newcomer is None:
                raise Gone("This invitation has ended. Ask the newsroom for a new one.")
            person = people.insert(connection, newcomer, now)
            put_member(connection, found.coverage, person.id, "contributor", found.expires)
            asked = sa.update(_links).where(_links.c.hash == hash_of(secret))
            connection.execute(asked.values(person=person.id))
            return person

        return await self._database.write(join)


def make(
    connection: sa.Connection,
    coverage: str,
    label: str,
    secret: str,
    now: datetime,
    lasting: timedelta,
) -> Invitation:
    """A new one, by this secret.

    :raises Conflict: the coverage has too many that are open.
    """
    connection.execute(sa.delete(_links).where(_links.c.expires <= codec.to_micros(now)))
    if len(_open(connection, coverage, now)) >= MOST:
        raise Conflict(f"This coverage has {MOST} open invitations. Revoke some first.")
    row = {
        "hash": hash_of(secret),
        "kind": _KIND,
        "coverage": coverage,
        "label": label,
        "created": codec.to_micros(now),
        "expires": codec.to_micros(now + lasting),
    }
    connection.execute(sa.insert(_links), row)
    return _find(connection, secret, now)


def revoke(
    connection: sa.Connection, coverage: str, invitation_id: str, now: datetime
) -> Invitation:
    """End it, and the part of who came by it.

    :raises NotFound: the coverage has no such invitation.
    """
    found = next((one for one in _open(connection, coverage, now) if one.id == invitation_id), None)
    if found is None:
        raise NotFound("There is no such invitation. It may have ended by itself.")
    for row in connection.execute(_of(coverage)).all():
        if row.hash.hex()[:16] == invitation_id:
            connection.execute(sa.delete(_links).where(_links.c.hash == row.hash))
    if found.person:
        drop_member(connection, coverage, found.person)
        people.sign_out(connection, found.person)
    return found


def _of(coverage: str) -> "sa.Select[tuple[object, ...]]":
    return (
        sa.select(_links)
        .where(_links.c.kind == _KIND, _links.c.coverage == coverage)
        .order_by(_links.c.created)
    )


def _open(connection: sa.Connection, coverage: str, now: datetime) -> list[Invitation]:
    holds = _of(coverage).where(_links.c.expires > codec.to_micros(now))
    return [_invitation(row) for row in connection.execute(holds)]


def _find(connection: sa.Connection, secret: str, now: datetime) -> Invitation:
    query = sa.select(_links).where(_links.c.hash == hash_of(secret), _links.c.kind == _KIND)
    row = connection.execute(query).first()
    if row is None or row.expires <= codec.to_micros(now):
        raise Gone("This invitation has ended. Ask the newsroom for a new one.")
    return _invitation(row)


def _invitation(row: "sa.Row[tuple[object, ...]]") -> Invitation:
    return Invitation(
        id=row.hash.hex()[:16],
        coverage=row.coverage,
        label=row.label,
        person=row.person,
        created=codec.from_micros(row.created),
        expires=codec.from_micros(row.expires),
    )
