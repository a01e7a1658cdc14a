"""What happens in the newsroom happens on an open page, by itself and in its place."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, paragraph
from .reading import (
    expect_live,
    expect_same_as_server,
    ids_of,
    is_marked,
    mark_page,
    requests_to,
    until,
)

pytestmark = pytest.mark.browser
"""Milliseconds: far more than the second it should take, for a machine with much to do."""


@pytest.fixture
def page(visit: Visit, coverage: Coverage) -> Page:
    """An open page with five posts, at its top, with its stream open."""
    coverage.publish_many(5)
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    mark_page(page)
    return page


@pytest.fixture(autouse=True)
def never_reloaded(page: Page) -> Iterator[None]:
    yield
    assert is_marked(page), "the page was loaded anew"


def test_a_new_post_comes_to_the_top(page: Page, coverage: Coverage) -> None:
    """Whoever stands at the top of the page sees a new post within a moment."""
    post = coverage.publish("Just now")
    expect(page.locator(post.selector)).to_be_in_viewport()
    assert ids_of(page, "#stream")[0] == post.id
    expect(page.locator("#toast")).to_be_hidden()
    expect_same_as_server(page, coverage)


def test_the_first_post_of_all(page: Page, coverage: Coverage, visit: Visit) -> None:
    """On a page without posts, the first one takes the place of the words that announce it."""
    for post in coverage.posts:
        coverage.act(post, "redact")
    page.reload()
    mark_page(page)
    expect_live(page)
    expect(page.locator("#empty")).to_be_visible()
    post = coverage.publish("At last")
    expect(page.locator(post.selector)).to_be_visible()
    expect(page.locator("#empty")).to_have_count(0)


def test_a_correction_in_place(page: Page, coverage: Coverage) -> None:
    """A corrected post changes where it stands, and shows its note."""
    post = coverage.posts[2]
    coverage.correct(post, "It was two hours, not one.", headline="Two hours late")
    article = page.locator(post.selector)
    expect(article.locator(".correction")).to_contain_text("two hours, not one")
    expect(article.locator("h2")).to_have_text("Two hours late")
    assert ids_of(page, "#stream")[2] == post.id
    expect_same_as_server(page, coverage)


def test_a_withdrawal_in_place(page: Page, coverage: Coverage) -> None:
    """A withdrawn post becomes one line where it stood, and leaves the rail of key events."""
    post = coverage.posts[2]
    coverage.act(post, "key")
    expect(page.locator("#keys li")).to_have_count(1)
    coverage.withdraw(post, "the agency took it back")
    article = page.locator(post.selector)
    expect(article.locator(".withdrawn")).to_contain_text("the agency took it back")
    assert post.headline not in article.inner_text()
    assert ids_of(page, "#stream")[2] == post.id
    expect_same_as_server(page, coverage)


def test_a_takedown_removes_the_post(page: Page, coverage: Coverage) -> None:
    """A post that is taken down is gone from the open page, with all its words."""
    post = coverage.posts[2]
    coverage.act(post, "key")
    expect(page.locator("#keys li")).to_have_count(1)
    coverage.act(post, "redact")
    expect(page.locator(post.selector)).to_have_count(0)
    assert post.headline not in page.content()
    assert post.id not in page.content()
    expect_same_as_server(page, coverage)


def test_a_pin_and_its_end(page: Page, coverage: Coverage) -> None:
    """A pinned post moves to the pinned section, and back to its place in time."""
    before = ids_of(page, "#stream")
    post = coverage.posts[2]
    coverage.act(post, "pin")
    expect(page.locator(f"#pinned {post.selector}")).to_be_visible()
    expect(page.locator(post.selector)).to_have_count(1)
    expect_same_as_server(page, coverage)
    coverage.act(post, "unpin")
    expect(page.locator(f"#stream {post.selector}")).to_be_visible()
    assert ids_of(page, "#pinned") == []
    assert ids_of(page, "#stream") == before
    expect_same_as_server(page, coverage)


def test_the_order_of_the_pins(page: Page, coverage: Coverage) -> None:
    """Pinned posts stand as the desk puts them; what is pinned later comes on top. Who has one of
    them in hand keeps it."""
    one, two, three = coverage.posts[:3]
    for post in (one, two):
        coverage.act(post, "pin")
    expect(page.locator("#pinned article")).to_have_count(2)
    assert ids_of(page, "#pinned") == [two.id, one.id]
    page.locator(f"{two.selector} .when a").focus()
    coverage.order(one, two)
    until(page, lambda: ids_of(page, "#pinned") == [one.id, two.id], "they have changed places")
    assert page.evaluate("() => document.activeElement.closest('article').id") == f"p-{two.id}"
    coverage.act(three, "pin")
    expect(page.locator(f"#pinned {three.selector}")).to_be_visible()
    assert ids_of(page, "#pinned") == [three.id, one.id, two.id]
    coverage.correct(two, "It was ten.", headline="At ten")
    expect(page.locator(two.selector)).to_contain_text("At ten")
    assert ids_of(page, "#pinned") == [three.id, one.id, two.id]
    expect_same_as_server(page, coverage)


def test_the_order_of_the_pins_after_a_sleep(visit: Visit, coverage: Coverage) -> None:
    """Who was away gets it by the delta, though it tells only the last of each change."""
    posts = coverage.publish_many(3)
    for post in posts:
        coverage.act(post, "pin")
    page = visit(rough=True)
    page.goto(coverage.path)
    expect_live(page)
    page.context.set_offline(True)
    coverage.order(*posts)
    coverage.act(posts[2], "unpin")
    coverage.act(posts[2], "pin")
    coverage.revise(posts[0], headline="Anew")
    page.context.set_offline(False)
    expected = [posts[2].id, posts[0].id, posts[1].id]
    until(page, lambda: ids_of(page, "#pinned") == expected, "the order is the server's")
    expect_same_as_server(page, coverage)


def test_key_events_in_the_rail(page: Page, coverage: Coverage) -> None:
    """Key events come into the rail in the order of time, and leave it."""
    expect(page.locator("#keys")).to_be_hidden()
    newer, older = coverage.posts[3], coverage.posts[1]
    coverage.act(newer, "key")
    coverage.act(older, "key")
    rail = page.locator("#keys li")
    expect(rail).to_have_count(2)
    expect(page.locator("#keys")).to_be_visible()
    assert rail.locator("span").all_inner_texts() == [newer.headline, older.headline]
    expect_same_as_server(page, coverage)
    coverage.act(newer, "unkey")
    expect(rail).to_have_count(1)
    coverage.act(older, "unkey")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_new_title_and_status(page: Page, coverage: Coverage) -> None:
    """Title, summary and status change in the head and in the tab's title."""
    coverage.describe(title="Three summits", summary="One more than planned.")
    expect(page.locator("h1")).to_have_text("Three summits")
    expect(page).to_have_title(re.compile("^Three summits"))
    coverage.set_status("paused")
    expect(page.locator("#coverage-head .status")).to_have_text("Paused")
    coverage.set_status("live")
    expect(page.locator("#coverage-head .status")).to_have_text("Live")
    expect_same_as_server(page, coverage)


