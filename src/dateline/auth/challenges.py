"""Challenges: random words that come back signed by somebody else, within minutes, and once.

They are not stored when they are made, or anybody could fill the disk by asking for them: each
carries its time and our own mark. Stored are those that came back.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dateline.auth.keys import own_key
from dateline.domain.errors import NotAllowed
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import challenges as _challenges

LASTING = timedelta(minutes=5)
_KEY = "challenges"
_RANDOM, _TIME, _MARK = 24, 8, 32


class Challenges:
    """Makes them and takes them back; all workers have the same key, from the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key: bytes | None = None

    async def new(self, purpose: str, *, now: datetime) -> bytes:
        """One that is good for this purpose alone."""
        ends = codec.to_micros(now + LASTING).to_bytes(_TIME)
        words = secrets.token_bytes(_RANDOM) + ends
        return words + await self._mark(words, purpose)

    async def take(self, challenge: bytes, purpose: str, *, now: datetime) -> None:
        """:raises NotAllowed: it is not ours, for something else, too old, or was taken before."""
        words, mark = challenge[:-_MARK], challenge[-_MARK:]
        is_ours = hmac.compare_digest(mark, await self._mark(words, purpose))
        ends = int.from_bytes(words[_RANDOM:])
        at = codec.to_micros(now)
        if (
            not is_ours
            or len(words) != _RANDOM + _TIME
            or ends <= at
            or not await self._once(challenge, ends, at)
        ):
            raise NotAllowed("This took too long, or was done already. Begin again.")

    async def derive(self, challenge: bytes, purpose: str) -> str:
        """Other random words that belong to it and only we can tell."""
        return encoded(await self._mark(challenge, purpose))

    async def _once(self, challenge: bytes, ends: int, at: int) -> bool:
        row = insert(_challenges).values(hash=hmac.digest(b"", challenge, "sha256"), expires=ends)

        def note(connection: sa.Connection) -> bool:
            connection.execute(sa.delete(_challenges).where(_challenges.c.expires <= at))
            return bool(connection.execute(row.on_conflict_do_nothing()).rowcount)

        return await self._database.write(note)

    async def _mark(self, words: bytes, purpose: str) -> bytes:
        if self._key is None:
            self._key = await self._database.write(lambda c: own_key(c, _KEY))
        return hmac.digest(self._key, purpose.encode() + b"\0" + words, "sha256")


def encoded(words: bytes) -> str:
    return urlsafe_b64encode(words).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of such a text; nothing, where it is none."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
