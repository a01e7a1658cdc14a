"""A reader with bad luck: streams, vanishes in the middle of a frame, sleeps, polls deltas.

Whatever it does, it keeps its posts by the frames alone, and looks at each frame's place.
"""

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import msgspec

from integration.pages import read_page
from integration.wire import Answer, Connection, Event, Events, Lost, connected

RANGE = 64
IMMUTABLE = "max-age=31536000, immutable"
OPEN = "max-age=1, stale-while-revalidate=5"


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """A frame, as protocol.md has it."""

    seq: int
    time: str
    kind: str
    post: str | None = None
    revision: int | None = None
    key: bool | None = None
    pinned: bool | None = None
    order: int | None = None
    posts: list[str] | None = None
    html: str | None = None


class Delta(msgspec.Struct, forbid_unknown_fields=True):
    seq: int
    next: str | None
    changes: list[msgspec.Raw]


_PINNED = re.compile(r'<article [^>]*data-pinned="(\d+)"')
_change = msgspec.json.Decoder(Change)
_delta = msgspec.json.Decoder(Delta)


@dataclass
class View:
    """What a reader has on the screen at `seq`."""

    seq: int = 0
    posts: dict[str, str] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    pinned: dict[str, int] = field(default_factory=dict)
    """The seq that pinned each."""
    ordered: list[str] = field(default_factory=list)
    """What the last `pins` named, at the seq `ordered_at`."""
    ordered_at: int = 0
    head: str = ""

    def put(self, change: Change) -> None:
        """Take in a change; its seq is the caller's to judge."""
        match change.kind:
            case "post" | "withdraw":
                assert change.post, f"whose is it: {change}"
                assert change.html, f"a post without its fragment: {change}"
                assert change.order, f"a post without its place: {change}"
                self.posts[change.post] = change.html
                self.orders[change.post] = change.order
                found = _PINNED.match(change.html)
                assert bool(found) == change.pinned, f"another mark than its fragment's: {change}"
                self.pinned.pop(change.post, None)
                if found:
                    self.pinned[change.post] = int(found[1])
            case "redact":
                assert change.post, f"whose is it: {change}"
                assert not change.html, f"words in a takedown: {change}"
                self.posts.pop(change.post, None)
                self.pinned.pop(change.post, None)
            case "pins":
                assert change.posts is not None, f"no order: {change}"
                self.ordered, self.ordered_at = change.posts, change.seq
            case "coverage":
                assert change.html, f"a coverage without a head: {change}"
                self.head = change.html
            case _:
                raise AssertionError(f"a frame of an unknown kind: {change}")

    def ids(self) -> list[str]:
        """The posts in the order of the page: what is pinned first, then newest first."""
        latest = sorted(self.pinned, key=lambda post: -self.pinned[post])
        ordered = [one for one in self.ordered if 0 < self.pinned.get(one, 0) < self.ordered_at]
        rest = sorted(self.posts.keys() - self.pinned.keys(), key=lambda post: -self.orders[post])
        return [*(post for post in latest if post not in ordered), *ordered, *rest]


@dataclass
class Witness:
    """What all readers of one coverage have seen together: the same frames, the same ranges."""

    frames: dict[int, bytes] = field(default_factory=dict)
    ranges: dict[str, bytes] = field(default_factory=dict)

    def frame(self, data: bytes) -> Change:
        change = _change.decode(data)
        known = self.frames.setdefault(change.seq, data)
        if known != data:
            # Only a takedown may change what was sent at a seq.
            earlier = _change.decode(known)
            assert earlier.post == change.post, f"two frames at one seq: {known!r}, {data!r}"
            assert "redact" in (earlier.kind, change.kind), f"{known!r} became {data!r}"
            if change.kind == "redact":
                self.frames[change.seq] = data
        return change

    def full_range(self, target: str, body: bytes) -> None:
        known = self.ranges.setdefault(target, body)
        assert known == body, f"{target} is immutable and has changed: {known!r} {body!r}"


