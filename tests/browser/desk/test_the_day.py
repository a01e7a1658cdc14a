"""A whole day: somebody from outside, an editor, and a reader whose page is open all the while."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.reading import expect_live
from drawing import a_file

from .conftest import (
    Desk,
    act,
    address_of,
    correct,
    describe,
    expect_sent,
    pick,
    send_back,
    withdraw,
    write,
)

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_from_the_invitation_to_the_end(
    desk: Desk, visit: Visit, coverage: Coverage, editor: Someone, tmp_path: Path
) -> None:
    """Invited, filed from a telephone with a photograph, returned, handed in again, published,
    corrected, pinned, withdrawn; then the coverage ends. The reader sees each of it, no reload."""
    photo = tmp_path / "dyke.jpg"
    photo.write_bytes(a_file(size=(1200, 800)))
    reader = visit()
    reader.goto(coverage.path)
    expect_live(reader)
    page = desk(editor, coverage, "running", rough=True)
    page.get_by_role("button", name="Invite a contributor").click()
    link = page.get_by_label("Link").input_value()
    page.goto(address_of(coverage))

    phone = visit(rough=True, **PHONE)
    phone.goto(link)
    phone.get_by_role("textbox", name="Your name").fill("Tom Maes")
    phone.get_by_role("button", name="Take part").tap()
    phone.get_by_role("link", name=coverage.title).first.tap()
    write(phone, "The dyke holds", "So far.")
    pick(phone, photo)
    describe(phone)
    phone.get_by_role("button", name="Hand in").tap()
    expect(phone.locator("#headline")).to_have_value("")

    queue = page.get_by_role("navigation", name="Queue")
    queue.get_by_role("link", name="The dyke holds").click()
    send_back(page, "Since when?")
    phone.get_by_role("link", name="Queue").tap()
    phone.get_by_text("Since when?").wait_for()
    phone.get_by_role("link", name="The dyke holds").tap()
    phone.locator("#headline").fill("The dyke has held since dawn")
    phone.get_by_role("button", name="Hand in").tap()

    review = queue.locator("section").filter(has=page.get_by_role("heading", name="For review"))
    review.get_by_role("link", name="The dyke has held since dawn").click()
    expect(page.locator("#headline")).to_have_value("The dyke has held since dawn")
    page.get_by_role("button", name="Publish", exact=True).click()
    story = reader.locator("article").filter(has_text="The dyke has held since dawn")
    expect(story.locator("picture img")).to_have_attribute("alt", "Rows of empty chairs")
    expect(story.locator(".byline")).to_contain_text("Tom Maes")

    act(page, "Edit")
    expect(page.locator("#headline")).to_have_value("The dyke has held since dawn")
    page.locator("#headline").fill("The dyke has held since midnight")
    correct(page, "It was midnight, not dawn.")
    reader.get_by_text("It was midnight, not dawn.").wait_for()
    act(page, "Pin")
    reader.locator("#pinned article").wait_for()
    withdraw(page, "It was another dyke.")
    reader.get_by_text("It was another dyke.").wait_for()
    page.goto(address_of(coverage, "running"))
    page.get_by_role("button", name="Ended").click()
    expect_sent(page)
    expect(reader.locator("#coverage-head")).to_have_attribute("data-status", "ended")
