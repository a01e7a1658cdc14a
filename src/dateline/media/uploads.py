"""Pictures and documents on their way in, in pieces: rows in the database, bytes in a folder.

How much has arrived is the size of the file. It is said only after an fsync, so it holds whatever
happens to the server. What becomes of a whole one is the darkroom's.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from msgspec import Struct

from dateline.domain.errors import (
    ChecksumMismatch,
    Conflict,
    Invalid,
    NotFound,
    TooMany,
    Unavailable,
)
from dateline.domain.people import Actor
from dateline.media.checksums import Checksum, Held
from dateline.media.kinds import HEAD, is_picture
from dateline.store import codec
from dateline.store.database import Database
from dateline.store.tables import pictures

MOST_OPEN = 200
"""Unfinished uploads of one sender."""
_THREADS = 4

T = TypeVar("T")


class Upload(Struct, frozen=True):
    """One file on its way. `id` was made by who sends it; `length` is that of the whole."""

    id: str
    filename: str
    length: int
    sender: str
    state: str


class Uploads:
    """What is sent to the server. Only its sender can see or touch an upload."""

    def __init__(
        self, database: Database, folder: Path, *, most_bytes: int, kept: timedelta
    ) -> None:
        self.most_bytes = most_bytes
        self._database = database
        self._folder = folder
        self._kept = kept
        # Threads of their own: to wait for the disk here must not keep others from theirs.
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="uploads")

    async def begin(
        self, upload_id: str, filename: str, length: int, sender: Actor, *, now: datetime
    ) -> Upload:
        """A new upload; with an id that this sender has used, the one there is.

        :raises Invalid: it is larger than allowed, or empty.
        :raises Conflict: the id stands for another file.
        :raises TooMany: this sender has begun too many and finished none.
        """
        self._check_length(length)
        wanted = Upload(upload_id, filename, length, sender.id, "uploading")
        found = await self._row(upload_id)
        if found is None:
            await self._on_disk(lambda: _make(self._folder / upload_id))
            found = await self._database.write(lambda one: _insert(one, wanted, sender.name, now))
        if (found.sender, found.length) != (wanted.sender, wanted.length):
            raise Conflict(
                "An upload with this id exists, for another file. Make a new id for each file."
            )
        return found

    async def find(self, upload_id: str, sender: str) -> Upload:
        """:raises NotFound: there is none of that sender."""
        found = await self._row(upload_id)
        if found is None or found.sender != sender:
            raise NotFound("There is no such upload. It was finished, given up, or cleared away.")
        return found

    async def offset(self, upload: Upload) -> int:
        """How many bytes are on the disk for certain."""
        if upload.state != "uploading":
            return upload.length
        return await self._on_disk(lambda: _synced(self._folder / upload.id))

    async def add(self, upload: Upload, at: int, piece: bytes) -> int:
        """Put a piece behind what there is; the new size. It is certain only after `offset`.

        :raises Conflict: there is more or less than `at`, or it would become longer than it is.
        """
        self._check_size(upload, at + len(piece))
        return await self._on_disk(lambda: _add(self._folder / upload.id, at, piece))

    async def add_checked(
        self, upload: Upload, at: int, pieces: AsyncIterator[bytes], checksum: Checksum
    ) -> None:
        """Put pieces behind what there is, if they are what was sent.

        :raises ChecksumMismatch: they are not; nothing of them was kept.
        :raises Conflict: as `add` does.
        """
        held = await self._on_disk(partial(Held, self._folder, checksum))
        try:
            size = at
            async for piece in pieces:
                size += len(piece)
                self._check_size(upload, size)
                await self._on_disk(partial(held.write, piece))
            if not held.is_whole:
                raise ChecksumMismatch(
                    "What arrived is not what was sent, so nothing of it was kept. "
                    "Send these bytes of the upload again."
                )
            await self._on_disk(partial(_add_all, self._folder / upload.id, at, held))
        finally:
            await self._on_disk(held.close)

    async def finish(self, upload: Upload) -> None:
        """All of it is there: the darkroom's turn. Said twice, it is done once."""

        if upload.state != "uploading":
            return
        head = await self._on_disk(lambda: _head(self._folder / upload.id))
        kind = "picture" if is_picture(head) else "document"

        def finish(connection: sa.Connection) -> None:
            one = (pictures.c.id == upload.id) & (pictures.c.state == "uploading")
            connection.execute(sa.update(pictures).where(one).values(state="processing", kind=kind))

        await self._database.write(finish)

    async def give_up(self, upload: Upload) -> None:
        """Forget an upload that is not whole yet.

        :raises Conflict: it is whole already.
        """
        if not await self._forget(upload.id, "uploading"):
            raise Conflict("This upload is whole already, and stays in the library.")

    async def clear(self, *, now: datetime) -> None:
        """Forget what nobody has gone on with for a while, and what was refused as long ago."""
        query = sa.select(pictures.c.id, pictures.c.state, pictures.c.created).where(
            pictures.c.state.in_(("uploading", "refused"))
        )
        before = now - self._kept
        for row in await self._database.read(lambda one: one.execute(query).all()):
            time = codec.from_micros(row.created)
            if row.state == "uploading":
                time = await self._on_disk(partial(self._changed, row.id, time))
            if time < before:
                await self._forget(row.id, row.state)

    def file_of(self, upload: Upload) -> Path:
        """Where its bytes are."""
        return self._folder / upload.id

    def close(self) -> None:
        self._threads.shutdown(wait=False)

    def _check_size(self, upload: Upload, size: int) -> None:
        if size > upload.length:
            raise Conflict(f"The file has {upload.length} bytes, and this would be more.")

    def _check_length(self, length: int) -> None:
        if not 0 < length <= self.most_bytes:
            raise Invalid(
                f"A file may have {self.most_bytes >> 20} MiB, and at least one byte; "
                f"this one has {length} bytes. Send a smaller one."
            )

    def _changed(self, upload_id: str, otherwise: datetime) -> datetime:
        with suppress(FileNotFoundError):
            return datetime.fromtimestamp((self._folder / upload_id).stat().st_mtime, UTC)
        return otherwise

    async def _forget(self, upload_id: str, state: str) -> bool:
        # Only if it is still so: the last byte may have come just now, and then it is whole.
        one = (pictures.c.id == upload_id) & (pictures.c.state == state)
        forget = sa.delete(pictures).where(one)
        gone = await self._database.write(lambda connection: connection.execute(forget).rowcount)
        if gone:
            await self._on_disk(partial((self._folder / upload_id).unlink, missing_ok=True))
        return bool(gone)

    async def _row(self, upload_id: str) -> Upload | None:
        return await self._database.read(lambda connection: _find(connection, upload_id))

    async def _on_disk(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except FileNotFoundError as error:
            raise NotFound("There is no such upload any more. Begin it again.") from error
        except OSError as error:
            raise Unavailable(
                f"The storage did not take it ({error.strerror}). What arrived before is kept; "
                "make room and go on."
            ) from error


def _find(connection: sa.Connection, upload_id: str) -> Upload | None:
    row = connection.execute(sa.select(pictures).where(pictures.c.id == upload_id)).first()
    return Upload(row.id, row.filename, row.length, row.sender, row.state) if row else None


def _insert(connection: sa.Connection, upload: Upload, name: str, now: datetime) -> Upload:
    if found := _find(connection, upload.id):
        return found
    mine = sa.select(sa.func.count()).where(
        pictures.c.sender == upload.sender, pictures.c.state == "uploading"
    )
    if connection.execute(mine).scalar_one() >= MOST_OPEN:
        raise TooMany("Too many uploads are begun and not finished. Finish some first.", 60)
    row = {
        "id": upload.id,
        "state": upload.state,
        "filename": upload.filename,
        "length": upload.length,
        "sender": upload.sender,
        "sender_name": name,
        "created": codec.to_micros(now),
    }
    connection.execute(sa.insert(pictures), row)
    return upload


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("ab") as file:
        os.fsync(file.fileno())
    # The name of a new file is in its folder, which has to reach the disk too.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _synced(path: Path) -> int:
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        os.fsync(file.fileno())
        return os.fstat(file.fileno()).st_size


def _add_all(path: Path, at: int, held: Held) -> None:
    for piece in held.pieces():
        at = _add(path, at, piece)


def _add(path: Path, at: int, piece: bytes) -> int:
    with path.open("r+b", buffering=0) as file:
        # Two connections of one sender, where the first has died without telling: who is at the
        # end of what there is goes on, the other has lost its place.
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(file.fileno()).st_size
        if size != at:
            raise Conflict(f"There are {size} bytes, not {at}. Ask with HEAD and go on from there.")
        file.seek(size)
        left = memoryview(piece)
        while left:
            left = left[file.write(left) :]
        return at + len(piece)
