"""The usual choice in Python: Starlette with sse-starlette, and a queue for each reader."""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette.sse import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

readers: set[asyncio.Queue[dict[str, str]]] = set()


async def stream(_request: Request) -> EventSourceResponse:
    queue: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    readers.add(queue)

    async def events() -> AsyncIterator[dict[str, str]]:
        try:
            while True:
                yield await queue.get()
        finally:
            readers.discard(queue)

    return EventSourceResponse(events(), ping=3600)


async def publish(request: Request) -> PlainTextResponse:
    body = (await request.body()).decode()
    for queue in readers:
        queue.put_nowait({"data": body})
    return PlainTextResponse("")


app = Starlette(
    routes=[Route("/stream", stream), Route("/publish", publish, methods=["POST"])],
)
