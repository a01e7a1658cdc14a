"""HTTP/1.1 and Server-Sent Events as a client sees them, byte by byte, over a bare TCP socket.

A library would hide what these tests are about: where a frame ends, whether an ending was
clean, and what is left when the connection breaks in the middle.
"""

import asyncio
import json
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

READ = 65_536
DEADLINE = 20.0


class Lost(Exception):
    """The connection broke before the answer was complete, or was refused."""


@dataclass(frozen=True)
class Answer:
    """An answer. Header names are in small letters; `body` is empty where it is a stream."""

    status: int
    headers: dict[str, str]
    body: bytes = b""

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Event:
    """A Server-Sent Event, dispatched: its blank line has arrived."""

    id: str
    type: str
    data: str


class Chunked:
    """Takes the chunked transfer coding off, whatever pieces the bytes come in."""

    def __init__(self) -> None:
        self.done = False
        self._held = b""
        self._left = 0
        self._state = "size"

    def feed(self, raw: bytes) -> bytes:
        self._held += raw
        found = []
        while not self.done and (piece := self._step()) is not None:
            found.append(piece)
        return b"".join(found)

    def _step(self) -> bytes | None:
        if self._state == "data":
            return self._data()
        line, end, rest = self._held.partition(b"\r\n")
        if not end:
            return None
        self._held = rest
        if self._state == "size":
            self._left = int(line.partition(b";")[0], 16)
            self._state = "data" if self._left else "trailer"
        elif self._state == "after data":
            assert not line, f"a chunk is longer than it says: {line!r}"
            self._state = "size"
        elif not line:
            self.done = True
            assert not self._held, f"bytes after the last chunk: {self._held!r}"
        return b""

    def _data(self) -> bytes | None:
        if not self._held:
            return None
        piece, self._held = self._held[: self._left], self._held[self._left :]
        self._left -= len(piece)
        if not self._left:
            self._state = "after data"
        return piece


class Counted:
    """A body of a length that is known."""

    def __init__(self, length: int) -> None:
        self._left = length
        self.done = length == 0

    def feed(self, raw: bytes) -> bytes:
        assert len(raw) <= self._left, f"more body than Content-Length: {raw[self._left :]!r}"
        self._left -= len(raw)
        self.done = self._left == 0
        return raw


class UntilClose:
    """A body that ends with its connection."""

    done = False

    def feed(self, raw: bytes) -> bytes:
        return raw


class Events:
    """Parses an event stream as the HTML standard has it; comments are counted."""

    def __init__(self) -> None:
        self.comments = 0
        self.retry: int | None = None
        self._held = b""
        self._id = ""
        self._type = ""
        self._data: list[str] = []

    @property
    def between(self) -> bool:
        """Whether nothing of an event has arrived that is still to be completed."""
        return not self._held and not self._data and not self._type

    def feed(self, body: bytes) -> list[Event]:
        self._held += body
        *lines, self._held = self._held.split(b"\n")
        found = [self._line(line.removesuffix(b"\r").decode()) for line in lines]
        return [event for event in found if event]

    def _line(self, line: str) -> Event | None:
        if not line:
            return self._dispatch()
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match field:
            case "":
                self.comments += 1
            case "id":
                self._id = value
            case "event":
                self._type = value
            case "data":
                self._data.append(value)
            case "retry":
                self.retry = int(value)
            case _:
                raise AssertionError(f"a line that no event stream has: {line!r}")
        return None

    def _dispatch(self) -> Event | None:
        event = Event(self._id, self._type or "message", "\n".join(self._data))
        is_event = bool(self._data)
        self._type, self._data = "", []
        return event if is_event else None


