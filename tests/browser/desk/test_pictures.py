"""Pictures from a device into a post: kept, sent in pieces, resumed, described, published."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from integration.server import Server

from .conftest import Desk, address_of, enter, expect_sent, posts_of, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several pieces large: noise does not pack."""
    noise = random.Random(1).randbytes(900 * 700 * 3)
    path = tmp_path_factory.mktemp("photo") / "hall.png"
    Image.frombytes("RGB", (900, 700), noise).save(path)
    assert path.stat().st_size > 3 * 512 * 1024
    return path


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
    sent: list[int] = []

    def third_breaks(route: Route) -> None:
        if route.request.method == "PATCH":
            sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) > 2:
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.context.route("**/api/uploads/**", third_breaks)
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


def pick(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture").click()
    chooser.value.set_files(file)


def describe(page: Page) -> None:
    page.get_by_label("Caption: what is to be seen").fill("The hall before the session.")
    page.get_by_label("Credit", exact=True).fill("Ana Reyes")
    page.get_by_label("For those who can't see it").fill("Rows of empty chairs")
