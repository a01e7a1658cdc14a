"""The fragment of a post, as its readers see it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import astuple

from builders import Desk, a_byline, a_paragraph, a_post, a_source, an_image
from dateline.domain import blocks
from dateline.domain.commands import (
    ChangeVerification,
    MarkKeyEvent,
    PinPost,
    RevisePost,
    UnmarkKeyEvent,
    UnpinPost,
    WithdrawPost,
)
from dateline.domain.people import Byline
from dateline.render.files import file_words
from dateline.render.language import language_of
from unit.render.markup import Element
from unit.render.pages import a_desk, fragments, page_of, the_post

pytestmark = pytest.mark.anyio

ANA = Byline("Ana Ruiz", "The Courier", "Brussels")
TOM = Byline("Tom Maes", place="Brussels")
EVA = Byline("Eva Lind", "Radio Nord", "Geneva")
JAN = Byline("Jan Kos")


@pytest.fixture
async def desk() -> Desk:
    return await a_desk()


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ([ANA], "Ana Ruiz, The Courier in Brussels"),
        ([JAN], "Jan Kos"),
        ([ANA, TOM], "Ana Ruiz, The Courier and Tom Maes in Brussels"),
        ([TOM, EVA], "Tom Maes in Brussels and Eva Lind, Radio Nord in Geneva"),
        ([ANA, TOM, EVA], "Ana Ruiz, The Courier, Tom Maes in Brussels and Eva Lind, Radio Nord "
         "in Geneva"),
        ([TOM, EVA, TOM], "Tom Maes in Brussels, Eva Lind, Radio Nord in Geneva and Tom Maes "
         "in Brussels"),
        ([JAN, TOM], "Jan Kos and Tom Maes in Brussels"),
        ([TOM, JAN], "Tom Maes in Brussels and Jan Kos"),
    ],
)  # fmt: skip
async def test_a_byline_reads_as_a_sentence(
    desk: Desk, byline: list[Byline], expected: str
) -> None:
    """Neighbours in one place share it, the order stays, and only the last name has an “and”."""
    await desk.do(a_post(byline=tuple(byline)), 1)
    line = (await the_post(desk)).one("p", class_="byline")
    assert line.words == expected
    assert [name.text for name in line.all("b")] == [person.name for person in byline]


@pytest.mark.parametrize(
    ("zone", "moment", "clock", "day", "full"),
    [
        ("Europe/Brussels", datetime(2021, 6, 14, 15, 40, tzinfo=UTC), "17:40", "14 June 2021",
         "Monday, 14 June 2021, 17:40 CEST"),
        ("Europe/Brussels", datetime(2021, 12, 31, 23, 30, tzinfo=UTC), "00:30", "1 January 2022",
         "Saturday, 1 January 2022, 00:30 CET"),
        ("America/New_York", datetime(2021, 6, 14, 3, 5, tzinfo=UTC), "23:05", "13 June 2021",
         "Sunday, 13 June 2021, 23:05 EDT"),
        ("Asia/Kathmandu", datetime(2021, 3, 1, 0, 0, 59, tzinfo=UTC), "05:45", "1 March 2021",
         "Monday, 1 March 2021, 05:45 +0545"),
        ("Europe/Brussels", datetime(2021, 10, 31, 0, 30, tzinfo=UTC), "02:30", "31 October 2021",
         "Sunday, 31 October 2021, 02:30 CEST"),
        ("Europe/Brussels", datetime(2021, 10, 31, 1, 30, tzinfo=UTC), "02:30", "31 October 2021",
         "Sunday, 31 October 2021, 02:30 CET"),
    ],
)  # fmt: skip
async def test_times_are_of_the_coverage(
    zone: str, moment: datetime, clock: str, day: str, full: str
) -> None:
    """Readers see the clock of the coverage's place, machines the moment in UTC."""
    desk = await a_desk(timezone=zone)
    await desk.do(a_post(occurred_at=moment), 1)
    when = (await the_post(desk)).one("p", class_="when")
    time = when.one("time")
    assert when.words == f"{clock} {day}"
    assert time.attributes["title"] == full
    assert time.attributes["datetime"] == f"{moment:%Y-%m-%dT%H:%M:%S}Z"


async def test_without_a_time_of_its_own_it_is_that_of_publishing(desk: Desk) -> None:
    """A post that does not say when it happened shows when it was published, also when revised."""
    await desk.do(a_post(), 1)
    published = desk.now
    desk.now += timedelta(hours=3)
    await desk.do(RevisePost(headline="New"), 1)
    time = (await the_post(desk)).one("p", class_="when").one("time")
    assert time.attributes["datetime"] == f"{published:%Y-%m-%dT%H:%M:%S}Z"


