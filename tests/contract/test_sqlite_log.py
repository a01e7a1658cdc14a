"""What the log in SQLite promises beyond the contract: the file itself."""

import asyncio
import shutil
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from anyio.lowlevel import checkpoint

from builders import SLUG, a_post_id, opened, published
from dateline.domain.errors import Damaged, Unavailable
from dateline.domain.events import PostRedacted
from dateline.store.chain import verify_log
from dateline.store.database import FILE, Database
from dateline.store.log import Once
from dateline.store.neighbours import FOLDER
from dateline.store.sqlite import HISTORY, SqliteEventLog

from .appending import add, seqs, taken
from .reading import read_without_end

pytestmark = pytest.mark.anyio


class Stumbling(Database):
    """A database whose first answer is that it is damaged."""

    faults = 1

    async def read(self, work: Any) -> Any:
        if self.faults:
            self.faults -= 1
            raise Damaged("The database file is damaged.")
        return await super().read(work)


@asynccontextmanager
async def a_log(folder: Path):
    log = await SqliteEventLog.open(folder)
    try:
        yield log
    finally:
        await log.close()


async def test_reopened_it_is_the_same(tmp_path: Path) -> None:
    """What was appended is there after closing and opening again: events, heads and keys."""
    async with a_log(tmp_path) as log:
        await add(log, opened(), published(1), once=Once("key", "print", b"answer"))
        before = (await log.entries(SLUG, 0), await log.heads(), await log.recall("key"))
    async with a_log(tmp_path) as log:
        assert (await log.entries(SLUG, 0), await log.heads(), await log.recall("key")) == before
        await add(log, published(2))
        assert await seqs(log) == [1, 2, 3]
        assert (await verify_log(log, SLUG)).fault is None


async def test_another_process_wakes_a_follower(tmp_path: Path) -> None:
    """What somebody else appends to the same file comes to followers, without being told."""
    async with asyncio.timeout(30), AsyncExitStack() as stack:
        mine = await stack.enter_async_context(a_log(tmp_path))
        theirs = await stack.enter_async_context(a_log(tmp_path))
        await add(mine, opened())
        follower = asyncio.ensure_future(taken(mine.follow(SLUG, 0), 2))
        await add(theirs, published(1))
        assert await follower == [1, 2]


async def test_a_look_that_fails_is_not_the_last(tmp_path: Path) -> None:
    """Whatever the storage answers when it is looked at: the next look finds what is new."""
    database = await Stumbling.open(tmp_path)
    assert isinstance(database, Stumbling)
    async with asyncio.timeout(30), AsyncExitStack() as stack:
        mine = SqliteEventLog(database)
        stack.push_async_callback(mine.close)
        while database.faults:
            await checkpoint()
        # Nothing but the look can tell of what is written there.
        shutil.rmtree(tmp_path / FOLDER)
        theirs = await stack.enter_async_context(a_log(tmp_path))
        await add(theirs, opened())
        follower = asyncio.ensure_future(taken(mine.follow(SLUG, 0), 2))
        await add(theirs, published(1))
        assert await follower == [1, 2]


async def test_two_processes_race_without_a_gap(tmp_path: Path) -> None:
    """Two writers on one file lose nothing: the expected version decides between them."""
    async with AsyncExitStack() as stack:
        logs = [await stack.enter_async_context(a_log(tmp_path)) for _ in range(2)]
        await add(logs[0], opened())
        tries = [add(logs[n % 2], published(n), expected=1) for n in range(8)]
        results = await asyncio.gather(*tries, return_exceptions=True)
        assert results.count(None) == 1
        assert await seqs(logs[0]) == await seqs(logs[1]) == [1, 2]


