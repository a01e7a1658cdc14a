"""Two processes on one data folder: what one has written, the other knows."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from pathlib import Path

import pytest

from builders import SLUG, opened, published
from dateline.delivery.hub import Hub
from dateline.domain.errors import Unavailable
from dateline.store.neighbours import FOLDER, PLACES, Neighbours
from dateline.store.sqlite import SqliteEventLog

from .appending import add, seqs, taken

pytestmark = pytest.mark.anyio


@pytest.fixture
async def logs(tmp_path: Path) -> AsyncIterator[list[SqliteEventLog]]:
    """The log as two processes have it."""
    async with AsyncExitStack() as stack:
        found = [await SqliteEventLog.open(tmp_path) for _ in range(2)]
        for log in found:
            stack.push_async_callback(log.close)
        yield found


async def test_what_is_acknowledged_there_can_be_noticed_here(logs: list[SqliteEventLog]) -> None:
    """After a write over there, `is_noticed` is false until one has looked."""
    mine, theirs = logs
    await add(mine, opened())
    await mine.notice(SLUG)
    assert mine.is_noticed(SLUG)
    await add(theirs, published(1))
    assert not mine.is_noticed(SLUG)
    await mine.notice(SLUG)
    assert mine.is_noticed(SLUG)
    assert mine.seen(SLUG) == 2


async def test_a_reader_may_know_more_than_this_process(tmp_path: Path) -> None:
    """A reader who got a change over there, before its writer told of it, is not sent away."""
    async with AsyncExitStack() as stack:
        mine = await SqliteEventLog.open(tmp_path)
        stack.push_async_callback(mine.close)
        await add(mine, opened())
        hub = Hub(mine)
        stack.push_async_callback(hub.drain)
        channel = await hub.open(SLUG)
        # The two have lost each other: only the log tells of what is written over there.
        shutil.rmtree(tmp_path / FOLDER)
        theirs = await SqliteEventLog.open(tmp_path)
        stack.push_async_callback(theirs.close)
        await add(theirs, published(1))
        assert await channel.reaches(2)
        assert not await channel.reaches(3)


async def test_own_writes_need_no_look(logs: list[SqliteEventLog]) -> None:
    """Who writes knows of it."""
    mine, _ = logs
    await add(mine, opened())
    await mine.notice(SLUG)
    await add(mine, published(1))
    assert mine.is_noticed(SLUG)
    assert mine.seen(SLUG) == 2


async def test_what_is_being_written_may_be_seen_already(
    logs: list[SqliteEventLog], tmp_path: Path
) -> None:
    """From before a write begins until it is told of, nobody takes what it knows for all."""
    mine, theirs = logs
    await add(mine, opened())
    await mine.notice(SLUG)
    other = Neighbours(tmp_path, _nobody)
    with other.writing(), other.writing():
        for log in logs:
            assert not log.is_noticed(SLUG)
            await log.notice(SLUG)
            assert not log.is_noticed(SLUG)
    await mine.notice(SLUG)
    assert mine.is_noticed(SLUG)
    assert not theirs.is_noticed(SLUG)
    other.close()


async def test_who_is_alone_needs_no_look_while_it_writes(tmp_path: Path) -> None:
    """Nobody else can have shown what is not acknowledged yet."""
    async with AsyncExitStack() as stack:
        mine = await SqliteEventLog.open(tmp_path)
        stack.push_async_callback(mine.close)
        await add(mine, opened())
        await mine.notice(SLUG)
        with mine.neighbours.writing():
            assert mine.is_noticed(SLUG)
            other = Neighbours(tmp_path, _nobody)
            assert not mine.is_noticed(SLUG)
            other.close()


async def test_killed_while_it_wrote(tmp_path: Path) -> None:
    """What a process leaves behind is cleared by the next that starts, and looked at by all."""
    mine = Neighbours(tmp_path, _nobody)
    before = mine.stamp()
    with _killed(tmp_path) as place:
        assert mine.stamp() is None
        found = Neighbours(tmp_path, _nobody)
        assert int(found.name) == place
        found.close()
    assert not (tmp_path / FOLDER / str(place)).exists()
    assert mine.stamp() not in (None, before)
    mine.close()


async def test_killed_and_nobody_starts(tmp_path: Path) -> None:
    """A server that goes on clears it away itself; who still writes keeps its place."""
    mine = Neighbours(tmp_path, _nobody)
    other = Neighbours(tmp_path, _nobody)
    before = mine.stamp()
    with _killed(tmp_path), other.writing():
        mine.clear()
        assert mine.stamp() is None
    mine.clear()
    assert mine.stamp() not in (None, before)
    other.close()
    mine.close()


async def test_a_killed_import_does_not_slow_the_server(
    logs: list[SqliteEventLog], tmp_path: Path
) -> None:
    """Without a restart, what is ready is given out again soon after."""
    mine, _ = logs
    await add(mine, opened())
    with _killed(tmp_path):
        async with asyncio.timeout(30):
            while not mine.is_noticed(SLUG):
                await mine.notice(SLUG)


async def test_each_process_has_a_place_of_its_own(tmp_path: Path) -> None:
    """Two on one stamp would not see each other; one too many is told so."""
    with ExitStack() as stack:
        names = set()
        for _ in range(PLACES):
            one = Neighbours(tmp_path, _nobody)
            stack.callback(one.close)
            names.add(one.name)
        assert len(names) == PLACES
        with pytest.raises(Unavailable, match="End one of them"):
            Neighbours(tmp_path, _nobody)


async def test_without_the_pipes_nothing_is_lost(
    logs: list[SqliteEventLog], tmp_path: Path
) -> None:
    """They only make it quick: a follower hears of a write all the same."""
    mine, theirs = logs
    await add(mine, opened())
    follower = asyncio.ensure_future(taken(mine.follow(SLUG, 0), 2))
    shutil.rmtree(tmp_path / FOLDER)
    async with asyncio.timeout(30):
        await add(theirs, published(1))
        assert await follower == [1, 2]
    assert await seqs(mine) == [1, 2]


def _nobody(_coverage: str) -> None:
    pass


_WRITER = """
import asyncio, pathlib, sys
from dateline.store.neighbours import Neighbours

async def main():
    mine = Neighbours(pathlib.Path(sys.argv[1]), print)
    with mine.writing():
        print(mine.name, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


@contextmanager
def _killed(folder: Path) -> Iterator[int]:
    """The place of a process that was killed in the midst of a write."""
    command = [sys.executable, "-c", _WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        place = int(process.stdout.readline())
        process.kill()
        process.wait()
        yield place
