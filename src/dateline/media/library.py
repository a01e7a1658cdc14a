"""The newsroom's pictures and documents: what is known of each, its files, how they are found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec
import sqlalchemy as sa
from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from dateline.domain.errors import Conflict, Invalid, NotFound, Stale
from dateline.domain.pictures import Edition
from dateline.media.details import Change, Details
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.named import Use, title_of, uses
from dateline.store.search import query_of
from dateline.store.tables import editions, pictures

_ON_FILES = ("credit", "creator", "copyright", "digital_source_type", "focal", "crop")
"""What the files show or carry: changed, they are made anew."""
_details = msgspec.json.Decoder(Details)
_edition = msgspec.json.Decoder(Edition)
_WORDS = ("caption", "credit", "alt", "creator", "copyright")
_WHOLE = pictures.c.state != "uploading"
_LISTED = pictures.c.state.in_(("processing", "ready"))
_WITH_EDITION = sa.select(pictures, editions.c.edition).outerjoin(
    editions, editions.c.media == pictures.c.media
)
_FOUND = sa.text("SELECT rowid FROM picture_text WHERE picture_text MATCH :query").columns(
    sa.Column("rowid", sa.Integer)
)


Kind = Literal["picture", "document"]


class Picture(Struct, frozen=True):
    """A picture, or a document, that was sent whole. `edition` is the newest; older ones live on in
    posts."""

    number: int
    id: str
    state: str
    kind: Kind
    progress: int
    reason: str
    filename: str
    sender: str
    sender_name: str
    created: datetime
    details: Details
    edition: Edition | None


class Library:
    """The pictures in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, picture_id: str) -> Picture:
        """:raises NotFound: there is none, or it is not whole yet."""
        found = await self._database.read(lambda connection: _find(connection, picture_id))
        if found is None:
            raise NotFound("There is no such file, or it has not arrived whole.")
        return found

    async def search(
        self,
        words: str,
        *,
        sender: str | None = None,
        kind: Kind | None = None,
        media: str | None = None,
        before: int,
        most: int,
    ) -> list[Picture]:
        """Those with all of the words, or all, of one sender or of all, of one kind or of both; the
        newest first. Those that were refused are not among them. `media` is a name that one of them
        has, or had."""
        query = _WITH_EDITION.where(_LISTED, pictures.c.number < before)
        if sender is not None:
            query = query.where(pictures.c.sender == sender)
        if kind is not None:
            query = query.where(pictures.c.kind == kind)
        if media is not None:
            of_it = sa.select(editions.c.picture).where(editions.c.media == media)
            query = query.where(pictures.c.id.in_(of_it))
        given = {}
        if words.strip():
            given = {"query": query_of(words) or '""'}
            query = query.where(pictures.c.number.in_(sa.select(_FOUND.subquery())))
        query = query.order_by(pictures.c.number.desc()).limit(most)
        rows = await self._database.read(lambda one: one.execute(query, given).all())
        return [_picture(row) for row in rows]

    async def wholes(self, found: Sequence[Picture]) -> dict[str, Edition]:
        """Of each picture the files that show all of it, where there are such, by its id."""
        found = [one for one in found if one.kind == "picture"]
        query = sa.select(editions).where(editions.c.picture.in_([one.id for one in found]))
        rows = await self._database.read(lambda one: one.execute(query).all())
        decoded = ((row.picture, _edition.decode(row.edition)) for row in rows)
        return {picture: edition for picture, edition in decoded if not edition.is_cropped}

    async def names(self, picture: Picture) -> list[str]:
        """All that a post or a draft may call it: its id, and each of its editions."""
        query = sa.select(editions.c.media).where(editions.c.picture == picture.id)
        found = await self._database.read(lambda one: one.execute(query).scalars().all())
        return [picture.id, *found]

    async def title(self, media: str) -> str:
        """What a document is called, where a post has published it; else ""."""
        return await self._database.read(lambda connection: title_of(connection, media))

    async def uses(self, names: Sequence[str]) -> list[Use]:
        """Which posts and drafts give one of these names."""
        return await self._database.read(lambda connection: uses(connection, names))

    async def change(self, picture_id: str, change: Change, *, seen: str | None = None) -> Picture:
        """Say something else of a picture. Where its files show it, they are made anew.

        :raises Conflict: it was refused, so there is nothing to say of it.
        :raises Invalid: it is a document, which can't be cropped.
        :raises Stale: what is known of it is not marked `seen`; with the picture as it is.
        """
        given = {name: value for name, value in asdict(change).items() if value is not UNSET}

        def work(connection: sa.Connection) -> Picture:
            found = _find(connection, picture_id)
            if found is None:
                raise NotFound("There is no such file, or it has not arrived whole.")
            if found.state == "refused":
                raise Conflict(f"This file was refused: {found.reason}")
            if found.kind == "document" and given.keys() & {"crop", "focal"}:
                raise Invalid("This is a document: there is nothing to crop. Nothing was changed.")
            if seen is not None and seen != found.details.mark:
                raise Stale(
                    "Somebody else has said something of this picture meanwhile. Look at it again.",
                    current=found,
                )
            details = replace(found.details, **given)
            again = found.kind == "picture" and any(
                getattr(details, one) != getattr(found.details, one) for one in _ON_FILES
            )
            values: dict[str, object] = {"details": msgspec.json.encode(details)}
            if again:
                values |= {"state": "processing", "progress": 0}
            _update(connection, picture_id, values)
            _index(connection, found.number, found.filename, details)
            return _find(connection, picture_id) or found

        return await self._database.write(work)

    async def waiting(self) -> list[Picture]:
        """Pictures whose files have to be made, oldest first."""
        query = _WITH_EDITION.where(pictures.c.state == "processing").order_by(pictures.c.number)
        rows = await self._database.read(lambda one: one.execute(query).all())
        return [_picture(row) for row in rows]

    async def progressed(self, picture_id: str, percent: int) -> None:
        values = {"progress": percent}
        await self._database.write(lambda one: _update(one, picture_id, values))

    async def developed(self, before: Picture, details: Details, edition: Edition) -> bool:
        """The files are there; whether the picture still is. What the desk has said since the work
        began stays, and is the next to be done."""

        def work(connection: sa.Connection) -> bool:
            found = _find(connection, before.id)
            if found is None:
                return False
            row = {
                "media": edition.media,
                "picture": before.id,
                "edition": msgspec.json.encode(edition),
            }
            connection.execute(sa.insert(editions).prefix_with("OR REPLACE"), row)
            said = {
                name: value
                for name, value in asdict(found.details).items()
                if value != getattr(before.details, name)
            }
            after = replace(details, **said)
            values: dict[str, object] = {
                "media": edition.media,
                "details": msgspec.json.encode(after),
            }
            if not said.keys() & set(_ON_FILES):
                values |= {"state": "ready", "progress": 100, "reason": ""}
            _index(connection, found.number, found.filename, after)
            _update(connection, before.id, values)
            return True

        return await self._database.write(work)

    async def refused(self, picture: Picture, reason: str) -> None:
        """No files could be made. One that has some keeps them."""
        state = "ready" if picture.edition else "refused"
        values = {"state": state, "reason": reason, "progress": 100}
        await self._database.write(lambda one: _update(one, picture.id, values))


def _find(connection: sa.Connection, picture_id: str) -> Picture | None:
    row = connection.execute(_WITH_EDITION.where(pictures.c.id == picture_id, _WHOLE)).first()
    return _picture(row) if row else None


def _picture(row: "sa.Row[tuple[object, ...]]") -> Picture:
    return Picture(
        number=row.number,
        id=row.id,
        state=row.state,
        kind=row.kind,
        progress=row.progress,
        reason=row.reason,
        filename=row.filename,
        sender=row.sender,
        sender_name=row.sender_name,
        created=codec.from_micros(row.created),
        details=_details.decode(row.details),
        edition=_edition.decode(row.edition) if row.edition else None,
    )


def _update(connection: sa.Connection, picture_id: str, values: Mapping[str, object]) -> None:
    connection.execute(sa.update(pictures).where(pictures.c.id == picture_id).values(values))


def _index(connection: sa.Connection, number: int, filename: str, details: Details) -> None:
    words = " ".join([filename, *(getattr(details, name) for name in _WORDS)])
    connection.exec_driver_sql("DELETE FROM picture_text WHERE rowid = ?", (number,))
    connection.exec_driver_sql(
        "INSERT INTO picture_text(rowid, words) VALUES (?, ?)", (number, words)
    )
