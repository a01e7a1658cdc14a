"""What became of a post, at the desk; and the coverage's day once more."""

import pytest
from playwright.sync_api import expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk, expect_sent, posts_of, write

pytestmark = pytest.mark.browser


def test_a_post_has_its_whole_history(
    desk: Desk, coverage: Coverage, reporter: Someone, editor: Someone
) -> None:
    """Filed, received and published; who did what and when; each version beside the one before;
    what the desk said among itself; and what happens while somebody looks."""
    filing = desk(reporter, coverage)
    write(filing, "Cars at nine", "The cars came at nine, in the rain.")
    filing.get_by_role("button", name="Hand in").click()
    expect_sent(filing)
    page = desk(editor, coverage)
    page.locator("#queue a.item", has_text="Cars at nine").click()
    page.get_by_label("Comment, for the desk only").fill("Who saw them?")
    page.get_by_role("button", name="Send").click()
    page.locator(".comments", has_text="Who saw them?").wait_for()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#readers article h2")).to_have_text("Cars at nine")
    (post,) = posts_of(editor, coverage)
    path = f"/api/coverages/{coverage.slug}/posts/{post['id']}"
    text = {"type": "paragraph", "html": "The cars came at ten, in the rain."}
    body = {"headline": "Cars at ten", "blocks": [text], "correction": "It was ten."}
    assert editor.send("PATCH", path, body, if_match='"1"').is_success
    expect(page.locator("#readers article h2")).to_have_text("Cars at ten")
    page.locator("#readers .actions").get_by_role("link", name="History").click()
    times = page.locator(".three-times")
    for name in ("Filed", "Received", "Published"):
        expect(times).to_contain_text(name)
    steps = page.locator(".steps > li")
    expect(steps).to_have_count(3)
    corrected = page.locator('.steps [data-type="PostCorrected"]')
    expect(corrected).to_contain_text("It was ten.")
    expect(corrected).to_contain_text("Editor")
    expect(corrected.locator(".is-text del")).to_contain_text("nine,")
    expect(corrected.locator(".is-text ins")).to_contain_text("ten,")
    inside = page.locator(".steps .inside")
    expect(inside).to_contain_text("Comment, for the desk only")
    expect(inside).to_contain_text("Who saw them?")
    page.get_by_label("Side by side").check()
    before, after = corrected.locator(".is-headline .two > div").all()
    assert "nine" in before.inner_text()
    assert "ten" not in before.inner_text()
    assert "ten" in after.inner_text()
    assert editor.send("POST", f"{path}/pin", {}).is_success
    page.locator('.steps [data-type="PostPinned"]').wait_for()
    assert editor.send("POST", f"{path}/redact", {}).is_success
    page.get_by_text("This post can't be shown").wait_for()
    expect(page.get_by_text("in the rain")).to_have_count(0)


def test_the_day_is_replayed_by_keys(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """The slider steps through the page as it was; Shift leads from key event to key event, and
    Space plays on to the end."""
    coverage.publish("The first", key=True)
    coverage.publish("The second")
    coverage.publish("The third", key=True)
    coverage.correct(coverage.posts[1], "It was a mistake.", headline="The second, corrected")
    page = desk(editor, coverage, "replay")
    slider = page.get_by_role("slider", name="Moment")
    then = page.frame_locator("iframe")
    expect(then.locator("#stream article h2")).to_have_text(["The first"])
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".moment")).to_contain_text("2 of 4")
    expect(then.locator("#stream article h2")).to_have_text(["The second", "The first"])
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".moment")).to_contain_text("The third")
    expect(then.locator("#stream article h2").first).to_have_text("The third")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(then.get_by_text("The second, corrected").first).to_be_visible()
    page.keyboard.press("Home")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(then.locator("#stream article h2")).to_have_text(["The first"])
    page.get_by_role("button", name="Next key event").click()
    expect(then.locator("#stream article h2").first).to_have_text("The third")
