"""The audit trail: who signed in, and what was done to accounts and rights."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa
from msgspec import Struct

from dateline.auth.people import Person
from dateline.domain.people import Actor
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import audit as _audit

Kind = Literal["sign-ins", "secrets", "accounts", "members"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KEPT = 100_000
KEPT_MINOR = 10_000
TRIM_EVERY = 100
NOBODY = Actor(id="", name="", kind="machine")
COMMAND_LINE = Actor(id="command-line", name="Command line", kind="machine")
_what = _audit.c.what
_IN_COVERAGE = _what.like("made % in %")
_OF: Mapping[Kind, sa.ColumnElement[bool]] = {
    "sign-ins": _what.like("sign%"),
    "secrets": _what.like("password%") | _what.like("passkey%"),
    "accounts": _what.like("added as %")
    | _what.like("account %")
    | _what.like("first administrator%")
    | (_what.like("made %") & ~_IN_COVERAGE),
    "members": _IN_COVERAGE | _what.like("no longer %") | _what.like("invit%"),
}
"""What a line is about, by how it begins. A new `what` has to begin as one of these."""


class Happening(Struct, frozen=True):
    """One line of the trail. `about` is whom or what it was done to."""

    id: int
    time: datetime
    what: str
    by: Actor
    about: str
    address: str


class Audit:
    """The trail in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(
        self,
        what: str,
        *,
        now: datetime,
        by: Actor = NOBODY,
        about: str = "",
        address: str = "",
        is_minor: bool = False,
    ) -> None:
        """Add a line. `is_minor`: strangers can cause it, as often as they like."""
        row = line(what, now=now, by=by, about=about, address=address, is_minor=is_minor)
        await self._database.write(lambda c: add(c, row))

    async def listed(
        self, *, before: int, most: int, person: Person | None = None, kind: Kind | None = None
    ) -> list[Happening]:
        """The newest first, those before an id; of a kind; by a person, or about them."""
        query = (
            sa.select(_audit).where(_audit.c.id < before).order_by(_audit.c.id.desc()).limit(most)
        )
        if kind:
            query = query.where(_OF[kind])
        if person:
            # The trail knows whom something was done to by the name they had then.
            query = query.where((_audit.c.by_id == person.id) | (_audit.c.about == person.name))
        rows = await self._database.read(lambda c: c.execute(query).all())
        return [_happening(row) for row in rows]


def line(
    what: str, *, now: datetime, by: Actor, about: str, address: str, is_minor: bool = False
) -> dict[str, Any]:
    """A line as it is stored."""
    return {
        "time": codec.to_micros(now),
        "what": what,
        "by_id": by.id,
        "by_name": by.name,
        "about": about[:300],
        "address": address[:100],
        "minor": int(is_minor),
    }


def add(connection: sa.Connection, row: dict[str, Any]) -> None:
    """Within a transaction of somebody else's."""
    added = connection.execute(sa.insert(_audit), row)
    (number,) = added.inserted_primary_key or (0,)
    if number % TRIM_EVERY == 0:
        for minor, kept in ((0, KEPT), (1, KEPT_MINOR)):
            oldest = (
                sa.select(_audit.c.id)
                .where(_audit.c.minor == minor)
                .order_by(_audit.c.id.desc())
                .offset(kept)
                .limit(1)
            )
            gone = sa.delete(_audit).where(
                _audit.c.minor == minor, _audit.c.id <= oldest.scalar_subquery()
            )
            connection.execute(gone)


def _happening(row: Any) -> Happening:
    return Happening(
        id=row.id,
        time=codec.from_micros(row.time),
        what=row.what,
        by=Actor(id=row.by_id, name=row.by_name, kind="person"),
        about=row.about,
        address=row.address,
    )