@pytest.mark.parametrize("size", [20, 60_000])
async def test_redacted_words_leave_the_disk(tmp_path: Path, size: int) -> None:
    """Once a takedown is answered, no file of the database holds the words."""
    secret = "SECRET " * (size // 7)

    def on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())

    async with a_log(tmp_path) as log:
        await add(log, opened(), published(1, secret), published(2))
        assert b"SECRET" in on_disk()
        await add(log, PostRedacted(a_post_id(1), 2))
        assert b"SECRET" not in on_disk()


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE events SET payload = CAST('{}' AS BLOB) WHERE seq = 3", 3),
        ("UPDATE events SET time = time + 1 WHERE seq = 3", 3),
        ("UPDATE events SET actor = CAST('{}' AS BLOB) WHERE seq = 1", 1),
        ("UPDATE events SET type = 'PostRevised/1' WHERE seq = 3", 3),
        ("UPDATE events SET digest = zeroblob(32) WHERE seq = 4", 4),
        ("UPDATE events SET chain = zeroblob(32) WHERE seq = 2", 2),
        ("UPDATE events SET seq = 99 WHERE seq = 3", 3),
        ("UPDATE events SET seq = 99 WHERE seq = 5", 5),
        ("UPDATE events SET coverage = 'other' WHERE seq = 2", 2),
        ("DELETE FROM events WHERE seq = 1", 1),
        ("DELETE FROM events WHERE seq = 3", 3),
        ("DELETE FROM events WHERE seq >= 4", 4),
        ("DELETE FROM events", 1),
        ("UPDATE events SET payload = CAST('{\"redacted\":true}' AS BLOB) WHERE seq = 3", 3),
        ("UPDATE events SET payload = CAST('{\"redacted\":true}' AS BLOB) WHERE seq = 1", 1),
    ],
)
async def test_damage_is_found(tmp_path: Path, statement: str, seq: int) -> None:
    """Whatever was altered behind the log's back, the first event that does not fit is named."""
    async with a_log(tmp_path) as log:
        await add(log, opened(), *(published(n) for n in range(1, 5)))
        assert (await verify_log(log, SLUG)).fault is None
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute(statement)
    async with a_log(tmp_path) as log:
        verdict = await verify_log(log, SLUG)
    assert verdict.fault
    assert verdict.seq == seq


async def test_swapped_events_are_found(tmp_path: Path) -> None:
    """Two events that change places no longer fit."""
    async with a_log(tmp_path) as log:
        await add(log, opened(), *(published(n) for n in range(1, 5)))
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        for old, new in ((3, 99), (4, 3), (99, 4)):
            connection.execute("UPDATE events SET seq = ? WHERE seq = ?", (new, old))
    async with a_log(tmp_path) as log:
        assert (await verify_log(log, SLUG)).seq == 3


@pytest.mark.parametrize("name", ["with space", "what?", "100%25", "a#b", "ünï"])
async def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """The data lies in the folder that was named, whatever its name means in a URL."""
    folder = tmp_path / name
    async with a_log(folder) as log:
        await add(log, opened())
    assert (folder / FILE).is_file()


async def test_a_folder_that_can_not_be(tmp_path: Path) -> None:
    """A data folder that can't be made is said to be unavailable, with what to do."""
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable, match="--data"):
        await SqliteEventLog.open(tmp_path / "file" / "data")


async def test_a_posts_history_is_found_without_reading_the_coverage(tmp_path: Path) -> None:
    """However long the coverage, only the events of those subjects are looked at."""
    async with a_log(tmp_path) as log:
        await add(log, opened(), *(published(n) for n in range(1, 4)))
        asked: list[str] = []

        def plan(connection: sa.Connection) -> list[str]:
            sa.event.listen(connection, "before_cursor_execute", lambda *a: asked.append(a[2]))
            query = HISTORY.params(coverage_=SLUG, subjects=["", a_post_id(1)], upto=9)
            connection.execute(query).all()
            found = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {asked[0]}", (SLUG, 9, "", a_post_id(1))
            )
            return [row.detail for row in found]

        assert await log.database.read(plan) == [
            "SEARCH events USING INDEX ix_events_coverage_subject_seq "
            "(coverage=? AND subject=? AND seq<?)"
        ]


async def test_a_follower_whose_read_is_given_up_ends_too(tmp_path: Path) -> None:
    """The end of the log gives up what is still being read, and is no error to who follows."""
    log = await SqliteEventLog.open(tmp_path)
    await add(log, opened())
    reads = await read_without_end(log.database)
    follower = asyncio.create_task(taken(log.follow(SLUG, 0), 99))
    await checkpoint()
    await log.close()
    assert await follower == []
    await asyncio.gather(*reads, return_exceptions=True)
