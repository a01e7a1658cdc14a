"""A clock that sends commands at their time: publishes what is due, closes what fell silent.

It runs in one process of a server. Were there two, nothing would happen twice: a draft is published
under its own key, and what has ended does not end again.
"""

import asyncio
from datetime import UTC, datetime

import structlog

from dateline.desk import drafts as desk
from dateline.desk.drafts import Hand
from dateline.desk.writing import Request, write
from dateline.domain.commands import ChangeStatus
from dateline.domain.coverage import folded
from dateline.domain.drafts import Draft
from dateline.domain.errors import DatelineError, Unavailable
from dateline.domain.people import Actor
from dateline.domain.silence import closes_at
from dateline.store.drafts import Drafts
from dateline.store.log import EventLog, Head

MACHINE = Actor(id="clock", name="Clock", kind="machine")
LOOK_SECONDS = 1.0
_logger = structlog.get_logger()


class Clock:
    """What is due in a log and its drafts."""

    def __init__(self, log: EventLog, drafts: Drafts) -> None:
        self._log = log
        self._drafts = drafts
        self._closing: dict[str, tuple[int, datetime | None]] = {}

    async def run(self) -> None:
        """Look every second, for as long as the server lives."""
        while True:
            try:
                await self.tick(datetime.now(UTC))
            except Unavailable as error:
                _logger.warning("the clock waits for the storage", reason=error.detail)
            except Exception:
                _logger.exception("the clock could not go on")
            await asyncio.sleep(LOOK_SECONDS)

    async def tick(self, now: datetime) -> None:
        """Do all that is due by now, also what was due while nobody looked."""
        for draft in await self._drafts.due(now):
            await self._publish(draft, now)
        await self._note(await self._log.heads())
        for slug, (_, at) in self._closing.items():
            if at and at <= now:
                await write(self._log, MACHINE, Request(slug, ChangeStatus("ended")), now=now)

    async def _publish(self, draft: Draft, now: datetime) -> None:
        # It happens in the name of who scheduled it, who may answer for it.
        hand = Hand(draft.scheduled_by or MACHINE, reviews=True)
        try:
            await desk.publish(
                self._log, self._drafts, hand, draft.coverage, draft.id, seen=draft.version, now=now
            )
        except Unavailable:
            raise
        except DatelineError as error:
            # It is in the queue again, with the reason, for a person to decide.
            _logger.warning(
                "a scheduled draft could not be published",
                coverage=draft.coverage,
                draft=draft.id,
                reason=error.detail,
            )

    async def _note(self, heads: list[Head]) -> None:
        """When each coverage closes, of those that have changed since the last look."""
        changed = [head for head in heads if self._version(head.coverage) != head.version]
        told = await self._log.descriptions([head.coverage for head in changed])
        for head in changed:
            coverage = folded(told[head.coverage])
            at = closes_at(coverage, head.updated_at) if coverage else None
            self._closing[head.coverage] = head.version, at

    def _version(self, slug: str) -> int:
        return self._closing.get(slug, (0, None))[0]
