"""The one way in: read what the command meets, decide, append; again if somebody was faster."""

import asyncio
import hashlib
from collections.abc import Collection
from datetime import datetime
from weakref import WeakKeyDictionary, WeakValueDictionary

import msgspec
from msgspec import Struct

from dateline.desk.pictures import prepared
from dateline.domain import briefed as briefings
from dateline.domain import chosen as choosing
from dateline.domain import coverage as coverages
from dateline.domain import pinning, posts
from dateline.domain.briefed import Briefed
from dateline.domain.briefing import BRIEFING
from dateline.domain.chosen import ChosenTopics
from dateline.domain.commands import (
    Command,
    DescribeCoverage,
    OrderPins,
    SetBriefing,
    SetTopics,
)
from dateline.domain.coverage import Coverage, beside
from dateline.domain.decide import Subject, decide
from dateline.domain.errors import DatelineError, Invalid, Unavailable
from dateline.domain.events import Event
from dateline.domain.people import Actor
from dateline.domain.pins import PINS, Pins
from dateline.domain.posts import Post
from dateline.domain.topics import TOPICS
from dateline.store.log import EventLog, Once, Publication, VersionConflict

ATTEMPTS = 10
Turns = WeakValueDictionary[str, asyncio.Lock]
# By log: a lock belongs to the event loop that its log lives in.
_turns: WeakKeyDictionary[EventLog, Turns] = WeakKeyDictionary()


class Receipt(Struct, frozen=True):
    """What a command came to: the coverage's seq after it.

    `revision` is that of the post, the briefing or the topics, where it was about one.
    """

    coverage: str
    seq: int
    post: str | None = None
    revision: int | None = None


class Request(Struct, frozen=True):
    """A command on its way in. `seen` is the revision its author changed, where they said so.

    `key` makes it happen once; `fingerprint` tells whether a second one with that key is the same.
    `publication` is the draft that it publishes, which ends in the same transaction.
    """

    coverage: str
    command: Command
    post: str | None = None
    seen: int | None = None
    key: str | None = None
    fingerprint: str = ""
    publication: Publication | None = None


_receipt = msgspec.json.Decoder(Receipt)


def fingerprint(*parts: bytes) -> str:
    """A hash that tells one request from another."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


async def write(log: EventLog, actor: Actor, request: Request, *, now: datetime) -> Receipt:
    """Carry out a command, once.

    :raises DatelineError: a rule refuses it, or the storage does; then nothing was appended.
    """
    # One at a time per coverage saves this process from racing itself; across processes the
    # expected version decides.
    turn = _turns.setdefault(log, Turns()).setdefault(request.coverage, asyncio.Lock())
    async with turn:
        for _ in range(ATTEMPTS):
            try:
                return await _attempt(log, actor, request, now)
            except VersionConflict:
                continue
            except Unavailable:
                raise
            except DatelineError:
                # What refuses it may be itself, sent again after it was carried out.
                if earlier := await recalled(log, request):
                    return earlier
                raise
    raise Unavailable("Too many people write to this coverage at once. Send again in a moment.")


async def recalled(log: EventLog, request: Request) -> Receipt | None:
    """What this request came to, if it was carried out before.

    :raises KeyReused: its key was used for another one.
    """
    earlier = await log.recall(request.key) if request.key else None
    return _again(earlier, request) if earlier else None


async def _attempt(log: EventLog, actor: Actor, request: Request, now: datetime) -> Receipt:
    about = _about(request)
    subject = await meet(log, request.coverage, about, _named(request.command))
    command = await prepared(log, request.command)
    is_released = request.publication is not None and request.publication.is_released
    events = decide(subject, command, revision=request.seen, is_released=is_released)
    if isinstance(request.command, DescribeCoverage) and request.command.related:
        await _check_known(log, request.command.related)
    receipt = Receipt(
        coverage=request.coverage,
        seq=subject.version + len(events),
        post=request.post,
        revision=_revision(subject, events) if about else None,
    )
    once = None
    if request.key:
        once = Once(request.key, request.fingerprint, msgspec.json.encode(receipt))
    if not events and not once:
        return receipt
    earlier = await log.append(
        request.coverage,
        events,
        expected=subject.version,
        actor=actor,
        now=now,
        once=once,
        publication=request.publication,
    )
    return _again(earlier, request) if earlier else receipt


def _about(request: Request) -> str | None:
    match request.command:
        case SetBriefing():
            return BRIEFING
        case SetTopics():
            return TOPICS
        case OrderPins():
            return PINS
    return request.post


def _named(command: Command) -> Collection[str]:
    return (*command.posts, *(command.seen or ())) if isinstance(command, OrderPins) else ()


async def _check_known(log: EventLog, related: tuple[str, ...]) -> None:
    for n, (slug, post) in enumerate(map(beside, related)):
        found = await meet(log, slug, post)
        # Nor a rehearsal: its name would stand on a page of everybody's.
        if found.coverage is None or found.coverage.rehearsal:
            raise Invalid(
                f"There is no coverage “{slug}”. GET /api/coverages lists those there are.",
                f"/related/{n}",
            )
        if post and not (found.post and found.post.content.headline):
            raise Invalid(
                f"There is no such post in “{slug}”, or it has no headline to show. "
                "Name another one, or the coverage alone.",
                f"/related/{n}",
            )


async def meet(
    log: EventLog, coverage: str, about: str | None = None, named: Collection[str] = ()
) -> Subject:
    """The coverage and what it is about (a post, the briefing, the topics, the pins) as they are
    now, with the posts `named`.

    It costs what the history of those posts costs.
    """
    history = await log.history(coverage, {"", about or "", *named})
    folded: Coverage | None = None
    found: dict[str, Post | None] = {}
    briefed = Briefed()
    chosen = ChosenTopics()
    pins = Pins()
    own_events = 0
    for record in history.records:
        subject = record.event.subject
        if subject == "":
            own_events += 1
            folded = coverages.fold(folded, record)
        elif subject == BRIEFING:
            briefed = briefings.fold(briefed, record)
        elif subject == TOPICS:
            chosen = choosing.fold(chosen, record)
        elif subject == PINS:
            pins = pinning.fold(pins, record)
        else:
            found[subject] = posts.fold(found.get(subject), record)
    return Subject(history.version, own_events, folded, about, found, briefed, chosen, pins)


def _revision(subject: Subject, events: list[Event]) -> int | None:
    revisions = [event.revision for event in events if hasattr(event, "revision")]
    if revisions:
        return revisions[-1]
    if subject.about == BRIEFING:
        return subject.briefed.revision
    if subject.about == TOPICS:
        return subject.chosen.revision
    if subject.about == PINS:
        return None
    return subject.post.revision if subject.post else 1


def _again(earlier: Once, request: Request) -> Receipt:
    return _receipt.decode(earlier.again(request.fingerprint))
