"""The house is protected: so many streams and no more, and what the server counts."""

import asyncio
import re
from contextlib import AsyncExitStack

import pytest

from integration.conftest import Start
from integration.readers import Stream
from integration.server import Server
from integration.wire import connected, fetch
from integration.writers import Desk

pytestmark = pytest.mark.anyio


async def test_one_stream_too_many_is_told_when_to_come_back(start: Start, slug: str) -> None:
    """There are so many places; who finds none gets 503, and a place as soon as one is free."""
    server = start(readers=3)
    await Desk(server.port, server.token(), slug).open()
    async with AsyncExitStack() as stack:
        taken = [await stack.enter_async_context(connected(server.port)) for _ in range(3)]
        for connection in taken:
            assert (await Stream.open(connection, slug)).answer.status == 200
        refused = await fetch(server.port, f"/live/{slug}/stream")
        assert refused.status == 503
        assert 5 <= int(refused.headers["retry-after"]) <= 30
        assert (await fetch(server.port, f"/live/{slug}")).status == 200, "the page has to stay"
        taken[0].abort()
        async with asyncio.timeout(20):
            await _until_there_is_room(server, slug)


async def test_one_address_takes_only_its_share(start: Start, slug: str) -> None:
    """An address of its own has a bound; loopback, behind which a proxy may be, has none."""
    server = start(readers_per_address=1)
    await Desk(server.port, server.token(), slug).open()
    target, far = f"/live/{slug}/stream", {"x-forwarded-for": "203.0.113.9"}
    async with connected(server.port) as one, connected(server.port) as two:
        assert (await one.begin("GET", target, headers=far)).status == 200
        assert (await two.begin("GET", target)).status == 200
        refused = await fetch(server.port, target, headers=far)
        assert refused.status == 503
        other = {"x-forwarded-for": "203.0.113.10"}
        async with connected(server.port) as three:
            assert (await three.begin("GET", target, headers=other)).status == 200


@pytest.mark.parametrize("workers", [1, 2])
async def test_what_is_counted(start: Start, slug: str, workers: int) -> None:
    """Readers, deliveries and their delay are told, of all workers together."""
    server = start(workers=workers)
    desk = Desk(server.port, server.token(), slug)
    await desk.open()
    async with AsyncExitStack() as stack:
        streams = []
        for _ in range(6):
            connection = await stack.enter_async_context(connected(server.port))
            streams.append(await Stream.open(connection, slug))
            await streams[-1].until(lambda s: s.got)
        seq = (await desk.publish("One more"))["seq"]
        for stream in streams:
            await stream.until(lambda s: s.seqs[-1] == seq)
        figures = await _figures(server)
        # A worker counts what it has sent just after it is read.
        while float(figures["dateline_frames_total"]) < 6:
            figures = await _figures(server)
    assert float(figures[f'dateline_readers{{coverage="{slug}"}}']) == 6
    assert float(figures["dateline_cuts_total"]) == 0


async def test_figures_are_not_for_everybody(start: Start) -> None:
    """From another machine they need a token."""
    server = start()
    far = {"x-forwarded-for": "203.0.113.9"}
    assert (await fetch(server.port, "/metrics", headers=far)).status == 401
    known = {**far, "authorization": f"Bearer {server.token()}"}
    assert (await fetch(server.port, "/metrics", headers=known)).status == 200


async def _figures(server: Server) -> dict[str, str]:
    text = (await fetch(server.port, "/metrics")).body.decode()
    return dict(re.findall(r"^(\S+) (\S+)$", text, re.MULTILINE))


async def _until_there_is_room(server: Server, slug: str) -> None:
    status = 503
    while status == 503:
        async with connected(server.port) as connection:
            status = (await connection.begin("GET", f"/live/{slug}/stream")).status
    assert status == 200
