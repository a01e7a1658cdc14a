"""Pictures from a device into a post: kept, sent in pieces, resumed, described, published."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from integration.server import Server

from .conftest import (
    Desk,
    address_of,
    break_third_piece,
    describe,
    enter,
    expect_sent,
    pick,
    posts_of,
    write,
)

pytestmark = pytest.mark.browser


def test_a_picture_is_described_and_published(
    desk: Desk, coverage: Coverage, editor: Someone, photo: Path
) -> None:
    """A picture needs a credit and words for those who can't see it before its post can go."""
    page = desk(editor, coverage, rough=True)  # Chromium tells each HEAD as broken off
    write(page, "The hall from inside", "It is empty.")
    pick(page, photo)
    page.get_by_text("A picture has no credit.").wait_for()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    describe(page)
    page.locator("figure .picture img[src^='/media/']").wait_for()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.locator("#readers article picture img, #readers article img").first.wait_for()
    (post,) = posts_of(editor, coverage)
    picture = post["blocks"][-1]
    assert (picture["credit"], picture["alt"]) == ("Ana Reyes", "Rows of empty chairs")
    assert (picture["width"], picture["height"]) == (900, 700)


def test_an_upload_survives_a_break(
    visit: Visit, server: Server, coverage: Coverage, editor: Someone, photo: Path
) -> None:
    """The network breaks during the third piece and the tab dies: it goes on from there, by
    itself, and the post that waits for it goes out after it."""
    page = visit(rough=True)
    enter(page, editor, server.address)
    page.goto(address_of(coverage))
    sent = break_third_piece(page)
    write(page, "Sent from the road", "With a picture.")
    pick(page, photo)
    describe(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#headline")).to_have_value("")
    page.get_by_text("No network.").wait_for()
    page.context.unroute("**/api/uploads/**")
    page.close()
    fresh = page.context.new_page()
    begun: list[int] = []
    fresh.on(
        "request",
        lambda request: (
            begun.append(int(request.headers["upload-offset"]))
            if request.method == "PATCH"
            else None
        ),
    )
    fresh.goto(address_of(coverage))
    expect(fresh.locator("#readers article h2")).to_have_text("Sent from the road", timeout=60_000)
    # It may have been the service worker that went on, as soon as it could.
    assert all(at >= sent[2] for at in begun), "it began anew"
    assert len(posts_of(editor, coverage)) == 1


def test_an_answer_that_is_lost_costs_nothing(
    desk: Desk, coverage: Coverage, editor: Someone, photo: Path
) -> None:
    """The server has the first piece, its answer never comes: the upload goes on behind it."""
    page = desk(editor, coverage, rough=True)
    sent: list[int] = []

    def first_is_lost(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.continue_()
        sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) > 1:
            return route.continue_()
        route.fetch()
        return route.abort("connectionfailed")

    page.context.route("**/api/uploads/**", first_is_lost)
    write(page, "Sent through a tunnel", "With a picture.")
    pick(page, photo)
    describe(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#readers article h2")).to_have_text(
        "Sent through a tunnel", timeout=60_000
    )
    assert sent.count(0) <= 2
    (post,) = posts_of(editor, coverage)
    assert post["blocks"][-1]["credit"] == "Ana Reyes"


def test_a_file_that_is_no_picture_is_refused(
    desk: Desk, coverage: Coverage, editor: Someone, tmp_path: Path
) -> None:
    """What only says it is a picture comes back with the reason, and can be taken out."""
    fake = tmp_path / "not.png"
    fake.write_bytes(io.BytesIO(b"<svg onload=alert(1)>" * 40).getvalue())
    page = desk(editor, coverage, rough=True)  # Chromium tells each HEAD as broken off
    write(page, "With a bad file", "Text.")
    pick(page, fake)
    page.locator("figure .state").get_by_text("Refused:").wait_for()
    page.locator("figure").get_by_role("button", name="Take out").click()
    page.keyboard.press("Control+Enter")
    expect_sent(page)