def test_the_end(visit: Visit, coverage: Coverage, page: Page) -> None:
    """A coverage that has ended says so, and asks for no stream any more."""
    late = visit()
    late.clock.install()
    streams = requests_to(late, "/stream")
    late.goto(coverage.path)
    expect_live(late)
    coverage.set_status("ended")
    expect(late.locator("#coverage-head .status")).to_have_text("Ended")
    expect(late.locator('#connection[data-link="ended"]')).to_have_text("Ended")
    expect_same_as_server(late, coverage)
    known = len(streams)
    deltas = requests_to(late, f"/changes/{late.locator('#coverage').get_attribute('data-seq')}")

    def has_asked_after_five_minutes() -> bool:
        late.clock.fast_forward("05:00")
        return len(deltas) >= 3

    until(late, has_asked_after_five_minutes, "does not ask whether it goes on")
    assert len(streams) == known, "still asks for the stream"
    expect(late.locator("#connection")).to_have_text("Ended")


def test_it_goes_on_after_the_end(page: Page, coverage: Coverage, visit: Visit) -> None:
    """A page that was opened after the end takes part again when the coverage goes on."""
    coverage.set_status("ended")
    late = visit()
    late.clock.install()
    late.goto(coverage.path)
    expect(late.locator("#connection")).to_have_text("Ended")
    coverage.set_status("live")

    def is_live_after_two_minutes() -> bool:
        # The browser's own cache may answer once or twice with what it knows: by its clock, which
        # is the real one, hardly any time has passed.
        late.clock.fast_forward("02:00")
        return late.locator("#coverage-head .status").inner_text() == "Live"

    until(late, is_live_after_two_minutes, "the page does not notice that it goes on")
    expect_live(late)
    post = coverage.publish("And on it goes")
    expect(late.locator(post.selector)).to_be_visible()


