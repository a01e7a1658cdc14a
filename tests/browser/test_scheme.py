"""The reader chooses light or dark, and the page remembers it."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .newsroom import Coverage
from .reading import expect_live

pytestmark = pytest.mark.browser
LIGHT, DARK = "rgb(251, 250, 247)", "rgb(18, 19, 21)"
DEVICE = "As the device"

# What the first frame on the screen looks like, before anything that comes later.
_FIRST_FRAME = """() => requestAnimationFrame(() => {
    window.firstPaper = getComputedStyle(document.documentElement).getPropertyValue("--paper")
        && getComputedStyle(document.body ?? document.documentElement).backgroundColor;
})"""


@pytest.fixture
def page(visit: Visit, coverage: Coverage) -> Page:
    """A live page on a device that is set to light."""
    coverage.publish()
    page = visit(color_scheme="light")
    page.goto(coverage.path)
    expect_live(page)
    return page


def test_dark_on_a_light_device(page: Page) -> None:
    """A choice holds at once, for what the browser draws itself as well, and on the next pages."""
    expect_paper(page, LIGHT)
    choose(page, "Dark")
    expect_paper(page, DARK)
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    page.reload()
    expect_paper(page, DARK)
    expect(page.get_by_label("Dark", exact=True)).to_be_checked()
    page.goto("/")
    expect_paper(page, DARK)


def test_light_on_a_dark_device(page: Page) -> None:
    """The choice goes before what the device says, whichever that is."""
    choose(page, "Light")
    page.emulate_media(color_scheme="dark")
    expect_paper(page, LIGHT)
    expect(page.locator("html")).to_have_css("color-scheme", "light")


def test_back_to_the_device(page: Page) -> None:
    """“As the device” follows the device again, as it did before anything was chosen."""
    expect(page.get_by_label(DEVICE)).to_be_checked()
    choose(page, "Dark")
    choose(page, DEVICE)
    expect_paper(page, LIGHT)
    page.emulate_media(color_scheme="dark")
    expect_paper(page, DARK)
    page.reload()
    expect_paper(page, DARK)


def test_no_flash(page: Page) -> None:
    """The first frame that is drawn has the chosen colours already."""
    choose(page, "Dark")
    page.add_init_script(f"({_FIRST_FRAME})()")
    page.reload()
    page.wait_for_function("() => window.firstPaper")
    assert page.evaluate("() => window.firstPaper") == DARK


def test_the_browser_s_own_bar(page: Page) -> None:
    """The colour that a phone gives its bar is the chosen page's."""
    choose(page, "Dark")
    bars = page.locator("meta[name=theme-color]").evaluate_all(
        "all => all.filter(meta => matchMedia(meta.media).matches).map(meta => meta.content)"
    )
    assert bars == ["#121315"]


def test_other_tabs_follow(page: Page, coverage: Coverage) -> None:
    """What is chosen in one tab holds in the others."""
    other = page.context.new_page()
    other.goto(coverage.path)
    choose(other, "Dark")
    expect_paper(page, DARK)


def test_by_keyboard(page: Page) -> None:
    """The three choices are one stop, and the arrows go between them."""
    page.get_by_label(DEVICE).focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Dark", exact=True)).to_be_checked()
    expect_paper(page, DARK)


def test_where_nothing_can_be_kept(visit: Visit, coverage: Coverage) -> None:
    """A browser that refuses to store anything still shows the choice, for this page."""
    page = visit(color_scheme="light")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
    )
    page.goto(coverage.path)
    choose(page, "Dark")
    expect_paper(page, DARK)


def test_nothing_to_choose_without_a_script(visit: Visit, coverage: Coverage) -> None:
    """Where no script runs there is no control that would do nothing."""
    page = visit(java_script_enabled=False)
    page.goto(coverage.path)
    expect(page.locator("#scheme")).to_be_hidden()


def choose(page: Page, words: str) -> None:
    page.get_by_label(words, exact=True).check()


def expect_paper(page: Page, paper: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", paper)
