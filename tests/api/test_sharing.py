"""What other sites see of a coverage and of its updates: cards, data, oEmbed."""

import json
from typing import Any

import pytest

from unit.render.markup import Element, read

from .newsroom import Coverage, Newsroom

PICTURE = {
    "type": "image",
    "media": "dike.webp",
    "caption": "The dike",
    "credit": "T. Maes",
    "alt": "A dike",
    "width": 1600,
    "height": 900,
}


def head(newsroom: Newsroom, path: str, **headers: str) -> Element:
    answer = newsroom.get(path, **headers)
    assert answer.status_code == 200
    return read(answer.text).one("head")


def meta(page: Element) -> dict[str, str]:
    found = [one.attributes for one in page.all("meta")]
    return {
        one.get("property") or one["name"]: one["content"]
        for one in found
        if "property" in one or "name" in one
    }


def origin(newsroom: Newsroom) -> str:
    return str(newsroom.client.base_url).rstrip("/")


def embed(newsroom: Newsroom, url: str, **query: str) -> Any:
    return newsroom.client.get("/oembed", params={"url": url, **query})


def test_a_coverage(newsroom: Newsroom) -> None:
    """A coverage's card has title, summary and its whole address."""
    coverage = newsroom.open(summary="Trees & roofs.")
    page = head(newsroom, f"/live/{coverage.slug}")
    url = f"{origin(newsroom)}/live/{coverage.slug}"
    card = meta(page)
    assert (card["og:title"], card["og:description"]) == ("Storm over Ghent", "Trees & roofs.")
    assert card["og:url"] == page.one("link", rel="canonical").attributes["href"] == url
    assert card["twitter:card"] == "summary_large_image"
    assert card["og:image"] == f"{url}/card.png"
    assert (card["og:image:width"], card["og:image:height"]) == ("1200", "630")


def test_an_update(newsroom: Newsroom, coverage: Coverage) -> None:
    """Where an update's address leads, the card is the update's, with its first picture."""
    post = coverage.publish(
        headline="The dike holds",
        blocks=[{"type": "paragraph", "html": "It <b>holds</b>."}, PICTURE],
    )["id"]
    url = f"{origin(newsroom)}/live/{coverage.slug}"
    page = head(newsroom, f"/live/{coverage.slug}?at-post={post}")
    card = meta(page)
    assert card["og:title"] == "The dike holds"
    assert card["og:description"].startswith("It holds.")
    assert card["og:url"] == f"{url}/p/{post}"
    assert card["og:image"] == f"{origin(newsroom)}/media/dike.webp"
    assert card["og:image:alt"] == "A dike"
    assert card["twitter:card"] == "summary_large_image"
    assert card["article:published_time"] <= card["article:modified_time"]
    assert page.one("link", rel="canonical").attributes["href"] == url


def test_an_update_without_headline(newsroom: Newsroom, coverage: Coverage) -> None:
    """Without a headline the first words are the title."""
    long = "The water rises. " * 20
    post = coverage.publish(blocks=[{"type": "paragraph", "html": long}])["id"]
    title = meta(head(newsroom, f"/live/{coverage.slug}?at-post={post}"))["og:title"]
    assert title.startswith("The water rises.")
    assert title.endswith("…")
    assert len(title) <= 90


def test_a_withdrawn_update(newsroom: Newsroom, coverage: Coverage) -> None:
    """The card of a withdrawn update has none of its words and no picture."""
    post = coverage.publish(headline="secret", blocks=[PICTURE | {"alt": "secret"}])["id"]
    coverage.act(post, "withdraw", {"reason": "Not so."})
    card = meta(head(newsroom, f"/live/{coverage.slug}?at-post={post}"))
    assert card["og:title"] == "This update was withdrawn"
    assert card["og:description"] == "Not so."
    assert not [value for value in card.values() if "secret" in value or "dike" in value]


def test_data_for_machines(newsroom: Newsroom, coverage: Coverage) -> None:
    """The page holds its updates as one JSON document, hostile words and all."""
    hostile = "</script><!-- <script>"
    post = coverage.publish(headline=hostile)["id"]
    page = read(newsroom.get(f"/live/{coverage.slug}").text)
    (inside,) = page.one("script", type="application/ld+json").children
    data = json.loads(str(inside))
    assert data["@type"] == "LiveBlogPosting"
    (update,) = data["liveBlogUpdate"]
    assert update["headline"] == hostile
    assert update["url"] == f"{origin(newsroom)}/live/{coverage.slug}/p/{post}"


