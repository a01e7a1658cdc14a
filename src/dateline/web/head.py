"""HEAD: what GET would answer, without its body (RFC 9110, 9.3.2)."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_head(app: ASGIApp) -> ASGIApp:
    """The app, answering HEAD wherever it answers GET."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return
        is_done = False

        async def send_head(message: Message) -> None:
            nonlocal is_done
            if message["type"] == "http.response.start":
                await send(message)
            elif not is_done:
                # Complete at its first piece, or a stream would go on for nobody.
                is_done = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        # Without what the server offers besides: a stream must not take this connection over.
        await app({**scope, "method": "GET", "extensions": {}}, receive, send_head)

    return wrapped
