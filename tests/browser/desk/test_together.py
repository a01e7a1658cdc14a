"""Two people on one coverage: they see each other, and neither overwrites the other."""

import re

import pytest
from playwright.sync_api import Page, expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk, expect_sent, posts_of, write

pytestmark = pytest.mark.browser


def test_each_sees_the_other(
    desk: Desk, coverage: Coverage, editor: Someone, reporter: Someone
) -> None:
    """Who is there and at what is shown within two seconds; who leaves is soon gone."""
    hers = desk(reporter, coverage, rough=True)
    write(hers, "A draft of two", "Mine.")
    hers.get_by_role("button", name="Hand in").click()
    expect_sent(hers)
    his = desk(editor, coverage)
    his.get_by_role("link", name="A draft of two").click()
    hers.get_by_role("link", name="A draft of two").click()
    hers.get_by_text("is writing on this.").wait_for(timeout=2_500)
    his.get_by_text("is writing on this.").wait_for(timeout=2_500)
    hers.goto("about:blank")
    expect(his.locator(".people")).to_have_count(0)


def test_what_both_changed_is_a_question(
    desk: Desk, coverage: Coverage, editor: Someone, reporter: Someone
) -> None:
    """Two change one published post. The second sees both versions side by side, and what only
    one of them changed is put together."""
    coverage.publish("Cars at nine", text="The cars came at nine.")
    pages = [desk(editor, coverage, rough=True) for _ in range(2)]  # the second meets a 412
    for page in pages:
        page.locator("#readers .actions").get_by_role("button", name="Edit").click()
        page.locator(".text").get_by_text("The cars came at nine.").wait_for()
    first, second = pages
    first.locator("#headline").fill("Cars at ten")
    change(first, "The cars came at ten.")
    second.locator(".text").click()
    change(second, "The cars came at half past nine.")
    publish(first)
    expect_sent(first)
    publish(second)
    second.get_by_role("link", name="Cars at").first.click()
    merge = second.locator("desk-merge")
    merge.get_by_text("The cars came at ten.").wait_for()
    merge.get_by_text("The cars came at half past nine.").wait_for()
    merge.get_by_role("radio", name=re.compile("^Theirs")).check()
    merge.get_by_role("button", name="Take this version").click()
    expect(second.locator(".text")).to_contain_text("The cars came at ten.")
    expect(second.locator("#headline")).to_have_value("Cars at ten")
    second.locator("#headline").fill("Cars at ten, police say")
    publish(second)
    expect_sent(second)
    (post,) = posts_of(editor, coverage)
    assert (post["headline"], post["revision"]) == ("Cars at ten, police say", 3)


def test_two_devices_of_one_person(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """A draft begun at the desk is there on the telephone, and what was added there comes back."""
    page = desk(editor, coverage)
    write(page, "Begun at the desk", "One.")
    page.get_by_text("Saved").wait_for()
    phone = desk(editor, coverage, "queue", viewport={"width": 390, "height": 844})
    phone.get_by_role("link", name="Begun at the desk").click()
    field = phone.locator("#plain-text")
    expect(field).to_have_value("One.")
    field.fill("One.\n\nTwo, from the street.")
    expect(page.locator(".text")).to_contain_text("Two, from the street.")


def change(page: Page, text: str) -> None:
    page.locator(".text").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish the change").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish the change").click()
    expect(page.locator("#headline")).to_have_value("")
