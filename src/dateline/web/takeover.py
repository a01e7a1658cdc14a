"""uvicorn's own HTTP protocol, with a short way in front and a door at the back.

uvicorn takes any class as its HTTP protocol (`Config(http=…)`). This one answers what is ready
before a request becomes a task, and offers each other request an ASGI extension by which the app
may keep the connection for itself, once it has sent the head of its answer. Under any other server
neither is there, and all goes through the app and its `send`.
"""

import asyncio
import math
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dateline.web.ready import Asked, Ready, sent_to

EXTENSION = "dateline.takeover"
# A request's head comes within this, and of its body something each time. Else who sends nothing,
# or a byte now and then, would hold its place for ever.
WAIT_SECONDS = 60.0
HEAD_BYTES = 64 * 1024
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)
TakeOver = Callable[[asyncio.Protocol], asyncio.Transport | None]


def protocol_for(ready: Ready) -> type[asyncio.Protocol]:
    """The protocol of a site with these ready answers."""
    return type("SiteProtocol", (TakeoverProtocol,), {"ready": ready})


def look(connections: Iterable[object], now: float) -> None:
    """End those whose request does not come to its end."""
    for one in tuple(connections):
        if isinstance(one, TakeoverProtocol):
            one.look(now)


class TakeoverProtocol(HttpToolsProtocol):
    """One connection, until somebody takes it over."""

    ready: ClassVar[Ready]
    _answered: Asked | None = None
    _is_between = True
    _is_in_head = False
    _came = b""
    _last_asked = 0.0
    _due = math.inf
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._due = self.loop.time() + WAIT_SECONDS

    def data_received(self, data: bytes) -> None:
        if self._is_between and (asked := self.ready.asked(data)) and self._answer(asked):
            self._due = math.inf
            self._stay()
            return
        # Only what begins as a request may be remembered as one: a body can look like another's.
        self._came = data if self._is_between else b""
        head = self.headers
        super().data_received(data)
        if self._is_in_head and self.headers is head:
            self._bound(len(data))

    def _bound(self, more: int) -> None:
        """The head of a request goes on, and is not at its end."""
        self._head += more
        if self._head > HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        self._is_between = False
        self._is_in_head = True
        self._due = self.loop.time() + WAIT_SECONDS
        super().on_message_begin()
        scope: dict[str, Any] = self.scope  # type: ignore[assignment]
        scope["extensions"] = {EXTENSION: self.take_over}
        self._answered = None

    def on_headers_complete(self) -> None:
        self._is_in_head, self._head = False, 0
        self._due = self.loop.time() + WAIT_SECONDS
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
        self._due = self.loop.time() + WAIT_SECONDS
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._is_between = True
        self._due = math.inf
        if self._answered:
            self.ready.remember(self._came, self._answered)
            self._stay()
        else:
            super().on_message_complete()

    def look(self, now: float) -> None:
        """End the connection if what it has to say is overdue."""
        if now > self._due:
            self.transport.abort()

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
