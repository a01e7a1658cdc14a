"""Embeds: a card of ours, and a player of theirs only after the reader's click."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from integration.server import Server

from .newsroom import Coverage, paragraph
from .reading import expect_live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TUBE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
FRAME = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
CARD = {
    "type": "embed",
    "url": TUBE,
    "title": "Big Buck Bunny",
    "provider": "YouTube",
    "picture": "geneva-dusk.webp",
}


def test_nothing_before_the_click(browser: Browser, server: Server, coverage: Coverage) -> None:
    """No other site hears of the reader before the click; then one frame is loaded, in place."""
    coverage.publish(blocks=[paragraph("See for yourself."), CARD])
    context = browser.new_context(base_url=server.address)
    foreign: list[str] = []

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
    faults: list[str] = []
    context.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    page = context.new_page()
    try:
        page.goto(coverage.path)
        expect_live(page)
        card = page.locator("figure.embed")
        card.scroll_into_view_if_needed()
        assert not foreign
        before = card.bounding_box()
        card.get_by_role("button", name="Load from YouTube").click()
        page.frame_locator("figure.embed iframe").get_by_text("Playing").wait_for()
        assert foreign == [FRAME]
        frame = card.locator("iframe")
        assert frame.get_attribute("title") == "Big Buck Bunny"
        assert "allow-top-navigation" not in (frame.get_attribute("sandbox") or "")
        assert frame.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
        assert card.bounding_box() == before
        assert card.get_by_role("link").get_attribute("href") == TUBE
        assert not faults
    finally:
        context.close()


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
