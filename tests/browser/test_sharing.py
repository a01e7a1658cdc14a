"""“Share” under each update: copied, handed to the device, or a link."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage
from .reading import expect_live, expect_same_as_server

pytestmark = pytest.mark.browser

# What a phone has and this Chromium lacks: a sheet that notes what it was given.
_SHEET = """
    Object.defineProperty(Navigator.prototype, "share", {
        value: async (given) => { window.given = given; }, configurable: true,
    });
"""


def link_of(page: Page, coverage: Coverage) -> str:
    return f"{coverage.url}/p/{coverage.posts[-1].id}"


def test_the_address_is_copied(visit: Visit, coverage: Coverage) -> None:
    """On a desktop the update's address is in the clipboard, which is said and heard."""
    post = coverage.publish("The hall")
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.goto(coverage.path)
    expect_live(page)
    share = page.locator(f"{post.selector} .share a")
    share.click()
    expect(share).to_have_text("Link copied")
    expect(page.locator("#announce")).to_have_text("Link copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == link_of(page, coverage)
    expect(share).to_have_text("Share")
    expect_same_as_server(page, coverage)


def test_the_sheet_of_a_phone(visit: Visit, coverage: Coverage) -> None:
    """On a phone the device's own sheet gets the headline and the address."""
    coverage.publish("The hall")
    page = visit(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page.add_init_script(_SHEET)
    page.goto(coverage.path)
    expect_live(page)
    page.locator(".share a").tap()
    page.wait_for_function("() => window.given")
    given = page.evaluate("() => window.given")
    assert given == {"title": "The hall", "url": link_of(page, coverage)}
    assert page.url.endswith(coverage.path)


def test_sharing_without_a_script(visit: Visit, coverage: Coverage) -> None:
    """It leads to the update's own address."""
    post = coverage.publish("The hall")
    page = visit(java_script_enabled=False)
    page.goto(coverage.path)
    page.locator(f"{post.selector} .share a").click()
    assert page.url.endswith(f"?at-post={post.id}#p-{post.id}")


def test_a_withdrawn_update_is_not_shared(visit: Visit, coverage: Coverage) -> None:
    """Where an update was taken back there is nothing to share."""
    post = coverage.publish("The hall")
    coverage.withdraw(post, "it was a drill")
    page = visit()
    page.goto(coverage.path)
    expect(page.locator(f"{post.selector} .withdrawn")).to_be_visible()
    expect(page.locator(".share")).to_have_count(0)
