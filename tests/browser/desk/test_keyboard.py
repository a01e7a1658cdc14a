"""The desk by keyboard alone."""

import pytest
from playwright.sync_api import expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk, expect_sent, posts_of

pytestmark = pytest.mark.browser


def test_a_post_is_written_and_published(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """N, headline, text, a quotation by `/`, its speaker, and Ctrl+Enter: no mouse."""
    page = desk(editor, coverage)
    page.locator("#headline").wait_for()
    page.keyboard.press("n")
    expect(page.locator("#headline")).to_be_focused()
    page.keyboard.type("The session begins")
    page.keyboard.press("Enter")
    expect(page.locator(".text")).to_be_focused()
    page.keyboard.type("Behind closed doors, ")
    page.keyboard.press("Control+b")
    page.keyboard.type("for six hours")
    page.keyboard.press("Control+b")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    page.keyboard.type("/quo")
    page.get_by_role("option", name="Quotation").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("We will also talk.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Who said it")).to_be_focused()
    page.keyboard.type("A senior official")
    page.keyboard.press("Control+Enter")
    expect_sent(page)
    expect(page.locator("#readers article h2")).to_have_text("The session begins")
    post = posts_of(editor, coverage)[0]
    assert post["blocks"] == [
        {
            "type": "paragraph",
            "html": "Behind closed doors, <strong>for six hours</strong>.",
        },
        {"type": "quote", "text": "We will also talk.", "speaker": "A senior official"},
    ]
    expect(page.locator("#headline")).to_be_focused()


def test_the_ways_around(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """?, 1, 2, 3, J and K lead to the keys, the columns, and along their lists."""
    coverage.publish_many(3)
    page = desk(editor, coverage)
    page.locator("#readers article").nth(2).wait_for()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    keys.wait_for()
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    page.keyboard.press("3")
    page.keyboard.press("j")
    assert page.evaluate("() => Boolean(document.activeElement.closest('#readers'))")
    page.keyboard.press("2")
    expect(page.locator("#headline")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert page.evaluate("() => Boolean(document.activeElement.closest('#queue'))")
