"""The house is protected: so many streams and no more, and what the server counts."""

import asyncio
import re
from contextlib import AsyncExitStack

import httpx2
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


async def test_a_house_of_many_addresses_is_one(start: Start, slug: str) -> None:
    """Who has a network of IPv6 has one share, whatever the address within it."""
    server = start(readers_per_address=1)
    await Desk(server.port, server.token(), slug).open()
    target = f"/live/{slug}/stream"
    async with connected(server.port) as one, connected(server.port) as two:
        first = await one.begin("GET", target, headers={"x-forwarded-for": "2001:db8:1:2::1"})
        assert first.status == 200
        again = {"x-forwarded-for": "2001:db8:1:2:ffff::9"}
        assert (await fetch(server.port, target, headers=again)).status == 503
        other = {"x-forwarded-for": "2001:db8:1:3::1"}
        assert (await two.begin("GET", target, headers=other)).status == 200


async def test_only_a_proxy_is_believed(start: Start, slug: str) -> None:
    """Who is no proxy says nothing about others, nor about how the site is reached."""
    server = start(proxies="10.9.9.9", readers_per_address=1)
    await Desk(server.port, server.token(), slug).open()
    said = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    assert (await fetch(server.port, "/metrics", headers=said)).status == 200
    page = await fetch(server.port, f"/live/{slug}", headers=said)
    assert b"http://127.0.0.1" in page.body
    assert b"https://127.0.0.1" not in page.body


async def test_what_is_kept_for_https_is_made_for_it(start: Start, slug: str) -> None:
    """A stranger who says `https` does not decide what those get who come by the proxy."""
    server = start(proxies="127.0.0.1/32", host="::")
    await Desk(server.port, server.token(), slug).open()
    secure = {"host": "live.example", "x-forwarded-proto": "https"}
    stranger = httpx2.AsyncHTTPTransport(local_address="127.0.0.2")
    async with httpx2.AsyncClient(transport=stranger) as client:
        made = await client.get(f"http://127.0.0.1:{server.port}/live/{slug}", headers=secure)
    assert "http://live.example" in made.text
    page = await fetch(server.port, f"/live/{slug}", headers=secure)
    assert b"https://live.example" in page.body


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
