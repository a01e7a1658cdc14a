"""From within a coverage to the screens of the house, also on a telephone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk

pytestmark = pytest.mark.browser


def test_on_a_phone(desk: Desk, coverage: Coverage, administrator: Someone) -> None:
    """By the bar at the foot to the coverage's own sheet, and from there in one tap."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    # Chromium tells what a page says as it is left as broken off.
    page = desk(administrator, coverage, rough=True, **phone)
    expect(ways(page)).to_have_count(0)
    for name, address in (("People", "people"), ("Pictures", "pictures"), ("Audit", "audit")):
        page.locator(".bottom").get_by_role("link", name="Coverage").tap()
        for link in ways(page).all():
            box = link.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24
        ways(page).filter(has_text=name).tap()
        page.wait_for_url(f"**/desk/{address}")
        page.locator(f"desk-{address} h1").wait_for()
        page.go_back()
    is_wide = "() => document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(is_wide)


@pytest.mark.parametrize("width", [768, 1024, 1280, 1440])
def test_once_on_each_screen(
    desk: Desk, coverage: Coverage, administrator: Someone, width: int
) -> None:
    """However wide it is, the way to the people stands on the coverage's sheet, and once."""
    viewport = {"width": width, "height": 800}
    page = desk(administrator, coverage, "running", viewport=viewport)
    expect(ways(page).filter(has_text="People")).to_have_count(1)


def test_for_those_who_may_go_there(desk: Desk, coverage: Coverage, reporter: Someone) -> None:
    """A reporter is led to the pictures and to nothing else."""
    page = desk(reporter, coverage, "running", viewport={"width": 390, "height": 844})
    expect(ways(page)).to_have_text(["Pictures"])


def ways(page: Page) -> Locator:
    """The links to the house that can be seen."""
    return page.locator("nav.house a:visible")
