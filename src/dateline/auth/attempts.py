"""Who tries passwords at random waits: after a few failures longer and longer.

In the database, so that all workers count together and a restart forgives nothing.
"""

import hashlib
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.dialects.sqlite import insert

from dateline.domain.addresses import house_of
from dateline.domain.errors import TooMany
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import attempts as _attempts

SECOND = 1_000_000
FORGOTTEN_AFTER = 3_600
LONGEST_WAIT = 300
FREE_FOR_NAME = 5
FREE_FOR_ADDRESS = 30
FREE_LETTERS = 3


class Tried(Struct, frozen=True):
    """Something that is counted: a name or an address, and how many failures cost nothing."""

    key: bytes
    free: int


class Attempts:
    """The failures in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, *tried: Tried, now: datetime) -> None:
        """Count an attempt, before it is known what it comes to.

        Counted first, many at once can't all slip through. Who has to wait is not counted again.

        :raises TooMany: it is too early for the next one.
        """
        at = codec.to_micros(now)

        def count(connection: sa.Connection) -> None:
            connection.execute(
                sa.delete(_attempts).where(_attempts.c.last < at - FORGOTTEN_AFTER * SECOND)
            )
            for one in tried:
                _check(connection, one, at)
            for one in tried:
                row = insert(_attempts).values(key=one.key, tries=1, last=at)
                again = {"tries": _attempts.c.tries + 1, "last": at}
                connection.execute(row.on_conflict_do_update(["key"], set_=again))

        await self._database.write(count)

    async def forgive(self, name: Tried, address: Tried) -> None:
        """The attempt was a good one: the name begins anew, the address gets this one back."""

        def forget(connection: sa.Connection) -> None:
            connection.execute(sa.delete(_attempts).where(_attempts.c.key == name.key))
            connection.execute(
                sa.update(_attempts)
                .where(_attempts.c.key == address.key, _attempts.c.tries > 0)
                .values(tries=_attempts.c.tries - 1)
            )

        await self._database.write(forget)


def by_name(name: str) -> Tried:
    """All attempts on one account, wherever they come from."""
    return Tried(_key("name", name), FREE_FOR_NAME)


def by_letter(email: str) -> Tried:
    """Letters to one address, whoever asks for them."""
    return Tried(_key("letter", email), FREE_LETTERS)


def by_address(address: str) -> Tried:
    """All attempts from one address; of IPv6, from one network: a house has a whole one."""
    return Tried(_key("address", house_of(address)), FREE_FOR_ADDRESS)


def _key(kind: str, value: str) -> bytes:
    return hashlib.sha256(f"{kind}:{value}".encode()).digest()


def _check(connection: sa.Connection, one: Tried, at: int) -> None:
    row = connection.execute(sa.select(_attempts).where(_attempts.c.key == one.key)).first()
    if row is None or row.tries < one.free:
        return
    wait = min(2 ** min(row.tries - one.free, 20), LONGEST_WAIT)
    left = row.last + wait * SECOND - at
    if left > 0:
        seconds = -(-left // SECOND)
        raise TooMany(
            f"Too many attempts. Wait {seconds} seconds, then try again; "
            "or ask an administrator for a new password.",
            seconds,
        )
