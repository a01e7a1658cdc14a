"""The day by the hour: links that the server resolves, counted, by the place's clock."""

import httpx2
import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage
from .reading import expect_live, is_marked, mark_page

pytestmark = pytest.mark.browser


@pytest.fixture
def days(coverage: Coverage) -> Coverage:
    """Two days: 40 posts on Monday from nine to noon, five on Tuesday at eight."""
    for number in range(40):
        hour, minute = 7 + number // 12, number % 12 * 5
        coverage.publish(occurred_at=f"2021-06-14T{hour:02}:{minute:02}:00Z")
    for minute in range(5):
        coverage.publish(occurred_at=f"2021-06-15T06:{minute:02}:00Z")
    return coverage


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_from_hour_to_hour(visit: Visit, days: Coverage, script: bool) -> None:
    """The shown day has its hours with counts, other days are links; each leads to its newest."""
    page = visit(java_script_enabled=script)
    page.goto(days.path)
    opened(page)
    shown = page.locator("#hours")
    expect(shown.locator("li")).to_have_text(["08:00 5 updates"])
    shown.get_by_role("link", name="14 June 2021").click()
    expect(page.locator(days.posts[39].selector)).to_be_in_viewport()
    opened(page)
    expect(shown.locator("li")).to_have_text(
        ["09:00 12 updates", "10:00 12 updates", "11:00 12 updates", "12:00 4 updates"]
    )
    shown.get_by_role("link", name="09:00").click()
    expect(page.locator(days.posts[11].selector)).to_be_in_viewport()
    assert page.url.endswith(f"#p-{days.posts[11].id}")


def test_everything_within_an_hour(visit: Visit, coverage: Coverage) -> None:
    """Where there is nothing to choose, there are no hours."""
    coverage.publish_many(2)
    page = visit()
    page.goto(coverage.path)
    expect(page.locator("#hours")).to_have_count(0)


def test_an_open_page_counts_on(visit: Visit, days: Coverage) -> None:
    """Hours and topics follow what is published, within a minute; what was opened stays open."""
    page = visit()
    page.clock.install()
    page.goto(days.path)
    expect_live(page)
    mark_page(page)
    opened(page)
    days.publish(occurred_at="2021-06-15T06:30:00Z")
    later(page, days)
    expect(page.locator("#hours li")).to_have_text(["08:00 6 updates"])
    expect(page.locator("#hours li")).to_be_visible()
    # An hour and a topic more would move what is read: they wait for the update that moves it.
    post = days.publish(occurred_at="2021-06-15T07:30:00Z", topics=["NATO"])
    days.publish(occurred_at="2021-06-15T07:40:00Z", topics=["NATO"])
    later(page, days)
    expect(page.locator("#topics")).to_have_count(0)
    days.publish(occurred_at="2021-06-15T07:50:00Z")
    expect(page.locator("#topics li")).to_have_text(["NATO 2 updates"])
    later(page, days)
    expect(page.locator("#hours li")).to_have_text(["08:00 6 updates", "09:00 3 updates"])
    days.act(post, "redact")
    later(page, days)
    expect(page.locator("#topics li")).to_have_text(["NATO 1 update"])
    assert is_marked(page)


def test_hours_of_another_day_stay(visit: Visit, days: Coverage) -> None:
    """Who looks at an earlier day keeps its hours when posts come in."""
    page = visit()
    page.clock.install()
    page.goto(f"{days.path}/hours/2021-06-14T09")
    expect_live(page)
    opened(page)
    days.publish(occurred_at="2021-06-14T07:59:00Z")
    later(page, days)
    expect(page.locator("#hours li").first).to_have_text("09:00 13 updates")


def test_an_hour_without_updates(visit: Visit, days: Coverage) -> None:
    """An hour in which nothing happened has no page, and says what to do."""
    page = visit(java_script_enabled=False)
    answer = page.goto(f"{days.path}/hours/2021-06-14T03")
    assert answer
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("See all updates")


def later(page: Page, coverage: Coverage) -> None:
    """Forty seconds after the page has got all that was published, and what it asked for then."""
    seq = httpx2.get(f"{coverage.url}/since/0").json()["seq"]
    expect(page.locator(f'#coverage[data-seq="{seq}"]')).to_be_attached()
    with page.expect_response(lambda answer: "/finding" in answer.url) as asked:
        page.clock.fast_forward("00:40")
    # What is asked for after it is there after it: the page has taken in what it got.
    page.evaluate("url => fetch(url).then(answer => answer.text())", asked.value.url)


def opened(page: Page) -> None:
    page.get_by_text("By the hour, in Brussels").click()
