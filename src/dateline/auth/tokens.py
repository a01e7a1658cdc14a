"""Tokens of the API's clients. Only their hashes are stored; a token is shown once."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from dateline.auth.grants import Grant
from dateline.auth.secrets import hash_of, new_secret
from dateline.domain.people import Actor
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import tokens as _tokens

PREFIX = "dl_"
_FIND = sa.select(_tokens).where(_tokens.c.hash == sa.bindparam("hash_"))


class Tokens:
    """The tokens in the database. `tell` is called once one of them is ended."""

    def __init__(self, database: Database, tell: Callable[[], None]) -> None:
        self._database = database
        self._tell = tell

    async def create(self, label: str, *, now: datetime, coverage: str | None = None) -> str:
        """A new token, for all coverages or for one. It can't be read again later."""
        token = PREFIX + new_secret()
        row = {
            "hash": hash_of(token),
            "label": label,
            "coverage": coverage,
            "created": codec.to_micros(now),
        }
        await self._database.write(lambda connection: connection.execute(sa.insert(_tokens), row))
        return token

    async def find(self, token: str) -> Grant | None:
        """What this token grants. Looked up by its hash, so the time it takes tells nothing."""
        given = {"hash_": hash_of(token)}
        row = await self._database.read(lambda connection: connection.execute(_FIND, given).first())
        if row is None:
            return None
        actor = Actor(id=f"token:{row.hash.hex()[:16]}", name=row.label, kind="token")
        return Grant(actor, row.coverage)

    async def labels(self) -> list[tuple[str, str, str | None, datetime]]:
        """Id, label, coverage and time of each token, oldest first."""
        query = sa.select(_tokens).order_by(_tokens.c.created)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [
            (row.hash.hex()[:16], row.label, row.coverage, codec.from_micros(row.created))
            for row in rows
        ]

    async def revoke(self, token_id: str) -> bool:
        """End a token by the id that `labels` shows; whether there was one."""

        def delete(connection: sa.Connection) -> bool:
            rows = connection.execute(sa.select(_tokens.c.hash)).all()
            found = [row.hash for row in rows if row.hash.hex()[:16] == token_id]
            if found:
                connection.execute(sa.delete(_tokens).where(_tokens.c.hash.in_(found)))
            return bool(found)

        is_ended = await self._database.write(delete)
        if is_ended:
            self._tell()
        return is_ended
