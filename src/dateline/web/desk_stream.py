"""`GET /api/desk/stream`: that something is new at the desk of a coverage, as Server-Sent Events.

Nothing is promised, unlike in the readers' stream: who comes back lists again. A device that names
itself has left the coverage when its stream breaks: a tab that dies says no goodbye.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.types import Receive, Scope, Send

from dateline.delivery.hub import Hub
from dateline.delivery.places import Place
from dateline.desk import reading
from dateline.desk.drafts import Hand
from dateline.domain import drafts as rules
from dateline.domain import presence as presences
from dateline.domain.errors import Invalid, Unavailable
from dateline.domain.presence import Device, Present
from dateline.domain.silence import reminds_at
from dateline.store.drafts import Drafts, Stamp
from dateline.store.presence import SqlitePresence
from dateline.web.api.drafts import hand_of
from dateline.web.api.incoming import grant, now
from dateline.web.site import Site
from dateline.web.stream import HEADERS
from dateline.web.watch import Lost, until_lost

LOOK_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
LIFETIME_SECONDS = 300.0
SEND_SECONDS = 30.0
LEAVE_SECONDS = 5.0


@get("/api/desk/stream", name="desk_stream")
async def desk_stream(request: Request[Any, Any, Any], site: Site) -> Response[bytes]:
    """Which drafts have changed, and who is there."""
    slug = request.query_params.get("coverage", "")
    if not slug:
        raise Invalid("Of which coverage? Name it in `coverage`.", "/coverage")
    device = _device(request.query_params.get("device"))

    async def hand_now() -> Hand:
        return hand_of(await grant(request, site), slug, "see")

    hand = await hand_now()

    async def is_as_before() -> bool:
        return await hand_now() == hand

    await reading.coverage(site.log, slug)
    address = request.client.host if request.client else ""
    site.places.check(address)
    looking = Looking(site.drafts, site.presence, site.hub, slug, hand)
    lost = partial(until_lost, site.signals, is_as_before)
    return DeskStream(site, looking, address, device, lost)


def _device(named: str | None) -> str | None:
    try:
        return msgspec.convert(named, Device | None)
    except msgspec.ValidationError as error:
        raise Invalid(f"That is no name of a device: {error}", "/device") from None


class Looking:
    """What one desk has been told, and what is new since."""

    def __init__(
        self, drafts: Drafts, presence: SqlitePresence, hub: Hub, slug: str, hand: Hand
    ) -> None:
        self._drafts = drafts
        self._presence = presence
        self._hub = hub
        self.slug = slug
        self._hand = hand
        self._stamps: dict[str, Stamp] | None = None
        self._people: list[Present] | None = None
        self._reminded_of = 0

    @property
    def person(self) -> str:
        """The id of who looks."""
        return self._hand.actor.id

    async def news(self, now: datetime) -> bytes:
        """The events of what is new; at first only who is there, for all else was listed."""
        found = [event async for event in self._about_drafts()]
        people = presences.present(await self._presence.there(self.slug, now))
        if people != self._people:
            found.append(_event("presence", {"coverage": self.slug, "people": people}))
        self._people = people
        return b"".join([*found, await self._about_silence(now)])

    async def _about_silence(self, now: datetime) -> bytes:
        channel = await self._hub.open(self.slug)
        at = reminds_at(channel.coverage, channel.updated_at)
        # Once for each silence: what ends it raises the seq.
        if at is None or now < at or self._reminded_of == channel.seq:
            return b""
        self._reminded_of = channel.seq
        said = {"coverage": self.slug, "silent_since": channel.updated_at}
        return _event("reminder", said)

    async def _about_drafts(self) -> AsyncIterator[bytes]:
        before = self._stamps
        self._stamps = {one.draft: one for one in self._seen(await self._stored())}
        if before is None:
            return
        for draft, stamp in self._stamps.items():
            if before.get(draft) != stamp:
                yield self._told(draft, stamp.state, stamp.version)
        for draft in before.keys() - self._stamps.keys():
            left = await self._drafts.find(self.slug, draft)
            state, version = (left.state, left.version) if left else ("discarded", 0)
            yield self._told(draft, state, version)

    async def _stored(self) -> list[Stamp]:
        return await self._drafts.stamps(self.slug)

    def _seen(self, stamps: Iterable[Stamp]) -> list[Stamp]:
        who, reviews = self._hand.actor.id, self._hand.reviews
        return [one for one in stamps if rules.sees(one.author, one.state, who, reviews=reviews)]

    def _told(self, draft: str, state: str, version: int) -> bytes:
        said = {"coverage": self.slug, "draft": draft, "state": state, "version": version}
        return _event("drafts", said)


class DeskStream(Response[bytes]):
    """A response that is an ASGI app of its own, as the readers' stream."""

    def __init__(
        self, site: Site, looking: Looking, address: str, device: str | None, lost: Lost
    ) -> None:
        super().__init__(b"")
        self._site = site
        self._looking = looking
        self._address = address
        self._device = device
        self._lost = lost

    def to_asgi_response(self, *_args: Any, **_kwargs: Any) -> Any:
        return self._run

    async def _run(self, _scope: Scope, receive: Receive, send: Send) -> None:
        place: Place = self._site.places.take(self._address)
        gone = asyncio.create_task(_gone(receive), name="desk stream: somebody left")
        # Who may do something else here than before comes back, and is told what they may see.
        lost = asyncio.create_task(self._lost(), name="desk stream: rights")
        try:
            headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            with suppress(Unavailable, TimeoutError):
                await self._tell(send, gone, lost)
            if not gone.done():
                await _send(send, b"", more=False)
        finally:
            place.leave()
            if gone.done() or lost.done():
                await self._leave()
            gone.cancel()
            lost.cancel()

    async def _leave(self) -> None:
        if self._device is None:
            return
        # If it fails, the presence ends by its silence.
        with suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                slug, person = self._looking.slug, self._looking.person
                await self._site.presence.leave(slug, person, self._device, now=now())

    async def _tell(self, send: Send, *ends: asyncio.Task[None]) -> None:
        clock = asyncio.get_running_loop().time
        until, told = clock() + LIFETIME_SECONDS, 0.0
        # Drafts are looked at also without a signal: people expire in silence.
        while clock() < until and not self._site.hub.is_draining:
            if any(end.done() for end in ends):
                return
            ready = self._site.signals.ready(self._looking.slug)
            try:
                news = await self._looking.news(now())
                if news or clock() - told > HEARTBEAT_SECONDS:
                    await _send(send, news or b":\n\n")
                    told = clock()
                await asyncio.wait(
                    {ready, *ends}, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
            finally:
                ready.cancel()


def _event(name: str, data: dict[str, Any]) -> bytes:
    return b"event:%b\ndata:%b\n\n" % (name.encode(), msgspec.json.encode(data))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, data: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await send({"type": "http.response.body", "body": data, "more_body": more})
