"""Topics at the desk: pinned, put in order, renamed, merged, hidden; and as readers see them."""

import httpx2
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from api.people import Someone
from browser.conftest import Visit
from browser.newsroom import Coverage
from browser.reading import until

from .conftest import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def running(desk: Desk, coverage: Coverage, editor: Someone) -> Page:
    """The running screen of a coverage whose posts have four topics, one oftener than another."""
    for topics in (["NATO", "Sanctions"], ["NATO", "Biden"], ["NATO", "Joe Biden", "Sanctions"]):
        coverage.publish(topics=topics)
    # Rough, for one of them is refused with a 412.
    page = desk(editor, coverage, "running", rough=True)
    topic(page, "NATO").wait_for()
    return page


def test_the_desk_has_the_last_word(
    running: Page, coverage: Coverage, visit: Visit, editor: Someone
) -> None:
    """What is pinned stands first, what is merged counts as one, what is hidden is gone, for
    readers too."""
    assert names(running)[0] == "NATO"
    press(running, "Sanctions", "Pin")
    press(running, "Joe Biden", "Merge")
    running.get_by_label("It belongs to").select_option("Biden")
    running.get_by_role("dialog").get_by_role("button", name="Merge").click()
    expect(topic(running, "Joe Biden")).to_have_count(0)
    expect(topic(running, "Biden")).to_contain_text("2 posts")
    expect(topic(running, "Biden")).to_contain_text("also “Joe Biden”")
    press(running, "Biden", "Rename")
    running.get_by_role("dialog").get_by_label("Name").fill("President Biden")
    running.get_by_role("dialog").get_by_role("button", name="Save").click()
    topic(running, "President Biden").wait_for()
    press(running, "NATO", "Hide")
    running.get_by_role("button", name="Show again NATO").wait_for()
    reader = visit()
    reader.goto(coverage.path)
    shown = reader.locator("#topics a").all_inner_texts()
    assert shown[:2] == ["Sanctions", "President Biden"]
    assert "NATO" not in shown
    running.get_by_role("button", name="Show again NATO").click()
    topic(running, "NATO").wait_for()
    reader.reload()
    reader.locator("#topics").get_by_text("NATO").wait_for()
    found = editor.send("GET", f"/api/coverages/{coverage.slug}/topics").json()
    assert found["hidden"] == []
    assert found["topics"] == [
        {"name": "Sanctions", "pinned": True},
        {"name": "President Biden", "also": ["Biden", "Joe Biden"]},
    ]


def test_pinned_topics_are_put_in_order_by_keys(running: Page, coverage: Coverage) -> None:
    """By the buttons, and by Alt and an arrow; the focus goes with the topic."""
    for name in ("NATO", "Sanctions", "Biden"):
        press(running, name, "Pin")
    expect_first(running, ["NATO", "Sanctions", "Biden"])
    topic(running, "Biden").get_by_role("button", name="Move up").focus()
    running.keyboard.press("Enter")
    expect_first(running, ["NATO", "Biden", "Sanctions"])
    expect(topic(running, "Biden").get_by_role("button", name="Move up")).to_be_focused()
    running.keyboard.press("Alt+ArrowUp")
    expect_first(running, ["Biden", "NATO", "Sanctions"])
    assert running.evaluate("() => document.activeElement.closest('li').dataset.topic") == "Biden"
    until(running, lambda: _is_before(coverage, "Biden", "NATO"), "readers see that order")


def test_two_who_choose_do_not_undo_each_other(
    running: Page, coverage: Coverage, editor: Someone
) -> None:
    """Who comes too late is told so in words, sees what stands there, and can do theirs on it."""
    path = f"/api/coverages/{coverage.slug}/topics"
    # The other one is faster in the moment between the look and the press.
    faster: list[httpx2.Response] = []

    def _after(route: Route) -> None:
        if route.request.method == "PUT" and not faster:
            body = {"topics": [{"name": "NATO", "pinned": True}]}
            faster.append(editor.send("PUT", path, body))
        route.continue_()

    running.route(f"**{path}", _after)
    press(running, "Sanctions", "Pin")
    alert = running.get_by_role("alert")
    expect(alert).to_contain_text("Somebody else has set the topics meanwhile")
    expect(alert).to_contain_text("Not done: Pin “Sanctions”.")
    expect(topic(running, "NATO")).to_have_class("is-pinned")
    running.get_by_role("button", name="Pin “Sanctions”, as things stand now").click()
    expect_first(running, ["NATO", "Sanctions"])
    expect(alert).to_have_count(0)


def test_counts_are_fresh(running: Page, coverage: Coverage) -> None:
    """A post that comes in while somebody looks is counted."""
    expect(topic(running, "Sanctions")).to_contain_text("2 posts")
    coverage.publish(topics=["Sanctions"])
    expect(topic(running, "Sanctions")).to_contain_text("3 posts")


def _is_before(coverage: Coverage, one: str, other: str) -> bool:
    page = coverage.html()
    return page.index(f">{one}</a>") < page.index(f">{other}</a>")


def topic(page: Page, name: str) -> Locator:
    return page.locator(f'[data-topic="{name}"]')


def names(page: Page) -> list[str]:
    found = page.locator("[data-topic]").evaluate_all("all => all.map(one => one.dataset.topic)")
    return list(found)


def expect_first(page: Page, expected: list[str]) -> None:
    until(page, lambda: names(page)[: len(expected)] == expected, f"{expected} stand first")


def press(page: Page, name: str, action: str) -> None:
    """One of a topic's buttons."""
    topic(page, name).get_by_role("button", name=f"{action} {name}", exact=True).click()
