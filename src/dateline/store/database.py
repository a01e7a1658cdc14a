"""The small executor that everything that stores goes through: one writer, a few readers.

Each transaction is one function that runs in a thread: the event loop hands it over and gets it
back once, however many statements it has.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from dateline.domain.errors import Damaged, Unavailable
from dateline.store.migrating import migrate

FILE = "dateline.db"
BUSY_MS = 5_000
READERS = 4
CLOSE_SECONDS = 5.0
INTERRUPT_SECONDS = 0.1

T = TypeVar("T")


class Database:
    """A SQLite file: WAL, `synchronous=FULL`, `BEGIN IMMEDIATE` for the one writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = _Threads(path, size=1, begin="BEGIN IMMEDIATE")
        self._reader = _Threads(path, size=READERS, begin="BEGIN")

    @classmethod
    async def open(cls, folder: Path) -> "Database":
        """Open, or make, the database of a data folder.

        :raises Unavailable: the folder can't be written.
        :raises Damaged: the file is no database, or one of a later version.
        """
        path = folder / FILE
        await asyncio.to_thread(_prepare, path)
        database = cls(path)
        await asyncio.to_thread(database._reader.connect)
        return database

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """A transaction of the one writer; when this returns, it is on disk.

        :raises Unavailable: the storage refuses (full, read-only, busy); nothing was changed.
        """
        return await self._writer.run(work)

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        """One unchanging view of the data."""
        return await self._reader.run(work)

    async def forget(self) -> bool:
        """Empty the write-ahead log, so that overwritten words leave it too.

        :returns: whether it is empty: somebody who reads just now delays it.
        """

        def truncate(connection: sa.Connection) -> bool:
            busy: int
            # Outside of a transaction, where the driver alone has the connection.
            connection.rollback()
            driver: Any = connection.connection.driver_connection
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

        return await self._writer.run(truncate)

    async def close(self) -> None:
        """End. What is being written is still done; what is being read is given up: a search
        through an archive must not keep the server from its end."""
        await self._reader.close(giving_up=True)
        await self._writer.close()


class _Threads:
    """Threads with a connection each, kept open."""

    def __init__(self, path: Path, *, size: int, begin: str) -> None:
        self._connections: list[sqlite3.Connection] = []
        self._engine = _engine(path, size=size, begin=begin)
        sa.event.listen(self._engine, "connect", lambda made, _: self._connections.append(made))
        self._is_over = False
        self._executor = ThreadPoolExecutor(size, thread_name_prefix=f"sqlite {begin.lower()}")
        self._size = size

    def connect(self) -> None:
        """Make all connections now: on a disk that has turned read-only there is no new one."""
        with _refusals(), ExitStack() as stack:
            for _ in range(self._size):
                connection = stack.enter_context(self._engine.connect())
                # Only what is read opens the write-ahead log's index.
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")

    async def run(self, work: Callable[[sa.Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, self._transaction, work)
        except RuntimeError as error:
            if "after shutdown" in str(error):
                raise _shutting_down() from None
            raise

    def _transaction(self, work: Callable[[sa.Connection], T]) -> T:
        if self._is_over:
            raise _shutting_down()
        with _refusals(), self._engine.connect() as connection:
            with connection.begin() as transaction:
                result = work(connection)
                if transaction.is_active:
                    transaction.commit()
            return result

    async def close(self, *, giving_up: bool = False) -> None:
        """End once all that was asked for is done, or given up; at most after some seconds."""
        # Not cancelled: it would look to who waits as if they themselves were.
        self._is_over = giving_up
        ending = asyncio.create_task(asyncio.to_thread(self._executor.shutdown))
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                while not ending.done():
                    if giving_up:
                        # Again and again: it interrupts what runs, not what is about to.
                        self._interrupt()
                    await asyncio.wait({ending}, timeout=INTERRUPT_SECONDS)
        self._engine.dispose()

    def _interrupt(self) -> None:
        for connection in self._connections:
            with suppress(sqlite3.ProgrammingError):  # the pool has closed it
                connection.interrupt()


def _engine(path: Path, *, size: int, begin: str) -> sa.Engine:
    # Not as one string: a folder's name may hold what means something else in a URL.
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, pool_size=size, max_overflow=0, pool_timeout=30)
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql(begin))
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
    if message == "interrupted":
        return _shutting_down()
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


def _shutting_down() -> Unavailable:
    return Unavailable("The server is shutting down. Come back in a moment.", 2)
