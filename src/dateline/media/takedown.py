"""After a takedown its pictures go too, and their originals, where no other post shows them."""

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import msgspec
import sqlalchemy as sa

from dateline.domain.pictures import Edition
from dateline.store.database import Database
from dateline.store.named import is_named
from dateline.store.tables import doomed, editions, pictures

_edition = msgspec.json.Decoder(Edition)


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
            if not await self._database.read(partial(is_named, media=row.media)):
                await self._remove(row.media)
            gone = sa.delete(doomed).where(doomed.c.media == row.media)
            await self._database.write(partial(sa.Connection.execute, statement=gone))

    async def _remove(self, media: str) -> None:
        picture, others = await self._database.read(lambda one: _editions(one, media))
        if picture is None:
            await asyncio.to_thread(_unlink, [self._media / media])
            return
        # What another post shows of the same picture stays, and the original with it.
        used = [
            one for one in others if await self._database.read(partial(is_named, media=one.media))
        ]
        going = [one for one in others if one.media == media] if used else others
        files = [self._media / name for one in going for name in one.names()]
        # First the files, then what knows of them: cut off between, it is done again.
        await asyncio.to_thread(_unlink, files if used else [*files, self._originals / picture])
        await self._database.write(lambda one: _forget(one, picture, going, is_all=not used))


def _editions(connection: sa.Connection, media: str) -> tuple[str | None, list[Edition]]:
    picture = connection.execute(
        sa.select(editions.c.picture).where(editions.c.media == media)
    ).scalar()
    rows = connection.execute(sa.select(editions).where(editions.c.picture == picture))
    return picture, [_edition.decode(row.edition) for row in rows]


def _forget(connection: sa.Connection, picture: str, going: list[Edition], *, is_all: bool) -> None:
    names = [one.media for one in going]
    connection.execute(sa.delete(editions).where(editions.c.media.in_(names)))
    if not is_all:
        return
    number = connection.execute(
        sa.select(pictures.c.number).where(pictures.c.id == picture)
    ).scalar()
    connection.exec_driver_sql("DELETE FROM picture_text WHERE rowid = ?", (number,))
    connection.exec_driver_sql("INSERT INTO picture_text(picture_text) VALUES ('optimize')")
    connection.execute(sa.delete(pictures).where(pictures.c.id == picture))


def _unlink(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
