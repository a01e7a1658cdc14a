"""uvicorn's own HTTP protocol, with a short way in front and a door at the back.

uvicorn takes any class as its HTTP protocol (`Config(http=…)`). This one answers what is ready
before a request becomes a task, and offers each other request an ASGI extension by which the app
may keep the connection for itself, once it has sent the head of its answer. Under any other server
neither is there, and all goes through the app and its `send`.
"""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dateline.web.ready import Answer, Ready

EXTENSION = "dateline.takeover"
TakeOver = Callable[[asyncio.Protocol], asyncio.Transport | None]


def protocol_for(ready: Ready) -> type[asyncio.Protocol]:
    """The protocol of a site with these ready answers."""
    return type("SiteProtocol", (TakeoverProtocol,), {"ready": ready})


class TakeoverProtocol(HttpToolsProtocol):
    """One connection, until somebody takes it over."""

    ready: ClassVar[Ready]
    _is_answered = False

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]
        scope["extensions"] = {EXTENSION: self.take_over}
        self._is_answered = False

    def on_headers_complete(self) -> None:
        answer = self._ready_answer()
        if answer is None:
            super().on_headers_complete()
            return
        fields = dict(self.headers)
        accepted, known = fields.get(b"accept-encoding", b""), fields.get(b"if-none-match", b"")
        self._is_answered = True
        self.transport.write(answer.ready(accepted, known, self._date()))
        if not self.parser.should_keep_alive():
            self.transport.close()

    def on_body(self, body: bytes) -> None:
        if not self._is_answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self._is_answered:
            self.on_response_complete()
        else:
            super().on_message_complete()

    def _ready_answer(self) -> Answer | None:
        # Behind another answer that is not complete, or one the reader does not take, it waits.
        if (self.cycle and not self.cycle.response_complete) or self.flow.write_paused:
            return None
        return self.ready.find(self.url) if self.parser.get_method() == b"GET" else None

    def _date(self) -> bytes:
        return next(value for name, value in self.server_state.default_headers if name == b"date")

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
