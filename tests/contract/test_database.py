"""The database's end: what is written is kept, what is read holds nobody up."""

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.domain.errors import Unavailable
from dateline.store.database import READERS, Database

from .reading import read_without_end

pytestmark = pytest.mark.anyio


async def test_a_search_without_end_does_not_keep_the_database_open(tmp_path: Path) -> None:
    """Those who still read at the end, or wait for their turn, are told to come back."""
    database = await Database.open(tmp_path)
    reads = await read_without_end(database, count=2 * READERS)
    await database.close()
    for answer in await asyncio.gather(*reads, return_exceptions=True):
        assert isinstance(answer, Unavailable)
        assert "shutting down" in answer.detail


async def test_what_is_being_written_at_the_end_is_kept(tmp_path: Path) -> None:
    """A write that has begun is done before the database is closed."""
    database = await Database.open(tmp_path)
    begun, told = threading.Event(), threading.Event()

    def write(connection: sa.Connection) -> None:
        begun.set()
        told.wait(30)
        connection.exec_driver_sql("INSERT INTO onces VALUES ('kept', 'f', x'00')")

    writing = asyncio.create_task(database.write(write))
    await asyncio.to_thread(begun.wait)
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    told.set()
    await closing
    await writing
    again = await Database.open(tmp_path)
    count = sa.text("SELECT count(*) FROM onces WHERE key = 'kept'")
    assert await again.read(lambda one: one.execute(count).scalar()) == 1
    await again.close()
