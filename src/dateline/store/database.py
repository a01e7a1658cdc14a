"""The small executor that everything that stores goes through: one writer, a few readers."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from dateline.domain.errors import Damaged, Unavailable
from dateline.store.migrating import migrate

FILE = "dateline.db"
BUSY_MS = 5_000
READERS = 4
CLOSE_SECONDS = 5.0


class Database:
    """A SQLite file: WAL, `synchronous=FULL`, `BEGIN IMMEDIATE` for the one writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = _engine(path, size=1, begin="BEGIN IMMEDIATE")
        self._reader = _engine(path, size=READERS, begin="BEGIN")
        self._at_work: set[object] = set()
        self._rests = asyncio.Event()

    @classmethod
    async def open(cls, folder: Path) -> "Database":
        """Open, or make, the database of a data folder.

        :raises Unavailable: the folder can't be written.
        :raises Damaged: the file is no database, or one of a later version.
        """
        path = folder / FILE
        await asyncio.to_thread(_prepare, path)
        return cls(path)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction of the one writer; it is on disk when the block has ended.

        :raises Unavailable: the storage refuses (full, read-only, busy); nothing was changed.
        """
        with _refusals():
            async with self._working(), self._writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One unchanging view of the data."""
        with _refusals():
            async with self._working(), self._reader.begin() as connection:
                yield connection

    async def forget(self) -> bool:
        """Empty the write-ahead log, so that overwritten words leave it too.

        :returns: whether it is empty: somebody who reads just now delays it.
        """
        with _refusals():
            async with self._working(), self._writer.connect() as connection:
                raw = await connection.get_raw_connection()
                cursor = await raw.driver_connection.execute(  # type: ignore[union-attr]
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                )
                busy, *_ = await cursor.fetchone()
                await cursor.close()
                return not busy

    async def close(self) -> None:
        # A connection that is in use now would be left open for ever, and its thread with it.
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                while self._at_work:
                    self._rests.clear()
                    await self._rests.wait()
        await self._reader.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        mark = object()
        self._at_work.add(mark)
        try:
            yield
        finally:
            self._at_work.discard(mark)
            self._rests.set()


def _engine(path: Path, *, size: int, begin: str) -> AsyncEngine:
    # Not as one string: a folder's name may hold what means something else in a URL.
    url = sa.URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(url, pool_size=size, max_overflow=0, pool_timeout=30)
    sa.event.listen(engine.sync_engine, "connect", _configure)
    sa.event.listen(engine.sync_engine, "begin", lambda c: c.exec_driver_sql(begin))
    return engine


def _configure(connection: Any, _record: object = None) -> None:
    # The driver must not begin transactions by itself: the engine's "begin" says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # Overwritten words are zeroed in the file, not only unlinked.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _prepare(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The data folder {path.parent} can't be made: {error.strerror}. "
            "Choose another with --data, or give this user the right to write there."
        ) from error
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with _refusals():
            raw = engine.raw_connection()
            raw.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
            raw.close()
            with engine.begin() as connection:
                migrate(connection)
    finally:
        engine.dispose()


class _refusals:
    """Turns what SQLite refuses into an error that says what to do."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, DatabaseError):
            cause: BaseException | None = error.orig
        else:
            cause = error
        if isinstance(cause, sqlite3.DatabaseError):
            raise _explained(cause) from error


def _explained(error: sqlite3.DatabaseError) -> Exception:
    message = str(error)
    if "full" in message:
        return Unavailable(
            "The disk is full, so nothing was stored. Free some space and send again."
        )
    if "readonly" in message or "unable to open" in message:
        return Unavailable(
            "The data folder can't be written, so nothing was stored. "
            "Give the server the right to write there and send again."
        )
    if "locked" in message or "busy" in message:
        return Unavailable("Another program holds the database. Nothing was stored; send again.")
    if "not a database" in message or "malformed" in message:
        return Damaged(f"The database file is damaged ({message}). Restore it from a backup.")
    if isinstance(error, sqlite3.OperationalError):
        return Unavailable(
            f"The storage did not take it ({message}). Nothing was stored; send again."
        )
    return error
