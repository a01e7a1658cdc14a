"""The desk shuts nobody out: every screen and every question, by axe-core, in both schemes."""

import pytest
from playwright.sync_api import Page

from api.people import Someone
from api.test_media_rights import as_sender
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.test_axe import AXE, violations
from drawing import a_file
from integration.server import Server

from .conftest import Desk, enter, write
from .test_after_publication import take_down

pytestmark = pytest.mark.browser
SIZES = [(1280, 800), (390, 844)]


@pytest.mark.parametrize("size", SIZES)
def test_no_screen_shuts_anybody_out(
    desk: Desk, coverage: Coverage, editor: Someone, size: tuple[int, int]
) -> None:
    """Front, desk, queue, page, posts, a post's history, the replay, running, a new
    coverage; with a post being written that has a quotation, sources and remarks."""
    post = coverage.publish("A key event", key=True, topics=["NATO", "Sanctions"], pinned=True)
    coverage.publish("Another that is pinned", pinned=True)
    chosen = {"topics": [{"name": "NATO", "pinned": True}], "hidden": ["Reuters"]}
    editor.send("PUT", f"/api/coverages/{coverage.slug}/topics", chosen)
    viewport = {"width": size[0], "height": size[1]}
    # Chromium tells what a page says as it is left (that nobody is at it any more) as broken off.
    page = desk(editor, coverage, rough=True, viewport=viewport)
    write(page, "A post to look at", "Text.\n\n> Words.\n> — Somebody\n\n- one")
    for name in ("Sources", "Topics", "When it happened"):
        page.locator("summary", has_text=name).click()
    page.get_by_role("button", name="Add a source").click()
    found = looked(page, "write")
    for view in ("queue", "page", "running"):
        page.goto(f"/desk/coverages/{coverage.slug}/{view}")
        page.locator("desk-queue, desk-running h1").first.wait_for(state="attached")
        page.locator("#readers article, .topic-list").first.wait_for(state="attached")
        found += looked(page, view)
    coverage.correct(post, "It was ten.", headline="At ten")
    for view, mark in (
        ("posts", ".post-list li"),
        (f"posts/{post.id}", ".steps ins"),
        ("replay", "iframe"),
    ):
        page.goto(f"/desk/coverages/{coverage.slug}/{view}")
        page.locator(mark).first.wait_for()
        if view == "posts":
            page.locator(".post-list input").first.click()
        found += looked(page, view)
    for path, mark in (("/desk", ".front-list"), ("/desk/new", "form.sheet")):
        page.goto(path)
        page.locator(mark).first.wait_for()
        found += looked(page, path)
    assert not found, "\n".join(found)


def test_no_report_shuts_anybody_out(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """What is told after a takedown."""
    coverage.publish("A name that must go")
    page = desk(editor, coverage)
    take_down(page)
    page.get_by_text("Done: this server has none of it any more.").wait_for()
    found = looked(page, "report")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES)
def test_the_library_shuts_nobody_out(
    desk: Desk, coverage: Coverage, editor: Someone, size: tuple[int, int]
) -> None:
    """The library, a picture's sheet with its focal point, and with its crop."""
    as_sender(editor).picture(a_file(), "to-look-at.jpg")
    viewport = {"width": size[0], "height": size[1]}
    page = desk(editor, coverage, rough=True, viewport=viewport)
    page.goto("/desk/pictures")
    page.locator(".shot img").first.wait_for()
    found = looked(page, "library")
    page.locator(".shot").first.click()
    page.get_by_text("Where it is used").wait_for()
    found += looked(page, "focal point")
    page.get_by_role("button", name="Crop").click()
    page.get_by_label("Upper left corner").wait_for()
    found += looked(page, "crop")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES)
def test_nor_does_the_choice_of_a_picture(
    desk: Desk, coverage: Coverage, editor: Someone, size: tuple[int, int]
) -> None:
    """The library over the post that is being written, and the picture in the post."""
    picture = as_sender(editor).picture(a_file(), "to-be-chosen.jpg")
    said = {"caption": "A hall, seen from its gallery.", "credit": "T. Maes", "alt": "A hall"}
    assert editor.send("PATCH", f"/api/media/{picture['id']}", said).is_success
    viewport = {"width": size[0], "height": size[1]}
    page = desk(editor, coverage, rough=True, viewport=viewport)
    write(page, "A post with a picture", "Text.")
    page.locator("[data-tool=library]").click()
    choice = page.get_by_role("dialog", name="From the library")
    choice.locator(".shot img").first.wait_for()
    found = looked(page, "the choice")
    choice.get_by_role("button", name="A hall, seen from its gallery.").first.click()
    page.locator(".picture textarea").first.wait_for()
    found += looked(page, "the picture in the post")
    assert not found, "\n".join(found)


def test_no_question_shuts_anybody_out(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """The keys, the questions before a correction, a withdrawal, a takedown, a schedule."""
    coverage.publish("A post to ask about")
    page = desk(editor, coverage)
    actions = page.locator("#readers .actions")
    found: list[str] = []
    for name in ("Verification", "Withdraw", "Take down"):
        actions.get_by_role("button", name=name).click()
        found += looked(page, name)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    found += looked(page, "keys")
    page.keyboard.press("Escape")
    write(page, "Later", "Text.")
    page.get_by_role("button", name="Schedule …").click()
    found += looked(page, "schedule")
    page.keyboard.press("Escape")
    actions.get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Publish the change").click()
    found += looked(page, "correction")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES)
def test_nor_does_a_screen_of_the_house(
    visit: Visit,
    server: Server,
    administrator: Someone,
    coverage: Coverage,
    size: tuple[int, int],
) -> None:
    """The people with the form for a new one, an opened account, a link, a question; the trail;
    the front with the ways there; a coverage's link for somebody who is invited."""
    viewport = {"width": size[0], "height": size[1]}
    page = visit(rough=True, viewport=viewport)
    enter(page, administrator, server.address)
    page.goto("/desk")
    page.locator(".front-list").first.wait_for()
    found = looked(page, "front")
    page.goto("/desk/people")
    page.get_by_role("button", name="Add a person").click()
    found += looked(page, "people, adding")
    page.locator("desk-account summary").first.click()
    page.get_by_role("button", name="New password link").click()
    page.get_by_label("Link").wait_for()
    found += looked(page, "an account")
    page.get_by_role("button", name="Sign out everywhere").click()
    found += looked(page, "a question")
    page.goto("/desk/audit")
    page.locator(".trail li").first.wait_for()
    found += looked(page, "audit")
    page.goto(f"/desk/coverages/{coverage.slug}/running")
    page.get_by_role("button", name="Invite a contributor").click()
    page.get_by_label("Link").wait_for()
    # All of it in sight: what is half under the head by the way it was scrolled is not too small.
    page.set_viewport_size({"width": size[0], "height": 3_000})
    found += looked(page, "an invitation")
    assert not found, "\n".join(found)


def looked(page: Page, name: str) -> list[str]:
    page.evaluate(AXE.read_text())
    return [f"{name}: {one}" for one in violations(page)]
