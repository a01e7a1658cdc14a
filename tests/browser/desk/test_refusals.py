"""Why the server refuses something, at a desk that speaks another language."""

import pytest
from playwright.sync_api import expect

from api.people import Someone
from browser.newsroom import Coverage

from .conftest import Desk, address_of, write

pytestmark = pytest.mark.browser


def test_a_refusal_is_told_in_the_desks_language(
    desk: Desk, coverage: Coverage, editor: Someone
) -> None:
    """What the server refused, and what it says of a draft to all who read it."""
    page = desk(editor, coverage, rough=True, locale="de-DE")
    write(page, "Late for the end", "Written while it was live.")
    page.get_by_text("Gespeichert").wait_for()
    coverage.set_status("ended")
    page.keyboard.press("Control+Enter")
    queue = page.get_by_role("navigation", name="Warteschlange")
    why = "Dieser Liveticker ist beendet. Stellen Sie ihn auf „Live“, um wieder zu veröffentlichen."
    expect(queue.get_by_text(why).first).to_be_visible()
    queue.get_by_role("link", name="Late for the end").click()
    expect(page.get_by_role("alert")).to_contain_text(why)


def test_so_is_one_of_the_running_screen(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """A field that is too long is told of in words, too, not as a program calls it."""
    page = desk(editor, coverage, "running", rough=True, locale="fr-FR")
    title = page.get_by_label("Titre").first
    title.fill("x" * 400)
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.get_by_role("alert").first).to_contain_text("dépasse la longueur permise (300)")


def test_without_a_network_the_running_screen_says_so(
    desk: Desk, coverage: Coverage, editor: Someone
) -> None:
    """It does not say that it has kept what it has not."""
    page = desk(editor, coverage, rough=True)
    page.goto(address_of(coverage, "running"))
    page.get_by_label("Title").first.fill("Another title")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("alert").first).to_contain_text("Without a network this can't be done.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("alert")).to_have_count(0)
