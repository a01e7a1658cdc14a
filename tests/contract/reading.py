"""Reads that take without end, to see what becomes of those who wait for their turn."""

import asyncio
import threading

import sqlalchemy as sa

from dateline.store.database import READERS, Database

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


async def read_without_end(database: Database, *, count: int = READERS) -> list[asyncio.Task[None]]:
    """Start so many reads; when this returns all of the database's readers are busy with them."""
    running = threading.Semaphore(0)

    def endless(connection: sa.Connection) -> None:
        running.release()
        connection.exec_driver_sql(_ENDLESS)

    reads = [asyncio.create_task(database.read(endless)) for _ in range(count)]
    for _ in range(min(count, READERS)):
        await asyncio.to_thread(running.acquire)
    return reads
