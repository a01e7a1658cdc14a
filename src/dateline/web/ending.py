"""What is still being answered when the server must end: its sender is told to come back."""

import asyncio

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_end(app: ASGIApp) -> ASGIApp:
    """The app, answering 503 where the server gives up on a request (uvicorn would say 500).

    What was appended by then is found again by its idempotency key.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        has_begun = False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await app(scope, receive, noting)
        except asyncio.CancelledError:
            if has_begun:
                raise
            headers = [(b"retry-after", b"2"), (b"content-length", b"0"), (b"connection", b"close")]
            await send({"type": "http.response.start", "status": 503, "headers": headers})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return wrapped