def test_an_older_page_says_what_it_lacks(page: Page, coverage: Coverage, visit: Visit) -> None:
    """On an older page new posts are counted, and the toast leads to them."""
    coverage.publish_many(40)
    older = visit()
    older.goto(f"{coverage.path}?before={coverage.posts[6].seq + 1}")
    expect_live(older)
    before = ids_of(older, "#stream")
    coverage.publish_many(2)
    expect(older.locator("#toast")).to_have_text("2 new updates")
    coverage.correct(coverage.posts[2], "A word was missing.", blocks=[paragraph("Here it is.")])
    note = older.locator(f"{coverage.posts[2].selector} .correction")
    expect(note).to_contain_text("A word was missing.")
    assert ids_of(older, "#stream") == before
    older.locator("#toast").click()
    older.wait_for_url(f"**{coverage.path}")
    expect(older.locator(coverage.posts[-1].selector)).to_be_visible()


def test_many_changes_at_once(page: Page, coverage: Coverage) -> None:
    """After a rush of all kinds of changes the page is what the server says."""
    for number in range(12):
        post = coverage.publish(f"Rush {number}", key=number % 4 == 0)
        if number % 3 == 0:
            coverage.correct(post, "A figure was wrong.", headline=f"Rush {number}, corrected")
        if number % 5 == 0:
            coverage.act(post, "pin")
        if number % 6 == 1:
            coverage.withdraw(post, "sent too early")
    coverage.act(coverage.posts[5], "unpin")
    expect_same_as_server(page, coverage)
    until(page, lambda: len(ids_of(page)) == 17, "not all posts are there")


def test_updated_is_true_after_marks(page: Page, coverage: Coverage) -> None:
    """Whatever “Updated” says after a pin, a key event and a takedown, a reload says the same."""
    post, other = coverage.posts[1], coverage.posts[2]
    began = int(time.time())
    until(page, lambda: time.time() > began + 2, "the clock stands still")
    coverage.act(post, "pin")
    expect(page.locator(f"#pinned {post.selector}")).to_be_visible()
    expect_same_as_server(page, coverage, 10)
    coverage.act(other, "redact")
    expect(page.locator(other.selector)).to_have_count(0)
    expect_same_as_server(page, coverage, 10)


def test_a_briefing_arrives(page: Page, coverage: Coverage) -> None:
    """The first briefing takes its place beside the stream; the next replaces it, still open."""
    coverage.brief(summary="What it is about.")
    expect(page.locator("#briefing")).to_contain_text("What it is about.")
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator("#briefing summary").click()
    coverage.brief(summary="Another word.", people=[{"name": "Ada Peeters", "role": "Chair"}])
    expect(page.locator("#briefing li")).to_have_text(re.compile("Ada Peeters"))
    expect(page.locator("#briefing")).not_to_contain_text("What it is about.")
    expect_same_as_server(page, coverage)
