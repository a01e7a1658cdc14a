"""What is done to accounts and rights: once, however often it is sent, and noted in the trail.

The deed, its lines in the trail and its key are one transaction: after a crash there is all of it,
or nothing. What can be done is in `accounts.py` and `parts.py`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from dateline.auth import audit
from dateline.auth.keys import own_key
from dateline.auth.secrets import derived, new_secret
from dateline.domain.people import Actor
from dateline.store import onces
from dateline.store.database import Database
from dateline.store.log import Once, kept_as

T = TypeVar("T")


class Deed(Struct, frozen=True):
    """Who does something, when, from where.

    `key` makes it happen once; `fingerprint` tells whether a second one with that key is the same.
    """

    by: Actor
    now: datetime
    address: str = ""
    key: str | None = None
    fingerprint: str = ""


class Act(NamedTuple):
    """A deed while it is being done. `secret` is for a link, should it make one."""

    connection: sa.Connection
    deed: Deed
    secret: str

    @property
    def now(self) -> datetime:
        return self.deed.now

    def note(self, what: str, about: str) -> None:
        """A line in the trail."""
        deed = self.deed
        line = audit.line(what, now=deed.now, by=deed.by, about=about, address=deed.address)
        audit.add(self.connection, line)


class Outcome(Struct, Generic[T], frozen=True):
    """What it came to. `is_again`: it was done before, and nothing happened now."""

    answer: T
    secret: str
    is_again: bool = False


class Deeds:
    """Does them, over the database. `tell` says that somebody may do less than before, or more."""

    def __init__(self, database: Database, tell: Callable[[], None]) -> None:
        self._database = database
        self._tell = tell

    async def do(self, deed: Deed, kind: type[T], work: Callable[[Act], T]) -> Outcome[T]:
        """Do it, unless it was done; `kind` is what `work` answers, to read it back.

        :raises KeyReused: its key was used for something else.
        """
        outcome = await self._database.write(lambda c: _once(c, deed, kind, work))
        self._tell()
        return outcome


def _once(
    connection: sa.Connection, deed: Deed, kind: type[T], work: Callable[[Act], T]
) -> Outcome[T]:
    if deed.key is None:
        secret = new_secret()
        return Outcome(work(Act(connection, deed, secret)), secret)
    # A link's secret is stored nowhere, and yet has to be answered again: it is made of the key,
    # which only its sender has.
    secret = derived(own_key(connection, "links").hex(), deed.key)
    key = kept_as(deed.key)
    if earlier := onces.recall(connection, key):
        answer = msgspec.json.decode(earlier.again(deed.fingerprint), type=kind)
        return Outcome(answer, secret, is_again=True)
    answer = work(Act(connection, deed, secret))
    onces.keep(connection, Once(key, deed.fingerprint, msgspec.json.encode(answer)))
    return Outcome(answer, secret)
