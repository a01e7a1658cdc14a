"""Related coverage: others of the house and single posts of them, chosen at the desk and put in
order; readers are led on by them."""

import pytest
from playwright.sync_api import Locator, Page, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage, Newsroom, Post

from .conftest import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def other(newsroom: Newsroom, request: pytest.FixtureRequest) -> Coverage:
    """Another coverage, whose first post tells of a choir and whose last has no headline."""
    name = "".join(c if c.isalnum() else "-" for c in request.node.name.lower()).strip("-")
    found = newsroom.open(f"beside-{name}"[:60], "A town by the water")
    found.publish("The oratorium sings on the quay")
    found.publish("The bakers open again")
    found.publish(key=False, headline="Oratorium, without a word")
    return found


def sheet(page: Page) -> Locator:
    return page.locator("desk-related")


def chosen(page: Page) -> Locator:
    return sheet(page).locator("[data-related] b")


def find(page: Page, words: str) -> None:
    sheet(page).get_by_role("searchbox").fill(words)


def save(page: Page) -> None:
    button = sheet(page).get_by_role("button", name="Save")
    button.click()
    expect(button).to_be_disabled()
    expect(sheet(page).get_by_role("status")).to_have_text("Saved")


def related(person: Someone, coverage: Coverage) -> list[str]:
    return list(person.send("GET", f"/api/coverages/{coverage.slug}").json()["related"])


def named(coverage: Coverage, post: Post) -> str:
    return f"{coverage.slug}/p/{post.id}"


def test_a_post_is_found_by_its_words(
    desk: Desk, visit: Visit, coverage: Coverage, other: Coverage, editor: Someone
) -> None:
    """The coverage's own posts are left out; what is chosen stands there with its headline, also
    after a reload, and under the page of readers."""
    coverage.publish("The oratorium is not of another coverage")
    # Rough, for Chromium tells what a page says as it is left as broken off.
    page = desk(editor, coverage, "running", rough=True)
    find(page, "oratorium quay")
    found = sheet(page).locator("[data-found] li")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("A town by the water")
    expect(sheet(page).get_by_role("status")).to_have_text("1 post")
    found.get_by_role("button", name="Choose The oratorium sings on the quay").click()
    expect(chosen(page)).to_have_text(["The oratorium sings on the quay"])
    expect(sheet(page).get_by_role("searchbox")).to_be_focused()
    expect(found).to_have_count(0)
    save(page)
    assert related(editor, coverage) == [named(other, other.posts[0])]
    page.reload()
    expect(chosen(page)).to_have_text(["The oratorium sings on the quay"])
    reader = visit()
    reader.goto(coverage.path)
    link = reader.locator("#related").get_by_role("link", name="The oratorium sings on the quay")
    expect(link).to_have_attribute("href", f"/live/{named(other, other.posts[0])}")


def test_a_post_is_found_by_its_address(
    desk: Desk, coverage: Coverage, other: Coverage, editor: Someone
) -> None:
    """Its own, or the one that the browser shows when it has led to the page. One of this coverage,
    or that there is not, is told of in words."""
    own = coverage.publish("Of this coverage")
    page = desk(editor, coverage, "running", rough=True)
    status = sheet(page).get_by_role("status")
    find(page, f"{coverage.url}/p/{own.id}")
    expect(status).to_have_text("That post is of this coverage. Choose one of another.")
    find(page, f"{other.url}/p/{own.id}")
    expect(status).to_contain_text("There is no such post")
    bakers = other.posts[1]
    for address in (f"{other.url}/p/{bakers.id}", f"{other.url}?at-post={bakers.id}#p-{bakers.id}"):
        find(page, address)
        expect(sheet(page).locator("[data-found] b")).to_have_text(["The bakers open again"])
        find(page, "")
        expect(sheet(page).locator("[data-found]")).to_have_count(0)


