"""A legal takedown: after it no word of the post is anywhere, on no address and on no disk."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from integration.conftest import Start
from integration.pages import read_page
from integration.readers import IMMUTABLE, OPEN, Stream
from integration.server import Server
from integration.wire import connected, fetch
from integration.writers import Desk

pytestmark = pytest.mark.anyio
# In every word of the post, so that one search finds them all.
SECRET = "zwartboek"
GONE_SECONDS = 10.0


async def test_no_word_stays(start: Start, slug: str) -> None:
    """After the answer to a takedown no word of the post is on the page, in deltas of either
    epoch, in a replay, in the API, in the database's files or in the server's messages."""
    server = start()
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    post = await _written(desk)
    await desk.publish_until(70)
    post_url = f"/live/{slug}/p/{post}"
    assert SECRET in (await read_page(server.port, slug)).html
    kept = await fetch(server.port, f"/live/{slug}/changes/0")
    assert SECRET in kept.body.decode()
    assert IMMUTABLE in kept.headers["cache-control"]
    assert _found_in(server.data), "the test looks in the wrong place"

    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, last=70)
        seq = (await desk.act(post, "redact"))["seq"]
        assert not _found_in(server.data), "answered, and the words are still on the disk"
        await stream.until(lambda s: s.got)
    [frame] = stream.frames
    assert frame == {"seq": seq, "time": frame["time"], "kind": "redact", "post": post}

    await _nowhere(server, slug, post, upto=seq)
    old = await fetch(server.port, f"/live/{slug}/changes/0")
    assert OPEN in old.headers["cache-control"], "the old epoch's address must not be kept again"
    fresh = await fetch(server.port, f"/live/{slug}/changes/0?epoch={seq}")
    assert IMMUTABLE in fresh.headers["cache-control"]
    assert fresh.json()["next"] == f"/live/{slug}/changes/64?epoch={seq}"
    assert old.headers["etag"] != kept.headers["etag"], "a cache would find its copy still valid"
    page = await read_page(server.port, slug)
    assert re.search(rf'\bdata-epoch="{seq}"', page.html), "the page begins with the new epoch"
    assert (await fetch(server.port, post_url)).status == 410
    assert (await fetch(server.port, f"/live/{slug}?at-post={post}")).status == 410

    verified = await asyncio.to_thread(server.command, "verify", slug)
    assert verified.returncode == 0, verified.stderr
    server.restart()
    await _nowhere(server, slug, post, upto=seq)
    assert not _found_in(server.data)
    assert SECRET not in server.log.read_text()


async def test_a_withdrawn_post_can_be_taken_down(start: Start, slug: str) -> None:
    """The words of a withdrawn post, and the reason it was withdrawn for, go as well."""
    server = start()
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    post = await _written(desk)
    await desk.act(post, "withdraw", reason=f"It named {SECRET}")
    seq = (await desk.act(post, "redact"))["seq"]
    assert not _found_in(server.data)
    await _nowhere(server, slug, post, upto=seq)


async def test_words_in_the_ring_go_too(start: Start, slug: str) -> None:
    """Frames that the server keeps in memory for those who resume are emptied."""
    server = start()
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    async with connected(server.port) as connection:
        watching = await Stream.open(connection, slug)
        await watching.until(lambda s: len(s.got) >= 2)
        post = await _written(desk)
        await desk.publish("Wind from the west")
        seq = (await desk.act(post, "redact"))["seq"]
        await watching.reaches(seq)
        for after in range(seq):
            assert await _replayed(server, slug, after, seq), "a replay lost its frames"


async def test_somebody_reading_the_database_does_not_keep_the_words(
    start: Start, slug: str
) -> None:
    """A backup that holds the database open only delays that the words leave the disk."""
    server = start()
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    post = await _written(desk)
    with closing(_holding(server.data)):
        await desk.act(post, "redact")
    await _gone_soon(server.data)


async def test_a_kill_in_the_middle_does_not_keep_the_words(start: Start, slug: str) -> None:
    """A server killed between taking a post down and clearing the disk clears it when it is
    back, although nobody sends the takedown again."""
    server = start()
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    post = await _written(desk)
    with closing(_holding(server.data)):
        # The clearing waits for this reader, so that the kill comes in between.
        taking_down = asyncio.create_task(desk.act(post, "redact"))
        async with connected(server.port) as connection:
            stream = await Stream.open(connection, slug)
            await stream.until(lambda s: s.got and s.frames[-1]["kind"] == "redact")
        server.kill()
        await asyncio.gather(taking_down, return_exceptions=True)
    server.start()
    await _gone_soon(server.data)


async def _written(desk: Desk) -> str:
    """A post that has its words in all places there are, and in three versions."""
    post = await desk.publish(
        f"{SECRET}1 and {SECRET}2",
        headline=f"{SECRET}3",
        key=True,
        pinned=True,
        topics=[f"{SECRET}4"],
        sources=[{"name": f"{SECRET}5", "url": f"https://{SECRET}6.example", "kind": "social"}],
        byline=[{"name": f"{SECRET}7", "organisation": f"{SECRET}8", "place": f"{SECRET}9"}],
    )
    said = {"type": "quote", "text": f"{SECRET}10", "speaker": f"{SECRET}11"}
    await desk.revise(post["id"], 1, blocks=[said])
    await desk.revise(post["id"], 2, headline=f"{SECRET}12", correction=f"Not {SECRET}13")
    return str(post["id"])


async def _nowhere(server: Server, slug: str, post: str, *, upto: int) -> None:
    page = await read_page(server.port, slug)
    assert SECRET not in page.html
    assert post not in page.articles
    for after in range(0, upto, 16):
        for epoch in ("", f"?epoch={upto}", "?epoch=0"):
            answer = await fetch(server.port, f"/live/{slug}/changes/{after}{epoch}")
            assert answer.status == 200
            assert SECRET not in answer.body.decode()
    await _replayed(server, slug, 0, upto)
    for target in (
        "/",
        f"/live/{slug}/p/{post}",
        f"/live/{slug}?at-post={post}",
        f"/api/coverages/{slug}",
        f"/api/coverages/{slug}/events",
        f"/api/coverages/{slug}/posts",
        f"/api/coverages/{slug}/posts/{post}",
    ):
        answer = await fetch(server.port, target)
        assert answer.status in (200, 302, 410), f"{target}: {answer.status}"
        assert SECRET not in answer.body.decode(), target
        assert SECRET not in str(answer.headers), target


async def _replayed(server: Server, slug: str, after: int, upto: int) -> list[int]:
    async with connected(server.port) as connection:
        stream = await Stream.open(connection, slug, after=after)
        await stream.reaches(upto)
    assert stream.seqs == list(range(after + 1, upto + 1)), "a takedown leaves no gap"
    assert not any(SECRET in event.data for event in stream.got)
    return stream.seqs


def _found_in(data: Path) -> list[str]:
    files = [file for file in data.rglob("*") if file.is_file()]
    return [file.name for file in files if SECRET.encode() in file.read_bytes()]


async def _gone_soon(data: Path) -> None:
    async with asyncio.timeout(GONE_SECONDS):
        while _found_in(data):
            await asyncio.sleep(0.1)


def _holding(data: Path) -> sqlite3.Connection:
    """A reader in the middle of its transaction, as a backup is. It changes nothing itself."""
    (file,) = data.glob("*.db")
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM events").fetchone()
    return connection
