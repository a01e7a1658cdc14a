"""After a takedown its pictures go too, and their originals, where nobody else shows them: no other
post, and no draft, which may be scheduled."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from dateline.domain.pictures import Edition
from dateline.store import takedowns
from dateline.store.database import Database
from dateline.store.fulltext import purge
from dateline.store.named import is_named
from dateline.store.tables import doomed, editions, pictures
from dateline.store.takedowns import Progress

_edition = msgspec.json.Decoder(Edition)


class _Found(Struct, frozen=True):
    """What a name stands for: a picture of ours with all its editions, or a file put there by hand.

    `used` are those that are still named. Whoever names the picture by the id of its upload means
    the newest.
    """

    name: str
    picture: str | None
    editions: tuple[Edition, ...]
    used: frozenset[str]

    @property
    def going(self) -> tuple[Edition, ...]:
        if not self.used:
            return self.editions
        # What another shows of the same picture stays.
        return tuple(
            one for one in self.editions if one.media == self.name and one.media not in self.used
        )

    @property
    def files(self) -> list[str]:
        if self.picture is None:
            return [] if self.used else [self.name]
        return [name for one in self.going for name in one.names()]


class Takedown:
    """Removes what `store/named.py` has noted. Done twice, it is done once."""

    def __init__(self, database: Database, *, originals: Path, media: Path) -> None:
        self._database = database
        self._originals = originals
        self._media = media

    async def carry_out(self) -> None:
        """Remove all that is noted.

        :raises Unavailable: a file can't be removed; it stays noted, and is tried again.
        """
        rows = await self._database.read(lambda one: one.execute(sa.select(doomed)).all())
        for row in rows:
            found = await self._database.read(partial(_find, name=row.media))
            files = [self._media / name for name in found.files]
            if found.picture and not found.used:
                files.append(self._originals / found.picture)
            # First the files, then what knows of them: cut off between, it is done again.
            await asyncio.to_thread(_unlink, files)
            await self._database.write(partial(_settle, found=found, key=(row.coverage, row.post)))

    async def progress(self, coverage: str, post: str) -> Progress:
        """How far the takedown of that post is."""
        return await self._database.read(
            lambda connection: takedowns.progress(connection, (coverage, post))
        )


def _find(connection: sa.Connection, name: str) -> _Found:
    by_edition = sa.select(editions.c.picture).where(editions.c.media == name)
    of_it = sa.select(pictures.c.id, pictures.c.media).where(
        (pictures.c.id == name) | pictures.c.id.in_(by_edition)
    )
    row = connection.execute(of_it).first()
    if row is None:
        return _Found(name, None, (), _used(connection, [name]))
    query = sa.select(editions.c.edition).where(editions.c.picture == row.id)
    all_ = tuple(_edition.decode(one) for one in connection.execute(query).scalars())
    used = _used(connection, [one.media for one in all_])
    if is_named(connection, row.id):
        used |= {row.media or row.id}
    return _Found(name, row.id, all_, used)


def _used(connection: sa.Connection, names: Sequence[str]) -> frozenset[str]:
    return frozenset(name for name in names if is_named(connection, name))


def _settle(connection: sa.Connection, found: _Found, key: takedowns.Key) -> None:
    names = [one.media for one in found.going]
    connection.execute(sa.delete(editions).where(editions.c.media.in_(names)))
    if found.picture and not found.used:
        _forget(connection, found.picture)
    takedowns.settle(connection, found.name, key, found.files, is_kept=bool(found.used))


def _forget(connection: sa.Connection, picture: str) -> None:
    number = connection.execute(
        sa.select(pictures.c.number).where(pictures.c.id == picture)
    ).scalar()
    connection.exec_driver_sql("DELETE FROM picture_text WHERE rowid = ?", (number,))
    purge(connection, "picture_text")
    connection.execute(sa.delete(pictures).where(pictures.c.id == picture))


def _unlink(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
