"""How a connection leaves the HTTP server: uvicorn's own protocol, with a door at the back.

uvicorn takes any class as its HTTP protocol (`Config(http=…)`). This one offers each request an
ASGI extension by which the app may keep the connection for itself once it has sent the head of its
answer. Under any other server the extension is not there, and the app goes on through `send`.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "dateline.takeover"
TakeOver = Callable[[asyncio.Protocol], asyncio.Transport | None]


class TakeoverProtocol(HttpToolsProtocol):
    """One connection, until somebody takes it over."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]
        scope["extensions"] = {EXTENSION: self.take_over}

    def take_over(self, successor: asyncio.Protocol) -> asyncio.Transport | None:
        """The transport, which reports to `successor` from now on.

        None where the connection can't be given away: the reader has gone, has more to say, or has
        asked for something else behind this.
        """
        cycle: Any = self.cycle
        if cycle.disconnected or cycle.more_body or self.pipeline or self.transport.is_closing():
            return None
        if not cycle.chunked_encoding or self.transport.get_extra_info("sslcontext"):
            return None
        self._unset_keepalive_if_required()
        self.connections.discard(self)
        # So that the server does not miss the end of the answer when the app returns.
        cycle.disconnected = True
        self.transport.set_protocol(successor)
        return self.transport