class Reader:
    """Follows one coverage from its beginning, over whatever happens to it."""

    def __init__(self, port: int, slug: str, rng: random.Random, witness: Witness) -> None:
        self.view = View()
        self.path: list[str] = []
        self.has_loaded = False
        self._port = port
        self._slug = slug
        self._rng = rng
        self._witness = witness
        self._etags: dict[str, str] = {}
        self._final: asyncio.Future[int] | None = None

    async def run(self, final: "asyncio.Future[int]") -> None:
        """Read on, one way or another, until everything up to `final` has come."""
        self._final = final
        while not self.is_done:
            step, weight = zip(*_STEPS, strict=True)
            chosen: Callable[[Reader], Awaitable[None]] = self._rng.choices(step, weight)[0]
            self._note(chosen.__name__)
            try:
                await chosen(self)
            except Lost as lost:
                self._note(f"lost ({lost})")
                await asyncio.sleep(self._rng.uniform(0.02, 0.3))
        self._note("done")

    @property
    def is_done(self) -> bool:
        if not (self._final and self._final.done()):
            return False
        assert self.view.seq <= self._final.result(), "the reader is ahead of the log"
        return self.view.seq == self._final.result()

    async def follow_stream(self) -> None:
        """Stay for a while; leave between two frames, or when the server ends it."""
        await self._stream(seconds=self._rng.uniform(0.2, 4.0))

    async def vanish_in_a_frame(self) -> None:
        """Be gone after so many bytes, which is mostly in the middle of something."""
        await self._stream(seconds=1.0, most=int(self._rng.triangular(1, 9_000, 1)))

    async def read_deltas(self) -> None:
        """Follow the ranges to the end, then ask again now and then as a poller would."""
        async with connected(self._port) as connection:
            for _ in range(self._rng.randint(1, 3)):
                target: str | None = f"/live/{self._slug}/changes/{self.view.seq}"
                while target and connection.is_open:
                    target = await self._delta(connection, target)
                if self.is_done or not connection.is_open:
                    return
                await asyncio.sleep(self._rng.uniform(0, 0.05))

    async def load_page(self) -> None:
        """Begin anew from the page, as after a `reset` or in a new tab."""
        page = await read_page(self._port, self._slug)
        assert page.seq >= self.view.seq, f"the page is at {page.seq}, behind its reader"
        self.has_loaded = True
        # Its older pages may be newer than its seq; the frames that follow bring all up to date.
        self.view.posts = dict(page.articles)
        self.view.seq = page.seq

    async def sleep(self) -> None:
        """Lie in a pocket."""
        await asyncio.sleep(self._rng.uniform(0, 0.8))

    async def _stream(self, *, seconds: float, most: int | None = None) -> None:
        async with connected(self._port) as connection:
            target, headers = self._ask()
            packed = self._rng.random() < 0.5
            if packed:
                headers["accept-encoding"] = "br, gzip"
            answer = await connection.begin("GET", target, headers=headers)
            if answer.status == 503:
                raise Lost("the server is going down")
            if answer.status == 204:
                return await asyncio.sleep(self._rng.uniform(0, 0.3))
            assert answer.status == 200, f"stream: {answer.status}"
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert packed == (answer.headers.get("content-encoding") == "gzip")
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._listen(connection, most)

    def _ask(self) -> tuple[str, dict[str, str]]:
        base, seq = f"/live/{self._slug}/stream", self.view.seq
        match self._rng.randrange(3):
            case 0:
                return f"{base}?after={seq}", {}
            case 1:
                return base, {"last-event-id": str(seq)} if seq else {}
        # An EventSource keeps the address it began with, and sends the newest id beside it.
        stale = self._rng.randint(0, seq)
        return f"{base}?after={stale}", {"last-event-id": str(seq)}

    async def _listen(self, connection: Connection, most: int | None) -> None:
        events = Events()
        async for piece in connection.pieces():
            kept = piece if most is None else piece[:most]
            for event in events.feed(kept):
                self._take(event)
                if self.is_done:
                    return
            if most is not None:
                most -= len(kept)
                if not most:
                    return

    def _take(self, event: Event) -> None:
        assert event.type == "message", f"a {event.type} for a reader at {self.view.seq}: {event}"
        change = self._witness.frame(event.data.encode())
        assert change.seq == int(event.id), f"frame {change.seq} with the id {event.id}"
        assert change.seq == self.view.seq + 1, f"after {self.view.seq} came {change.seq}"
        self.view.seq = change.seq
        self.view.put(change)

    async def _delta(self, connection: Connection, target: str) -> str | None:
        after = self.view.seq
        headers = {}
        if target in self._etags and self._rng.random() < 0.7:
            headers = {"if-none-match": self._etags[target]}
        answer = await connection.request("GET", target, headers=headers)
        if answer.status == 304:
            assert headers, "304 for a question without a condition"
            return None
        if answer.status == 503:
            raise Lost("the server is going down")
        assert answer.status == 200, f"{target}: {answer.status} {answer.body[:300]!r}"
        delta = check_delta(answer, self._slug, after)
        self._etags = {target: answer.headers["etag"]}
        if IMMUTABLE in answer.headers["cache-control"]:
            self._witness.full_range(target, answer.body)
        for raw in delta.changes:
            self.view.put(self._witness.frame(bytes(raw)))
        self.view.seq = delta.seq
        return delta.next

    def _note(self, what: str) -> None:
        self.path.append(f"{self.view.seq} {what}")


