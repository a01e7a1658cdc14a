"""The clock does what is due, once, and leaves to people what it can't do."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from builders import SLUG, Desk, a_draft, a_post, a_post_id, a_reporter
from dateline.desk import reading
from dateline.desk.clock import MACHINE, Clock
from dateline.domain.commands import ChangeStatus, DescribeCoverage
from dateline.domain.drafts import Colleague, Draft
from dateline.domain.errors import NotFound
from dateline.domain.silence import reminds_at
from dateline.store.memory import MemoryEventLog
from dateline.store.memory_drafts import MemoryDrafts

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)
ED = a_reporter(id="ed", name="Ed Baker")


class Room:
    """A coverage with drafts, and a clock that ticks when it is told to."""

    def __init__(self) -> None:
        self.drafts = MemoryDrafts()
        self.desk = Desk(MemoryEventLog(self.drafts))
        self.clock = Clock(self.desk.log, self.drafts)

    async def plan(self, n: int, hours: int, **changes: object) -> None:
        """A draft that Ed has scheduled for so many hours from now."""
        at = self.desk.now + hours * HOUR
        made = a_draft(n, state="scheduled", publish_at=at, scheduled_by=ED)
        await self.drafts.change(SLUG, made.id, lambda _: replace(made, **changes))

    async def tick(self, hours: int) -> None:
        self.desk.now += hours * HOUR
        for _ in range(2):
            await self.clock.tick(self.desk.now)

    async def draft(self, n: int) -> Draft:
        found = await self.drafts.find(SLUG, a_post_id(n))
        assert found
        return found

    async def status(self) -> str:
        return (await reading.coverage(self.desk.log, SLUG))[0].status


@pytest.fixture
async def room() -> Room:
    made = Room()
    await made.desk.open()
    await made.desk.do(ChangeStatus("live"))
    return made


async def test_published_when_it_is_due(room: Room) -> None:
    """Not before; then once, in the name of who scheduled it; late if nobody looked in time."""
    await room.plan(1, hours=2)
    await room.tick(1)
    with pytest.raises(NotFound):
        await reading.post(room.desk.log, SLUG, a_post_id(1))
    await room.tick(24)
    _, history = await reading.post(room.desk.log, SLUG, a_post_id(1))
    assert [record.actor for record in history] == [ED]
    assert (await room.draft(1)).state == "published"


async def test_what_can_not_be_published_is_back_in_the_queue(room: Room) -> None:
    """With the reason; the others that are due go out."""
    await room.plan(1, hours=1, embargo_until=room.desk.now + 9 * HOUR)
    await room.plan(2, hours=1)
    await room.tick(1)
    held = await room.draft(1)
    assert (held.state, held.publish_at) == ("submitted", None)
    assert "embargo" in (held.refusal or "")
    assert (await room.draft(2)).state == "published"


async def test_two_persons_also_by_the_clock(room: Room) -> None:
    """Who scheduled it counts as one; without another's approval it is not published."""
    await room.desk.do(DescribeCoverage(two_person=True))
    await room.plan(1, hours=1, released_by=(Colleague("ed", "Ed Baker"),))
    await room.plan(2, hours=1, released_by=(Colleague("eve", "Eve Cole"),))
    await room.tick(1)
    assert "approve" in ((await room.draft(1)).refusal or "")
    assert (await room.draft(2)).state == "published"


async def test_a_silent_coverage_is_closed(room: Room) -> None:
    """After its hours of silence, by a machine; set live again it has as many hours again."""
    await room.desk.do(DescribeCoverage(close_after=3))
    await room.tick(2)
    await room.desk.do(a_post(), 1)
    await room.tick(2)
    assert await room.status() == "live"
    await room.tick(1)
    assert await room.status() == "ended"
    last = (await room.desk.log.read(SLUG, 0))[-1]
    assert last.actor == MACHINE
    await room.desk.do(ChangeStatus("live"))
    await room.tick(2)
    assert await room.status() == "live"
    await room.tick(1)
    assert await room.status() == "ended"


async def test_without_terms_nothing_is_closed(room: Room) -> None:
    """Nobody has said so, or it has not begun."""
    await room.tick(24 * 400)
    assert await room.status() == "live"
    await room.desk.do(DescribeCoverage(close_after=1))
    await room.desk.do(ChangeStatus("scheduled"))
    await room.tick(24)
    assert await room.status() == "scheduled"


async def test_when_the_desk_is_reminded(room: Room) -> None:
    """After its minutes of silence, while it is live."""
    await room.desk.do(DescribeCoverage(remind_after=30))
    coverage, _ = await reading.coverage(room.desk.log, SLUG)
    assert reminds_at(coverage, room.desk.now) == room.desk.now + timedelta(minutes=30)
    assert reminds_at(replace(coverage, status="paused"), room.desk.now) is None
    assert reminds_at(replace(coverage, remind_after=None), room.desk.now) is None
