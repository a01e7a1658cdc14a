"""When the disk takes no more: a clear answer, nothing lost, and on it goes when there is room."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration.conftest import Start
from integration.history import check_chain, read_events
from integration.pages import read_page
from integration.readers import Stream
from integration.server import Server, serving
from integration.storage import MIB, SmallDisk, limit_writes, real_disk, small_disk
from integration.wire import Answer, connected
from integration.writers import Desk

pytestmark = pytest.mark.anyio
_words = random.Random(5)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 36 * MIB) as made:
        yield made


async def test_a_full_disk(disk: SmallDisk, slug: str) -> None:
    """A full disk is answered with 503 and a reason; what was acknowledged stays, readers go on
    reading, and writing goes on without a restart when there is space again."""
    disk.reserve(30 * MIB)
    with serving(disk.path) as server:
        desk = Desk(server.port, server.token(), slug)
        await desk.open()
        acknowledged = await _fill(desk)
        # A second one and a third: the first refusal must not leave the log in a state of its own.
        for _ in range(2):
            _is_refusal(await _publish(desk, "refused"))
        await _all_there(server, slug, acknowledged)
        disk.release()
        acknowledged.append((await desk.publish("There is room again"))["seq"])
        await _all_there(server, slug, acknowledged)
        verified = await asyncio.to_thread(server.command, "verify", slug)
        assert verified.returncode == 0, verified.stderr


async def test_killed_on_a_full_disk(disk: SmallDisk, slug: str) -> None:
    """A server that dies on a full disk has all it acknowledged when it is back."""
    disk.reserve(30 * MIB)
    with serving(disk.path) as server:
        desk = Desk(server.port, server.token(), slug)
        await desk.open()
        acknowledged = await _fill(desk)
        server.kill()
        disk.release()
        server.start()
        await _all_there(server, slug, acknowledged)
        await desk.publish("It goes on")


async def test_a_retry_after_a_full_disk(disk: SmallDisk, slug: str) -> None:
    """A refused write is not remembered as done: sent again with its key, it is carried out."""
    disk.reserve(30 * MIB)
    with serving(disk.path) as server:
        desk = Desk(server.port, server.token(), slug)
        await desk.open()
        acknowledged = await _fill(desk)
        _is_refusal(await _publish(desk, "k1"))
        disk.release()
        answer = await _publish(desk, "k1")
        assert answer.status == 201, answer.body
        assert answer.json()["seq"] == acknowledged[-1] + 1
        assert (await _publish(desk, "k1")).body == answer.body


async def test_a_disk_that_refuses(start: Start, slug: str) -> None:
    """An error of the disk other than being full (here: a limit on the size of files) is a 503
    as well, and passes without a restart."""
    server = start()
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    acknowledged = [(await desk.publish("Before"))["seq"]]
    largest = max(file.stat().st_size for file in server.data.rglob("*") if file.is_file())
    limit_writes(server.pid, largest + 64 * 1024)
    acknowledged += await _fill(desk)
    await _all_there(server, slug, acknowledged)
    limit_writes(server.pid, None)
    acknowledged.append((await desk.publish("After"))["seq"])
    await _all_there(server, slug, acknowledged)


async def test_a_stream_goes_on_over_a_full_disk(disk: SmallDisk, slug: str) -> None:
    """Readers who are connected see no event of a refused write, and all that follow."""
    disk.reserve(30 * MIB)
    with serving(disk.path) as server:
        desk = Desk(server.port, server.token(), slug)
        await desk.open()
        async with connected(server.port) as connection:
            stream = await Stream.open(connection, slug)
            # All the while: who takes nothing for long is sent away, and comes back.
            reading = asyncio.create_task(
                stream.until(lambda s: s.got and "Room again" in s.got[-1].data, seconds=60)
            )
            acknowledged = await _fill(desk)
            disk.release()
            last = (await desk.publish("Room again"))["seq"]
            await reading
        assert stream.seqs == [1, 2, *acknowledged, last]


async def test_a_disk_that_turns_read_only(tmp_path: Path, slug: str) -> None:
    """When the kernel sets the disk read-only under a running server, writes are refused with a
    reason, readers go on reading, and after the repair all that was acknowledged is there."""
    with real_disk(tmp_path / "disk") as disk, serving(disk.path / "data") as server:
        desk = Desk(server.port, server.token(), slug)
        await desk.open()
        acknowledged = [(await desk.publish(f"Report {n}"))["seq"] for n in range(40)]
        disk.break_()
        for _ in range(3):
            _is_refusal(await _publish(desk, "refused"))
        await _all_there(server, slug, acknowledged)
        server.kill()
        disk.repair()
        server.start()
        await _all_there(server, slug, acknowledged)
        await desk.publish("After the repair")
        server.stop()


async def test_a_read_only_folder(disk: SmallDisk, slug: str) -> None:
    """On a folder that can't be written the server does not start: it says why and leaves with 1.
    All that was acknowledged is there as soon as the folder can be written again."""
    with serving(disk.path) as server:
        desk = Desk(server.port, server.token(), slug)
        await desk.open()
        acknowledged = [(await desk.publish("Before"))["seq"]]
        server.stop()
        disk.set_read_only(True)
        ended = await asyncio.to_thread(server.command, "serve", "--port", str(server.port))
        assert ended.returncode == 1
        assert "can't be written" in ended.stderr
        assert "Traceback" not in ended.stderr
        disk.set_read_only(False)
        server.start()
        await _all_there(server, slug, acknowledged)
        await desk.publish("After")


async def test_a_folder_that_cannot_be_made(disk: SmallDisk) -> None:
    """Without a folder there is nothing to serve: the server says what to do and leaves with 1."""
    disk.set_read_only(True)
    server = Server(disk.path / "data", 0)
    ended = await asyncio.to_thread(server.command, "serve", "--port", "0")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert str(server.data) in ended.stderr.replace("\n", "")


async def _fill(desk: Desk) -> list[int]:
    """Publish until that is refused; the seqs of what was acknowledged."""
    acknowledged: list[int] = []
    for size in (100_000, 10_000, 1_000, 10):
        while (answer := await _publish(desk, None, size)).status == 201:
            acknowledged.append(answer.json()["seq"])
            assert len(acknowledged) < 1000, "the disk does not fill"
        _is_refusal(answer)
    return acknowledged


async def _publish(desk: Desk, key: str | None, size: int = 10) -> Answer:
    # What is sent again with a key has to be the same.
    text = _words.randbytes(size // 2).hex() if key is None else "The same words"
    body = {"blocks": [{"type": "paragraph", "html": text}], "byline": [{"name": "Ada Peeters"}]}
    return await desk.ask("POST", f"/api/coverages/{desk.slug}/posts", body, key=key)


def _is_refusal(answer: Answer) -> None:
    assert answer.status == 503, f"{answer.status} {answer.body!r}"
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    problem = answer.json()
    assert problem["status"] == 503
    assert problem["title"]
    assert len(problem["detail"]) > 20, "the answer says what is the matter"


async def _all_there(server: Server, slug: str, acknowledged: list[int]) -> None:
    entries = await read_events(server.port, slug)
    assert {entry.seq for entry in entries} >= set(acknowledged)
    assert entries[-1].seq == acknowledged[-1], "an event that nobody was told of"
    check_chain(slug, entries)
    page = await read_page(server.port, slug)
    assert page.seq == acknowledged[-1]
    assert len(page.articles) == len(acknowledged)