async def test_every_kind_of_block(desk: Desk) -> None:
    """Each kind shows all its fields, in the order they were written."""
    picture = blocks.Picture("b.webp", "On the steps", "E. Lind", "A group on steps")
    body = (
        a_paragraph("They <strong>came</strong>."),
        blocks.Heading("So far"),
        blocks.List(("One", "Two")),
        blocks.List(("Three",), ordered=True),
        blocks.Quote("We agreed.", "J. Doe", "Chair", blocks.QuoteSource("NATO", "https://n.int")),
        an_image(width=16, height=9),
        blocks.Gallery((picture, picture)),
        blocks.Embed("https://www.example.org/v?a=1&b=2"),
        blocks.Link("https://example.org/text", "All of it"),
        blocks.Link("https://example.org/bare"),
        blocks.File("communique.pdf", "The communiqué"),
    )
    await desk.do(a_post(blocks=body), 1)
    shown = (await the_post(desk)).one("div", class_="what").elements[1:]
    assert [one.tag for one in shown] == [
        "p", "h3", "ul", "ol", "figure", "figure", "div", "p", "p", "p", "p"
    ]  # fmt: skip
    assert [one.words for one in shown] == [
        "They came.", "So far", "OneTwo", "Three", "We agreed.J. Doe, Chair. NATO",
        "The hall T. Maes", "On the steps E. LindOn the steps E. Lind",
        "https://www.example.org/v?a=1&b=2 example.org", "All of it example.org",
        "https://example.org/bare example.org", "The communiqué File",
    ]  # fmt: skip


async def test_a_picture_has_its_two_texts_and_its_size(desk: Desk) -> None:
    """The alt text stands in for it, the caption is for all, and the size holds its place."""
    await desk.do(a_post(blocks=(an_image(width=16, height=9), an_image(width=16))), 1)
    sized, unsized = (await the_post(desk)).all("img")
    assert (sized.attributes["src"], sized.attributes["alt"]) == (
        "/media/hall.webp",
        "An empty hall",
    )
    assert (sized.attributes["width"], sized.attributes["height"]) == ("16", "9")
    assert not {"width", "height"} & set(unsized.attributes)


@pytest.mark.parametrize(
    ("tag", "told", "words"),
    [
        ("en", {"format": "pdf", "size": 240_400, "pages": 3}, "PDF, 3 pages, 240 kB"),
        ("en", {"format": "pdf", "size": 1_440_000, "pages": 1}, "PDF, 1 page, 1.4 MB"),
        ("en", {"format": "csv", "size": 7}, "CSV, 1 kB"),
        ("en", {"format": "text", "size": 999_700}, "Text, 1 MB"),
        ("en", {}, "File"),
        ("de", {"format": "pdf", "size": 1_440_000, "pages": 1200}, "PDF, 1.200 Seiten, 1,4 MB"),
        ("fr", {"format": "csv", "size": 52_000_000}, "CSV, 52 Mo"),
        (
            "ar",
            {"format": "pdf", "size": 240_000, "pages": 3},
            "\u2068PDF\u2069، 3 صفحات، 240 كيلوبايت",
        ),
    ],
)
def test_a_file_says_what_it_is(tag: str, told: dict[str, Any], words: str) -> None:
    """Readers see kind, pages and size before they take it away, as their language writes them."""
    file = blocks.File("a.pdf", "The ruling", **told)
    assert file_words(file, language_of(tag)).replace("\u202f", " ") == words


async def test_links_lead_where_they_say(desk: Desk) -> None:
    """Addresses arrive as they were given, and hand on neither rank nor window."""
    body = (
        a_paragraph('<a href="https://example.org/?a=1&amp;b=2">here</a>'),
        blocks.Embed("https://example.org/?a=1&b=2"),
        blocks.File("all.pdf", "All of it"),
    )
    await desk.do(a_post(blocks=body), 1)
    inline, embed, file = (await the_post(desk)).one("div", class_="what").all("a")
    assert inline.attributes == embed.attributes == {
        "href": "https://example.org/?a=1&b=2",
        "rel": "noopener nofollow",
    }  # fmt: skip
    assert file.attributes == {"href": "/media/all.pdf"}


async def test_marks_are_said_in_words_and_for_the_script(desk: Desk) -> None:
    """Pinned and key events say so, and stop when the mark is taken off."""
    await desk.do(a_post(headline="A"), 1)
    for on, off, words, attribute in (
        (PinPost(), UnpinPost(), "Pinned", "data-pinned"),
        (MarkKeyEvent(), UnmarkKeyEvent(), "Key event", "data-key"),
    ):
        await desk.do(on, 1)
        article = await the_post(desk)
        assert attribute in article.attributes
        assert words in article.words
        await desk.do(off, 1)
        article = await the_post(desk)
        assert attribute not in article.attributes
        assert words not in article.words


async def test_a_correction_says_when_and_what(desk: Desk) -> None:
    """Each correction has its note and its time, and its day where it is another one."""
    await desk.do(a_post(occurred_at=datetime(2021, 6, 14, 11, 0, tzinfo=UTC)), 1)
    await desk.do(RevisePost(headline="Thirty", correction="It was thirty."), 1)
    desk.now = datetime(2021, 6, 15, 6, 29, 59, tzinfo=UTC)
    await desk.do(RevisePost(correction="It was today."), 1)
    article = await the_post(desk)
    assert [note.words for note in article.all("p", class_="correction")] == [
        "Correction, 14:00: It was thirty. What changed",
        "Correction, 15 June 2021, 08:30: It was today. What changed",
    ]
    assert article.attributes["data-revision"] == "3"


