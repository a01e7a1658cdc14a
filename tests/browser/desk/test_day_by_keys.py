"""An editor's day without a mouse: returned, published, corrected, pinned, withdrawn, ended."""

import pytest
from playwright.sync_api import Page, expect

from api.newsroom import a_post
from api.people import Someone
from api.test_workflow import Paper
from browser.newsroom import Coverage
from browser.reading import until

from .conftest import Desk, expect_sent, posts_of

pytestmark = pytest.mark.browser
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText.trim();
  return label || one.getAttribute("aria-label") || one.innerText.trim();
}"""


def test_an_editor_s_day(
    desk: Desk, coverage: Coverage, editor: Someone, reporter: Someone
) -> None:
    """What is handed in is opened by J and Enter; every button and every question is reached by
    Tab and answered by Enter or Space."""
    path = f"/api/coverages/{coverage.slug}"
    paper = Paper(path, reporter, a_post(headline="The dyke holds"))
    assert paper.do(reporter, "submit").is_success
    page = desk(editor, coverage, rough=True)
    page.locator("desk-queue a.item").wait_for()

    open_first(page)
    go_to(page, "Return")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type("Since when?")
    go_to(page, "Return")
    page.keyboard.press("Enter")
    until(page, lambda: paper.read(reporter).json()["state"] == "returned", "it is returned")
    assert paper.do(reporter, "submit").is_success

    review = page.locator("section.waiting", has_text="For review")
    review.get_by_text("The dyke holds").wait_for()
    open_first(page)
    page.locator("#headline").focus()
    page.keyboard.press("Control+Enter")
    page.locator("#readers article").wait_for()

    page.keyboard.press("Escape")
    page.keyboard.press("3")
    go_to(page, "Edit")
    page.keyboard.press("Enter")
    expect(page.locator("#headline")).to_have_value("The dyke holds")
    page.locator("#headline").focus()
    page.keyboard.press("End")
    page.keyboard.type(" since dawn")
    page.keyboard.press("Control+Enter")
    page.get_by_role("dialog").wait_for()
    go_to(page, "A typo or the like: nothing to say to readers")
    page.keyboard.press("ArrowDown")
    go_to(page, "What readers are told")
    page.keyboard.type("It is since dawn.")
    page.keyboard.press("Enter")
    page.locator("#readers").get_by_text("It is since dawn.").wait_for()

    page.keyboard.press("Escape")
    page.keyboard.press("3")
    go_to(page, "Pin")
    page.keyboard.press("Enter")
    page.locator("#readers").get_by_role("button", name="Unpin").wait_for()
    go_to(page, "Withdraw")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.type("It was another dyke.")
    page.keyboard.press("Enter")
    page.locator("#readers").get_by_text("It was another dyke.").wait_for()
    (post,) = posts_of(editor, coverage)
    assert (post["status"], post["reason"]) == ("withdrawn", "It was another dyke.")

    go_to(page, "Coverage", back=True)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ended").wait_for()
    go_to(page, "Ended")
    page.keyboard.press("Space")
    expect_sent(page)
    until(page, lambda: editor.send("GET", path).json()["status"] == "ended", "it has ended")


def open_first(page: Page) -> None:
    """The first of the queue, from wherever one is."""
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("j")
    expect(page.locator("desk-queue a.item").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#headline")).to_have_value("The dyke holds")


def go_to(page: Page, name: str, *, back: bool = False) -> None:
    """By Tab alone, until this has the focus."""
    for _ in range(90):
        if page.evaluate(FOCUSED) == name:
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never comes to {name!r}")
