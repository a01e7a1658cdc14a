"""The desk in other languages: its words, its numbers, its direction; without a network, too."""

import pytest
from playwright.sync_api import expect

from api.people import Someone
from browser.newsroom import Coverage, Newsroom
from browser.reading import until

from .conftest import Desk, address_of, write
from .test_desk_axe import looked

pytestmark = pytest.mark.browser
SAID = {
    "de-DE": ("ltr", "Die Meldung, die gerade entsteht", "2 Wörter, 9 Zeichen"),
    "ar-EG": ("rtl", "المنشور قيد الكتابة", "كلمتان، 9 حروف"),
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("locale", ["de-DE", "ar-EG"])
def test_it_speaks_the_browsers_language(
    desk: Desk, coverage: Coverage, editor: Someone, width: int, locale: str
) -> None:
    """Its words, its plurals, its direction; nobody is shut out, and nothing is wider than the
    screen. The post, which is in English, still runs from left to right."""
    direction, title, counted = SAID[locale]
    viewport = {"width": width, "height": 800}
    page = desk(editor, coverage, rough=True, locale=locale, viewport=viewport)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", locale[:2])
    assert page.evaluate("getComputedStyle(document.body).direction") == direction
    expect(page.get_by_role("region", name=title)).to_be_visible()
    write(page, "Headline", "Two words")
    expect(page.locator(".bar .kept")).to_contain_text(counted)
    for part in ("#headline", ".text, #plain-text"):
        expect(page.locator(part)).to_have_css("direction", "ltr")
    found = looked(page, "write")
    for path, mark in (
        (address_of(coverage, "queue"), "desk-queue .item"),
        (address_of(coverage, "running"), "desk-briefing textarea"),
        ("/desk", ".front-list"),
        ("/desk/account", "#language"),
    ):
        page.goto(path)
        page.locator(mark).first.wait_for(state="attached")
        found += looked(page, path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    assert not found, "\n".join(found)


def test_a_post_runs_in_the_direction_of_its_own_language(
    desk: Desk, newsroom: Newsroom, editor: Someone
) -> None:
    """Arabic is written from right to left at an English desk, and stands so on its page."""
    coverage = newsroom.open("a-summit-in-cairo", "قمة القاهرة", language="ar")
    coverage.publish("وصول الوفود")
    page = desk(editor, coverage)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for part in ("#headline", ".text", "#readers article"):
        expect(page.locator(part)).to_have_css("direction", "rtl")
    for part in (".bar", "#readers .actions"):
        expect(page.locator(part)).to_have_css("direction", "ltr")


def test_the_choice_holds_on_this_device(desk: Desk, coverage: Coverage, editor: Someone) -> None:
    """At the foot of the account another language is chosen. The desk speaks it from then on, also
    when it is opened without a network."""
    page = desk(editor, coverage, rough=True)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.goto("/desk/account")
    page.get_by_label("Language of the desk").select_option("fr")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_label("Langue du desk")).to_have_value("fr")
    page.goto(address_of(coverage))
    expect(page.get_by_role("button", name="Remettre")).to_be_visible()
    until(page, lambda: page.evaluate(KEPT), "the shell in French is kept")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("button", name="Remettre")).to_be_visible()
    page.context.set_offline(False)


# The service worker keeps what was opened last, after the words that it names.
KEPT = """async () => {
  const shell = await caches.match("/desk");
  return Boolean(shell && (await shell.text()).includes('lang="fr"'));
}"""