def test_two_people_choose(
    desk: Desk, coverage: Coverage, other: Coverage, newsroom: Newsroom, editor: Someone
) -> None:
    """The slower one sees what the other has chosen, and nobody's choice goes unseen."""
    third = newsroom.open(f"{other.slug[:50]}-third", "A third one")
    page = desk(editor, coverage, "running", rough=True)
    find(page, f"{other.url}/p/{other.posts[1].id}")
    sheet(page).get_by_role("button", name="Choose The bakers open again").click()
    coverage.describe(related=[third.slug])
    sheet(page).get_by_role("button", name="Save").click()
    expect(sheet(page).get_by_role("alert")).to_contain_text("Somebody else has changed it")
    expect(chosen(page)).to_have_text(["The bakers open again"])
    expect(sheet(page).locator(".lines li")).to_have_text(["A third one"])
    assert related(editor, coverage) == [third.slug]
    sheet(page).get_by_role("button", name="Save mine in its place").click()
    expect(sheet(page).get_by_role("status")).to_have_text("Saved")
    assert related(editor, coverage) == [named(other, other.posts[1])]


def test_chosen_by_the_keyboard(
    desk: Desk, newsroom: Newsroom, coverage: Coverage, other: Coverage, editor: Someone
) -> None:
    """Chosen, put in order, taken out, without a mouse; a coverage stands there once, its post in
    the place of the whole."""
    third = newsroom.open(f"{other.slug[:50]}-third", "A third town")
    coverage.describe(related=[other.slug, third.slug])
    page = desk(editor, coverage, "running")
    expect(chosen(page)).to_have_text(["A town by the water", "A third town"])
    search = sheet(page).get_by_role("searchbox")
    search.focus()
    find(page, f"/live/{named(other, other.posts[1])}")
    expect(sheet(page).locator("[data-found] li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(chosen(page)).to_have_text(["The bakers open again", "A third town"])
    expect(search).to_be_focused()
    sheet(page).get_by_role("button", name="Move down The bakers open again").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(chosen(page)).to_have_text(["A third town", "The bakers open again"])
    expect(sheet(page).get_by_role("status")).to_have_text("“The bakers open again” is now 2 of 2.")
    expect(sheet(page).get_by_role("button", name="Move up The bakers open again")).to_be_focused()
    sheet(page).get_by_role("button", name="Remove A third town").focus()
    page.keyboard.press("Enter")
    expect(chosen(page)).to_have_text(["The bakers open again"])
    expect(sheet(page).get_by_role("button", name="Remove The bakers open again")).to_be_focused()
    save(page)
    assert related(editor, coverage) == [named(other, other.posts[1])]


def test_a_post_that_is_gone(
    desk: Desk, coverage: Coverage, other: Coverage, editor: Someone
) -> None:
    """After a takedown nothing of it is shown; the sheet says so, and it can be taken out."""
    coverage.describe(related=[named(other, other.posts[0])])
    page = desk(editor, coverage, "running", rough=True)
    expect(chosen(page)).to_have_text(["The oratorium sings on the quay"])
    other.act(other.posts[0], "redact")
    page.reload()
    expect(chosen(page)).to_have_text(["A town by the water"])
    expect(sheet(page)).to_contain_text("This post is gone")
    sheet(page).get_by_role("button", name="Remove A town by the water").click()
    expect(chosen(page)).to_have_count(0)
    save(page)
    assert related(editor, coverage) == []


def test_chosen_by_a_thumb(
    desk: Desk, coverage: Coverage, other: Coverage, editor: Someone
) -> None:
    """On a telephone, in Arabic: nothing is cut off, each button is large enough for a thumb."""
    coverage.describe(related=[named(other, other.posts[0])])
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = desk(editor, coverage, "running", locale="ar-EG", **phone)
    expect(chosen(page)).to_have_text(["The oratorium sings on the quay"])
    find(page, "bakers open again")
    expect(sheet(page).locator("[data-found] li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in sheet(page).get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    sheet(page).get_by_role("button", name="اختيار").first.tap()
    expect(chosen(page)).to_have_count(1)


def test_who_may_not_choose(
    desk: Desk, coverage: Coverage, other: Coverage, reporter: Someone
) -> None:
    """A reporter sees what leads on, and can't change it."""
    coverage.describe(related=[named(other, other.posts[1])])
    page = desk(reporter, coverage, "running")
    expect(chosen(page)).to_have_text(["The bakers open again"])
    expect(sheet(page).locator(":is(button, input, select):enabled")).to_have_count(0)
