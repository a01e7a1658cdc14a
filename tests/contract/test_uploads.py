"""What is on its way, in the database and on the disk: nothing is lost between the two."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.domain.errors import Conflict, NotFound
from dateline.domain.people import Actor
from dateline.media.library import Library
from dateline.media.uploads import Upload, Uploads
from dateline.store.database import Database

pytestmark = pytest.mark.anyio

NOW = datetime(2021, 6, 14, 12, tzinfo=UTC)
SENDER = Actor("token:1", "Tests")
DAY = timedelta(days=1)


def an_id(n: int) -> str:
    return f"01a20aec-bb19-42d4-8b42-{n:012x}"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = await Database.open(tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def uploads(database: Database, tmp_path: Path) -> AsyncIterator[Uploads]:
    made = Uploads(database, tmp_path / "originals", most_bytes=1000, kept=DAY)
    yield made
    made.close()


async def begun(uploads: Uploads, n: int, *, touched: datetime = NOW) -> Upload:
    upload = await uploads.begin(an_id(n), "hall.jpg", 10, SENDER, now=touched)
    await uploads.add(upload, 0, b"half.")
    file = uploads.file_of(upload)
    os.utime(file, (touched.timestamp(), touched.timestamp()))
    return upload


async def test_given_up_as_it_became_whole(uploads: Uploads) -> None:
    """The last byte and a deletion at once: it is a picture, and keeps its bytes."""
    upload = await begun(uploads, 1)
    await uploads.add(upload, 5, b"whole")
    await uploads.finish(upload)
    with pytest.raises(Conflict):
        await uploads.give_up(upload)
    assert uploads.file_of(upload).read_bytes() == b"half.whole"


async def test_two_at_once(uploads: Uploads) -> None:
    """Of two connections at the same place one goes on, and the other is told where it is."""
    upload = await begun(uploads, 1)
    assert await uploads.add(upload, 5, b"abc") == 8
    with pytest.raises(Conflict, match="8 bytes, not 5"):
        await uploads.add(upload, 5, b"xyz")
    assert uploads.file_of(upload).read_bytes() == b"half.abc"


async def test_cleared(uploads: Uploads, database: Database) -> None:
    """What lay for a day goes; what was begun long ago and touched lately stays; what was refused
    is remembered as long; a picture stays for ever."""
    library = Library(database)
    old = await begun(uploads, 1, touched=NOW - 2 * DAY)
    slow = await begun(uploads, 2, touched=NOW - 2 * DAY)
    os.utime(uploads.file_of(slow), (NOW.timestamp(), NOW.timestamp()))
    refused = await begun(uploads, 3, touched=NOW - 2 * DAY)
    whole = await begun(uploads, 4, touched=NOW - 2 * DAY)
    for upload in (refused, whole):
        await uploads.finish(upload)
    await library.refused(await library.find(refused.id), "It is no picture.")
    assert [one.id for one in await library.search("", before=99, most=9)] == [whole.id]
    await uploads.clear(now=NOW)
    for gone in (old, refused):
        with pytest.raises(NotFound):
            await uploads.find(gone.id, SENDER.id)
        assert not uploads.file_of(gone).exists()
    for kept in (slow, whole):
        assert (await uploads.find(kept.id, SENDER.id)).id == kept.id
        assert uploads.file_of(kept).exists()
