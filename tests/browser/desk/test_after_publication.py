"""After publication: corrected with a note, pinned, marked, withdrawn, taken down."""

import pytest
from playwright.sync_api import Page, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from integration.server import Server

from .conftest import Desk, act, address_of, correct, enter, expect_sent, withdraw

pytestmark = pytest.mark.browser


def test_after_publication(desk: Desk, visit: Visit, coverage: Coverage, editor: Someone) -> None:
    """A published post is corrected with a note, pinned, marked, withdrawn; the coverage ends."""
    coverage.publish("Cars at nine", text="The cars came at nine.")
    reader = visit()
    reader.goto(coverage.path)
    page = desk(editor, coverage)
    act(page, "Edit")
    text = page.locator(".text")
    expect(text).to_contain_text("The cars came at nine.")
    text.click()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type(", said the police.")
    correct(page, "It was the police who said so.")
    reader.get_by_text("It was the police who said so.").wait_for()
    expect_sent(page)
    act(page, "Pin")
    reader.locator("#pinned article").wait_for()
    act(page, "Key event")
    reader.locator("#pinned article[data-key]").wait_for()
    withdraw(page, "It was another hall.")
    reader.get_by_text("It was another hall.").wait_for()
    page.get_by_role("link", name="Coverage").first.click()
    page.get_by_role("button", name="Ended").click()
    expect_sent(page)
    expect(reader.locator("#coverage-head")).to_have_attribute("data-status", "ended")


def test_a_takedown_is_asked_twice(
    desk: Desk, visit: Visit, coverage: Coverage, editor: Someone
) -> None:
    """Who takes a post down is told what is emptied, and has to say so a second time by hand."""
    coverage.publish("A name that must go")
    page = desk(editor, coverage)
    take_down(page)
    expect_sent(page)
    expect(page.locator("#readers article")).to_have_count(0)
    assert "A name that must go" not in coverage.html()


def test_a_takedown_tells_when_it_is_done(
    visit: Visit, server: Server, coverage: Coverage, editor: Someone
) -> None:
    """The desk shows each step until this server has none of it, and what is left for people: also
    after a reload, until it is put away. The device itself keeps no word of it."""
    post = coverage.publish("A name that must go")
    page = visit(rough=True)
    enter(page, editor, server.address)
    page.goto(address_of(coverage))
    page.locator("#readers article").wait_for()
    page.context.set_offline(True)
    take_down(page)
    report = page.locator(".takedown")
    report.get_by_text("Taken down as soon as this reaches the server.").wait_for()
    page.context.set_offline(False)
    report.get_by_text("Done: this server has none of it any more.").wait_for()
    expect(report.locator(".steps li")).to_have_count(6)
    expect(report.locator(".steps li.is-done")).to_have_count(6)
    expect(report.locator(".steps li").first).to_have_text("The record, 1 entry: done")
    addresses = report.get_by_label("Have caches and networks").input_value().split("\n")
    assert f"{server.address}{coverage.path}" in addresses
    assert f"{server.address}{coverage.path}/p/{post.id}" in addresses
    expect(page.get_by_text("A name that must go")).to_have_count(0)
    page.reload()
    report.get_by_text("Done: this server has none of it any more.").wait_for()
    report.get_by_role("button", name="Dismiss").click()
    expect(report).to_have_count(0)
    page.reload()
    page.locator("#readers .open").wait_for()
    expect(report).to_have_count(0)


def take_down(page: Page) -> None:
    act(page, "Take down")
    page.get_by_text("the history, the record").wait_for()
    page.get_by_label("I understand that nobody can bring it back.").check()
    page.get_by_role("dialog").get_by_role("button", name="Take down for good").click()
    page.get_by_label("Once more: type TAKE DOWN").fill("TAKE DOWN")
    page.get_by_role("dialog").get_by_role("button", name="Take down for good").click()
