"""All that is about people who sign in, over one database."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
import uuid_utils
from msgspec import Struct

from dateline.auth import people
from dateline.auth.attempts import Attempts
from dateline.auth.audit import Audit
from dateline.auth.challenges import Challenges
from dateline.auth.deeds import Deeds
from dateline.auth.invitations import Invitations
from dateline.auth.links import Link, Links
from dateline.auth.memberships import Memberships
from dateline.auth.passkeys import Passkeys
from dateline.auth.passwords import Passwords, check_new
from dateline.auth.people import Newcomer, People, Person
from dateline.auth.sessions import Sessions
from dateline.domain.errors import Gone, Invalid
from dateline.store.database import Database

WRONG_LINK = "This link is for something else. Ask for a new one."


class Staff(Struct, frozen=True):
    """The parts, made once for a process."""

    people: People
    passwords: Passwords
    sessions: Sessions
    memberships: Memberships
    invitations: Invitations
    links: Links
    attempts: Attempts
    audit: Audit
    challenges: Challenges
    passkeys: Passkeys
    deeds: Deeds

    @classmethod
    def of(cls, database: Database, tell: Callable[[], None]) -> "Staff":
        """`tell` is called once somebody may do less than before, or more."""
        challenges = Challenges(database)
        return cls(
            people=People(database, tell),
            passwords=Passwords(),
            sessions=Sessions(database, tell),
            memberships=Memberships(database),
            invitations=Invitations(database),
            links=Links(database, tell),
            attempts=Attempts(database),
            audit=Audit(database),
            challenges=challenges,
            passkeys=Passkeys(database, challenges),
            deeds=Deeds(database, tell),
        )

    async def person_of(self, email: str, password: str) -> Person | None:
        """Who has this address and this password. Whoever is asked about, it takes as long."""
        found = await self.people.by_email(email)
        person, hashed = found or (None, None)
        if not await self.passwords.is_right(hashed, password):
            return None
        if person is None or person.is_disabled:
            return None
        if hashed and self.passwords.is_old(hashed):
            await self.people.set_password(person.id, await self.passwords.hash(password))
        return person

    async def make_first(
        self, secret: str, name: str, email: str, password: str, *, now: datetime
    ) -> Person:
        """The first administrator, by the link that the first start prints.

        :raises Gone: the link does not hold any more.
        """
        newcomer = Newcomer(str(uuid_utils.uuid7()), name, "administrator", email)
        check_new(password, name, email)
        hashed = await self.passwords.hash(password)

        def add(connection: sa.Connection, link: Link) -> Person:
            if link.kind != "first":
                raise Gone(WRONG_LINK)
            people.insert(connection, newcomer, now)
            return people.renew_password(connection, newcomer.id, hashed)

        return await self.links.use(secret, add, now=now)

    async def renew_password(self, secret: str, password: str, *, now: datetime) -> Person:
        """A new password by a one-time link; all sessions of the person end.

        :raises Gone: the link does not hold any more.
        """
        link = await self.links.look(secret, now=now)
        if link.kind != "password" or link.person is None:
            raise Gone(WRONG_LINK)
        person = await self.people.find(link.person)
        check_new(password, person.name, person.email)
        hashed = await self.passwords.hash(password)
        return await self.links.use(
            secret, lambda c, _: people.renew_password(c, person.id, hashed), now=now
        )

    async def change_password(self, person: Person, present: str, password: str) -> None:
        """A new password for who knows the present one; all sessions of the person end.

        :raises Invalid: it is not the present one, or the new one is too weak.
        """
        if person.email is None or await self.person_of(person.email, present) is None:
            raise Invalid("This is not your password until now.", "/current")
        check_new(password, person.name, person.email)
        await self.people.renew_password(person.id, await self.passwords.hash(password))
