"""A coverage's pages, posts, feeds and errors in each language of the interface."""

from typing import Any

import pytest

from builders import Desk, a_byline, a_post, a_source
from dateline.domain.commands import ChangeStatus, RevisePost, SetBriefing, WithdrawPost
from dateline.projections.page import PageProjection
from dateline.render.card import card_of
from dateline.render.entries import Feed
from dateline.render.feeds import atom
from dateline.render.language import codes, language_of
from dateline.render.text import coverage_text
from unit.render import pages
from unit.render.markup import Element, read

pytestmark = pytest.mark.anyio
OTHERS = [code for code in codes() if code != "en"]
TWO = (a_byline(name="Ana", organisation=None), a_byline(name="Ignacio", organisation="Ara"))


async def live(desk: Desk) -> Element:
    return read(pages.live(await pages.page_of(desk)))


def feed_of(page: PageProjection) -> Feed:
    return Feed(pages.coverage_of(page), list(page.posts()), [], "https://example.org")


async def told(language: str, **changes: Any) -> Element:
    """The one post of a coverage in that language."""
    desk = await pages.a_desk(language=language)
    await desk.do(a_post(**changes), 1)
    return await pages.the_post(desk)


@pytest.mark.parametrize("language", OTHERS)
async def test_no_english_is_left(language: str) -> None:
    """What stands on a page in its own language is the newsroom's; all around it is translated."""
    said = {}
    for tag in ("en", language):
        desk = await pages.a_desk(language=tag, title="7", timezone="UTC")
        await desk.do(ChangeStatus("live"))
        await desk.do(
            a_post(
                "8",
                byline=(a_byline(name="3", organisation=None, place=None),),
                key=True,
                headline="9",
                topics=("6",),
            ),
            1,
        )
        await desk.do(a_post("8", byline=(a_byline(name="3"),), sources=(a_source(name="5"),)), 2)
        await desk.do(SetBriefing(summary="4"))
        body = read(pages.live(await pages.page_of(desk))).one("body")
        said[tag] = {one.words for one in body if not one.elements} | {
            one.attributes.get("aria-label", "") for one in body
        }
    known = language_of(language)
    same = {word for word in said["en"] if known.gettext(word) == word}
    assert said["en"] & said[language] <= same | {"Dateline", "", *"3456789", "12:00", "Brussels"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Ana and Ignacio, Ara in Brussels"),
        ("es", "Ana e Ignacio, Ara en Brussels"),
        ("fr", "Ana et Ignacio, Ara (Brussels)"),
        ("de", "Ana und Ignacio, Ara in Brussels"),
        ("ar", "Ana وIgnacio، Ara في Brussels"),
    ],
)
async def test_the_byline_is_a_sentence(language: str, expected: str) -> None:
    """With the “and”, the comma and the place of its language."""
    assert (await told(language, byline=TWO)).one("p", class_="byline").words == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "Cette mise à jour a été retirée à 14:00\u00a0: erreur."),
        ("de", "Diese Meldung wurde um 14:00 Uhr zurückgezogen: erreur."),
        ("ar", "سُحب هذا التحديث الساعة 2:00 م: erreur."),
    ],
)
async def test_a_withdrawal_is_a_sentence(language: str, expected: str) -> None:
    """One message with its time and reason in the places where the language has them."""
    desk = await pages.a_desk(language=language)
    await desk.do(a_post(), 1)
    await desk.do(WithdrawPost("erreur."), 1)
    notice = (await pages.the_post(desk)).one("p", class_="withdrawn")
    assert notice.words == " ".join(expected.split())


async def test_arabic_runs_from_right_to_left() -> None:
    """The page does; a post in English within it runs the other way, but its time stays in line."""
    desk = await pages.a_desk(language="ar")
    await desk.do(a_post(), 1)
    await desk.do(a_post(language="en"), 2)
    root = await live(desk)
    assert root.one("html").attributes["dir"] == "rtl"
    newest, first = root.all("article")
    assert (newest.one("div", class_="what").attributes["dir"]) == "ltr"
    assert not [one for one in first if "dir" in one.attributes]
    assert "dir" not in newest.attributes


async def test_a_language_we_do_not_have_keeps_its_own_marks() -> None:
    """The page's words are English then; the newsroom's are declared, with their direction."""
    root = await live(await pages.a_desk(language="he"))
    assert root.one("html").attributes["lang"] == "en"
    main = root.one("main").attributes
    assert (main["lang"], main["dir"]) == ("he", "rtl")


async def test_the_script_gets_the_words_of_the_page() -> None:
    """In English it needs none. They are data: a policy against inline scripts lets them pass."""
    assert not (await live(await pages.a_desk())).all("script", id_="words")
    script = (await live(await pages.a_desk(language="fr"))).one("script", id_="words")
    assert script.attributes["type"] == "application/json"
    assert "Terminé" in str(script.children)


async def test_feeds_speak_the_language_of_the_coverage() -> None:
    """Their notices do; what runs from right to left says so to whoever shows it."""
    desk = await pages.a_desk(language="ar")
    await desk.do(a_post(sources=(a_source(),)), 1)
    await desk.do(RevisePost(correction="خطأ.", headline="جديد"), 1)
    made = atom(feed_of(await pages.page_of(desk))).decode()
    assert '&lt;div dir="rtl"&gt;' in made
    assert "تصحيح، " in made
    text = coverage_text(feed_of(await pages.page_of(desk))).decode()
    assert "مرتقبة. آخر تحديث: " in text
    assert "المصدر: The council (غير مؤكد)" in text


async def test_a_card_says_it_in_its_language() -> None:
    """The date and the word that it is live."""
    desk = await pages.a_desk(language="fr")
    await desk.do(ChangeStatus("live"))
    card = card_of(pages.coverage_of(await pages.page_of(desk)), None, "Dateline")
    assert (card.line, card.live) == ("14 juin 2021", "En direct")


@pytest.mark.parametrize("language", OTHERS)
def test_an_error_is_told_in_one_language(language: str) -> None:
    """Title and words: an error's own are English, and would be half of a page."""
    html = pages.problem("Not Found", "There is no such coverage.", language)
    assert "There is" not in html
    assert language_of(language).gettext("Not found") in html


async def test_the_front_page_offers_each_language() -> None:
    """By its own name, and to search engines."""
    root = read(await pages.front(await pages.a_desk(), "de"))
    link = root.one("nav", class_="languages").one("a")
    assert (link.words, link.attributes["lang"], link.attributes["dir"]) == ("العربية", "ar", "rtl")
    hreflangs = {one.attributes.get("hreflang") for one in root.all("link", rel="alternate")}
    assert hreflangs == {"x-default"}  # an older page of the archive: the newest names the others
