"""Embeds: a card of ours, and a player of theirs only after the reader's click."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from integration.server import Server

from .newsroom import Coverage, paragraph
from .reading import expect_live

pytestmark = pytest.mark.browser
TUBE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
FRAME = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
CARD = {
    "type": "embed",
    "url": TUBE,
    "title": "Big Buck Bunny",
    "provider": "YouTube",
    "picture": "geneva-dusk.webp",
}


class Elsewhere(NamedTuple):
    """A page, what it has asked other sites for, and what went wrong in it."""

    page: Page
    foreign: list[str]
    faults: list[str]


def playing(page: Page) -> Locator:
    """What plays within the frame in our frame."""
    return page.frame_locator("figure.embed iframe").frame_locator("iframe").get_by_text("Playing")


@pytest.fixture
def elsewhere(browser: Browser, server: Server) -> Iterator[Elsewhere]:
    """A reader whose requests to all other sites are answered here, and noted."""
    context = browser.new_context(base_url=server.address)
    foreign: list[str] = []
    faults: list[str] = []

    def fulfil(route: Route) -> None:
        url = route.request.url
        if urlsplit(url).netloc == urlsplit(server.address).netloc:
            route.continue_()
            return
        foreign.append(url)
        route.fulfill(
            body="<!doctype html><title>Player</title><p>Playing", content_type="text/html"
        )

    context.route("**/*", fulfil)
    context.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    yield Elsewhere(context.new_page(), foreign, faults)
    context.close()


def test_nothing_before_the_click(elsewhere: Elsewhere, coverage: Coverage) -> None:
    """No other site hears of the reader before the click; then one frame is loaded, in place."""
    coverage.publish(blocks=[paragraph("See for yourself."), CARD])
    page = elsewhere.page
    page.goto(coverage.path)
    expect_live(page)
    card = page.locator("figure.embed")
    card.scroll_into_view_if_needed()
    assert not elsewhere.foreign
    before = card.bounding_box()
    card.get_by_role("button", name="Load from YouTube").click()
    playing(page).wait_for()
    assert elsewhere.foreign == [FRAME]
    frame = card.locator("iframe")
    assert frame.get_attribute("title") == "Big Buck Bunny"
    for one in (frame, page.frame_locator("figure.embed iframe").locator("iframe")):
        assert "allow-top-navigation" not in (one.get_attribute("sandbox") or "")
        assert one.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    assert card.bounding_box() == before
    assert card.get_by_role("link").get_attribute("href") == TUBE
    assert not elsewhere.faults


@pytest.mark.parametrize(
    ("embed", "button", "frame"),
    [
        (
            {"url": "https://x.com/NATO/status/1404419283049263110"},
            "Load from X",
            "https://platform.twitter.com/embed/Tweet.html?id=1404419283049263110&dnt=true",
        ),
        (
            {"url": "https://www.instagram.com/nato/p/CQGxyz_-1/"},
            "Load from Instagram",
            "https://www.instagram.com/p/CQGxyz_-1/embed/captioned/",
        ),
        (
            {
                "url": "https://social.example/@nato/100254678717223630",
                "title": "A post",
                "frame": "https://social.example/@nato/100254678717223630/embed",
                "tall": True,
            },
            "Load from social.example",
            "https://social.example/@nato/100254678717223630/embed",
        ),
    ],
    ids=["x", "instagram", "any"],
)
def test_any_site(
    elsewhere: Elsewhere, coverage: Coverage, embed: dict[str, Any], button: str, frame: str
) -> None:
    """Without a picture the words stand alone, and the box opens by the click, wherever it is."""
    coverage.publish(blocks=[{"type": "embed", **embed}])
    page = elsewhere.page
    page.goto(coverage.path)
    expect_live(page)
    card = page.locator("figure.embed")
    words, asked = card.get_by_role("link"), card.get_by_role("button", name=button)
    room = card.bounding_box()
    assert room
    assert room["height"] < 160
    assert top(words) < top(asked)
    asked.click()
    playing(page).wait_for()
    assert elsewhere.foreign == [frame]
    assert top(words) < top(card.locator("iframe"))
    assert not elsewhere.faults


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["y"]


def test_nothing_to_press_in_the_past(elsewhere: Elsewhere, coverage: Coverage) -> None:
    """Pages that have no script, of the past and of an update's history, have no button."""
    post = coverage.publish(blocks=[CARD, {**CARD, "picture": None}])
    then = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    page = elsewhere.page
    for path in (f"{coverage.path}/p/{post.id}/history", f"{coverage.path}?at={then}"):
        page.goto(path)
        expect(page.locator("figure.embed")).to_have_count(2)
        for button in page.locator("figure.embed button").all():
            expect(button).to_be_hidden()


def test_without_script(browser: Browser, server: Server, coverage: Coverage) -> None:
    """Without scripts the card is a picture and a link, and has no button that does nothing."""
    coverage.publish(blocks=[CARD])
    context = browser.new_context(base_url=server.address, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(coverage.path)
        card = page.locator("figure.embed")
        assert card.get_by_role("link", name="Big Buck Bunny").is_visible()
        assert card.locator("img").is_visible()
        assert card.locator("button").is_hidden()
    finally:
        context.close()
