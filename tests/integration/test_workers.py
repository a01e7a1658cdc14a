"""Two workers on one port are one server: what one has written, the other shows and knows."""

import asyncio
import json

import pytest

from integration.conftest import Start
from integration.pages import read_page
from integration.readers import Stream
from integration.wire import Answer, connected, fetch
from integration.writers import Desk

pytestmark = pytest.mark.anyio
POSTS = 40


async def test_sent_to_both_at_once_it_happens_once(start: Start, slug: str) -> None:
    """The same change on several connections: all get the one answer, whoever was first."""
    server = start(workers=2)
    token = server.token()
    desk = Desk(server.port, token, slug)
    await desk.open()

    async def revise(post: str, number: int) -> Answer:
        async with connected(server.port) as connection:
            return await connection.request(
                "PATCH",
                f"/api/coverages/{slug}/posts/{post}",
                headers={
                    "authorization": f"Bearer {token}",
                    "content-type": "application/json",
                    "idempotency-key": f"{slug}-{number}",
                    "if-match": '"1"',
                },
                body=json.dumps({"headline": f"The other of {number}"}).encode(),
            )

    for number in range(POSTS):
        post = (await desk.publish("One"))["id"]
        answers = await asyncio.gather(*(revise(post, number) for _ in range(4)))
        assert {answer.status for answer in answers} == {200}
        assert len({answer.body for answer in answers}) == 1


async def test_what_is_acknowledged_is_on_every_page(start: Start, slug: str) -> None:
    """A page or a delta asked for after the answer has it, whichever worker gives it."""
    server = start(workers=2)
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    for _ in range(POSTS):
        seq = (await desk.publish("One more"))["seq"]
        for _ in range(3):
            assert (await read_page(server.port, slug)).seq == seq
            delta = await fetch(server.port, f"/live/{slug}/changes/{seq - 1}")
            assert delta.json()["seq"] == seq


async def test_every_reader_gets_what_either_worker_wrote(start: Start, slug: str) -> None:
    """Streams of both workers, the same frames byte for byte, and no cursor is ahead."""
    server = start(workers=2)
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    for _ in range(8):
        seq = (await desk.publish("One more"))["seq"]
        async with connected(server.port) as connection:
            stream = await Stream.open(connection, slug, after=seq)
            assert stream.answer.status == 200
            last = asyncio.create_task(desk.publish("And another"))
            await stream.until(lambda s: s.got)
            assert [event.type for event in stream.got] == ["message"]
            assert stream.seqs == [(await last)["seq"]]
