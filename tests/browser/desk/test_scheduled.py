"""Posts for later: scheduled in the coverage's zone, shown so, taken off again."""

import pytest
from playwright.sync_api import expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk, posts_of, write

pytestmark = pytest.mark.browser


def test_a_post_for_later(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """A time is said in the coverage's zone; until then nobody outside sees the post."""
    page = desk(editor, coverage)
    write(page, "At noon in the new year", "Held until then.")
    page.get_by_role("button", name="Schedule …").click()
    page.get_by_label("Date and time (Europe/Brussels)").fill("2099-01-01T12:00")
    page.get_by_role("dialog").get_by_role("button", name="Schedule").click()
    expect(page.locator("#headline")).to_have_value("")
    scheduled = page.locator("section.waiting", has_text="Scheduled")
    scheduled.get_by_role("link", name="At noon in the new year").click()
    page.get_by_text("Goes out 1 Jan, 12:00").wait_for()
    (draft,) = editor.send("GET", f"/api/coverages/{coverage.slug}/drafts").json()["drafts"]
    assert draft["publish_at"] == "2099-01-01T11:00:00Z"
    assert not posts_of(editor, coverage)
    page.get_by_role("button", name="Take off the schedule").click()
    page.locator("section.waiting", has_text="For review").wait_for()


def test_under_embargo(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """Nothing goes out before its embargo ends: not by the schedule, not by hand; it says why."""
    page = desk(editor, coverage, rough=True)
    write(page, "The report", "Held until it is public.")
    page.get_by_role("button", name="Schedule …").click()
    page.get_by_label("Date and time (Europe/Brussels)").fill("2099-01-01T12:00")
    page.get_by_label("Under embargo until").fill("2099-01-01T14:00")
    page.get_by_role("dialog").get_by_role("button", name="Schedule").click()
    queue = page.get_by_role("navigation", name="Queue")
    queue.get_by_text("This is before the embargo ends. Choose a later time.").first.wait_for()
    queue.get_by_role("link", name="The report").click()
    page.get_by_role("button", name="Schedule …").click()
    page.get_by_label("Date and time (Europe/Brussels)").fill("2099-01-01T15:00")
    page.get_by_label("Under embargo until").fill("2099-01-01T14:00")
    page.get_by_role("dialog").get_by_role("button", name="Schedule").click()
    expect(page.locator("#headline")).to_have_value("")
    page.locator("section.waiting", has_text="Scheduled").get_by_role("link").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    queue.get_by_text("This is under embargo until").first.wait_for()
    assert not posts_of(editor, coverage)