class Connection:
    """One TCP connection. `received` counts raw bytes, heads and chunk sizes included."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._body: Chunked | Counted | UntilClose = Counted(0)
        self._inflate: Callable[[bytes], bytes] | None = None
        self._early = b""
        self.received = 0
        self.is_open = True

    @classmethod
    async def open(cls, port: int, *, receive_buffer: int | None = None) -> "Connection":
        """Connect to a port of this machine; a small `receive_buffer` makes a slow reader slow."""
        try:
            if receive_buffer is None:
                return cls(*await asyncio.open_connection("127.0.0.1", port, limit=READ))
            sock = socket.socket()
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            sock.setblocking(False)
            await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
            return cls(*await asyncio.open_connection(sock=sock, limit=1024))
        except OSError as error:
            raise Lost(f"no connection: {error}") from error

    async def request(
        self,
        method: str,
        target: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request and read the whole answer.

        :raises Lost: there may have been an effect, but the answer did not arrive.
        """
        head = await self.begin(method, target, headers=headers, body=body)
        pieces = [piece async for piece in self.pieces()]
        if not self._body.done and not isinstance(self._body, UntilClose):
            raise Lost("the answer ended in the middle of its body")
        if head.headers.get("connection", "").lower() == "close":
            self.abort()
        return Answer(head.status, head.headers, b"".join(pieces))

    async def begin(
        self,
        method: str,
        target: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send a request and read no more than the answer's head."""
        fields = {"host": "127.0.0.1", **(headers or {})}
        if body is not None:
            fields["content-length"] = str(len(body))
        lines = [f"{method} {target} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items())]
        sent = "\r\n".join([*lines, "", ""]).encode() + (body or b"")
        try:
            self._writer.write(sent)
            await self._writer.drain()
            return await self._head(method)
        except OSError as error:
            self.abort()
            raise Lost(f"the connection broke: {error!r}") from error

    async def pieces(self, limit: int = READ) -> AsyncIterator[bytes]:
        """The body as it comes, until it is complete or the connection ends.

        :raises Lost: the connection was reset.
        """
        while not self._body.done:
            raw, self._early = self._early, b""
            try:
                raw = raw or await self._reader.read(limit)
            except OSError as error:
                self.abort()
                raise Lost(f"the connection broke: {error!r}") from error
            if not raw:
                self.is_open = False
                return
            self.received += len(raw)
            body = self._body.feed(raw)
            if body := self._inflate(body) if self._inflate else body:
                yield body

    @property
    def ended_cleanly(self) -> bool:
        """Whether the body said that it was complete, where it has a way to say so."""
        return self._body.done or isinstance(self._body, UntilClose)

    def abort(self) -> None:
        """Vanish: no more is sent, what is still to come is refused."""
        self.is_open = False
        self._writer.transport.abort()

    async def _head(self, method: str) -> Answer:
        held = b""
        while b"\r\n\r\n" not in held:
            raw = await self._reader.read(READ)
            if not raw:
                self.abort()
                raise Lost("the connection ended before an answer")
            held += raw
        head, _, self._early = held.partition(b"\r\n\r\n")
        self.received += len(head) + 4
        start, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        status = int(start.split()[1])
        self._body = _body(method, status, headers)
        is_packed = headers.get("content-encoding") == "gzip"
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress if is_packed else None
        return Answer(status, headers)


def _body(method: str, status: int, headers: dict[str, str]) -> Chunked | Counted | UntilClose:
    if method == "HEAD" or status in (204, 304):
        return Counted(0)
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return Chunked()
    if "content-length" in headers:
        return Counted(int(headers["content-length"]))
    return UntilClose()


@asynccontextmanager
async def connected(port: int, *, receive_buffer: int | None = None) -> AsyncIterator[Connection]:
    """A connection that is gone when the block ends."""
    connection = await Connection.open(port, receive_buffer=receive_buffer)
    try:
        yield connection
    finally:
        connection.abort()


async def fetch(port: int, target: str, *, headers: Mapping[str, str] | None = None) -> Answer:
    """GET on a connection of its own."""
    async with connected(port) as connection, asyncio.timeout(DEADLINE):
        return await connection.request("GET", target, headers=headers)
