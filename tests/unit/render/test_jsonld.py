"""What machines read of a page: whole, true, and shut in its element."""

import json
from typing import Any

import pytest

from builders import Desk, a_byline, a_paragraph, a_post, a_post_id, an_image
from dateline.domain.commands import ChangeStatus, DescribeCoverage, RevisePost, WithdrawPost
from dateline.render.jsonld import live_blog
from unit.render import pages
from unit.render.markup import read

pytestmark = pytest.mark.anyio
ORIGIN = "https://news.example"
HOSTILE = [
    "</script><!--",
    "</ScRiPt ><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>&lt;/script&gt;&amp;",
    "a\u2028b\u2029c",
    '"\\"',
]


async def raw(desk: Desk) -> str:
    page = await pages.page_of(desk)
    coverage = pages.coverage_of(page)
    posts = page.stream(limit=100)
    return live_blog(
        coverage, posts, origin=ORIGIN, newsroom="The Lantern", updated_at=page.updated_at
    )


async def data(desk: Desk) -> dict[str, Any]:
    return dict(json.loads(await raw(desk)))


@pytest.fixture
async def desk() -> Desk:
    return await pages.a_desk(summary="Two days.")


async def test_the_coverage(desk: Desk) -> None:
    """A live blog says what it is about, where it stands, and when it was live from and to."""
    made = await data(desk)
    assert made["@context"] == "https://schema.org"
    assert made["@type"] == "LiveBlogPosting"
    assert (made["headline"], made["description"]) == ("The summit", "Two days.")
    assert made["url"] == f"{ORIGIN}/live/summit"
    assert made["datePublished"] == "2021-06-14T12:00:01Z"
    assert made["publisher"]["name"] == "The Lantern"
    assert not {"coverageStartTime", "coverageEndTime"} & set(made)
    times = []
    for change in (ChangeStatus("live"), ChangeStatus("ended"), DescribeCoverage(title="Over")):
        await desk.do(change)
        made = await data(desk)
        times.append((made["coverageStartTime"], made.get("coverageEndTime")))
    start, end = "2021-06-14T12:00:02Z", "2021-06-14T12:00:03Z"
    assert times == [(start, None), (start, end), (start, end)]


async def test_a_post(desk: Desk) -> None:
    """An update has its words without markup, its people, place, pictures and own address."""
    await desk.do(
        a_post(
            headline="They arrive",
            blocks=(a_paragraph("They <b>came</b> &amp; went."), an_image(width=16, height=9)),
            byline=(a_byline(),),
        ),
        1,
    )
    (post,) = (await data(desk))["liveBlogUpdate"]
    assert post["@type"] == "BlogPosting"
    assert post["url"] == f"{ORIGIN}/live/summit/p/{a_post_id(1)}"
    assert post["headline"] == "They arrive"
    assert post["articleBody"] == "They came & went.\nThe hall (T. Maes)"
    assert post["author"] == [
        {
            "@type": "Person",
            "name": "Ana Silva",
            "affiliation": {"@type": "Organization", "name": "Dateline"},
        }
    ]
    assert post["contentLocation"] == [{"@type": "Place", "name": "Brussels"}]
    (image,) = post["image"]
    assert image["contentUrl"] == f"{ORIGIN}/media/hall.webp"
    assert (image["caption"], image["creditText"]) == ("The hall", "T. Maes")


async def test_a_correction(desk: Desk) -> None:
    """A correction is told with its note and its time."""
    await desk.do(a_post("Nine."), 1)
    await desk.do(RevisePost(blocks=(a_paragraph("Ten."),), correction="Not nine."), 1, seen=1)
    (post,) = (await data(desk))["liveBlogUpdate"]
    assert post["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Not nine.",
            "datePublished": "2021-06-14T12:00:03Z",
        }
    ]
    assert post["dateModified"] == "2021-06-14T12:00:03Z"
    assert post["headline"] == "Ten."


async def test_a_withdrawn_post(desk: Desk) -> None:
    """Of a withdrawn update machines get no word, only that it was withdrawn and why."""
    await desk.do(a_post("secret", headline="secret", blocks=(an_image(caption="secret"),)), 1)
    await desk.do(WithdrawPost(reason="It was not so."), 1)
    assert "secret" not in await raw(desk)
    (post,) = (await data(desk))["liveBlogUpdate"]
    assert post["headline"] == "This update was withdrawn"
    assert post["articleBody"] == "It was not so."


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_text_closes_the_element(text: str) -> None:
    """Whatever somebody wrote, the element ends where the page ends it, and the text is whole."""
    desk = await pages.a_desk(title=f"x {text}")
    await desk.do(a_post(headline=f"y {text}"), 1)
    made = await raw(desk)
    assert not set("<>&\u2028\u2029") & set(made)
    page = await pages.page_of(desk)
    html = pages.live(page, origin=ORIGIN)
    element = read(html).one("script", type="application/ld+json")
    (inside,) = element.children
    shown = json.loads(str(inside))
    assert shown["headline"] == f"x {text}"
    assert shown["liveBlogUpdate"][0]["headline"] == f"y {text}"
