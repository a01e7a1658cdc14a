"""Requests that do not come to their end hold no place for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from anyio.lowlevel import checkpoint

from dateline.web.ready import Ready
from dateline.web.takeover import HEAD_BYTES, WAIT_SECONDS, look, protocol_for

pytestmark = pytest.mark.anyio
HEAD = b"POST / HTTP/1.1\r\nhost: x\r\n"
ANSWER = b"HTTP/1.1 200 OK"


async def _app(_scope: Any, receive: Any, send: Any) -> None:
    """Answers when it has the whole of a request."""
    while (await receive()).get("more_body"):
        pass
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
    )
    await send({"type": "http.response.body"})


class House:
    """A server whose clock can be ahead."""

    def __init__(self, server: uvicorn.Server) -> None:
        self._server = server
        self.port = server.servers[0].sockets[0].getsockname()[1]

    def after(self, seconds: float) -> None:
        """What it does when so much time has gone by."""
        look(self._server.server_state.connections, asyncio.get_running_loop().time() + seconds)

    async def until_open(self, count: int) -> None:
        while len(self._server.server_state.connections) != count:
            await checkpoint()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    config = uvicorn.Config(
        _app, port=0, http=protocol_for(Ready()), lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield House(server)
    await server.shutdown()


@asynccontextmanager
async def said(house: House, words: bytes) -> AsyncIterator[tuple[Any, Any]]:
    """Somebody who has connected and said this."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(words)
    await house.until_open(1)
    async with asyncio.timeout(20):
        yield reader, writer
    writer.close()


@pytest.mark.parametrize(
    "words",
    [b"", HEAD, HEAD + b"content-length: 9\r\n\r\n1"],
    ids=["nothing", "half a head", "half a body"],
)
async def test_what_is_overdue_is_ended(house: House, words: bytes) -> None:
    """Who says nothing, or does not come to an end, loses the connection; not before its time."""
    async with said(house, words) as (reader, _):
        house.after(WAIT_SECONDS - 20)
        await house.until_open(1)
        house.after(WAIT_SECONDS + 20)
        with suppress(ConnectionError):
            assert not await reader.read()
        await house.until_open(0)


async def test_who_has_said_all_may_wait(house: House) -> None:
    """Between two requests only the usual time of keeping a connection counts."""
    async with said(house, HEAD + b"content-length: 0\r\n\r\n") as (reader, writer):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(ANSWER)
        house.after(10 * WAIT_SECONDS)
        writer.write(HEAD + b"content-length: 0\r\n\r\n")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(ANSWER)


async def test_a_head_without_end(house: House) -> None:
    """It fills no memory: 431, or no more than the end. A long body is no head."""
    body = b"x" * 4 * HEAD_BYTES
    first = HEAD + b"content-length: %d\r\n\r\n" % len(body)
    async with said(house, first + body) as (reader, writer):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(ANSWER)
        writer.write(HEAD + b"a: " + b"x" * 40 * HEAD_BYTES)
        # What it does not read any more may break the connection before the answer is here.
        with suppress(ConnectionError):
            assert (await reader.read()).startswith(b"HTTP/1.1 431")
        await house.until_open(0)
