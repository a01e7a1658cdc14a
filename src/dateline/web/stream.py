"""`GET /live/{slug}/stream`: Server-Sent Events, from any seq on, without gap or repetition."""

import asyncio
import random
from contextlib import suppress
from functools import partial
from typing import Any

from litestar import Request, Response, get
from litestar.types import Receive, Scope, Send

from dateline.delivery import sse
from dateline.delivery.channel import Channel
from dateline.delivery.lane import BUFFER_BYTES, Lane
from dateline.delivery.places import Place
from dateline.delivery.transport import Reader
from dateline.domain.errors import Unavailable
from dateline.web.audience import is_private, sees, viewer
from dateline.web.negotiation import accepts
from dateline.web.site import Site
from dateline.web.takeover import EXTENSION, TakeOver
from dateline.web.watch import Lost, until_lost

SEND_SECONDS = 30.0
HEADERS = {
    "content-type": "text/event-stream; charset=utf-8",
    # Nobody on the way may keep it, or pack it anew and hold it back until there is more of it.
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    "vary": "accept-encoding",
}


@get("/live/{slug:str}/stream", name="stream")
async def stream(request: Request[Any, Any, Any], slug: str, site: Site) -> Response[bytes]:
    """Replay what the reader missed, then pass on what comes."""
    channel = await site.hub.open(slug)
    after = _cursor(request)
    if after is None or not await channel.reaches(after):
        reset = sse.reset("This cursor is not of this coverage: load the page again.")
        return Response(reset, headers=HEADERS, media_type="text/event-stream")
    if channel.has_ended and after == channel.seq:
        # 204 tells EventSource not to come back (WHATWG HTML 9.2.3).
        return Response(b"", status_code=204, headers={"cache-control": "no-store"})
    address = request.client.host if request.client else ""
    site.places.check(address)
    gzip = accepts(request.headers.get("accept-encoding", ""), "gzip")

    async def is_seen() -> bool:
        return sees(await viewer(request, site), slug)

    lost = partial(until_lost, site.signals, is_seen) if is_private(request) else None
    return StreamResponse(site, channel, after, gzip=gzip, address=address, lost=lost)


class StreamResponse(Response[bytes]):
    """A response that is an ASGI app of its own: nothing of the framework is in the way.

    `lost`: of a coverage that not everybody may see, when its reader may not any more.
    """

    def __init__(
        self,
        site: Site,
        channel: Channel,
        after: int,
        *,
        gzip: bool,
        address: str,
        lost: Lost | None,
    ) -> None:
        super().__init__(b"")
        self._places = site.places
        self._channel = channel
        self._after = after
        self._gzip = gzip
        self._address = address
        self._lost = lost
        # Spread, so that readers that came together do not come back together.
        self._lifetime = site.lifetime * random.uniform(0.8, 1.2)

    def to_asgi_response(self, *_args: Any, **_kwargs: Any) -> Any:
        return self._run

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        place = self._places.take(self._address)
        is_given_away = False
        try:
            is_given_away = await self._stream(place, scope, receive, send)
        except (TimeoutError, Unavailable):
            # It takes nothing, or we can't go on: it comes back with the id it has.
            if (take_over := _take_over(scope)) and (transport := take_over(asyncio.Protocol())):
                transport.abort()
        finally:
            if not is_given_away:
                place.leave()

    async def _stream(self, place: Place, scope: Scope, receive: Receive, send: Send) -> bool:
        """Serve the stream; whether the connection has left with the place, and goes on so."""
        headers = {**HEADERS, "content-encoding": "gzip"} if self._gzip else HEADERS
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            }
        )
        # Who may lose the right to it stays here, where somebody watches.
        take_over = None if self._lost else _take_over(scope)
        lane = self._channel.lane(gzip=self._gzip, chunked=take_over is not None)
        await self._replay(lane, send)
        until = asyncio.get_running_loop().time() + self._lifetime
        if lane.is_over:
            await _send(send, lane.last(), more=False)
        elif take_over is None:
            await _serve(lane, until, receive, send, self._lost)
        else:
            reader = Reader(lane, place)
            if transport := take_over(reader):
                reader.start(transport)
                lane.join(reader, until=until)
                return True
            await _send(send, lane.last(), more=False)
        return False

    async def _replay(self, lane: Lane, send: Send) -> None:
        await _send(send, lane.opening())
        after = self._after
        while after != lane.sent:
            data, after = await lane.replay(after)
            await _send(send, data)


class AsgiSink:
    """A reader's connection under any ASGI server: a bounded buffer that its task empties."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._chunks: list[bytes] = []
        self._size = 0
        self._wake = asyncio.Event()
        self.is_closed = False

    def write(self, data: bytes) -> None:
        if self.is_closed:
            return
        self._size += len(data)
        if self._size > BUFFER_BYTES:
            self._lane.cut(self)
            return
        self._chunks.append(data)
        self._wake.set()

    def close(self, last: bytes) -> None:
        self.write(last)
        self.is_closed = True
        self._wake.set()

    def cut(self) -> None:
        self._chunks.clear()
        self.is_closed = True
        self._wake.set()

    @property
    def is_behind(self) -> bool:
        return bool(self._chunks)

    async def take(self) -> bytes:
        """What is to be sent next."""
        await self._wake.wait()
        self._wake.clear()
        data = b"".join(self._chunks)
        self._chunks.clear()
        self._size = 0
        return data


async def _serve(lane: Lane, until: float, receive: Receive, send: Send, lost: Lost | None) -> None:
    """Pass on what comes through the ASGI server, until the stream ends or the reader leaves."""
    sink = AsgiSink(lane)
    lane.join(sink, until=until)
    ends = [
        asyncio.create_task(_empty(sink, send), name="stream"),
        asyncio.create_task(_gone(receive), name="stream: reader left"),
    ]
    tasks = [*ends]
    if lost:
        tasks.append(asyncio.create_task(_end(lane, sink, lost), name="stream: rights"))
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        lane.leave(sink)
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError, OSError, TimeoutError):
                await task


async def _empty(sink: AsgiSink, send: Send) -> None:
    while not sink.is_closed:
        await _send(send, await sink.take())
    await _send(send, await sink.take() if sink.is_behind else b"", more=False)


async def _end(lane: Lane, sink: AsgiSink, lost: Lost) -> None:
    await lost()
    lane.end(sink)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes, *, more: bool = True) -> None:
    # Waits while the connection is full; a reader that reads nothing at all is cut.
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": data, "more_body": more})


def _take_over(scope: Scope) -> TakeOver | None:
    extensions: dict[str, Any] = scope.get("extensions") or {}
    return extensions.get(EXTENSION)


def _cursor(request: Request[Any, Any, Any]) -> int | None:
    """The seq the reader has: `Last-Event-ID`, else `after`, else 0. None: it is no number."""
    value = request.headers.get("last-event-id") or str(request.query_params.get("after", "0"))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None
