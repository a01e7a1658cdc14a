"""Handing in: filed from a telephone, returned, handed in again, published."""

import pytest
from playwright.sync_api import expect

from api.people import Someone
from api.test_workflow import Paper
from browser.conftest import Visit
from browser.newsroom import Coverage

from .conftest import Desk, expect_sent, posts_of, send_back, write

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_from_a_telephone_to_the_readers(
    desk: Desk, visit: Visit, coverage: Coverage, reporter: Someone, editor: Someone
) -> None:
    """What a reporter hands in arrives in the editor's queue by itself, goes back with a comment,
    comes in again, is published, and stands on an open page of a reader."""
    reader = visit()
    reader.goto(coverage.path)
    editing = desk(editor, coverage)
    phone = desk(reporter, coverage, **PHONE)

    write(phone, "First cars at the hall", "They came at **nine**.\n\n- one\n- two")
    phone.get_by_role("button", name="Hand in").tap()
    queue = editing.get_by_role("navigation", name="Queue")
    queue.get_by_role("link", name="First cars at the hall").click()
    expect(editing.locator(".text")).to_contain_text("They came at nine.")

    send_back(editing, "Which hall?")
    phone.get_by_role("link", name="Queue").tap()
    phone.get_by_text("Which hall?").wait_for()
    phone.get_by_role("link", name="First cars at the hall").tap()
    phone.locator("#headline").fill("First cars at the old hall")
    phone.get_by_role("button", name="Hand in").tap()

    # Not before it is handed in: what is saved shows already among what was returned.
    review = queue.locator("section").filter(has=editing.get_by_role("heading", name="For review"))
    review.get_by_role("link", name="First cars at the old hall").click()
    expect(editing.locator("#headline")).to_have_value("First cars at the old hall")
    editing.get_by_role("button", name="Publish").click()
    expect_sent(editing)
    reader.get_by_role("heading", name="First cars at the old hall").wait_for()
    post = posts_of(editor, coverage)[0]
    assert post["blocks"] == [
        {"type": "paragraph", "html": "They came at <strong>nine</strong>."},
        {"type": "list", "items": ["one", "two"]},
    ]
    assert post["byline"][0]["name"].startswith("Reporter")


def test_a_comment_survives_its_tab(
    desk: Desk, coverage: Coverage, editor: Someone, reporter: Someone
) -> None:
    """What was written to a colleague and not sent is there after a reload, and gone once sent."""
    paper = Paper(f"/api/coverages/{coverage.slug}", reporter)
    assert paper.do(reporter, "submit").is_success
    page = desk(editor, coverage, rough=True)
    page.locator("desk-queue a.item").click()
    field = page.get_by_label("Comment, for the desk only")
    field.press_sequentially("Since when?")
    page.reload()
    expect(field).to_have_value("Since when?")
    field.press("Enter")
    page.locator(".comments").get_by_text("Since when?").wait_for()
    page.reload()
    page.locator(".comments").get_by_text("Since when?").wait_for()
    expect(field).to_have_value("")
