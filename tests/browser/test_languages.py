"""The reader's page in each language: nothing is cut, and the script speaks it."""

import json

import pytest
from playwright.sync_api import expect

from dateline.render.language import codes, language_of

from .conftest import Visit
from .newsroom import Newsroom
from .reading import expect_live

pytestmark = pytest.mark.browser
OTHERS = [code for code in codes() if code != "en"]
_WIDER = "() => document.documentElement.scrollWidth - innerWidth"
_CUT = """() => [...document.querySelectorAll("a, button, label, h2")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && !one.closest("#keys") && (box.left < -1 || box.right > innerWidth + 1);
}).map((one) => one.textContent)"""


@pytest.mark.parametrize("code", OTHERS)
def test_the_page_fits_a_small_telephone(visit: Visit, newsroom: Newsroom, code: str) -> None:
    """At 320 pixels no word of the interface stands outside, whatever its length."""
    coverage = newsroom.open(f"fits-{code}", language=code)
    coverage.publish_many(3)
    coverage.brief(summary="1")
    page = visit(viewport={"width": 320, "height": 700})
    page.goto(coverage.path)
    expect_live(page)
    assert page.evaluate(_WIDER) <= 0
    assert page.evaluate(_CUT) == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_script_says_what_the_catalogue_has(
    visit: Visit, newsroom: Newsroom, code: str
) -> None:
    """New posts are counted, and the line of the connection is set, in the page's language."""
    coverage = newsroom.open(f"says-{code}", language=code)
    coverage.publish_many(12)
    page = visit()
    page.goto(coverage.path)
    expect_live(page)
    words = json.loads(language_of(code).script_words)
    expect(page.locator("#connection")).to_have_text(words["Live"])
    page.locator("#stream article").last.scroll_into_view_if_needed()
    coverage.publish()
    one = words["%(num)s new update"]["one"].replace("%(num)s", "1")
    expect(page.locator("#toast")).to_have_text(one)
    coverage.set_status("ended")
    expect(page.locator("#connection")).to_have_text(words["Ended"])
