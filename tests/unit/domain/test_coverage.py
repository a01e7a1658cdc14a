"""The rules of a coverage as a whole."""

import pytest

from builders import Desk, a_coverage, a_post
from dateline.desk.reading import coverage
from dateline.domain.commands import ChangeStatus, DescribeCoverage, RevisePost, WithdrawPost
from dateline.domain.errors import Conflict, Invalid, NotFound
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk() -> Desk:
    made = Desk(MemoryEventLog())
    await made.open()
    return made


async def test_it_opens_once(desk: Desk) -> None:
    """A slug that is taken is refused; the coverage there stays as it is."""
    with pytest.raises(Conflict, match="another slug"):
        await desk.open(title="Another")
    found, seq = await coverage(desk.log, desk.slug)
    assert (found.title, found.status, seq) == ("The summit", "scheduled", 1)


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "", "../etc/passwd", "Europe", "/etc/passwd", "UTC\x00", "x" * 64]
)
async def test_a_zone_has_to_exist(desk: Desk, zone: str) -> None:
    """A time zone that nobody knows is refused when opening and when describing."""
    for command in (a_coverage(slug="other", timezone=zone), DescribeCoverage(timezone=zone)):
        other = Desk(MemoryEventLog(), "other")
        with pytest.raises(Invalid) as caught:
            await (desk if isinstance(command, DescribeCoverage) else other).do(command)
        assert caught.value.pointer == "/timezone"


async def test_an_ended_coverage_takes_no_posts_but_corrections(desk: Desk) -> None:
    """After the end nothing new is published, but what was can be corrected and withdrawn."""
    await desk.do(a_post(), 1)
    await desk.do(ChangeStatus("ended"))
    with pytest.raises(Conflict, match="ended"):
        await desk.do(a_post(), 2)
    corrected = RevisePost(headline="Thirty leaders", correction="It was thirty.")
    assert (await desk.do(corrected, 1)).revision == 2
    assert (await desk.do(WithdrawPost("It was wrong."), 1)).revision == 3
    await desk.do(ChangeStatus("live"))
    await desk.do(a_post(), 2)


@pytest.mark.parametrize(
    "change", [DescribeCoverage(timezone="Asia/Tokyo"), DescribeCoverage(language="fr")]
)
async def test_language_and_zone_stay_once_there_are_posts(
    desk: Desk, change: DescribeCoverage
) -> None:
    """Published fragments were made with them, so they change only before the first post."""
    await desk.do(change)
    await desk.do(DescribeCoverage(timezone="Europe/Brussels", language="en"))
    await desk.do(a_post(), 1)
    with pytest.raises(Conflict, match="another coverage"):
        await desk.do(change)
    await desk.do(DescribeCoverage(title="Day two", timezone="Europe/Brussels", language="en"))


async def test_only_what_is_given_changes(desk: Desk) -> None:
    """Describing one field leaves the others; a summary can be taken away."""
    await desk.do(DescribeCoverage(summary=" Two days. "))
    await desk.do(DescribeCoverage(title=" Day two "))
    found, _ = await coverage(desk.log, desk.slug)
    assert (found.title, found.summary, found.timezone) == (
        "Day two",
        "Two days.",
        a_coverage().timezone,
    )
    await desk.do(DescribeCoverage(summary=None))
    assert (await coverage(desk.log, desk.slug))[0].summary is None


@pytest.mark.parametrize(
    "same", [DescribeCoverage(), DescribeCoverage(title="The summit"), ChangeStatus("scheduled")]
)
async def test_what_is_so_already_is_no_event(
    desk: Desk, same: DescribeCoverage | ChangeStatus
) -> None:
    """A command that changes nothing appends nothing."""
    assert (await desk.do(same)).seq == 1


async def test_related_coverages_are_others_that_there_are(desk: Desk) -> None:
    """The desk's choice keeps its order; itself, one twice and an unknown one are refused."""
    for slug in ("dykes", "storm"):
        await Desk(desk.log, slug).open()
    await desk.do(DescribeCoverage(related=("storm", "dykes")))
    await desk.do(DescribeCoverage(title="Day two"))
    assert (await coverage(desk.log, desk.slug))[0].related == ("storm", "dykes")
    for wrong in (("storm", desk.slug), ("storm", "storm"), ("storm", "nowhere")):
        with pytest.raises(Invalid) as caught:
            await desk.do(DescribeCoverage(related=wrong))
        assert caught.value.pointer == "/related/1"
    await desk.do(DescribeCoverage(related=()))
    assert (await coverage(desk.log, desk.slug))[0].related == ()


async def test_it_starts_once_and_ends_at_last(desk: Desk) -> None:
    """Its start is the first time it was live, its end the last one; none while it goes on."""
    times = {}
    for status in ("paused", "live", "paused", "ended", "live", "ended"):
        await desk.do(ChangeStatus(status))
        found, seq = await coverage(desk.log, desk.slug)
        times[seq] = (found.started_at, found.ended_at)
    at = [record.time for record in await desk.log.read(desk.slug, 0)]
    assert times == {
        2: (None, None),
        3: (at[2], None),
        4: (at[2], None),
        5: (at[2], at[4]),
        6: (at[2], None),
        7: (at[2], at[6]),
    }


async def test_an_unknown_coverage_is_not_found() -> None:
    """Nothing can be done in a coverage that was never opened."""
    desk = Desk(MemoryEventLog())
    for command, post in ((ChangeStatus("live"), None), (a_post(), 1), (WithdrawPost("x"), 1)):
        with pytest.raises(NotFound):
            await desk.do(command, post)
    assert await desk.log.heads() == []


async def test_terms_are_what_was_said_last(desk: Desk) -> None:
    """Terms are set on opening and changed one by one; what is not said stays."""
    other = Desk(desk.log, "storm")
    await other.open(two_person=True, remind_after=30)
    await other.do(DescribeCoverage(close_after=12, remind_after=None))
    found, seq = await coverage(desk.log, "storm")
    assert (found.two_person, found.remind_after, found.close_after) == (True, None, 12)
    await other.do(DescribeCoverage(close_after=12))
    assert (await coverage(desk.log, "storm"))[1] == seq


async def test_a_rehearsal_stays_one(desk: Desk) -> None:
    """Once there are posts, neither does a rehearsal come out nor does the public page go."""
    await desk.do(DescribeCoverage(rehearsal=True))
    await desk.do(DescribeCoverage(rehearsal=False))
    await desk.do(a_post(), 1)
    with pytest.raises(Conflict, match="rehearsal"):
        await desk.do(DescribeCoverage(rehearsal=True))


async def test_two_persons_let_a_post_out(desk: Desk) -> None:
    """Where it takes two, nobody publishes alone; a mistake that is out is mended by one."""
    await desk.do(a_post(), 1)
    await desk.do(DescribeCoverage(two_person=True))
    with pytest.raises(Conflict, match="somebody else"):
        await desk.do(a_post(), 2)
    await desk.do(RevisePost(headline="Mended", correction="It was wrong."), 1)
