"""On paper the page is a document: black on white, whole, without anything to press."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage, paragraph
from .reading import expect_live

pytestmark = pytest.mark.browser
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
REPORT = "https://example.org/report"


@pytest.fixture
def sheet(visit: Visit, coverage: Coverage) -> Page:
    """A page as it is printed, by a reader who has chosen dark, on a wide screen."""
    coverage.brief(summary="What it is about.", people=[{"name": "Ada Peeters", "role": "Chair"}])
    coverage.publish(
        "With a source",
        key=True,
        blocks=[
            paragraph(f'A word with <a href="{REPORT}/inline">a link</a>.'),
            {"type": "link", "url": f"{REPORT}/card", "title": "The report"},
        ],
        sources=[{"name": "The report", "kind": "official", "url": REPORT}],
        topics=["Cyber"],
    )
    corrected = coverage.publish("Corrected")
    coverage.correct(corrected, "It was five.")
    page = visit(color_scheme="dark")
    page.goto(coverage.path)
    expect_live(page)
    page.get_by_label("Dark", exact=True).check()
    page.emulate_media(media="print")
    return page


def test_black_on_white(sheet: Page) -> None:
    """Whatever the reader has chosen for the screen, paper is white and ink black."""
    body = sheet.locator("body")
    expect(body).to_have_css("background-color", WHITE)
    expect(body).to_have_css("color", BLACK)
    expect(sheet.locator("html")).to_have_css("color-scheme", "light")
    for part in ("h1", "#stream h2", "#stream .what > p:not([class])"):
        expect(sheet.locator(part).first).to_have_css("color", BLACK)


def test_nothing_to_press(sheet: Page) -> None:
    """No control, no form and no navigation is printed."""
    controls = "button, input, select, form, fieldset, nav, #connection, .skip, .pager"
    shown = sheet.locator(controls).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    )
    assert shown == []


def test_the_story_is_whole(sheet: Page, coverage: Coverage) -> None:
    """Title, briefing, updates with their times, corrections and the newsroom's name are there."""
    expect(sheet.locator("h1")).to_have_text(coverage.title)
    for part in (".nameplate", "#coverage-head .updated time", ".correction", ".byline", ".when"):
        expect(sheet.locator(part).first).to_be_visible()
    expect(sheet.get_by_text("Ada Peeters")).to_be_visible()


def test_the_addresses_of_the_sources(sheet: Page) -> None:
    """Behind a source, a card and a link in the text stands its address."""
    for part, end in (
        (".sources a", ""),
        (".card a", "/card"),
        (".what > p:not([class]) > a", "/inline"),
    ):
        words = sheet.locator(part).first.evaluate("a => getComputedStyle(a, '::after').content")
        assert f"({REPORT}{end})" in words.replace('" "', "").replace('"', ""), words


def test_a_headline_is_not_torn(sheet: Page) -> None:
    """No sheet ends within a headline or right after one."""
    heading = sheet.locator("#stream h2").first
    expect(heading).to_have_css("break-inside", "avoid")
    expect(heading).to_have_css("break-after", "avoid")


def test_it_prints(sheet: Page, coverage: Coverage) -> None:
    """The browser makes a document of it, in which nothing is cut off at the side."""
    sheet.set_viewport_size({"width": 660, "height": 900})
    inner, outer = sheet.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert inner <= outer
    assert sheet.pdf(format="A4").startswith(b"%PDF")
