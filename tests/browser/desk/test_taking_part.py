"""Who takes part in a coverage: by invitation, by a role there; and two who release together."""

import re

import httpx2
import pytest
from playwright.sync_api import expect

from api.people import Someone, somebody
from browser.conftest import Visit
from browser.newsroom import Coverage
from integration.server import Server

from .conftest import Desk, address_of, expect_sent, posts_of, write

# `rough`: what a tab says as it is left (that nobody is at it any more) is told as broken off.
pytestmark = pytest.mark.browser


def test_by_invitation(desk: Desk, visit: Visit, coverage: Coverage, editor: Someone) -> None:
    """An editor makes a link; in another browser somebody without an account says who they are,
    writes and hands in; it is in the editor's queue under their name."""
    editing = desk(editor, coverage, "running", rough=True)
    editing.get_by_role("button", name="Invite a contributor").click()
    link = editing.get_by_label("Link").input_value()

    guest = visit(rough=True, viewport={"width": 390, "height": 844})
    guest.goto(link)
    guest.get_by_role("textbox", name="Your name").fill("Tom Maes")
    guest.get_by_role("button", name="Take part").click()
    guest.get_by_role("link", name=coverage.title).first.wait_for()
    guest.goto(address_of(coverage))
    write(guest, "The dyke holds", "So far.")
    expect(guest.get_by_role("button", name="Publish")).to_have_count(0)
    guest.get_by_role("button", name="Hand in").click()
    expect_sent(guest)

    editing.goto(address_of(coverage, "queue"))
    queue = editing.get_by_role("navigation", name="Queue")
    expect(queue.get_by_role("link", name="The dyke holds")).to_contain_text("by Tom Maes")
    (draft,) = editor.send("GET", f"/api/coverages/{coverage.slug}/drafts").json()["drafts"]
    assert (draft["state"], draft["content"]["byline"][0]["name"]) == ("submitted", "Tom Maes")


def test_an_invitation_is_revoked(
    desk: Desk, visit: Visit, coverage: Coverage, editor: Someone
) -> None:
    """Links that nobody has used are listed, and end at a word."""
    page = desk(editor, coverage, "running", rough=True)
    page.get_by_role("button", name="Invite a contributor").click()
    link = page.get_by_label("Link").input_value()
    page.get_by_role("heading", name="Open invitations").wait_for()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("heading", name="Open invitations")).to_have_count(0)
    guest = visit(rough=True)
    guest.goto(link)
    guest.get_by_role("heading", name="This invitation has ended").wait_for()


def test_a_role_here(
    desk: Desk, coverage: Coverage, editor: Someone, server: Server, client: httpx2.Client
) -> None:
    """A reporter is made an editor of this coverage, then a viewer; each time that counts for
    what they see and may, and when it is taken away they are a reporter again."""
    person = somebody(server, client)
    name = f"Reporter {person.email.split('@')[0]}"
    page = desk(editor, coverage, "running")
    hers = desk(person, coverage, rough=True)
    publish = hers.get_by_role("button", name="Publish", exact=True)
    hers.get_by_role("button", name="Hand in").wait_for()
    expect(publish).to_have_count(0)

    page.get_by_label("Add somebody as an editor here").select_option(name)
    row = page.locator(".row").filter(has_text=name)
    expect(row.get_by_label("Role")).to_have_value("editor")
    hers.reload()
    publish.wait_for()

    # Not by "Saved", which may be told of the step before.
    with page.expect_response("**/members/*") as answered:
        row.get_by_label("Role").select_option("Viewer")
    assert answered.value.ok
    hers.reload()
    hers.get_by_text("You can look, not write here.").wait_for()
    member = f"/api/coverages/{coverage.slug}/members/{person.id}"
    assert editor.send("GET", member).json()["role"] == "viewer"

    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    hers.reload()
    hers.get_by_role("button", name="Hand in").wait_for()


def test_two_release(
    desk: Desk,
    coverage: Coverage,
    editor: Someone,
    reporter: Someone,
    server: Server,
    client: httpx2.Client,
) -> None:
    """Where two have to release a post: one hands in, an editor who alone would publish it is
    refused with the reason, releases it, and another one publishes."""
    coverage.describe(two_person=True)
    hers = desk(reporter, coverage)
    write(hers, "The treaty is signed", "By all thirty.")
    hers.get_by_role("button", name="Hand in").click()
    expect_sent(hers)

    first = desk(editor, coverage, rough=True)  # a refusal is expected
    first.get_by_role("link", name="The treaty is signed").click()
    first.get_by_text("Two people release each post here.").wait_for()
    first.get_by_role("button", name="Publish", exact=True).click()
    first.get_by_role("link", name="The treaty is signed").click()
    expect(first.get_by_role("alert")).to_contain_text("Not accepted")
    assert posts_of(editor, coverage) == []
    first.get_by_role("button", name="Release", exact=True).click()
    first.get_by_text(re.compile("Released by Editor")).wait_for()

    second = desk(somebody(server, client, "editor"), coverage)
    second.get_by_role("link", name="The treaty is signed").click()
    second.get_by_text(re.compile("Released by Editor")).wait_for()
    second.get_by_role("button", name="Publish", exact=True).click()
    expect_sent(second)
    second.locator("#readers").get_by_role("heading", name="The treaty is signed").wait_for()
    (post,) = posts_of(editor, coverage)
    assert post["headline"] == "The treaty is signed"


def test_taking_over(desk: Desk, coverage: Coverage, editor: Someone, reporter: Someone) -> None:
    """An editor takes over what a reporter has open: from then on the reporter sees who writes on
    it, and the editor nobody else; what the editor writes stands with both."""
    hers = desk(reporter, coverage, rough=True)
    write(hers, "Begun by one", "First words.")
    hers.get_by_role("button", name="Hand in").click()
    expect_sent(hers)
    hers.get_by_role("link", name="Begun by one").click()
    his = desk(editor, coverage, rough=True)
    his.get_by_role("link", name="Begun by one").click()
    his.get_by_role("button", name="Take over").click()
    hers.get_by_text(re.compile("Editor .* is writing on this.")).wait_for()
    expect(his.get_by_role("button", name="Take over")).to_have_count(0)
    his.locator("#headline").fill("Finished by another")
    expect(hers.locator("#headline")).to_have_value("Finished by another")


def test_taking_over_a_change(
    desk: Desk, coverage: Coverage, editor: Someone, server: Server, client: httpx2.Client
) -> None:
    """The same for a change to a published post, which each has as a draft of their own."""
    coverage.publish("Cars at nine")
    pages = [
        desk(one, coverage, rough=True) for one in (editor, somebody(server, client, "editor"))
    ]
    for page in pages:
        page.locator("#readers .actions").get_by_role("button", name="Edit").click()
        page.get_by_text("You are changing a published post.").wait_for()
    first, second = pages
    first.get_by_role("button", name="Take over").wait_for()
    second.get_by_role("button", name="Take over").click()
    expect(second.get_by_role("button", name="Take over")).to_have_count(0)
    first.get_by_text("is writing on this.").wait_for()
