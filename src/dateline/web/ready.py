"""Answers that are ready: made once per change, kept as bytes in each coding, sent as they are.

A page that a hundred thousand people reload is rendered and compressed once. What is kept here is
given out only while its channel says that nothing newer was acknowledged.
"""

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, NamedTuple
from weakref import ref

import brotli
from litestar import Request, Response

from dateline.delivery.channel import Channel
from dateline.web.headers import bearing
from dateline.web.negotiation import accepts

KEPT = 256
REMEMBERED = 512
MOST_REQUEST = 2048
# So many ways of asking for one answer are remembered for a second.
WIRED = 16
# Below this the head weighs more than what compression saves.
SMALLEST = 512
_SCHEME = b"x-forwarded-proto"
# How hard each coding tries: for what changes with every post, and for what never does.
_BROTLI, _GZIP = 5, 6
_BROTLI_ONCE, _GZIP_ONCE = 11, 9


class Asked(NamedTuple):
    """What of a GET its answer depends on."""

    target: bytes
    accepted: bytes
    known: bytes


class Answer:
    """A complete answer to a GET. Its ETag has a suffix for each coding (RFC 9110, 8.8.3)."""

    def __init__(
        self,
        body: bytes,
        *,
        media_type: str,
        cache_control: str,
        etag: str = "",
        lasts: bool = False,
    ) -> None:
        """`lasts`: it is packed once and for all, so it may take its time."""
        self._bodies = {"": body}
        self._levels = (_BROTLI_ONCE, _GZIP_ONCE) if lasts else (_BROTLI, _GZIP)
        self._etag = etag
        self._headers = {"content-type": media_type, "cache-control": cache_control}
        self._packable = len(body) >= SMALLEST
        if self._packable:
            self._headers["vary"] = "accept-encoding"
        self._wired: dict[Asked, bytes] = {}
        self._wires: dict[tuple[str, bool], bytes] = {}
        self._date = b""

    def response(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """For the framework."""
        coding = self._coding(request.headers.get("accept-encoding", ""))
        headers = self._headers_in(coding)
        if self._is_known(request.headers.get("if-none-match", "")):
            return Response(b"", status_code=304, headers=headers)
        return Response(self._body(coding), headers=headers, media_type=headers["content-type"])

    def ready(self, asked: Asked, date: bytes) -> bytes:
        """For the wire."""
        if date != self._date or len(self._wired) > WIRED:
            self._wired.clear()
            self._wires.clear()
            self._date = date
        wired = self._wired.get(asked)
        if wired is None:
            coding = self._coding(asked.accepted.decode("latin-1"))
            is_known = self._is_known(asked.known.decode("latin-1"))
            # However it is asked for, it is the same bytes: a page is large, and asked oddly.
            wired = self._wires.get((coding, is_known)) or self._wire(
                coding, is_known, date, path_of(asked.target)
            )
            self._wires[coding, is_known] = self._wired[asked] = wired
        return wired

    def _wire(self, coding: str, is_known: bool, date: bytes, path: str) -> bytes:
        body = b"" if is_known else self._body(coding)
        status = b"304 Not Modified" if is_known else b"200 OK"
        fields = [
            (name.encode(), value.encode()) for name, value in self._headers_in(coding).items()
        ]
        if not is_known:
            fields.append((b"content-length", b"%d" % len(body)))
        every = [(b"date", date), *fields, *bearing(path)]
        lines = b"".join(b"%b: %b\r\n" % field for field in every)
        return b"HTTP/1.1 %b\r\n%b\r\n%b" % (status, lines, body)

    def _coding(self, accepted: str) -> str:
        if self._packable:
            for coding in ("br", "gzip"):
                if accepts(accepted, coding):
                    return coding
        return ""

    def _body(self, coding: str) -> bytes:
        if coding not in self._bodies:
            plain, (quality, level) = self._bodies[""], self._levels
            self._bodies[coding] = (
                brotli.compress(plain, quality=quality)
                if coding == "br"
                else gzip.compress(plain, level, mtime=0)
            )
        return self._bodies[coding]

    def _headers_in(self, coding: str) -> dict[str, str]:
        headers = dict(self._headers)
        if self._etag:
            headers["etag"] = self._tag(coding)
        if coding:
            headers["content-encoding"] = coding
        return headers

    def _tag(self, coding: str) -> str:
        return f'"{self._etag}{"-" if coding else ""}{coding}"'

    def _is_known(self, known: str) -> bool:
        tags = {one.strip().removeprefix("W/") for one in known.split(",")} if known else set()
        return bool(self._etag) and any(self._tag(coding) in tags for coding in ("", "gzip", "br"))


Making = Callable[[], Awaitable[Answer]]
_State = tuple[bytes, int, int]
"""A target, the seq of its channel, and the round: what else an answer depends on."""


def target_of(request: Request[Any, Any, Any]) -> bytes:
    """Path and query as they stand in the request, with where it was sent."""
    path: bytes = request.scope["raw_path"]
    query = request.scope["query_string"]
    fields = {name.lower(): value for name, value in request.scope["headers"]}
    if fields.get(_SCHEME, b"").strip() != request.scope["scheme"].encode():
        # Said by somebody who is no proxy of ours: what is made for them says something else.
        fields.pop(_SCHEME, None)
    return sent_to(path + b"?" + query if query else path, fields)


def sent_to(target: bytes, fields: Mapping[bytes, bytes]) -> bytes:
    """A target with its site: pages name their own address, which nobody may set for others."""
    site = fields.get(b"host", b""), fields.get(_SCHEME, b"")
    return b" ".join((target, *site))


def path_of(target: bytes) -> str:
    """The path of a target with its site."""
    return re.split(rb"[? ]", target, maxsplit=1)[0].decode("latin-1")


class Ready:
    """The answers that are kept, by the target of their request, each with what it is about."""

    def __init__(self) -> None:
        self.round = 0
        self._kept: dict[bytes, tuple[ref[Channel], int, Answer]] = {}
        self._asked: dict[bytes, Asked] = {}
        self._making: dict[_State, asyncio.Task[Answer]] = {}

    async def answered(
        self, request: Request[Any, Any, Any], channel: Channel, make: Making
    ) -> Response[bytes]:
        """What is ready, else what `make` makes: once for all who ask while nothing changes."""
        target = target_of(request)
        answer = self.find(target)
        if answer is None:
            state = target, channel.seq, self.round
            if state not in self._making:
                making = asyncio.create_task(self._made(state, channel, make), name="answer")
                self._making[state] = making
                making.add_done_callback(partial(self._made_it, state))
            # Whoever goes away does not end it for the others.
            answer = await asyncio.shield(self._making[state])
        return answer.response(request)

    def _made_it(self, state: _State, made: asyncio.Task[Answer]) -> None:
        del self._making[state]
        if not made.cancelled():
            made.exception()  # Heard by whoever waited; if all are gone, by nobody.

    async def _made(self, state: _State, channel: Channel, make: Making) -> Answer:
        answer = await make()
        # What came while it was made may have been a takedown, here or in a related coverage.
        if (channel.seq, self.round) == state[1:]:
            self.keep(state[0], channel, answer)
        return answer

    def keep(self, target: bytes, channel: Channel, answer: Answer) -> Answer:
        """Keep an answer that holds as long as the channel stays at its seq.

        Not of a rehearsal: what is kept is given to everybody.
        """
        if channel.coverage.rehearsal:
            return answer
        self._kept.pop(target, None)
        while len(self._kept) >= KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[target] = ref(channel, self._forget), channel.seq, answer
        return answer

    def clear(self) -> None:
        """Keep nothing that was made until now: a page tells of other coverages as well."""
        self.round += 1
        self._kept.clear()

    def _forget(self, gone: ref[Channel]) -> None:
        for target in [target for target, kept in self._kept.items() if kept[0] is gone]:
            del self._kept[target]

    def find(self, target: bytes) -> Answer | None:
        """What is kept for this target, if nothing newer was acknowledged."""
        found = self._kept.get(target)
        if found is None:
            return None
        channel, seq, answer = found[0](), found[1], found[2]
        if channel is None or channel.seq != seq or not channel.is_current:
            return None
        channel.touch()
        return answer

    def remember(self, request: bytes, asked: Asked) -> None:
        """Who polls, and every proxy, asks in the very same bytes again: they are parsed once.

        Only where these bytes are one whole request and nothing else.
        """
        is_whole = request.startswith(b"GET ") and request.find(b"\r\n\r\n") == len(request) - 4
        if is_whole and len(request) <= MOST_REQUEST:
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            self._asked[request] = asked

    def asked(self, request: bytes) -> Asked | None:
        """What these bytes ask for, if they are remembered."""
        return self._asked.get(request)
