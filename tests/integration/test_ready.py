"""What is answered from ready bytes is what would be answered anyway, however it is asked."""

import asyncio

import brotli
import pytest

from integration.server import Server
from integration.wire import Answer, connected, fetch
from integration.writers import Desk

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(server: Server, token: str, slug: str) -> Desk:
    made = Desk(server.port, token, slug)
    await made.open()
    await made.publish_until(8)
    return made


async def ask(server: Server, slug: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await fetch(server.port, f"/live/{slug}", headers=named)


async def test_each_coding_is_the_same_page(server: Server, desk: Desk) -> None:
    """Plain, gzip and brotli hold the same bytes; what a reader refuses it does not get.

    The connection of these tests takes gzip off by itself.
    """
    plain = await ask(server, desk.slug)
    packed = await ask(server, desk.slug, accept_encoding="gzip")
    best = await ask(server, desk.slug, accept_encoding="gzip, deflate, br, zstd")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == brotli.decompress(best.body) == plain.body
    refused = await ask(server, desk.slug, accept_encoding="br;q=0, gzip;q=0.0, deflate")
    assert refused.body == plain.body
    assert {one.headers["vary"] for one in (plain, packed, best)} == {"accept-encoding"}
    assert len({one.headers["etag"] for one in (plain, packed, best)}) == 3


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
async def test_what_a_reader_has_is_not_sent_again(server: Server, desk: Desk, coding: str) -> None:
    """304 as long as nothing changes, for every coding; then the new page."""
    first = await ask(server, desk.slug, accept_encoding=coding)
    for _ in range(3):
        again = await ask(
            server, desk.slug, accept_encoding=coding, if_none_match=first.headers["etag"]
        )
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    await desk.publish("One more")
    changed = await ask(
        server, desk.slug, accept_encoding=coding, if_none_match=first.headers["etag"]
    )
    assert changed.status == 200


async def test_the_first_answer_and_the_ready_one_are_alike(server: Server, desk: Desk) -> None:
    """The one that was made and those that were ready have the same head and body, but the date."""
    answers = [await ask(server, desk.slug) for _ in range(4)]
    for answer in answers:
        answer.headers.pop("date")
    assert len({answer.body for answer in answers}) == 1
    assert all(sorted(answer.headers) == sorted(answers[0].headers) for answer in answers)
    assert all(answer.headers == answers[0].headers for answer in answers)


async def test_a_connection_that_is_to_end_ends(server: Server, desk: Desk) -> None:
    """`Connection: close` is followed each time, also for what was asked in these bytes before."""
    for _ in range(3):
        async with connected(server.port) as connection:
            answer = await connection.request(
                "GET", f"/live/{desk.slug}", headers={"connection": "close"}
            )
            assert answer.status == 200
            assert not [piece async for piece in connection.pieces()]
    for _ in range(3):
        async with connected(server.port) as connection:
            for _ in range(3):
                assert (await connection.request("GET", f"/live/{desk.slug}")).status == 200


async def test_a_body_behind_a_get_is_no_request(server: Server, desk: Desk) -> None:
    """Where a GET has a body that comes later, it is not taken for the next request."""
    head = f"GET /live/{desk.slug} HTTP/1.1\r\nhost: x\r\ncontent-length: 37\r\n\r\n".encode()
    body = b"GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n..."[:37].ljust(37, b".")
    for _ in range(3):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(head)
        await writer.drain()
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        last = f"GET /live/{desk.slug} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        writer.write(body + last.encode())
        text = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        assert text.count(b"HTTP/1.1 200") == 1
        assert b"404" not in text.partition(b"<!doctype")[0]


async def test_what_is_sent_as_a_body_is_no_question(server: Server, desk: Desk) -> None:
    """A body that reads like a request teaches nothing: who asks in these bytes gets their own."""
    asks = f"GET /live/{desk.slug}?posts=all HTTP/1.1\r\nhost: x\r\n\r\n".encode()
    other = f"GET /live/{desk.slug}/changes/0 HTTP/1.1\r\nhost: x\r\n"
    for _ in range(3):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(f"{other}content-length: {len(asks)}\r\n\r\n".encode())
        assert b"json" in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
        writer.write(asks)
        writer.write_eof()
        await asyncio.wait_for(reader.read(), 20)
        writer.close()
    head, _ = await _raw(server, asks)
    assert b"content-type: text/html" in head


async def test_a_page_names_the_site_it_was_asked_from(server: Server, desk: Desk) -> None:
    """Two names in one request are refused (RFC 9112, 3.2): one page, kept for the other name."""
    start = f"GET /live/{desk.slug}?posts=two HTTP/1.1\r\n".encode()
    head, _ = await _raw(server, start + b"host: evil.example\r\nhost: live.example\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    head, body = await _raw(server, start + b"host: live.example\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"evil.example" not in body
    assert b"live.example" in body


async def test_requests_in_a_row_are_answered_in_order(server: Server, desk: Desk) -> None:
    """Sent at once, without waiting: ready ones, one that is made, ready ones again."""
    targets = [f"/live/{desk.slug}", f"/api/coverages/{desk.slug}", f"/live/{desk.slug}"] * 3
    await ask(server, desk.slug)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    last = "\r\nconnection: close"
    for number, target in enumerate(targets, 1):
        end = last if number == len(targets) else ""
        writer.write(f"GET {target} HTTP/1.1\r\nhost: x{end}\r\n\r\n".encode())
    text = (await asyncio.wait_for(reader.read(), 20)).decode()
    writer.close()
    kinds = [part.split("\r\n", 1)[0] for part in text.split("content-type: ")[1:]]
    assert kinds == ["text/html; charset=utf-8", "application/json", "text/html; charset=utf-8"] * 3


async def _raw(server: Server, asks: bytes) -> tuple[bytes, bytes]:
    """Head and body of the answer to these very bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(asks)
    async with asyncio.timeout(20):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        body = await reader.readexactly(length)
    writer.close()
    return head, body
