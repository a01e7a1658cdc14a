"""Follows the log, and gives posts' embeds their cards: a machine that answers with revisions.

It looks at every coverage from where it has read, and at its start a bounded way back. What fails
is tried again later, and stays a plain link in the end. A card is made once for a post and an
address.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from msgspec import Struct
from msgspec.structs import replace

from dateline.desk.writing import Request, fingerprint, meet, write
from dateline.domain.blocks import Block, Embed
from dateline.domain.commands import RevisePost
from dateline.domain.errors import Damaged, DatelineError, Stale, Unavailable
from dateline.domain.events import PostCorrected, PostPublished, PostRevised, Record
from dateline.domain.people import Actor
from dateline.domain.posts import Post
from dateline.enrich import pictures
from dateline.enrich.cards import Card, Cards
from dateline.enrich.fetching import Failed, Fetcher, Refused
from dateline.store.log import EventLog, Head

MACHINE = Actor(id="embeds", name="Embeds", kind="machine")
LOOK_SECONDS = 1.0
BACK_EVENTS, BACK_TIME = 512, timedelta(days=2)
"""How far a start reads back for what was published while the server was down."""
MOST_WAITING = 256
AT_ONCE = 4
PAUSES = (30.0, 300.0)
"""Seconds before the second and the third try."""
_REVISIONS = 5
_logger = structlog.get_logger()


class Wanted(Struct, frozen=True):
    """A card that a post lacks."""

    coverage: str
    post: str
    url: str


class _Try(Struct, frozen=True):
    number: int
    due: float


class Embeds:
    """The cards of a log's embeds. `media` is the folder for their pictures, whose names are made
    with `secret`."""

    def __init__(
        self,
        log: EventLog,
        fetcher: Fetcher,
        media: Path,
        *,
        secret: Callable[[], Awaitable[bytes]],
        cards: Cards | None = None,
        clock: Callable[[], float] = time.monotonic,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._log = log
        self._fetcher = fetcher
        self._media = media
        self._secret = secret
        self._cards = cards or Cards(fetcher)
        self._clock = clock
        self._pauses = pauses
        self._read: dict[str, int] = {}
        self._waiting: dict[Wanted, _Try] = {}
        self._started = False
        self._keeping = asyncio.Lock()

    async def run(self) -> None:
        """Keep up with the log, for as long as the server lives."""
        while True:
            try:
                await self.catch_up()
            except Unavailable as error:
                _logger.warning("embeds wait for the log", reason=error.detail)
            except Exception:
                _logger.exception("embeds could not go on")
            await asyncio.sleep(LOOK_SECONDS)

    async def catch_up(self) -> None:
        """Read what is new, and try every card that is due once."""
        for head in await self._log.heads():
            await self._look(head)
        self._started = True
        now = self._clock()
        due = [wanted for wanted, one in self._waiting.items() if one.due <= now][:AT_ONCE]
        doing: list[Coroutine[Any, Any, None]] = [self._try(wanted) for wanted in due]
        await asyncio.gather(*doing)

    async def _look(self, head: Head) -> None:
        at = self._read.get(head.coverage)
        if at is None:
            # Before the first look all is old but what came lately; afterwards a coverage is new.
            is_late = head.updated_at > datetime.now(UTC) - BACK_TIME
            back = head.version if self._started else BACK_EVENTS if is_late else 0
            at = max(0, head.version - back)
        while at < head.version and len(self._waiting) < MOST_WAITING:
            try:
                records = await self._log.read(head.coverage, at)
            except Damaged as error:
                _logger.warning("a coverage gets no cards", reason=error.detail)
                at = head.version
                break
            for record in records:
                for wanted in _wanted(record):
                    self._waiting.setdefault(wanted, _Try(0, 0.0))
            at = records[-1].seq
        self._read[head.coverage] = at

    async def _try(self, wanted: Wanted) -> None:
        before = self._waiting[wanted]
        try:
            await self._resolve(wanted)
        except Refused as error:
            _logger.info("an embed stays a link", url=wanted.url, reason=str(error))
        except Exception as error:
            # One address must not keep the others from their cards.
            if not isinstance(error, Failed | Unavailable):
                _logger.exception("an embed could not be looked at", url=wanted.url)
            if before.number < len(self._pauses):
                due = self._clock() + self._pauses[before.number]
                self._waiting[wanted] = _Try(before.number + 1, due)
                return
            _logger.info("an embed stays a link", url=wanted.url, reason=str(error))
        del self._waiting[wanted]

    async def _resolve(self, wanted: Wanted) -> None:
        if await self._log.recall(_key(wanted)) or not await self._lacking(wanted):
            return
        card = await self._cards.card(wanted.url)
        body = await self._picture(card)
        # One at a time: a picture is only let go of while nobody else is about to name it.
        async with self._keeping:
            picture, is_new = await self._keep(body)
            if not await self._revise(wanted, card, picture) and picture and is_new:
                # Withdrawn or taken down meanwhile: nobody is to find what it showed.
                with suppress(OSError):
                    await asyncio.to_thread((self._media / picture).unlink)

    async def _lacking(self, wanted: Wanted) -> Post | None:
        post = (await meet(self._log, wanted.coverage, wanted.post)).post
        if post is None or post.status != "published":
            return None
        return post if any(_is_bare(block, wanted.url) for block in post.content.blocks) else None

    async def _picture(self, card: Card) -> bytes | None:
        if not card.picture:
            return None
        try:
            found = await self._fetcher.fetch(card.picture, pictures.TYPES, pictures.MOST_BYTES)
        except (Refused, Failed) as error:
            _logger.info("a card has no picture", url=card.picture, reason=str(error))
            return None
        return found.body

    async def _keep(self, body: bytes | None) -> tuple[str | None, bool]:
        """The picture's name, and whether it was not there before."""
        if body is None:
            return None, False
        secret = await self._secret()
        try:
            return await asyncio.to_thread(pictures.keep, body, self._media, secret)
        except (Refused, OSError) as error:
            _logger.info("a card has no picture", reason=str(error))
            return None, False

    async def _revise(self, wanted: Wanted, card: Card, picture: str | None) -> bool:
        for _ in range(_REVISIONS):
            post = await self._lacking(wanted)
            if post is None:
                return False
            filled = tuple(
                _filled(block, card, picture) if _is_bare(block, wanted.url) else block
                for block in post.content.blocks
            )
            request = Request(
                wanted.coverage,
                RevisePost(blocks=filled),
                post=wanted.post,
                seen=post.revision,
                key=_key(wanted),
                fingerprint=fingerprint(wanted.post.encode(), wanted.url.encode()),
            )
            try:
                await write(self._log, MACHINE, request, now=datetime.now(UTC))
            except Stale:
                continue  # somebody revised it meanwhile: their words stay, the card comes in
            except Unavailable:
                raise
            except DatelineError:
                return False
            return True
        raise Failed("the post changes all the time")


def _wanted(record: Record) -> list[Wanted]:
    # Machines ignore each other, or two of them would never stop.
    if record.actor.kind == "machine":
        return []
    match record.event:
        case (
            PostPublished(post=post, content=content)
            | PostRevised(post=post, content=content)
            | PostCorrected(post=post, content=content)
        ):
            return [
                Wanted(record.coverage, post, block.url)
                for block in content.blocks
                if isinstance(block, Embed) and block.title is None
            ]
    return []


def _is_bare(block: Block, url: str) -> bool:
    return isinstance(block, Embed) and block.url == url and block.title is None


def _filled(block: Block, card: Card, picture: str | None) -> Block:
    assert isinstance(block, Embed)
    # What the desk has said of it stays.
    return replace(
        block,
        title=card.title,
        author=block.author or card.author,
        provider=block.provider or card.provider,
        picture=block.picture or picture,
        frame=block.frame or card.frame,
        tall=block.tall or card.tall,
    )


def _key(wanted: Wanted) -> str:
    return f"embed:{wanted.post}:{fingerprint(wanted.url.encode())}"
