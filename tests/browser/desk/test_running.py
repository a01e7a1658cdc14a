"""Running the coverage: the briefing reaches readers whose page is open."""

import pytest
from playwright.sync_api import Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage, Newsroom
from browser.reading import expect_live, is_marked, mark_page

from .conftest import Desk

pytestmark = pytest.mark.browser


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
    expect(sheet.get_by_role("list")).to_contain_text("Theirs.")
    sheet.get_by_role("button", name="Save mine in its place").click()
    expect(briefing).to_contain_text("Mine.")
    expect(sheet.get_by_role("alert")).to_have_count(0)


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


def test_a_briefing_survives_its_tab(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """What was written and not saved is there after a reload, also where somebody else was faster;
    and theirs can be taken instead."""
    page = desk(editor, coverage, "running", rough=True)
    sheet = page.locator(".briefed")
    sheet.get_by_label("What comes next").fill("A press conference.")
    expect(sheet.get_by_role("status")).to_have_text("Kept on this device")
    page.reload()
    expect(sheet.get_by_label("What comes next")).to_have_value("A press conference.")
    coverage.brief(next="A dinner.")
    sheet.get_by_role("button", name="Save").click()
    sheet.get_by_role("button", name="Take theirs").click()
    expect(sheet.get_by_label("What comes next")).to_have_value("A dinner.")
    expect(sheet.get_by_role("button", name="Save")).to_be_disabled()
    page.reload()
    expect(sheet.get_by_label("What comes next")).to_have_value("A dinner.")


def test_two_people_describe_a_coverage(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """The slower one sees what the other has written, and takes it or saves their own in its place;
    what is not about the same words goes through."""
    page = desk(editor, coverage, "running", rough=True)
    sheet = page.locator("desk-description")
    summary = sheet.get_by_label("Summary")
    save = sheet.get_by_role("button", name="Save", exact=True)
    summary.fill("Mine.")
    coverage.describe(title="By somebody else")
    save.click()
    expect(sheet.get_by_role("status")).to_have_text("Saved")
    expect(sheet.get_by_label("Title")).to_have_value("By somebody else")
    # What the server trims is nobody else's change.
    for title in ("By me, with a space ", "By me"):
        sheet.get_by_label("Title").fill(title)
        save.click()
        expect(save).to_be_disabled()
        expect(sheet.get_by_label("Title")).to_have_value(title.strip())
        expect(sheet.get_by_role("alert")).to_have_count(0)
    summary.fill("Mine, longer.")
    coverage.describe(summary="Theirs.")
    save.click()
    expect(sheet.get_by_role("alert")).to_contain_text("Somebody else has changed it meanwhile.")
    expect(sheet.get_by_role("list")).to_have_text("Theirs.")
    expect(summary).to_have_value("Mine, longer.")
    expect(save).to_be_disabled()
    sheet.get_by_role("button", name="Take theirs").click()
    expect(summary).to_have_value("Theirs.")
    expect(sheet.get_by_role("alert")).to_have_count(0)
    summary.fill("Mine after all.")
    coverage.describe(summary="Theirs, longer.")
    save.click()
    sheet.get_by_role("button", name="Save mine in its place").click()
    expect(sheet.get_by_role("status")).to_have_text("Saved")
    found = editor.send("GET", f"/api/coverages/{coverage.slug}").json()
    assert found["summary"] == "Mine after all."


def test_before_the_first_post(desk: Desk, newsroom: Newsroom, editor: Someone) -> None:
    """A rehearsal is made public, in another time zone, as long as there is no post; afterwards
    these stand still, and the screen says why."""
    coverage = newsroom.open("a-dress-rehearsal", "A dress rehearsal", rehearsal=True)
    page = desk(editor, coverage, "running", rough=True)
    page.get_by_label("A rehearsal").uncheck()
    page.get_by_label("Time zone").fill("Europe/Madrid")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("button", name="Save").first).to_be_disabled()
    found = editor.send("GET", f"/api/coverages/{coverage.slug}").json()
    assert (found["rehearsal"], found["timezone"]) == (False, "Europe/Madrid")
    coverage.publish("Now it counts")
    expect(page.get_by_label("Time zone")).to_be_disabled()
    expect(page.get_by_text("stay as they are once there are posts")).to_be_visible()
