"""The order of the pinned posts: the desk sets it, by buttons and keys, also without a network, and
readers whose page is open see it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.reading import expect_live, expect_same_as_server, ids_of, is_marked, mark_page, until

from .conftest import Desk, expect_sent

pytestmark = pytest.mark.browser


@pytest.fixture
def pinned(coverage: Coverage) -> Coverage:
    """A coverage of four posts; "Trains", "Roads" and "Power" are pinned, and stand so."""
    for headline in ("Power", "Roads", "Trains"):
        coverage.publish(headline, pinned=True)
    coverage.publish("Weather")
    return coverage


def test_the_desk_orders_and_readers_follow(
    desk: Desk, visit: Visit, pinned: Coverage, editor: Someone
) -> None:
    """By the buttons, and by Alt and an arrow. The focus goes with the post, and where it stands
    is said; the page beside the desk and the open page of a reader follow without a reload."""
    reader = visit()
    reader.goto(pinned.path)
    expect_live(reader)
    mark_page(reader)
    # Rough, for Chromium tells what a page says as it is left as broken off.
    page = desk(editor, pinned, "running", rough=True)
    expect_order(page, ["Trains", "Roads", "Power"])
    item(page, "Trains").get_by_role("button", name="Move down Trains").click()
    expect_order(page, ["Roads", "Trains", "Power"])
    expect_readers(reader, pinned, ["Roads", "Trains", "Power"])
    up = item(page, "Power").get_by_role("button", name="Move up Power")
    up.focus()
    page.keyboard.press("Enter")
    expect_order(page, ["Roads", "Power", "Trains"])
    expect(up).to_be_focused()
    expect(page.locator("desk-pins").get_by_role("status")).to_have_text("“Power” is now 2 of 3.")
    page.keyboard.press("Alt+ArrowUp")
    expect_order(page, ["Power", "Roads", "Trains"])
    expect(item(page, "Power").get_by_role("button", name="Move down Power")).to_be_focused()
    expect_sent(page)
    expect_readers(reader, pinned, ["Power", "Roads", "Trains"])
    assert is_marked(reader)
    expect_same_as_server(reader, pinned)
    item(page, "Roads").get_by_role("button", name="Unpin Roads").click()
    expect_order(page, ["Power", "Trains"])
    expect_readers(reader, pinned, ["Power", "Trains"])
    page.goto(page.url.replace("running", "page"))
    first = page.locator("desk-page [data-post]").first
    expect(first).to_contain_text("Power")
    first.get_by_role("button", name="Unpin").click()
    expect_readers(reader, pinned, ["Trains"])


def test_without_a_network_it_waits(
    desk: Desk, visit: Visit, pinned: Coverage, editor: Someone
) -> None:
    """What was put in order stays so at the desk, waits with the other commands, and is carried
    out once when the network is back."""
    page = desk(editor, pinned, "running", rough=True)
    expect_order(page, ["Trains", "Roads", "Power"])
    page.context.set_offline(True)
    for _ in range(2):
        item(page, "Trains").get_by_role("button", name="Move down Trains").click()
    expect_order(page, ["Roads", "Power", "Trains"])
    page.get_by_role("status").get_by_text("2 commands wait").wait_for()
    page.context.set_offline(False)
    expect_sent(page)
    expect_order(page, ["Roads", "Power", "Trains"])
    found = editor.send("GET", f"/api/coverages/{pinned.slug}/events?after=0").json()["events"]
    orders = [event["payload"]["posts"] for event in found if event["type"] == "PinsOrdered/1"]
    assert [[_headline(pinned, post) for post in order] for order in orders] == [
        ["Roads", "Trains", "Power"],
        ["Roads", "Power", "Trains"],
    ]


def test_what_was_unpinned_meanwhile(desk: Desk, pinned: Coverage, editor: Someone) -> None:
    """An order that can't be is refused with the reason, and what stands there is shown."""
    page = desk(editor, pinned, "running", rough=True)
    expect_order(page, ["Trains", "Roads", "Power"])
    somebody_is_faster(page, lambda: pinned.act(pinned.posts[1], "unpin"))
    item(page, "Power").get_by_role("button", name="Move up Power").click()
    alert = page.locator("desk-pins").get_by_role("alert")
    expect(alert).to_contain_text("This post is not pinned. Pin it first, or leave it out.")
    expect_order(page, ["Trains", "Power"])
    item(page, "Power").get_by_role("button", name="Move up Power").click()
    expect(alert).to_have_count(0)
    expect_order(page, ["Power", "Trains"])
    expect_sent(page)


def test_who_ordered_later(desk: Desk, pinned: Coverage, editor: Someone) -> None:
    """Two editors move what both have seen: the second one is told, sees the order of the first,
    and can move again upon it."""
    page = desk(editor, pinned, "running", rough=True)
    expect_order(page, ["Trains", "Roads", "Power"])
    power, roads, trains, _ = pinned.posts
    somebody_is_faster(page, lambda: pinned.order(roads, power, trains))
    item(page, "Power").get_by_role("button", name="Move up Power").click()
    alert = page.locator("desk-pins").get_by_role("alert")
    expect(alert).to_contain_text("Somebody else has put the pinned posts in another order")
    expect_order(page, ["Roads", "Power", "Trains"])
    with page.expect_response("**/pins") as answered:
        item(page, "Trains").get_by_role("button", name="Move up Trains").click()
    assert answered.value.ok
    expect(alert).to_have_count(0)
    expect_order(page, ["Roads", "Trains", "Power"])
    found = editor.send("GET", f"/api/coverages/{pinned.slug}/pins").json()["posts"]
    assert [_headline(pinned, post) for post in found] == ["Roads", "Trains", "Power"]


def somebody_is_faster(page: Page, act: Callable[[], object]) -> None:
    """Another editor acts in the moment between the look and the first press."""
    faster: list[Route] = []

    def _after(route: Route) -> None:
        if not faster:
            faster.append(route)
            act()
        route.continue_()

    page.route("**/pins", _after)


def test_by_a_thumb(desk: Desk, visit: Visit, pinned: Coverage, editor: Someone) -> None:
    """A thumb moves them, and each button is large enough for it."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = desk(editor, pinned, "running", **phone)
    expect_order(page, ["Trains", "Roads", "Power"])
    for button in page.locator("desk-pins button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    item(page, "Power").get_by_role("button", name="Move up Power").tap()
    expect_order(page, ["Trains", "Power", "Roads"])
    expect_sent(page)


def test_who_may_not(desk: Desk, pinned: Coverage, reporter: Someone) -> None:
    """A reporter sees the order and can't press anything."""
    page = desk(reporter, pinned, "running")
    expect_order(page, ["Trains", "Roads", "Power"])
    expect(page.locator("desk-pins button:enabled")).to_have_count(0)


def item(page: Page, headline: str) -> Locator:
    return page.locator("[data-pin]").filter(has_text=headline)


def expect_order(page: Page, headlines: list[str]) -> None:
    expect(page.locator("[data-pin] b")).to_have_text(headlines)


def expect_readers(reader: Page, coverage: Coverage, headlines: list[str]) -> None:
    def shown() -> list[str]:
        return [_headline(coverage, post) for post in ids_of(reader, "#pinned")]

    until(reader, lambda: shown() == headlines, f"readers see {headlines}")


def _headline(coverage: Coverage, post_id: str) -> str:
    return next(post.headline for post in coverage.posts if post.id == post_id)
