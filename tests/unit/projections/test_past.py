"""The page as it was is the page that was served then."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, SLUG, Desk, a_post
from dateline.domain.commands import RedactPost, WithdrawPost
from dateline.projections.page import PageProjection
from dateline.projections.past import page_at
from dateline.render.post import post_html
from dateline.store.memory import MemoryEventLog
from unit.histories import Step, live_through, lives
from unit.projections.test_page import shown

pytestmark = pytest.mark.anyio


def fragments(page: PageProjection) -> list[str]:
    assert page.coverage is not None
    return [post_html(post, page.coverage) for post in page.posts()]


@settings(max_examples=100)
@given(lives().filter(lambda life: all(not isinstance(s[0], RedactPost) for s in life)), st.data())
async def test_it_equals_what_was_served(taken: list[Step], data: st.DataObject) -> None:
    """At any moment of any life: the same state, and the same bytes for each post."""
    desk = Desk(MemoryEventLog())
    await desk.open()
    page, served = PageProjection(), []
    for step in taken:
        await live_through(desk, [step])
        for record in await desk.log.read(SLUG, page.seq):
            page.apply(record)
        served.append((desk.now, shown(page), fragments(page)))
    moment, state, html = data.draw(st.sampled_from(served))
    then = await page_at(
        desk.log, SLUG, moment + timedelta(microseconds=data.draw(st.integers(0, 999_999)))
    )
    assert shown(then) == state
    assert fragments(then) == html


async def test_before_it_was_opened_there_is_nothing() -> None:
    """No coverage, no posts."""
    desk = Desk(MemoryEventLog())
    await desk.open()
    page = await page_at(desk.log, SLUG, NOW)
    assert (page.coverage, page.seq) == (None, 0)


async def test_a_clock_that_was_set_back() -> None:
    """What counts is the order of the log: no moment shows a post without those before it."""
    desk = Desk(MemoryEventLog())
    await desk.open()
    desk.now += timedelta(minutes=10)
    await desk.do(a_post("first"), 1)
    first = desk.now
    desk.now -= timedelta(minutes=5)
    await desk.do(a_post("second"), 2)
    assert (await page_at(desk.log, SLUG, desk.now)).count == 0
    assert (await page_at(desk.log, SLUG, first)).count == 2


async def test_what_was_taken_down_is_gone_from_the_past_too() -> None:
    """The words of a legal takedown are on no page of any time; a withdrawal leaves them there."""
    desk = Desk(MemoryEventLog())
    await desk.open()
    await desk.do(a_post("the one"), 1)
    await desk.do(a_post("the other"), 2)
    then = desk.now
    await desk.do(WithdrawPost("it came twice"), 1)
    await desk.do(RedactPost(), 2)
    html = "".join(fragments(await page_at(desk.log, SLUG, then)))
    assert "the one" in html
    assert "the other" not in html