_STEPS: list[tuple[Callable[[Reader], Awaitable[None]], int]] = [
    (Reader.follow_stream, 45),
    (Reader.vanish_in_a_frame, 12),
    (Reader.read_deltas, 15),
    (Reader.sleep, 25),
    (Reader.load_page, 3),
]


def check_delta(answer: Answer, slug: str, after: int) -> Delta:
    """The delta of an answer, after a look at whether its numbers make sense."""
    delta = _delta.decode(answer.body)
    changes = [_change.decode(raw) for raw in delta.changes]
    seqs = [change.seq for change in changes]
    assert seqs == sorted(set(seqs)), f"no rising order: {seqs}"
    assert all(after < seq <= delta.seq for seq in seqs), f"{seqs} after {after} to {delta.seq}"
    assert delta.seq >= after, f"the delta after {after} goes to {delta.seq}"
    assert not seqs or seqs[-1] == delta.seq, f"says {delta.seq} and ends with {seqs[-1]}"
    subjects = [change.post or change.kind for change in changes]
    assert len(subjects) == len(set(subjects)), f"not compacted: {subjects}"
    end = (after // RANGE + 1) * RANGE
    assert delta.seq <= end, f"the range after {after} goes beyond {end}: {delta.seq}"
    caching = answer.headers["cache-control"]
    if delta.next is None:
        assert delta.seq < end, f"the range to {end} is full and names no next one"
        assert OPEN in caching, f"an open tail with {caching}"
    else:
        assert delta.seq == end, f"a next one from {delta.seq}, which is no end of a range"
        path = delta.next.partition("?")[0]
        assert path == f"/live/{slug}/changes/{end}", f"after {end} comes {delta.next}"
    return delta


@dataclass
class Stream:
    """A stream for an example test: waits for what is expected, and no longer than that."""

    connection: Connection
    answer: Answer
    events: Events = field(default_factory=Events)
    got: list[Event] = field(default_factory=list)

    @classmethod
    async def open(
        cls,
        connection: Connection,
        slug: str,
        *,
        after: int | str | None = None,
        last: int | str | None = None,
    ) -> "Stream":
        query = "" if after is None else f"?after={after}"
        headers = {} if last is None else {"last-event-id": str(last)}
        target = f"/live/{slug}/stream{query}"
        async with asyncio.timeout(20):
            return cls(connection, await connection.begin("GET", target, headers=headers))

    async def until(
        self, is_enough: Callable[["Stream"], object], *, seconds: float = 20.0
    ) -> "Stream":
        """Read on until it is enough; the deadline passing is a failure."""
        async with asyncio.timeout(seconds):
            if is_enough(self):
                return self
            async for piece in self.connection.pieces():
                self.got += self.events.feed(piece)
                if is_enough(self):
                    return self
        last = [f"{event}"[:300] for event in self.got[-3:]]
        raise AssertionError(f"the stream ended before it was enough: {last}")

    async def reaches(self, seq: int, *, seconds: float = 20.0) -> "Stream":
        """Read on until the frame with that seq is there."""
        return await self.until(lambda _: self.seqs[-1:] == [seq], seconds=seconds)

    async def to_the_end(self, *, seconds: float = 20.0) -> "Stream":
        """Read until the server ends it."""
        async with asyncio.timeout(seconds):
            async for piece in self.connection.pieces():
                self.got += self.events.feed(piece)
        return self

    @property
    def seqs(self) -> list[int]:
        return [int(event.id) for event in self.got]

    @property
    def frames(self) -> list[Mapping[str, Any]]:
        return [json.loads(event.data) for event in self.got]
