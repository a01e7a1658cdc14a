"""The people of the house: who they are, their role, and the hash of their password."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from dateline.domain.errors import Conflict, Invalid, NotFound
from dateline.domain.people import Actor
from dateline.domain.rights import Role
from dateline.domain.shapes import Email
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import people as _people
from dateline.store.tables import sessions

_LAST = "The house would be left without an administrator. Make somebody else one first."


class Person(Struct, frozen=True):
    """Somebody who may sign in; a contributor who came by a link has no e-mail address."""

    id: str
    name: str
    email: str | None
    role: Role
    organisation: str | None
    place: str | None
    is_disabled: bool
    has_password: bool
    created: datetime

    @property
    def actor(self) -> Actor:
        """As whom they appear in the log. Their name is public there, their address is not."""
        return Actor(id=self.id, name=self.name, kind="person")


class Newcomer(Struct, frozen=True):
    """Somebody to be added."""

    id: str
    name: str
    role: Role
    email: str | None = None
    organisation: str | None = None
    place: str | None = None


class People:
    """The accounts in the database. `tell` says that somebody may do less than before, or more."""

    def __init__(self, database: Database, tell: Callable[[], None] = lambda: None) -> None:
        self._database = database
        self._tell = tell

    async def add(self, newcomer: Newcomer, *, now: datetime) -> Person:
        """:raises Conflict: there is somebody with this e-mail address."""
        return await self._database.write(lambda c: insert(c, newcomer, now))

    async def find(self, person_id: str) -> Person:
        """:raises NotFound: there is nobody with this id."""
        return await self._database.read(lambda c: read(c, person_id))

    async def by_email(self, email: str) -> tuple[Person, str | None] | None:
        """The person of this address, and the hash of their password if they have one."""
        query = sa.select(_people).where(_people.c.email == folded(email))
        row = await self._database.read(lambda c: c.execute(query).first())
        return None if row is None else (_person(row), row.password)

    async def listed(self) -> list[Person]:
        """Everybody, by name; also who may not sign in any more."""
        query = sa.select(_people).order_by(_people.c.name, _people.c.id)
        rows = await self._database.read(lambda c: c.execute(query).all())
        return [_person(row) for row in rows]

    async def count(self) -> int:
        query = sa.select(sa.func.count()).select_from(_people)
        return int(await self._database.read(lambda c: c.execute(query).scalar_one()))

    async def change(self, person_id: str, **fields: Any) -> Person:
        """Change name, e-mail, role, organisation or place.

        :raises NotFound: there is nobody with this id.
        :raises Conflict: the address is somebody else's, or no administrator would be left.
        """
        return await self._changed(lambda c: change(c, person_id, fields))

    async def disable(self, person_id: str, *, now: datetime) -> Person:
        """End all sessions, and let nobody in by this account until it is enabled again.

        :raises NotFound: there is nobody with this id.
        :raises Conflict: no administrator would be left.
        """
        return await self._changed(lambda c: disable(c, person_id, now))

    async def enable(self, person_id: str) -> Person:
        return await self.change(person_id, disabled=None)

    async def set_password(self, person_id: str, hashed: str) -> None:
        """A stronger hash of the same password: sessions stay."""
        await self._database.write(lambda c: _update(c, person_id, {"password": hashed}))

    async def renew_password(self, person_id: str, hashed: str) -> Person:
        """A new password: whoever was in by the old one is out."""
        return await self._changed(lambda c: renew_password(c, person_id, hashed))

    async def _changed(self, work: Callable[[sa.Connection], Person]) -> Person:
        person = await self._database.write(work)
        self._tell()
        return person


def insert(connection: sa.Connection, newcomer: Newcomer, now: datetime) -> Person:
    """:raises Conflict: there is somebody with this e-mail address."""
    email = folded(newcomer.email) if newcomer.email else None
    row = {
        "id": newcomer.id,
        "email": email,
        "name": newcomer.name,
        "role": newcomer.role,
        "organisation": newcomer.organisation,
        "place": newcomer.place,
        "created": codec.to_micros(now),
    }
    _check_email(connection, email, newcomer.id)
    connection.execute(sa.insert(_people), row)
    return read(connection, newcomer.id)


def change(connection: sa.Connection, person_id: str, fields: dict[str, Any]) -> Person:
    """See `People.change`."""
    if fields.get("email"):
        fields = {**fields, "email": folded(fields["email"])}
    _update(connection, person_id, fields)
    return read(connection, person_id)


def disable(connection: sa.Connection, person_id: str, now: datetime) -> Person:
    """See `People.disable`."""
    _update(connection, person_id, {"disabled": codec.to_micros(now)})
    sign_out(connection, person_id)
    return read(connection, person_id)


def renew_password(connection: sa.Connection, person_id: str, hashed: str) -> Person:
    """A new password: whoever was in by the old one is out."""
    _update(connection, person_id, {"password": hashed})
    sign_out(connection, person_id)
    return read(connection, person_id)


def read(connection: sa.Connection, person_id: str) -> Person:
    """:raises NotFound: there is nobody with this id."""
    row = connection.execute(sa.select(_people).where(_people.c.id == person_id)).first()
    if row is None:
        raise NotFound("There is no such person. See GET /api/people for those there are.")
    return _person(row)


def sign_out(connection: sa.Connection, person_id: str) -> None:
    """Everywhere, within a transaction of somebody else's."""
    connection.execute(sa.delete(sessions).where(sessions.c.person == person_id))


def folded(email: str) -> str:
    """An address as it is compared: people write their own in more than one way."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def check_email(email: str) -> None:
    """Whether it can be an address; if it is one, only a letter can tell.

    :raises Invalid: it can't.
    """
    try:
        msgspec.convert(email, Email)
    except msgspec.ValidationError:
        raise Invalid("Write a whole e-mail address, such as ada@example.org.", "/email") from None


def _update(connection: sa.Connection, person_id: str, fields: dict[str, Any]) -> None:
    _check_email(connection, fields.get("email"), person_id)
    had = _administrators(connection)
    asked = sa.update(_people).where(_people.c.id == person_id).values(**fields)
    if fields and not connection.execute(asked).rowcount:
        read(connection, person_id)
    if had and not _administrators(connection):
        # Raised within the transaction, so the change is rolled back.
        raise Conflict(_LAST)


def _check_email(connection: sa.Connection, email: str | None, person_id: str) -> None:
    if email is None:
        return
    query = sa.select(_people.c.id).where(_people.c.email == email, _people.c.id != person_id)
    if connection.execute(query).first():
        raise Conflict(f"There is somebody with the address {email} already.")


def _administrators(connection: sa.Connection) -> int:
    query = sa.select(sa.func.count()).where(
        _people.c.role == "administrator", _people.c.disabled.is_(None)
    )
    return int(connection.execute(query).scalar_one())


def _person(row: Any) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        email=row.email,
        role=row.role,
        organisation=row.organisation,
        place=row.place,
        is_disabled=row.disabled is not None,
        has_password=row.password is not None,
        created=codec.from_micros(row.created),
    )
