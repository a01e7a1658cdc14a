"""The list of all coverages at the desk."""

import pytest
from playwright.sync_api import Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from integration.server import Server

from .conftest import enter

pytestmark = pytest.mark.browser


def test_nothing_is_said_before_it_is_known(
    visit: Visit, server: Server, coverage: Coverage, editor: Someone
) -> None:
    """As long as the coverages are not read, nobody is told that there are none."""
    page = visit()
    enter(page, editor, server.address)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/coverages", hold)
    page.goto("/desk")
    expect(page.get_by_text("One moment …")).to_be_visible()
    expect(page.get_by_text("There is no coverage yet.")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.locator(f'.front-list a[href*="/{coverage.slug}/"]')).to_be_visible()
    expect(page.get_by_text("One moment …")).to_have_count(0)
