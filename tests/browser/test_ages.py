"""How long ago something was is said while it is fresh, and only if it is true."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage
from .reading import expect_live, expect_same_as_server

pytestmark = pytest.mark.browser
HEAD = ".updated"
DAY = "article .day"


def test_what_has_just_come(visit: Visit, coverage: Coverage) -> None:
    """A new post says that it is new, the head too, and the HTML stays the server's."""
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    coverage.publish()
    expect_words(page, DAY, r"just now")
    expect_words(page, HEAD, r"Updated (just now|\d0 seconds ago)")
    expect_same_as_server(page, coverage)


def test_an_hour_is_fresh(visit: Visit, coverage: Coverage) -> None:
    """What happened minutes ago says so; after an hour the time stands alone."""
    now = datetime.now(UTC)
    old = coverage.publish(occurred_at=(now - timedelta(minutes=61)).isoformat())
    new = coverage.publish(occurred_at=(now - timedelta(minutes=4, seconds=5)).isoformat())
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    expect_words(page, f"{new.selector} .day", r"[45] min ago")
    expect_words(page, f"{old.selector} .day", r"none")


@pytest.mark.parametrize("hours", [-3, 3], ids=["slow", "fast"])
def test_a_device_with_a_wrong_clock(visit: Visit, coverage: Coverage, hours: int) -> None:
    """A device whose clock is hours wrong says nothing false, and after the next post what is."""
    coverage.publish()
    page = visit()
    page.clock.install(time=datetime.now(UTC) + timedelta(hours=hours))
    page.goto(coverage.path)
    page.clock.run_for(1000)
    expect_words(page, DAY, r"none")
    expect_words(page, HEAD, r"none")
    expect_live(page)
    coverage.publish("Just now")
    page.get_by_role("heading", name="Just now").wait_for()
    page.clock.run_for(1000)
    expect_words(page, DAY, r"just now")
    expect_words(page, HEAD, r"Updated (just now|\d0 seconds ago)")


def test_no_claim_without_a_connection(visit: Visit, coverage: Coverage) -> None:
    """While nothing newer could be known, the head says when, not how long ago."""
    coverage.publish()
    page = visit(rough=True)
    page.goto(coverage.path)
    expect_live(page)
    expect_words(page, HEAD, r"Updated .+")
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_have_text("Reconnecting…")
    expect_words(page, HEAD, r"none")
    expect(page.locator(".updated time")).to_be_visible()


def expect_words(page: Page, selector: str, pattern: str) -> None:
    """What the style sheet says behind the first such element."""
    page.wait_for_function(
        """([selector, pattern]) => {
            const found = document.querySelector(selector);
            const words = found && getComputedStyle(found, "::after").content.replaceAll('"', "");
            return new RegExp(`^(${pattern})$`).test(words);
        }""",
        arg=[selector, re.compile(pattern).pattern],
    )


def test_what_is_on_now(visit: Visit, coverage: Coverage) -> None:
    """The agenda says “Now” where a time was, until the next thing begins; nothing moves for it."""
    now = datetime.now(UTC)
    coverage.brief(
        agenda=[
            {"at": (now + timedelta(minutes=minutes)).isoformat(), "title": title}
            for minutes, title in ((-90, "Arrival"), (-10, "Session"), (60, "Dinner"))
        ]
    )
    plain = visit(java_script_enabled=False)
    plain.goto(coverage.path)
    height = plain.locator(".agenda").last.bounding_box()
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    expect(page.locator(".agenda .is-now")).to_have_count(1)
    session = page.locator("li", has_text="Session").locator("time")
    expect(session).to_have_class("is-now")
    said = session.evaluate("time => getComputedStyle(time, '::before').content")
    assert said == '"Now"'
    assert page.locator(".agenda").last.bounding_box() == height
