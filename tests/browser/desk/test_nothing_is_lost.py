"""The network breaks and tabs die, at any moment: every post is published once, no word is lost."""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.reading import until
from integration.server import Server

from .conftest import Desk, address_of, describe, enter, expect_sent, pick, posts_of, write

pytestmark = pytest.mark.browser
SCHEDULES = int(os.environ.get("DATELINE_SCHEDULES", "8"))
POSTS = 3
WITH_PHOTO = 0.25
WRITES = ("PUT", "POST", "PATCH")


class Network:
    """Breaks requests by chance: before they are sent, or after the server has done its work."""

    def __init__(self, context: BrowserContext, chance: random.Random) -> None:
        self.chance = chance
        self.is_rough = True
        self.broken = 0
        for kind in ("coverages/**", "uploads", "uploads/**"):
            context.route(f"**/api/{kind}", self._handle)

    def _handle(self, route: Route) -> None:
        fate = self.chance.random() if self.is_rough else 1.0
        if route.request.method not in WRITES or "/presence" in route.request.url or fate > 0.55:
            self._quietly(route.continue_)
            return
        self.broken += 1
        if fate < 0.3:
            self._quietly(lambda: route.fetch())  # the server has it, the answer is lost
        self._quietly(lambda: route.abort("connectionfailed"))

    def _quietly(self, act: Callable[[], object]) -> None:
        with suppress(Error):  # the tab that asked is gone
            act()


@pytest.mark.parametrize("seed", range(SCHEDULES))
def test_each_post_is_published_once(
    visit: Visit, server: Server, coverage: Coverage, editor: Someone, photo: Path, seed: int
) -> None:
    """Requests break before they are sent and after they were carried out, those with a piece of
    a photo too, the network goes and comes, the tab is killed and opened again: at the end each
    post is there once, in the order in which it was filed, with all of its words and its photo."""
    chance = random.Random(seed)
    page = visit(rough=True)
    context = page.context
    enter(page, editor, server.address)
    network = Network(context, chance)
    filed = []
    page.goto(address_of(coverage))
    page.locator("#headline").wait_for()
    for n in range(POSTS):
        if chance.random() < 0.4:
            context.set_offline(True)
        headline, words = f"Post {n} of {seed}", f"Told at {chance.randrange(10**6)}."
        write(page, headline, words)
        if with_photo := chance.random() < WITH_PHOTO:
            pick(page, photo)
            describe(page)
        page.keyboard.press("Control+Enter")
        page.get_by_role("navigation", name="Queue").get_by_text(headline).first.wait_for()
        expect(page.locator("#headline")).to_have_value("")
        filed.append((headline, words, ["Ana Reyes"] * with_photo))
        if chance.random() < 0.5:
            page = killed(page, coverage)
        if chance.random() < 0.6:
            context.set_offline(False)
    context.set_offline(False)
    network.is_rough = False
    page = killed(page, coverage)
    expect_sent(page)
    told = [
        (post["headline"], post["blocks"][0]["html"], [one["credit"] for one in post["blocks"][1:]])
        for post in posts_of(editor, coverage)
    ]
    assert told == filed, f"seed {seed}, {network.broken} requests broken"


def killed(page: Page, coverage: Coverage) -> Page:
    """Another tab instead of one that had no time to say anything."""
    context = page.context
    context.set_offline(False)
    page.close(run_before_unload=False)
    fresh = context.new_page()
    fresh.goto(address_of(coverage))
    fresh.locator("#headline").wait_for()
    return fresh


_KEPT = """(words) => new Promise((done) => {
  const opening = indexedDB.open("dateline-desk");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("papers").objectStore("papers").getAll();
    asked.onsuccess = () => done(JSON.stringify(asked.result).includes(words));
  };
})"""


def test_each_keystroke_is_kept(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """Without a network, in the middle of a word, the tab dies: all that was typed is there.

    Not what was typed in the very moment of its death: the device has a key's word a moment later.
    """
    page = desk(editor, coverage, rough=True)
    page.context.route("**/api/coverages/**", lambda route: route.abort("connectionfailed"))
    write(page, "Half a headl", "Half a wor")
    until(page, lambda: page.evaluate(_KEPT, "Half a wor"), "the device does not have it", 1)
    fresh = killed(page, coverage)
    fresh.get_by_role("link", name="Half a headl").click()
    expect(fresh.locator("#headline")).to_have_value("Half a headl")
    expect(fresh.locator(".text")).to_have_text("Half a wor")


def test_a_refusal_is_a_draft_again(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """What the server refuses is a draft with the reason, and goes out once that is mended."""
    page = desk(editor, coverage, rough=True)
    write(page, "Late for the end", "Written while it was live.")
    page.get_by_text("Saved").wait_for()
    coverage.set_status("ended")
    page.keyboard.press("Control+Enter")
    queue = page.get_by_role("navigation", name="Queue")
    queue.get_by_text("Not accepted").first.wait_for()
    queue.get_by_role("link", name="Late for the end").click()
    page.get_by_role("alert").wait_for()
    coverage.set_status("live")
    page.get_by_role("button", name="Publish").click()
    page.locator("#readers").get_by_role("heading", name="Late for the end").wait_for()


def test_the_desk_opens_without_a_network(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """Once opened, it opens without any network; what is filed then waits and says so."""
    page = desk(editor, coverage, rough=True)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.reload()
    page.locator("#headline").wait_for()
    page.context.set_offline(True)
    page.reload()
    write(page, "From the tunnel", "No network here.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("No network. 1 command waits on this device.").wait_for()
    page.context.set_offline(False)
    expect_sent(page)
    assert [post["headline"] for post in posts_of(editor, coverage)] == ["From the tunnel"]
