"""A topic's chip leads through its updates, one after the other, wherever they stand."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, Post

pytestmark = pytest.mark.browser


@pytest.fixture
def about(coverage: Coverage) -> list[Post]:
    """The three updates about the dyke, the newest first, among forty."""
    for number in range(40):
        coverage.publish(topics=["The dyke"] if number in (3, 20, 37) else [])
    return [coverage.posts[number] for number in (37, 20, 3)]


@pytest.mark.parametrize("script", [True, False])
def test_from_one_to_the_next(
    visit: Visit, coverage: Coverage, about: list[Post], script: bool
) -> None:
    """Each update is in view, with the way on under it, which covers none of its beginning."""
    page = visit(java_script_enabled=script, viewport={"width": 390, "height": 844})
    page.goto(coverage.path)
    page.get_by_role("link", name="The dyke").first.click()
    bar = page.get_by_role("navigation", name="The dyke")
    for place, post in enumerate(about, 1):
        expect(bar).to_contain_text(f"The dyke, {place} of 3")
        expect(bar).to_be_in_viewport(ratio=1)
        expect(page.locator(post.selector)).to_be_in_viewport()
        assert bottom(page, f"{post.selector} h2") < top(page, ".topic-bar")
        if post is not about[-1]:
            bar.get_by_role("link", name="Older").click()
    bar.get_by_role("link", name="Newer").click()
    expect(bar).to_contain_text("The dyke, 2 of 3")
    bar.get_by_role("link", name="All updates").click()
    expect(bar).to_have_count(0)


def test_on_a_low_screen(visit: Visit, coverage: Coverage, about: list[Post]) -> None:
    """Where it would take too much of the screen (400 %), it stands above the updates."""
    page = visit(viewport={"width": 320, "height": 256})
    page.goto(f"{coverage.path}?at-post={about[0].id}&topic=The+dyke")
    assert bottom(page, ".topic-bar") <= top(page, "#updates")


def test_the_last_line_is_not_under_it(visit: Visit, coverage: Coverage, about: list[Post]) -> None:
    """The foot of the page can be read to its end."""
    page = visit(viewport={"width": 390, "height": 844})
    page.goto(f"{coverage.path}?at-post={about[-1].id}&topic=The+dyke")
    page.evaluate("() => scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    assert bottom(page, "#scheme") <= top(page, ".topic-bar")


def top(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("one => one.getBoundingClientRect().top"))


def bottom(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("one => one.getBoundingClientRect().bottom"))
