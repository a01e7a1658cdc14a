"""Who comes back is told what they have missed; that is kept in their browser alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage
from .reading import expect_live, requests_to
from .test_layout_shift import _MEASURE, shifts

pytestmark = pytest.mark.browser


def test_the_first_visit(visit: Visit, coverage: Coverage) -> None:
    """Who was never here is told nothing, and nothing is asked for."""
    coverage.publish()
    page = visit()
    asked = requests_to(page, "/since/1")
    page.goto(coverage.path)
    expect_live(page)
    expect(page.locator("#since")).to_be_hidden()
    assert asked == []


def test_back_after_a_while(visit: Visit, coverage: Coverage) -> None:
    """How many updates, how many of them key and which; one tap leads to the first; no shift."""
    coverage.publish_many(3)
    page = visit()
    leave(page, coverage)
    first = coverage.publish()
    coverage.publish(key=True)
    coverage.publish_many(10)
    page.add_init_script(f"({_MEASURE})()")
    page.goto(coverage.path)
    line = page.locator("#since")
    expect(line).to_have_text(re.compile(r"Since \d\d:\d\d: 12 updates, 1 of them key"))
    new = page.locator("#keys time").evaluate("time => getComputedStyle(time, '::after').content")
    assert "New" in new
    expect_live(page)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert shifts(page) == []
    line.get_by_role("link").click()
    expect(page.locator(first.selector)).to_be_in_viewport()
    assert page.url == f"{coverage.url}#p-{first.id}"


def test_more_than_a_page_was_missed(visit: Visit, coverage: Coverage) -> None:
    """The first unread update is found on whatever page it stands."""
    coverage.publish()
    page = visit()
    leave(page, coverage)
    first = coverage.publish()
    coverage.publish_many(40)
    page.goto(coverage.path)
    page.locator("#since").get_by_role("link", name="41 updates").click()
    expect(page.locator(first.selector)).to_be_in_viewport()


def test_nothing_was_missed(visit: Visit, coverage: Coverage) -> None:
    """Who has seen everything is told when they were here, in the same room."""
    coverage.publish()
    page = visit()
    leave(page, coverage)
    page.goto(coverage.path)
    expect(page.locator("#since")).to_have_text(re.compile(r"Your last visit: \d\d:\d\d"))


def test_what_waited_was_not_seen(visit: Visit, coverage: Coverage) -> None:
    """Updates behind the toast, or behind a pause, are missed as long as they stay there."""
    coverage.publish_many(3)
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.get_by_role("button", name="Pause").click()
    coverage.publish()
    expect(page.locator("#toast")).to_be_visible()
    go_elsewhere(page)
    page.goto(coverage.path)
    expect(page.locator("#since").get_by_role("link")).to_have_text("1 update")


def test_a_shared_link_is_no_visit(visit: Visit, coverage: Coverage) -> None:
    """Whoever looks at an older page has not seen the newest."""
    coverage.publish_many(40)
    page = visit()
    page.goto(f"{coverage.path}/p/{coverage.posts[0].id}")
    expect_live(page)
    go_elsewhere(page)
    assert page.evaluate("() => localStorage.length") == 0


def leave(page: Page, coverage: Coverage) -> None:
    page.goto(coverage.path)
    expect_live(page)
    go_elsewhere(page)


def go_elsewhere(page: Page) -> None:
    """For longer than a second, as far as the browser's cache knows."""
    page.goto("/")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
