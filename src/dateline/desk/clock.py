"""A clock that sends commands at their time: publishes what is due, closes what fell silent.

It runs in one process of a server. Were there two, nothing would happen twice: a draft is published
under its own key, and what has ended does not end again.
"""

import asyncio
from datetime import UTC, datetime

import structlog

from dateline.desk import drafts as desk
from dateline.desk.drafts import Hand
from dateline.desk.writing import Request, meet, write
from dateline.domain.commands import ChangeStatus
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
        for head in await self._log.heads():
            await self._close(head, now)

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

    async def _close(self, head: Head, now: datetime) -> None:
        version, at = self._closing.get(head.coverage, (0, None))
        if version != head.version:
            subject = await meet(self._log, head.coverage)
            at = closes_at(subject.coverage, head.updated_at) if subject.coverage else None
            self._closing[head.coverage] = head.version, at
        if at and at <= now:
            request = Request(head.coverage, ChangeStatus("ended"))
            await write(self._log, MACHINE, request, now=now)
