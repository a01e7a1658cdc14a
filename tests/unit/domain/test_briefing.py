"""The briefing: set as a whole, in order of time, and never over somebody else's."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from builders import SLUG, Desk, a_post
from dateline.desk import reading
from dateline.domain.briefing import Appointment, Briefing, Issue, Participant
from dateline.domain.commands import SetBriefing
from dateline.domain.errors import Invalid, NotFound, Stale
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio
NOON = datetime(2021, 6, 14, 12, tzinfo=UTC)
BRIEF = SetBriefing(
    summary=" Thirty leaders meet. ",
    people=(Participant("A. Lind", "Chair"),),
    issues=(Issue("Burden"),),
    next="Madrid.",
)


async def a_desk() -> Desk:
    desk = Desk(MemoryEventLog())
    await desk.open()
    return desk


async def test_it_is_set_as_a_whole() -> None:
    """What the second one leaves out is gone; each has its revision and is in the log."""
    desk = await a_desk()
    assert (await reading.briefing(desk.log, SLUG)).revision == 0
    assert (await desk.do(BRIEF)).revision == 1
    first = await reading.briefing(desk.log, SLUG)
    assert first.briefing.summary == "Thirty leaders meet."
    assert (first.revision, first.seq) == (1, 2)
    receipt = await desk.do(SetBriefing(next="Madrid."))
    assert (receipt.revision, receipt.seq) == (2, 3)
    assert (await reading.briefing(desk.log, SLUG)).briefing == Briefing(next="Madrid.")


async def test_the_same_again_is_no_event() -> None:
    """What stands there already changes nothing and keeps its revision."""
    desk = await a_desk()
    await desk.do(BRIEF)
    receipt = await desk.do(BRIEF)
    assert (receipt.revision, receipt.seq) == (1, 2)


async def test_nobody_overwrites_what_they_have_not_seen() -> None:
    """With the revision one has seen, an older one is refused, and the newer stays."""
    desk = await a_desk()
    await desk.do(BRIEF, seen=0)
    with pytest.raises(Stale, match="revision 1"):
        await desk.do(SetBriefing(), seen=0)
    assert (await desk.do(SetBriefing(), seen=1)).revision == 2


async def test_the_agenda_is_in_order_and_in_utc() -> None:
    """However it was written down, it is kept by time, in UTC."""
    desk = await a_desk()
    local = NOON.astimezone(timezone(timedelta(hours=9)))
    agenda = (Appointment(NOON + timedelta(hours=1), "Later"), Appointment(local, "Sooner"))
    await desk.do(SetBriefing(agenda=agenda))
    kept = (await reading.briefing(desk.log, SLUG)).briefing.agenda
    assert [one.title for one in kept] == ["Sooner", "Later"]
    assert kept[0].at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("appointment", "pointer"),
    [
        (Appointment(NOON, "Talks", timezone="Atlantis/Harbour"), "/agenda/0/timezone"),
        (Appointment(datetime(1, 1, 1, tzinfo=UTC), "Talks"), "/agenda/0/at"),
    ],
)
async def test_what_can_not_be(appointment: Appointment, pointer: str) -> None:
    """A zone or a time that is none is pointed at, and nothing changes."""
    desk = await a_desk()
    with pytest.raises(Invalid) as refused:
        await desk.do(SetBriefing(agenda=(appointment,)))
    assert refused.value.pointer == pointer
    assert (await reading.briefing(desk.log, SLUG)).revision == 0


async def test_it_is_no_post() -> None:
    """Language and zone stay open after it, posts go on beside it, and no coverage has none."""
    desk = await a_desk()
    await desk.do(BRIEF)
    await desk.do(a_post(), 1)
    assert (await reading.briefing(desk.log, SLUG)).briefing.next == "Madrid."
    with pytest.raises(NotFound):
        await reading.briefing(desk.log, "elsewhere")