def test_nobody_names_the_site_for_others(newsroom: Newsroom, coverage: Coverage) -> None:
    """Who asks under another name gets that name; who asks after them does not."""
    path = f"/live/{coverage.slug}"
    assert meta(head(newsroom, path, host="evil.example"))["og:url"] == f"http://evil.example{path}"
    ours = meta(head(newsroom, path))["og:url"]
    assert ours == f"{origin(newsroom)}{path}"
    # No host that could be ours: the page is there all the same, with addresses that have none.
    assert meta(head(newsroom, path, host="my_app:80"))["og:url"] == path


def test_oembed(newsroom: Newsroom, coverage: Coverage) -> None:
    """The page names its oEmbed, which tells title, author and provider."""
    post = coverage.publish(headline="The dike holds")["id"]
    page = head(newsroom, f"/live/{coverage.slug}?at-post={post}")
    link = page.one("link", type="application/json+oembed").attributes["href"]
    answer = newsroom.get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "version": "1.0",
        "type": "rich",
        "html": answer.json()["html"],
        "width": 600,
        "height": 400,
        "title": "The dike holds",
        "author_name": "Ada Peeters",
        "provider_name": "Dateline",
        "provider_url": f"{origin(newsroom)}/",
        "cache_age": 300,
    }


def test_oembed_of_an_update(newsroom: Newsroom, coverage: Coverage) -> None:
    """An update's address is answered with a frame of that update alone, also once withdrawn."""
    coverage.publish(headline="Another")
    post = coverage.publish(headline="The dike <holds>")["id"]
    url = f"{origin(newsroom)}/live/{coverage.slug}/p/{post}"
    told = embed(newsroom, url, maxwidth="320", maxheight="200").json()
    assert (told["type"], told["width"], told["height"]) == ("rich", 320, 200)
    frame = read(told["html"]).one("iframe").attributes
    assert frame["title"] == "The dike <holds>"
    assert frame["src"] == f"{origin(newsroom)}/embed/{coverage.slug}?post={post}"
    shown = newsroom.get(frame["src"]).text
    assert shown.count("<article ") == 1
    assert f'id="p-{post}"' in shown
    coverage.act(post, "withdraw", {"reason": "It broke"})
    told = embed(newsroom, url).json()
    assert "holds" not in told["html"] + told["title"]
    assert "It broke" in newsroom.get(frame["src"]).text


def test_oembed_of_a_coverage(newsroom: Newsroom, coverage: Coverage) -> None:
    """A coverage's address is answered with a frame that shows it, in the room that there is."""
    url = f"{origin(newsroom)}/live/{coverage.slug}"
    told = embed(newsroom, url, format="json").json()
    assert (told["type"], told["title"]) == ("rich", "Storm over Ghent")
    assert (told["width"], told["height"]) == (600, 800)
    frame = read(told["html"]).one("iframe").attributes
    assert frame["src"] == f"{origin(newsroom)}/embed/{coverage.slug}"
    assert frame["title"] == "Storm over Ghent"
    told = embed(newsroom, url, maxwidth="400", maxheight="9000").json()
    assert (told["width"], told["height"]) == (400, 800)
    assert embed(newsroom, url, maxwidth="wide").status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        "{origin}/",
        "{origin}/live/nothing",
        "{origin}/live/{slug}/p/nothing",
        "{origin}/live/{slug}/stream",
        "https://other.example/live/{slug}",
        "javascript:alert(1)",
        "http://[",
    ],
)
def test_oembed_of_what_is_not_here(newsroom: Newsroom, coverage: Coverage, url: str) -> None:
    """An address that is none of a coverage or an update here is 404."""
    asked = url.format(origin=origin(newsroom), slug=coverage.slug)
    assert embed(newsroom, asked).status_code == 404


def test_oembed_after_a_takedown(newsroom: Newsroom, coverage: Coverage) -> None:
    """An update that was taken down is gone here as elsewhere."""
    post = coverage.publish(headline="secret")["id"]
    coverage.act(post, "redact")
    url = f"{origin(newsroom)}/live/{coverage.slug}/p/{post}"
    assert embed(newsroom, url).status_code == 410


def test_oembed_formats(newsroom: Newsroom, coverage: Coverage) -> None:
    """XML is not implemented, and says so; without an address there is nothing to tell."""
    url = f"{origin(newsroom)}/live/{coverage.slug}"
    assert embed(newsroom, url, format="xml").status_code == 501
    assert newsroom.get("/oembed").status_code == 400
