"""The pages around the posts."""

import pytest

from builders import Desk, a_post, a_post_id, an_image
from dateline.domain.commands import ChangeStatus, RedactPost
from unit.render import pages
from unit.render.markup import Element, read

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk() -> Desk:
    return await pages.a_desk(summary="Two days.")


async def live(desk: Desk, **changes: object) -> Element:
    return read(pages.live(await pages.page_of(desk), **changes))


async def test_fragments_stand_in_the_page_with_the_same_bytes(desk: Desk) -> None:
    """What stream and delta carry is found in the page byte for byte."""
    await desk.do(a_post("One & “two”", headline="A", pinned=True), 1)
    await desk.do(a_post("Three"), 2)
    page = await pages.page_of(desk)
    for fragment in pages.fragments(page, list(page.posts())):
        assert fragment in pages.live(page)


async def test_an_empty_coverage_is_complete(desk: Desk) -> None:
    """Before the first post the page says what will come; after the end, that nothing did."""
    root = await live(desk)
    assert root.one("h1").words == "The summit"
    assert root.one("p", class_="summary").words == "Two days."
    assert root.one(id_="empty").words == "The first update will appear here."
    assert "hidden" in root.one("nav", id_="keys").attributes
    assert root.all("article") == []
    await desk.do(ChangeStatus("ended"))
    assert (await live(desk)).one(id_="empty").words == "Nothing was published in this coverage."


async def test_it_is_empty_again_after_a_takedown(desk: Desk) -> None:
    """A page whose only post was taken down shows nothing of it."""
    await desk.do(a_post("secret", headline="secret", key=True), 1)
    await desk.do(RedactPost(), 1)
    root = await live(desk)
    assert root.one(id_="empty")
    assert a_post_id(1) not in pages.live(await pages.page_of(desk))
    assert (root.one("main").attributes["data-seq"], root.one("main").attributes["data-epoch"]) == (
        "3",
        "3",
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [("scheduled", "Scheduled"), ("live", "Live"), ("paused", "Paused"), ("ended", "Ended")],
)
async def test_the_head_says_the_status(desk: Desk, status: str, words: str) -> None:
    """Each status is a word for readers and a value for the script, in page and head alike."""
    await desk.do(ChangeStatus(status))  # type: ignore[arg-type]
    root = await live(desk)
    assert root.one("strong", class_="status").words == words
    assert root.one("main").attributes["data-status"] == status
    assert root.one("header", id_="coverage-head").attributes["data-status"] == status


async def test_key_events_are_a_list_of_links(desk: Desk) -> None:
    """The rail leads to each key event's own address, newest first."""
    await desk.do(a_post(headline="One", key=True), 1)
    await desk.do(a_post(headline="Two", key=True, pinned=True), 2)
    rail = (await live(desk)).one("nav", id_="keys")
    assert "hidden" not in rail.attributes
    assert [link.attributes["href"] for link in rail.all("a")] == [
        f"/live/summit/p/{a_post_id(2)}",
        f"/live/summit/p/{a_post_id(1)}",
    ]
    assert [link.one("span").words for link in rail.all("a")] == ["Two", "One"]


async def test_pinned_posts_stand_apart(desk: Desk) -> None:
    """A pinned post is at the top and not in the stream as well."""
    await desk.do(a_post(pinned=True), 1)
    await desk.do(a_post(), 2)
    root = await live(desk)
    for place, number in (("pinned", 1), ("stream", 2)):
        (article,) = root.one("section", id_=place).all("article")
        assert article.attributes["id"] == f"p-{a_post_id(number)}"


async def test_older_pages_lead_both_ways(desk: Desk) -> None:
    """An older page says that it is one, and has links to what is older, newer and newest."""
    await desk.do(a_post(), 1)
    root = read(pages.older(await pages.page_of(desk)))
    assert root.one("main").attributes["data-head"] == "0"
    assert root.one("a", rel="next").attributes["href"] == "/live/summit?before=2"
    assert root.one("a", rel="prev").attributes["href"] == "/live/summit"
    assert root.one("p", class_="notice").words == "These are earlier updates. See the latest"


async def test_a_posts_page_leads_to_the_post(desk: Desk) -> None:
    """The page of a post's address names the post, and links to where it stands."""
    await desk.do(a_post(), 1)
    page = await pages.page_of(desk)
    (post,) = page.posts()
    root = read(pages.around(page, post))
    assert root.one("main").attributes["data-focus"] == post.id
    target = root.one("p", class_="notice").all("a")[0].attributes["href"].removeprefix("#")
    assert root.one("article", id_=target)


async def test_ids_are_unique(desk: Desk) -> None:
    """No two elements of a page share an id: links and labels lead to one place."""
    for number in range(1, 4):
        await desk.do(a_post(headline="A", key=True, pinned=number == 2), number)
    ids = [one.attributes["id"] for one in await live(desk) if "id" in one.attributes]
    assert len(ids) == len(set(ids))


async def test_the_page_is_in_its_language() -> None:
    """Page and front page declare the language that the coverage is written in."""
    desk = await pages.a_desk(language="pt-BR")
    assert (await live(desk)).one("html").attributes["lang"] == "pt-BR"
    root = read(await pages.front(desk))
    assert root.one("html").attributes["lang"] == "en"
    assert {one.attributes["lang"] for one in root.all("h3")} == {"pt-BR"}


async def test_the_front_page_tells_the_lists_apart(desk: Desk) -> None:
    """Live coverage, what comes and what was each have their place; empty ones leave none."""
    await desk.do(a_post(), 1)
    root = read(await pages.front(desk))
    assert [one.words for one in root.all("h2")] == ["Live now", "Coming up", "Earlier coverage"]
    assert [one.one("a").attributes["href"] for one in root.all("h3")] == ["/live/summit"] * 3
    assert {one.words for one in root.all("span", class_="count")} == {"1 update"}
    assert root.one("a", rel="next").attributes["href"] == "/?archive=50"


def test_a_problem_is_a_page() -> None:
    """An error says what happened and leads back to the front."""
    root = read(pages.problem("Not found", "There is no such coverage."))
    assert root.one("h1").words == "Not found"
    assert root.one("p", class_="summary").words == "There is no such coverage."
    assert root.one("main").one("a").attributes["href"] == "/"


async def test_the_picture_on_top_is_fetched_at_once(desk: Desk) -> None:
    """Where the page begins with a picture its head asks for it; the fragments stay what they are,
    and no other picture is hurried."""
    await desk.do(a_post(blocks=(an_image(media=pages.EDITION.media),)), 1)
    (hint,) = _preloaded(await _shown(desk))
    assert hint.attributes["type"] == "image/avif"
    (source,) = (await _shown(desk)).all("source", type="image/avif")
    assert hint.attributes["imagesrcset"] == source.attributes["srcset"]
    assert hint.attributes["imagesizes"] == source.attributes["sizes"]
    await desk.do(a_post(blocks=(an_image(),)), 2)
    (hint,) = _preloaded(await _shown(desk))
    assert hint.attributes["href"] == "/media/hall.webp"
    await desk.do(a_post("No picture."), 3)
    assert _preloaded(await _shown(desk)) == []


async def _shown(desk: Desk) -> Element:
    page = await pages.page_of(desk)
    return await live(desk, updates=page.listed(before=page.seq + 1, limit=9))


def _preloaded(page: Element) -> list[Element]:
    links = page.all("link", rel="preload")
    return [one for one in links if one.attributes["as"] == "image"]
