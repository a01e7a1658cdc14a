"""`GET /live/{slug}/stream`: Server-Sent Events, from any seq on, without gap or repetition."""

import asyncio
import random
from contextlib import suppress
from typing import Any

from litestar import Request, Response, get
from litestar.types import Receive, Scope, Send

from dateline.delivery import sse
from dateline.delivery.channel import Channel
from dateline.web.site import Site

BUFFER_BYTES = 1024 * 1024
SEND_SECONDS = 30.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # nginx in front must not hold events back.
    (b"x-accel-buffering", b"no"),
]


class AsgiSink:
    """A reader's connection under any ASGI server: a bounded buffer that its task empties."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._size = 0
        self._wake = asyncio.Event()
        self.is_closed = False
        self.is_cut = False

    def write(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > BUFFER_BYTES:
            # Its memory is worth more than its place: it comes back with Last-Event-ID.
            self.is_cut = True
            self._chunks.clear()
        else:
            self._chunks.append(data)
        self._wake.set()

    def close(self) -> None:
        self.is_closed = True
        self._wake.set()

    async def take(self, seconds: float) -> bytes:
        """What is to be sent; nothing if nothing came within that time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()
        data = b"".join(self._chunks)
        self._chunks.clear()
        self._size = 0
        return data


class StreamResponse(Response[bytes]):
    """A response that is an ASGI app of its own: nothing of the framework is in the way."""

    def __init__(self, site: Site, channel: Channel, after: int) -> None:
        super().__init__(b"")
        self._site = site
        self._channel = channel
        self._after = after

    def to_asgi_response(self, *_args: Any, **_kwargs: Any) -> Any:
        return self._run

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        site = self._site
        tasks = (
            asyncio.create_task(
                _serve(self._channel, self._after, send, site.heartbeat, site.lifetime),
                name="stream",
            ),
            asyncio.create_task(_gone(receive), name="stream: reader left"),
        )
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError, OSError, TimeoutError):
                    await task


@get("/live/{slug:str}/stream", name="stream")
async def stream(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Replay what the reader missed, then pass on what comes."""
    channel = await site.hub.open(slug)
    after = _cursor(request)
    if after is None or after > channel.seq:
        reset = sse.reset("This cursor is not of this coverage: load the page again.")
        return Response(reset, headers=_text(HEADERS), media_type="text/event-stream")
    if channel.has_ended and after == channel.seq:
        # 204 tells EventSource not to come back (WHATWG HTML 9.2.3).
        return Response(b"", status_code=204, headers=_text(HEADERS[1:]))
    return StreamResponse(site, channel, after)


async def _serve(
    channel: Channel, after: int, send: Send, heartbeat: float, lifetime: float
) -> None:
    loop = asyncio.get_running_loop()
    # Spread, so that readers that came together do not come back together.
    deadline = loop.time() + lifetime * random.uniform(0.8, 1.2)
    await _send(send, sse.retry())
    while after < channel.seq:
        frames = await channel.frames(after)
        await _send(send, sse.events(frames))
        after = frames[-1].seq
    sink = AsgiSink()
    if channel.is_open and not channel.has_ended:
        channel.join(sink)
    else:
        sink.close()
    try:
        while not sink.is_cut:
            left = deadline - loop.time()
            is_last = sink.is_closed or left <= 0
            data = await sink.take(0 if is_last else min(heartbeat, left))
            if data or not is_last:
                await _send(send, data or sse.HEARTBEAT)
            if is_last:
                await _send(send, sse.retry())
                break
    finally:
        channel.leave(sink)
    await _send(send, b"", more=False)


def _cursor(request: Request[Any, Any, Any]) -> int | None:
    """The seq the reader has: `Last-Event-ID`, else `after`, else 0. None: it is no number."""
    value = request.headers.get("last-event-id") or str(request.query_params.get("after", "0"))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


def _text(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in headers}


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes, *, more: bool = True) -> None:
    # Waits while the connection is full; a reader that reads nothing at all is cut.
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": data, "more_body": more})
