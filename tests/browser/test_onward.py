"""What follows comes into the page, and the page stays one: in order, once, live, shareable."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, Newsroom
from .reading import expect_live, ids_of

pytestmark = pytest.mark.browser
MANY = 70
PER_PAGE = 30


@pytest.fixture
def long(newsroom: Newsroom, request: pytest.FixtureRequest) -> Coverage:
    coverage = newsroom.open(request.node.name.replace("_", "-"))
    coverage.publish_many(MANY)
    return coverage


def test_older_updates_come_in(visit: Visit, long: Coverage) -> None:
    """The link brings the next page's posts under these, to the last; the focus goes on there."""
    page = open_live(visit, long)
    load_on(page, "Older updates", 2 * PER_PAGE)
    expect(page.locator(long.posts[-PER_PAGE - 1].selector)).to_be_focused()
    load_on(page, "Older updates", MANY)
    assert ids_of(page, "#stream") == [post.id for post in reversed(long.posts)]
    expect(page.get_by_role("link", name="Older updates")).to_have_count(0)


def test_what_came_in_is_live(visit: Visit, long: Coverage) -> None:
    """Posts that were loaded on are corrected, withdrawn, pinned and put back like the others."""
    page = open_live(visit, long)
    load_on(page, "Older updates", 2 * PER_PAGE)
    post, other = long.posts[25], long.posts[30]
    long.correct(post, "It was later.")
    expect(page.locator(f"{post.selector} .correction")).to_be_visible()
    long.act(other, "pin")
    expect(page.locator(f"#pinned {other.selector}")).to_have_count(1)
    long.act(other, "unpin")
    expect(page.locator(f"#stream {other.selector}")).to_have_count(1)
    assert ids_of(page, "#stream") == [one.id for one in long.posts[:9:-1]]


def test_the_address_goes_along(visit: Visit, long: Coverage) -> None:
    """Down there the address is that of what came in; back at the top it is the page's own."""
    page = open_live(visit, long)
    load_on(page, "Older updates", 2 * PER_PAGE)
    assert "?before=" in page.url
    other = visit(java_script_enabled=False)
    other.goto(page.url)
    assert ids_of(other, "#stream")[0] == long.posts[-PER_PAGE - 1].id
    page.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_url(long.url)


def test_to_the_end_oldest_first(visit: Visit, long: Coverage) -> None:
    """Oldest first the link leads to the newest, and from there on the page is live."""
    page = open_live(visit, long, "?order=oldest")
    new = long.publish()
    expect(page.locator("#toast")).to_have_text("1 new update")
    load_on(page, "Newer updates", 2 * PER_PAGE)
    load_on(page, "Newer updates", MANY + 1)
    assert ids_of(page, "#stream") == [post.id for post in long.posts]
    expect(page.locator("#toast")).to_be_hidden()
    last = long.publish()
    expect(page.locator("#toast")).to_have_text("1 new update")
    page.locator("#toast").click()
    expect(page.locator(last.selector)).to_be_in_viewport()
    assert ids_of(page, "#stream")[-2:] == [new.id, last.id]


def test_where_nothing_can_be_loaded(visit: Visit, long: Coverage) -> None:
    """When the next page can't be fetched, or knows less than this one, the link is followed."""
    page = open_live(visit, long)
    page.route(
        "**/*before=*",
        lambda route: (
            route.abort() if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    page.get_by_role("link", name="Older updates").click()
    expect(page.get_by_role("link", name="Newer updates", exact=True)).to_be_visible()
    assert ids_of(page, "#stream")[0] == long.posts[-PER_PAGE - 1].id


def open_live(visit: Visit, coverage: Coverage, query: str = "") -> Page:
    page = visit(rough=True)
    page.goto(coverage.path + query)
    expect_live(page)
    return page


def load_on(page: Page, name: str, count: int) -> None:
    page.locator("#stream ~ .pager").get_by_role("link", name=name).click()
    expect(page.locator("#stream article")).to_have_count(count)
