"""With the focus in the stream, the keys go from update to update; elsewhere they scroll."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, Post
from .reading import expect_live, expect_same_as_server

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit: Visit, coverage: Coverage) -> Page:
    """A page with ten posts, its focus on the link of the newest."""
    coverage.publish_many(10)
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.locator(f"{coverage.posts[-1].selector} a").first.focus()
    return page


def test_the_stream_is_a_feed(page: Page, coverage: Coverage) -> None:
    """Assistive technology finds a feed by its name, and in it articles by their headlines."""
    feed = page.get_by_role("feed", name="Updates")
    newest = coverage.posts[-1]
    expect(feed.get_by_role("article", name=newest.headline)).to_have_count(1)
    expect(feed.get_by_role("article")).to_have_count(10)


def test_page_down_and_page_up(page: Page, coverage: Coverage) -> None:
    """Page Down goes to the next update, Page Up to the one before; each is in view."""
    for post in (coverage.posts[-2], coverage.posts[-3], coverage.posts[-4]):
        page.keyboard.press("PageDown")
        expect_at(page, post)
    page.keyboard.press("PageUp")
    expect_at(page, coverage.posts[-3])


def test_tab_goes_on_from_there(page: Page, coverage: Coverage) -> None:
    """From the update that the keys have reached, Tab goes to its first link."""
    page.keyboard.press("PageDown")
    page.keyboard.press("Tab")
    expect(page.locator(f"{coverage.posts[-2].selector} .when a")).to_be_focused()


def test_leaving_the_feed(page: Page) -> None:
    """Ctrl+Home goes to the head of the updates, Ctrl+End to what follows them."""
    page.keyboard.press("PageDown")
    page.keyboard.press("Control+Home")
    expect(page.locator("#updates")).to_be_focused()
    page.locator("#stream article a").first.focus()
    page.keyboard.press("Control+End")
    behind = page.locator("#stream").evaluate(
        "stream => stream.compareDocumentPosition(document.activeElement)"
        " === Node.DOCUMENT_POSITION_FOLLOWING"
    )
    assert behind
    expect(page.locator(":focus")).to_be_in_viewport()


def test_the_last_update_is_no_trap(page: Page, coverage: Coverage) -> None:
    """At the last update Page Down is the browser's again, and Tab leaves the feed."""
    last = page.locator(coverage.posts[0].selector)
    last.locator("a").last.focus()
    assert not is_taken(page, "PageDown")
    page.keyboard.press("Tab")
    assert not page.locator("#stream").evaluate("stream => stream.contains(document.activeElement)")


@pytest.mark.parametrize("place", ["body", "#updates", ".nameplate"])
@pytest.mark.parametrize("key", ["PageDown", "PageUp", "Control+End", "Control+Home"])
def test_elsewhere_the_keys_are_the_browser_s(page: Page, place: str, key: str) -> None:
    """With the focus outside of the feed nothing is taken from the reader."""
    page.evaluate("() => document.activeElement.blur()")
    if place != "body":
        page.locator(place).focus()
    assert not is_taken(page, key)


@pytest.mark.parametrize("key", ["Shift+PageDown", "Control+PageDown", "Alt+PageUp"])
def test_other_keys_are_the_browser_s(page: Page, key: str) -> None:
    """Within the feed, too, a key with another modifier keeps its meaning."""
    assert not is_taken(page, key)


def test_nothing_is_left_behind(page: Page, coverage: Coverage) -> None:
    """When the focus has gone on, the page is as the server sent it."""
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    page.keyboard.press("Control+Home")
    expect_same_as_server(page, coverage)


def test_a_change_keeps_the_focus(page: Page, coverage: Coverage) -> None:
    """An update that is corrected while the keys stand on it keeps them; Page Down goes on."""
    page.keyboard.press("PageDown")
    post = coverage.posts[-2]
    coverage.correct(post, "It was five.", headline="At five")
    expect(page.locator(f"{post.selector} .correction")).to_be_visible()
    expect(page.locator(post.selector)).to_be_focused()
    page.keyboard.press("PageDown")
    expect_at(page, coverage.posts[-3])


def test_a_takedown_keeps_the_place(page: Page, coverage: Coverage) -> None:
    """When the update under the keys is taken down, they stand on the next one."""
    page.keyboard.press("PageDown")
    coverage.act(coverage.posts[-2], "redact")
    expect(page.locator(coverage.posts[-2].selector)).to_have_count(0)
    expect(page.locator(coverage.posts[-3].selector)).to_be_focused()


def test_busy_while_posts_come(page: Page, coverage: Coverage) -> None:
    """The feed says that it is busy while a post is put in, and that it no longer is."""
    page.locator("#stream").evaluate(
        """stream => {
            window.busy = [];
            new MutationObserver(() => window.busy.push(stream.getAttribute("aria-busy")))
                .observe(stream, {attributes: true, attributeFilter: ["aria-busy"]});
        }"""
    )
    page.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
    post = coverage.publish("Just now")
    expect(page.locator(post.selector)).to_be_visible()
    page.wait_for_function("() => window.busy.length > 1")
    assert page.evaluate("() => window.busy") == ["true", None]


def is_taken(page: Page, key: str) -> bool:
    """Whether the script keeps the key from the browser."""
    page.evaluate(
        """() => addEventListener("keydown", event => {
            if (!["Control", "Shift", "Alt"].includes(event.key)) {
                window.taken = event.defaultPrevented;
            }
        })"""
    )
    page.keyboard.press(key)
    return bool(page.evaluate("() => window.taken"))


def expect_at(page: Page, post: Post) -> None:
    article = page.locator(post.selector)
    expect(article).to_be_focused()
    expect(article.locator("h2")).to_be_in_viewport()
