"""The day by the hour: links that the server resolves, counted, by the place's clock."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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


def test_an_hour_without_updates(visit: Visit, days: Coverage) -> None:
    """An hour in which nothing happened has no page, and says what to do."""
    page = visit(java_script_enabled=False)
    answer = page.goto(f"{days.path}/hours/2021-06-14T03")
    assert answer
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("See all updates")


def opened(page: Page) -> None:
    page.get_by_text("By the hour, in Brussels").click()
