"""A coverage in Arabic: the whole page runs from right to left, and its script speaks Arabic."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .arabic import TOLD, arabic
from .conftest import Visit
from .newsroom import Coverage, Newsroom
from .reading import expect_live, expect_same_as_server
from .test_axe import AXE, WIDTHS, violations

pytestmark = pytest.mark.browser
_CENTRE = "one => { const box = one.getBoundingClientRect(); return box.left + box.width / 2; }"
_WIDER = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def coverage(newsroom: Newsroom) -> Coverage:
    return arabic(newsroom, "water-summit")


@pytest.fixture
def page(visit: Visit, coverage: Coverage) -> Page:
    """As a reader at the place sees it: elsewhere the script puts their own times beside."""
    page = visit(timezone_id=TOLD["coverage"]["timezone"])
    page.goto(coverage.path)
    expect_live(page)
    return page


def centre(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate(_CENTRE))


def test_it_is_a_mirror(page: Page) -> None:
    """The time stands right of its post, the briefing left of the stream, on a wide screen."""
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert centre(page, ".post .when time") > centre(page, ".post .what")
    assert centre(page, "#briefing") < centre(page, "#stream article")
    assert centre(page, ".nameplate") > centre(page, ".masthead nav")


def test_a_post_in_english_keeps_its_place(page: Page) -> None:
    """Its words run from left to right; its time stays in the column of the others."""
    english = page.locator('.what[lang="en"]')
    assert english.get_attribute("dir") == "ltr"
    assert english.locator("h2").evaluate("one => getComputedStyle(one).direction") == "ltr"
    assert english.locator(".byline").get_attribute("dir") == "rtl"
    time = page.locator("article", has=english).locator(".when time")
    first = page.locator("article .when time").first
    right = "one => Math.round(one.getBoundingClientRect().right)"
    assert time.evaluate(right) == first.evaluate(right)


def test_the_script_counts_in_arabic(page: Page, coverage: Coverage) -> None:
    """One, two, three: three forms. What came from the stream is what the server renders."""
    page.locator("#stream article").last.scroll_into_view_if_needed()
    toast = page.locator("#toast")
    for words in ("تحديث جديد", "تحديثان جديدان", "3 تحديثات جديدة"):
        coverage.publish("عاجل: بيان جديد")
        expect(toast).to_have_text(words)
    toast.click()
    expect(page.locator("#connection")).to_have_text("مباشر")
    expect_same_as_server(page, coverage)


def test_what_the_script_writes_is_what_the_server_writes(page: Page, coverage: Coverage) -> None:
    """The head's time, which the script moves on, is in the server's form."""
    before = page.locator(".updated time").get_attribute("datetime")
    # It tells seconds: in the same one it would stay as it is.
    page.wait_for_function("before => new Date() - new Date(before) >= 1000", arg=before)
    coverage.publish("خبر قصير")
    expect(page.locator(".updated time")).not_to_have_attribute("datetime", before or "")
    expect(page.locator(".updated time")).to_have_text(re.compile(r"^\d{1,2}:\d\d\s[صم]$"))
    expect(page.locator(".updated .day")).to_have_text(
        re.compile(r"^\d{1,2} [\u0600-\u06ff]+ 20\d\d$")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_shuts_nobody_out(visit: Visit, coverage: Coverage, scheme: Any) -> None:
    """No violation of WCAG 2.2 AA, and nothing wider than the screen, on any width."""
    page = visit(color_scheme=scheme, reduced_motion="reduce")
    page.goto(coverage.path)
    expect_live(page)
    page.evaluate(AXE.read_text())
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(_WIDER) <= 0
        found += [f"{width} px: {one}" for one in violations(page)]
    assert not found, "\n".join(found)


def test_the_front_page_speaks_the_browsers_language(visit: Visit, coverage: Coverage) -> None:
    """A reader with a German browser gets German around headlines in Arabic; a link changes it."""
    page = visit(locale="de-DE")
    page.goto("/")
    expect(page.get_by_role("heading", name="Jetzt live")).to_be_attached()
    headline = page.locator("h3[lang=ar]", has_text=coverage.title)
    assert headline.get_attribute("dir") == "rtl"
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", name="En direct")).to_be_attached()
    assert page.locator("html").get_attribute("lang") == "fr"
