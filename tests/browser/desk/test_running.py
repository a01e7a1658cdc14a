"""Running the coverage: the briefing reaches readers whose page is open."""

import pytest
from playwright.sync_api import Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.reading import expect_live, is_marked, mark_page

from .conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


def test_a_briefing_reaches_open_pages(
    desk: Desk, visit: Visit, coverage: Coverage, editor: Someone
) -> None:
    """What is written at the desk stands beside the stream of an open page, without a reload; and
    nobody's briefing is overwritten unseen."""
    reader = visit()
    reader.goto(coverage.path)
    expect_live(reader)
    mark_page(reader)
    # Rough, for one save is refused with a 412.
    page = desk(editor, coverage, "running", rough=True)
    sheet = page.locator(".briefed")
    sheet.get_by_label("What is happening, and why").fill("Thirty leaders meet.")
    sheet.get_by_role("button", name="Add", exact=True).first.click()
    sheet.get_by_label("When").fill("2031-06-14T13:00")
    sheet.get_by_label("What", exact=True).fill("The leaders arrive")
    sheet.get_by_label("Place").fill("Brussels")
    sheet.get_by_label("What comes next").fill("A press conference.")
    save = sheet.get_by_role("button", name="Save")
    save.click()
    expect(sheet.get_by_role("status")).to_have_text("Saved")
    expect(save).to_be_disabled()
    briefing = reader.locator("#briefing")
    for said in ("Thirty leaders meet.", "The leaders arrive", "13:00", "A press conference."):
        expect(briefing).to_contain_text(said)
    assert is_marked(reader)
    sheet.get_by_label("What comes next").fill("Mine.")
    coverage.brief(next="Theirs.")
    expect(briefing).to_contain_text("Theirs.")
    save.click()
    expect(sheet.get_by_role("alert")).to_contain_text("Somebody else has changed it meanwhile.")
    expect(sheet.get_by_label("What comes next")).to_have_value("Mine.")
    expect(briefing).to_contain_text("Theirs.")


def test_what_is_typed_while_a_briefing_is_saved_stays(
    desk: Desk, coverage: Coverage, editor: Someone
) -> None:
    """Words typed before the server answers are neither lost nor taken for saved."""
    page = desk(editor, coverage, "running")
    sent: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "PUT" and not sent:
            sent.append(route)
        else:
            route.continue_()

    page.route("**/briefing", hold)
    sheet = page.locator(".briefed")
    after = sheet.get_by_label("What comes next")
    sheet.get_by_label("What is happening, and why").fill("Thirty leaders meet.")
    save = sheet.get_by_role("button", name="Save")
    with page.expect_request(lambda request: request.method == "PUT"):
        save.click()
    after.fill("A press conference.")
    sent[0].continue_()
    expect(sheet.get_by_role("status")).to_have_text("Saved")
    expect(after).to_have_value("A press conference.")
    expect(save).to_be_enabled()
    save.click()
    expect(save).to_be_disabled()
    found = editor.send("GET", f"/api/coverages/{coverage.slug}/briefing").json()
    assert (found["summary"], found["next"]) == ("Thirty leaders meet.", "A press conference.")
