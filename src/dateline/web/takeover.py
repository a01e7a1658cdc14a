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

from dateline.web.ready import Asked, Ready, sent_to

EXTENSION = "dateline.takeover"
TakeOver = Callable[[asyncio.Protocol], asyncio.Transport | None]


def protocol_for(ready: Ready) -> type[asyncio.Protocol]:
    """The protocol of a site with these ready answers."""
    return type("SiteProtocol", (TakeoverProtocol,), {"ready": ready})


class TakeoverProtocol(HttpToolsProtocol):
    """One connection, until somebody takes it over."""

    ready: ClassVar[Ready]
    _answered: Asked | None = None
    _is_between = True
    _came = b""
    _last_asked = 0.0

    def data_received(self, data: bytes) -> None:
        if self._is_between and (asked := self.ready.asked(data)) and self._answer(asked):
            self._stay()
            return
        # Only what begins as a request may be remembered as one: a body can look like another's.
        self._came = data if self._is_between else b""
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._is_between = False
        super().on_message_begin()
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]
        scope["extensions"] = {EXTENSION: self.take_over}
        self._answered = None

    def on_headers_complete(self) -> None:
        asked = self._asked() if self.parser.get_method() == b"GET" else None
        if asked is None or not self._answer(asked):
            super().on_headers_complete()
            return
        self._answered = asked
        if not self.parser.should_keep_alive():
            # To be remembered as a request after which the connection stays, it is the wrong one.
            self._came = b""
            self.transport.close()

    def on_body(self, body: bytes) -> None:
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._is_between = True
        if self._answered:
            self.ready.remember(self._came, self._answered)
            self._stay()
        else:
            super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        self.timeout_keep_alive_task = None
        left = self._last_asked + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._wait(left)
        else:
            super().timeout_keep_alive_handler()

    def _asked(self) -> Asked:
        fields = dict(self.headers)
        return Asked(
            sent_to(self.url, fields),
            fields.get(b"accept-encoding", b""),
            fields.get(b"if-none-match", b""),
        )

    def _answer(self, asked: Asked) -> bool:
        """Whether this could be answered at once."""
        # Behind another answer that is not complete, or one the reader does not take, it waits.
        if (self.cycle and not self.cycle.response_complete) or self.flow.write_paused:
            return False
        answer = self.ready.find(asked.target)
        if answer is None:
            return False
        self.transport.write(answer.ready(asked, self._date()))
        return True

    def _stay(self) -> None:
        """It stays open for a while. A timer for each answer would cost more than the answer."""
        self._last_asked = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._wait(self.timeout_keep_alive)

    def _wait(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )

    def _date(self) -> bytes:
        return self.server_state.default_headers[0][1]

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
