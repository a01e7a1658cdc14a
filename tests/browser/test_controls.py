"""The words over the stream: pause and resume, newest or oldest first, and what is said of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, Newsroom
from .reading import expect_live, expect_same_as_server, ids_of

pytestmark = pytest.mark.browser
PER_PAGE = 30


@pytest.fixture(scope="module")
def long(newsroom: Newsroom) -> Coverage:
    """Two and a half pages of posts, of which the third is pinned."""
    coverage = newsroom.open("in-both-orders")
    coverage.publish_many(75)
    coverage.act(coverage.posts[2], "pin")
    return coverage


def test_a_pause_holds_everything(visit: Visit, coverage: Coverage) -> None:
    """While paused nothing changes by itself; what is new is counted; resuming brings it all."""
    coverage.publish_many(3)
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#connection")).to_have_text("Paused")
    before = page.locator("main").inner_html()
    coverage.publish(key=True)
    coverage.publish()
    coverage.correct(coverage.posts[0], "It was later.")
    coverage.describe(summary="All is said.")
    expect(page.locator("#toast")).to_have_text("2 new updates")
    expect(page).to_have_title(re.compile(r"^\(2\) "))
    page.wait_for_function("seq => document.querySelector('main').dataset.seq >= seq", arg=9)
    assert _without_bar(page.locator("main").inner_html()) == _without_bar(before)
    page.get_by_role("button", name="Resume").click()
    expect(page.locator("#connection")).to_have_text("Live")
    expect(page.locator("#toast")).to_be_hidden()
    expect_same_as_server(page, coverage)
    expect(page).not_to_have_title(re.compile(r"^\("))


def test_a_look_while_paused(visit: Visit, coverage: Coverage) -> None:
    """The toast shows what waits; the page stays paused, and what comes next waits again."""
    coverage.publish()
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.get_by_role("button", name="Pause").click()
    second = coverage.publish()
    expect(page.locator("#toast")).to_have_text("1 new update")
    page.locator("#toast").click()
    expect(page.locator(second.selector)).to_be_visible()
    third = coverage.publish()
    expect(page.locator("#toast")).to_have_text("1 new update")
    expect(page.locator(third.selector)).to_have_count(0)
    expect(page.locator("#connection")).to_have_text("Paused")


def test_a_takedown_does_not_wait(visit: Visit, coverage: Coverage) -> None:
    """Words that have to go leave a paused page as well."""
    post = coverage.publish("A libel")
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.get_by_role("button", name="Pause").click()
    coverage.act(post, "redact")
    expect(page.locator(post.selector)).to_have_count(0)


def test_no_pause_where_nothing_comes(visit: Visit, newsroom: Newsroom) -> None:
    """An ended coverage, and a page without a script, have nothing to pause."""
    coverage = newsroom.open("nothing-to-pause", status="ended")
    page = visit()
    page.goto(coverage.path)
    expect(page.locator("#connection")).to_have_text("Ended")
    expect(page.locator("#pause")).to_be_hidden()
    plain = visit(java_script_enabled=False)
    plain.goto(coverage.path)
    expect(plain.locator("#pause")).to_be_hidden()


def test_the_coverage_from_its_beginning(visit: Visit, long: Coverage) -> None:
    """Without a script, oldest first leads through every post once, on and back again."""
    page = visit(java_script_enabled=False)
    page.goto(long.path)
    page.get_by_role("link", name="Oldest first").click()
    pages = [ids_of(page, "#stream")]
    while page.get_by_role("link", name="Newer updates", exact=True).count():
        page.get_by_role("link", name="Newer updates", exact=True).click()
        pages.append(ids_of(page, "#stream"))
    expected = [post.id for post in long.posts if post is not long.posts[2]]
    assert [post for one in pages for post in one] == expected
    page.get_by_role("link", name="Older updates").click()
    assert ids_of(page, "#stream") == expected[30:60]
    page.get_by_role("link", name="Older updates").click()
    assert ids_of(page, "#stream") == expected[:30]
    assert page.get_by_role("link", name="Older updates").count() == 0
    page.get_by_role("link", name="Newest first").click()
    assert ids_of(page, "#stream") == expected[: -PER_PAGE - 1 : -1]


def test_an_update_oldest_first(visit: Visit, long: Coverage) -> None:
    """The page around an update shows it in the same order as the others."""
    page = visit(java_script_enabled=False)
    post = long.posts[40]
    page.goto(f"{long.path}?at-post={post.id}&order=oldest#p-{post.id}")
    assert ids_of(page, "#stream") == [one.id for one in long.posts[35:65]]
    expect(page.locator(post.selector)).to_be_in_viewport()


def test_the_order_is_remembered(visit: Visit, long: Coverage, coverage: Coverage) -> None:
    """Who has chosen oldest first meets it on every coverage, until they choose otherwise."""
    coverage.publish_many(3)
    page = visit(rough=True)
    page.goto(long.path)
    page.get_by_role("link", name="Oldest first").click()
    expect(page.get_by_role("link", name="Newest first")).to_be_visible()
    page.goto(coverage.path)
    expect(page.get_by_role("link", name="Newest first")).to_be_visible()
    assert ids_of(page, "#stream") == [post.id for post in coverage.posts]
    page.goto(f"{long.path}/p/{long.posts[40].id}")
    expect(page.get_by_role("link", name="Newest first")).to_be_visible()
    expect(page.locator(long.posts[40].selector)).to_be_in_viewport()
    page.get_by_role("link", name="Newest first").click()
    expect(page.get_by_role("link", name="Oldest first")).to_be_visible()
    page.goto(coverage.path)
    expect(page.get_by_role("link", name="Oldest first")).to_be_visible()


def test_live_oldest_first(visit: Visit, coverage: Coverage) -> None:
    """New posts come at the end: at once for who reads there, behind the toast for the others."""
    coverage.publish_many(6)
    page = visit()
    page.goto(f"{coverage.path}?order=oldest")
    expect_live(page)
    new = coverage.publish_many(2)
    toast = page.locator("#toast")
    expect(toast).to_have_text("2 new updates")
    assert ids_of(page, "#stream") == [post.id for post in coverage.posts[:6]]
    toast.click()
    assert ids_of(page, "#stream") == [post.id for post in coverage.posts]
    expect(page.locator(new[0].selector)).to_be_in_viewport()
    _to_the_end(page)
    last = coverage.publish()
    expect(page.locator(last.selector)).to_be_visible()
    assert ids_of(page, "#stream")[-1] == last.id


def test_more_than_a_page_oldest_first(visit: Visit, long: Coverage) -> None:
    """On the first of several pages the toast leads to what has come."""
    page = visit()
    page.goto(f"{long.path}?order=oldest")
    expect_live(page)
    new = long.publish()
    expect(page.locator("#toast")).to_have_text("1 new update")
    page.locator("#toast").click()
    expect(page.locator(new.selector)).to_be_in_viewport()


def _to_the_end(page: Page) -> None:
    page.evaluate("() => scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.wait_for_function(
        "() => document.querySelector('#stream').lastElementChild"
        ".getBoundingClientRect().bottom < innerHeight"
    )


def _without_bar(html: str) -> str:
    """What may change while paused is the bar itself, and the page's own notes of its seq."""
    html = re.sub(r'<div class="bar".*?</div>', "", html, flags=re.S)
    html = re.sub(r'<div class="toast-rail">.*?</div>', "", html, flags=re.S)
    return re.sub(r'<p id="announce".*?</p>', "", html, flags=re.S)