async def test_a_withdrawn_post_is_a_notice(desk: Desk) -> None:
    """The reason and the time take the place of all words, marks and corrections."""
    await desk.do(a_post("secret", headline="secret", key=True, pinned=True, topics=("secret",)), 1)
    await desk.do(RevisePost(correction="secret"), 1)
    desk.now = datetime(2021, 6, 14, 15, 39, 59, tzinfo=UTC)
    await desk.do(WithdrawPost("It was about another summit."), 1)
    article = await the_post(desk)
    assert article.one("div", class_="what").words == (
        "This update was withdrawn at 17:40: It was about another summit."
    )
    assert "secret" not in article.text
    assert not {"data-key", "data-pinned"} & set(article.attributes)
    assert "post-withdrawn" in article.attributes["class"]


async def test_sources_say_how_far_they_are_trusted(desk: Desk) -> None:
    """What is unconfirmed or wrong says so at the source; what is unconfirmed also at the top."""
    sources = (
        a_source(name="A", url="https://a.org", verification="confirmed"),
        a_source(name="B", verification="wrong"),
        a_source(name="C"),
    )
    await desk.do(a_post(headline="It begins", sources=sources), 1)
    article = await the_post(desk)
    assert article.one("p", class_="sources").words == "Sources A, B wrong, C unconfirmed"
    assert article.one("h2").words == "It begins Unconfirmed"
    await desk.do(ChangeVerification("confirmed", "C"), 1)
    article = await the_post(desk)
    assert article.one("p", class_="sources").words == "Sources A, B wrong, C"
    assert article.one("h2").words == "It begins"


async def test_without_a_headline_it_says_unconfirmed_all_the_same(desk: Desk) -> None:
    """A post without a headline has no empty one, and is named by its time."""
    await desk.do(a_post(sources=(a_source(),)), 1)
    article = await the_post(desk)
    assert article.all("h2") == []
    assert article.one("p", class_="kicker").words == "Unconfirmed"
    assert article.one("p", class_="sources").words == "Source The council unconfirmed"
    assert named_by(article).tag == "time"
    await desk.do(RevisePost(headline="A"), 1)
    article = await the_post(desk)
    assert named_by(article) is article.one("h2")


def named_by(article: Element) -> Element:
    return article.one(id_=article.attributes["aria-labelledby"])


async def test_another_language_is_declared(desk: Desk) -> None:
    """A post that is not in the coverage's language says so to screen readers; others don't."""
    await desk.do(a_post(language="fr"), 1)
    assert (await the_post(desk)).one("div", class_="what").attributes["lang"] == "fr"
    for command in (RevisePost(language=None), RevisePost(language="en")):
        await desk.do(command, 1)
        assert not [one for one in await the_post(desk) if "lang" in one.attributes]


async def test_it_depends_on_nothing_around_it(desk: Desk) -> None:
    """Neither other posts nor the coverage's title or status change a byte of a fragment."""
    await desk.do(a_post(byline=(a_byline(),)), 1)
    page = await page_of(desk)
    (before,) = fragments(page, list(page.posts()))
    other = await a_desk(title="Another", summary="Words.")
    other.now = desk.now - timedelta(seconds=1)
    await other.do(a_post(), 1)
    await other.do(a_post(pinned=True), 2)
    page = await page_of(other)
    assert fragments(page, list(page.posts()))[0] == before


async def test_a_picture_with_renditions(desk: Desk) -> None:
    """The browser is offered each format in each width, the smallest format first, with the size
    that keeps its place."""
    one = blocks.Picture("a1b2-960.jpg", "The hall", "T. Maes", "Empty", 960, 640, (480, 960))
    image = blocks.Image(*astuple(one))
    await desk.do(a_post(blocks=(image, blocks.Gallery((one,)))), 1)
    shown = await the_post(desk)
    for figure in shown.all("figure", class_="picture"):
        avif, webp = figure.all("source")
        assert avif.attributes["srcset"] == "/media/a1b2-480.avif 480w, /media/a1b2-960.avif 960w"
        assert (avif.attributes["type"], webp.attributes["type"]) == ("image/avif", "image/webp")
        img = figure.one("picture").one("img")
        assert img.attributes["src"] == "/media/a1b2-960.jpg"
        assert img.attributes["srcset"] == "/media/a1b2-480.jpg 480w, /media/a1b2-960.jpg 960w"
        assert (img.attributes["width"], img.attributes["height"], img.attributes["loading"]) == (
            "960",
            "640",
            "lazy",
        )


async def test_a_picture_without_renditions(desk: Desk) -> None:
    """A file that was put there by hand is shown as it is, and so is every picture of old posts."""
    await desk.do(a_post(blocks=(an_image(),)), 1)
    figure = (await the_post(desk)).one("figure", class_="picture")
    assert not figure.all("picture")
    assert not figure.all("source")
    assert figure.one("img").attributes["src"] == "/media/hall.webp"
    assert "srcset" not in figure.one("img").attributes
