"""Whoever reads further down is told what is new, and nothing moves under their eyes."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import LEGIBLE, Coverage, paragraph
from .reading import expect_live, expect_same_as_server, ids_of, until

pytestmark = pytest.mark.browser

# Looks in every frame where the post stands that is being read.
_HOLD = """id => {
    const post = document.getElementById(id);
    window.tops = [];
    const look = () => {
        window.tops.push(post.getBoundingClientRect().top);
        requestAnimationFrame(look);
    };
    look();
}"""


@pytest.fixture
def reader(visit: Visit, coverage: Coverage) -> Page:
    """A page with twenty posts, of which somebody reads the ninth."""
    coverage.publish_many(20)
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    page.locator(coverage.posts[11].selector).evaluate(
        "post => scrollTo({top: post.getBoundingClientRect().top + scrollY - 60})"
    )
    page.evaluate(_HOLD, f"p-{coverage.posts[11].id}")
    return page


def test_the_toast_counts(reader: Page, coverage: Coverage) -> None:
    """New posts wait behind “3 new updates”, which the tab's title counts too."""
    coverage.publish()
    expect(reader.locator("#toast")).to_have_text("1 new update")
    coverage.publish_many(2)
    toast = reader.locator("#toast")
    expect(toast).to_have_text("3 new updates")
    expect(toast).to_be_in_viewport()
    expect(reader).to_have_title(re.compile(r"^\(3\) "))
    expect(reader.locator("#announce")).to_have_text(re.compile("new update"))
    assert len(ids_of(reader, "#stream")) == 20
    expect_nothing_moved(reader)


def test_a_key_event_is_named(reader: Page, coverage: Coverage) -> None:
    """Whoever listens hears which of the new posts is a key event."""
    coverage.publish("Allies agree", key=True)
    expect(reader.locator("#announce")).to_have_text("1 new update. Key event: Allies agree")


def test_nothing_moves(reader: Page, coverage: Coverage) -> None:
    """The line that is being read stays, whatever changes above it."""
    above = coverage.posts[16]
    coverage.publish_many(2)
    coverage.correct(above, "Two paragraphs were missing.", blocks=[paragraph(LEGIBLE)] * 3)
    expect(reader.locator(f"{above.selector} .correction")).to_have_count(1)
    coverage.withdraw(coverage.posts[17], "it was another hall")
    expect(reader.locator(f"{coverage.posts[17].selector} .withdrawn")).to_have_count(1)
    coverage.act(coverage.posts[18], "redact")
    expect(reader.locator(coverage.posts[18].selector)).to_have_count(0)
    coverage.act(coverage.posts[15], "pin")
    expect(reader.locator("#pinned article")).to_have_count(1)
    coverage.act(coverage.posts[2], "key")
    expect(reader.locator("#keys li")).to_have_count(1)
    coverage.describe(summary="A longer summary. " * 30)
    expect(reader.locator("#coverage-head .summary")).to_contain_text("longer")
    expect_nothing_moved(reader)


def test_nothing_moves_when_much_comes_at_once(reader: Page, coverage: Coverage) -> None:
    """Changes that come in one frame of the screen move nothing either."""
    reader.context.set_offline(True)
    coverage.act(coverage.posts[15], "pin")
    coverage.act(coverage.posts[2], "key")
    coverage.describe(summary="A longer summary. " * 30)
    coverage.act(coverage.posts[3], "key")
    coverage.act(coverage.posts[18], "redact")
    coverage.act(coverage.posts[2], "unkey")
    coverage.act(coverage.posts[3], "unkey")
    coverage.act(coverage.posts[4], "key")
    reader.context.set_offline(False)
    expect(reader.locator("#keys li")).to_have_count(1)
    expect(reader.locator(coverage.posts[18].selector)).to_have_count(0)
    expect_nothing_moved(reader)


def test_the_toast_shows_what_waits(reader: Page, coverage: Coverage) -> None:
    """A click on the toast puts the new posts in, goes to the top, and the focus to the newest."""
    coverage.publish_many(3)
    toast = reader.locator("#toast")
    expect(toast).to_have_text("3 new updates")
    toast.click()
    newest = coverage.posts[-1]
    expect(reader.locator(newest.selector)).to_be_in_viewport()
    expect(toast).to_be_hidden()
    expect(reader).not_to_have_title(re.compile(r"^\("))
    assert ids_of(reader, "#stream")[:3] == [post.id for post in coverage.posts[:-4:-1]]
    assert reader.locator(newest.selector).evaluate("post => post.contains(document.activeElement)")
    expect_same_as_server(reader, coverage)


def test_what_changes_while_it_waits(reader: Page, coverage: Coverage) -> None:
    """A post that is corrected or taken down behind the toast comes out as it is then."""
    first, second, third = coverage.publish_many(3)
    toast = reader.locator("#toast")
    expect(toast).to_have_text("3 new updates")
    coverage.act(second, "redact")
    expect(toast).to_have_text("2 new updates")
    coverage.correct(first, "It was four o’clock.", headline="At four o’clock")
    coverage.withdraw(third, "it came twice")
    toast.click()
    expect(reader.locator(f"{first.selector} .correction")).to_be_visible()
    expect(reader.locator(second.selector)).to_have_count(0)
    expect_same_as_server(reader, coverage)


def test_the_way_back_up_by_oneself(reader: Page, coverage: Coverage) -> None:
    """Whoever scrolls back to the top needs no click."""
    coverage.publish_many(2)
    expect(reader.locator("#toast")).to_have_text("2 new updates")
    reader.evaluate("() => scrollTo({top: 0, behavior: 'instant'})")
    expect(reader.locator("#toast")).to_be_hidden()
    expect_same_as_server(reader, coverage)


def test_the_toast_by_keyboard(reader: Page, coverage: Coverage) -> None:
    """From the start of the updates, Tab reaches the toast, and Enter opens it."""
    coverage.publish()
    toast = reader.locator("#toast")
    expect(toast).to_be_visible()
    reader.locator("#updates").evaluate("bar => bar.focus({preventScroll: true})")
    reader.keyboard.press("Tab")
    expect(toast).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator(coverage.posts[-1].selector)).to_be_in_viewport()
    expect_same_as_server(reader, coverage)


def expect_nothing_moved(page: Page) -> None:
    """In no frame was the post that is being read elsewhere, by more than a pixel."""
    frames = page.evaluate("() => window.tops.length")
    until(
        page,
        lambda: page.evaluate("() => window.tops.length") > frames + 3,
        "the browser draws no more",
    )
    tops = page.evaluate("() => [Math.min(...window.tops), Math.max(...window.tops)]")
    assert tops[1] - tops[0] <= 1, f"moved between {tops[0]} and {tops[1]}"
