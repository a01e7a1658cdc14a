"""The feeds of a coverage: valid by their standards, safe, and true to what happened to a post."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import msgspec
import pytest
from msgspec.structs import astuple

from builders import (
    NOW,
    Desk,
    a_byline,
    a_paragraph,
    a_post,
    a_post_id,
    a_source,
    an_image,
)
from dateline.domain import blocks
from dateline.domain.commands import (
    PinPost,
    RedactPost,
    RevisePost,
    WithdrawPost,
)
from dateline.projections.front import FrontProjection
from dateline.render import sitemap
from dateline.render.entries import Feed
from dateline.render.feeds import atom, json_feed, rss
from dateline.render.ninjs import ninjs
from dateline.render.text import coverage_text
from unit.render.markup import read
from unit.render.pages import a_desk, coverage_of, page_of
from unit.render.payloads import ADDRESSES, TEXTS

pytestmark = pytest.mark.anyio

ORIGIN = "https://live.example.org"
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
WRITERS: list[Callable[[Feed], bytes]] = [atom, rss, json_feed, ninjs, coverage_text]
NINJS = {
    "uri", "type", "name", "standard", "representationType", "version", "firstCreated",
    "versionCreated", "pubStatus", "language", "title", "headlines", "descriptions", "bodies", "by",
    "located", "subjects", "infoSources", "renditions", "associations",
}  # fmt: skip
# The first of each is needed.
NINJS_PARTS = {
    "headlines": ("value", "role", "contentType"),
    "descriptions": ("value", "role", "contentType"),
    "bodies": ("value", "role", "contentType"),
    "subjects": ("name", "uri"),
    "infoSources": ("name", "uri"),
    "renditions": ("name", "href", "contentType", "width", "height"),
}
PICTURES = blocks.Gallery(
    (
        blocks.Picture("a.webp", caption="A hall", credit="T. Maes", alt="Empty"),
        blocks.Picture("b.webp", caption="A hall", credit="T. Maes", alt="Full", width=8, height=4),
    )
)


@pytest.fixture
async def desk() -> Desk:
    return await a_desk(summary="Two days.")


async def feed_of(desk: Desk, topic: str | None = None) -> Feed:
    page = await page_of(desk)
    posts = page.listed(before=page.seq + 1, limit=100)
    return Feed(coverage_of(page), posts, page.redacted(limit=100), ORIGIN, topic)


def moment(text: str) -> datetime:
    assert RFC3339.fullmatch(text), text
    return datetime.fromisoformat(text)


def words(element: Element, path: str) -> str:
    (found,) = element.findall(path, NAMES)
    assert found.text
    return found.text


def entries(feed: Feed) -> list[dict[str, Any]]:
    """The same of each entry, out of the formats that have entries."""
    in_atom = [
        {
            "id": words(one, "a:id"),
            "title": words(one, "a:title"),
            "published": moment(words(one, "a:published")),
            "updated": moment(words(one, "a:updated")),
            "html": words(one, "a:content[@type='html']"),
            "url": one.find("a:link[@rel='alternate']", NAMES).get("href"),  # type: ignore[union-attr]
            "authors": [author.text for author in one.findall("a:author/a:name", NAMES)],
            "topics": [topic.get("term") for topic in one.findall("a:category", NAMES)],
        }
        for one in fromstring(atom(feed)).findall("a:entry", NAMES)
    ]
    in_rss = [
        {
            "id": words(one, "guid[@isPermaLink='false']"),
            "title": words(one, "title"),
            "published": parsedate_to_datetime(words(one, "pubDate")),
            "updated": moment(words(one, "a:updated")),
            "html": words(one, "content:encoded"),
            "url": words(one, "link"),
            "authors": [author.text for author in one.findall("dc:creator", NAMES)],
            "topics": [topic.text for topic in one.findall("category", NAMES)],
        }
        for one in fromstring(rss(feed)).findall("channel/item")
    ]
    in_json = [
        {
            "id": one["id"],
            "title": one["title"],
            "published": moment(one["date_published"]),
            "updated": moment(one["date_modified"]),
            "html": one["content_html"],
            "url": one["url"],
            "authors": [author["name"] for author in one.get("authors", [])],
            "topics": one.get("tags", []),
        }
        for one in msgspec.json.decode(json_feed(feed))["items"]
    ]
    assert in_atom == in_json
    for one, other in zip(in_rss, in_atom, strict=True):
        # To the second: the dates of RSS have no more.
        assert one == other | {"published": other["published"].replace(microsecond=0)}
    return in_atom


async def test_an_entry_says_all_of_its_post(desk: Desk) -> None:
    """Id, title, times, names, topics and address are the same in Atom, RSS and JSON Feed."""
    await desk.do(
        a_post(
            "They <em>came</em>.",
            headline="At ten",
            byline=(a_byline(), a_byline(name="Tom Maes")),
            topics=("NATO", "Security & defence"),
            occurred_at=NOW - timedelta(hours=1),
        ),
        1,
    )
    (entry,) = entries(await feed_of(desk))
    assert entry == {
        "id": f"urn:uuid:{a_post_id(1)}",
        "title": "At ten",
        "published": desk.now,
        "updated": desk.now,
        "html": entry["html"],
        "url": f"{ORIGIN}/live/summit/p/{a_post_id(1)}",
        "authors": ["Ana Silva", "Tom Maes"],
        "topics": ["NATO", "Security & defence"],
    }
    assert "They <em>came</em>." in entry["html"]


async def test_atom_has_what_it_must(desk: Desk) -> None:
    """RFC 4287: one id, title, updated and self link, an author for entries that have none."""
    await desk.do(a_post(), 1)
    root = fromstring(atom(await feed_of(desk)))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert words(root, "a:id") == f"{ORIGIN}/live/summit/feed.atom"
    assert words(root, "a:title") == "The summit"
    assert words(root, "a:subtitle") == "Two days."
    assert moment(words(root, "a:updated")) == desk.now
    assert words(root, "a:author/a:name") == "Dateline"
    assert {one.get("rel"): one.get("href") for one in root.findall("a:link", NAMES)} == {
        "self": f"{ORIGIN}/live/summit/feed.atom",
        "alternate": f"{ORIGIN}/live/summit",
    }


async def test_rss_has_what_it_must(desk: Desk) -> None:
    """RSS 2.0: title, link and description of the channel, a self link, dates of RFC 822."""
    await desk.do(a_post("One &amp; 1 &lt; 2."), 1)
    root = fromstring(rss(await feed_of(desk)))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert words(channel, "title") == "The summit"
    assert words(channel, "link") == f"{ORIGIN}/live/summit"
    assert words(channel, "description") == "Two days."
    assert words(channel, "language") == "en"
    assert words(channel, "lastBuildDate") == "Mon, 14 Jun 2021 12:00:02 GMT"
    (link,) = channel.findall("a:link[@rel='self']", NAMES)
    assert link.get("href") == f"{ORIGIN}/live/summit/feed.rss"
    # It is HTML for whoever reads it.
    assert words(channel, "item/description") == "One &amp; 1 &lt; 2."


async def test_json_feed_has_what_it_must(desk: Desk) -> None:
    """JSON Feed 1.1: its version, addresses and authors, and the first picture of a post."""
    await desk.do(a_post(blocks=(PICTURES,)), 1)
    made = msgspec.json.decode(json_feed(await feed_of(desk)))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert made["feed_url"] == f"{ORIGIN}/live/summit/feed.json"
    assert made["home_page_url"] == f"{ORIGIN}/live/summit"
    assert made["description"] == "Two days."
    assert made["authors"] == [{"name": "Dateline"}]
    assert made["items"][0]["image"] == f"{ORIGIN}/media/a.webp"


def check_ninjs(item: dict[str, Any], *, name: bool) -> None:
    """Nothing but what the standard's schema names, which forbids all else."""
    assert set(item) <= NINJS
    assert ("name" in item) == name, "associated items have one, and no other"
    assert re.match(r"(https?://|urn:uuid:)[!-~]+\Z", item["uri"])
    for group, names in NINJS_PARTS.items():
        for part in item.get(group, []):
            assert names[0] in part
            assert set(part) <= set(names)
    for associated in item.get("associations", []):
        check_ninjs(associated, name=True)


async def test_ninjs_is_one_composite_item(desk: Desk) -> None:
    """ninjs 3.0: the coverage with its posts as associated items, and their pictures in these."""
    content = {"headline": "At ten", "topics": ("NATO",), "sources": (a_source(),)}
    await desk.do(a_post(blocks=(a_paragraph("They came."), PICTURES), **content), 1)
    await desk.do(a_post("Wrong."), 2)
    await desk.do(WithdrawPost("It was a drill."), 2)
    made = msgspec.json.decode(ninjs(await feed_of(desk)))
    assert (made["type"], made["standard"]["version"]) == ("composite", "3.0")
    assert made["descriptions"] == [{"value": "Two days.", "role": "summary"}]
    check_ninjs(made, name=False)
    withdrawn, post = made["associations"]
    assert withdrawn["pubStatus"] == "canceled"
    assert {body["contentType"]: body["value"] for body in withdrawn["bodies"]} == {
        "text/html": "<p>This update was withdrawn: It was a drill.</p>",
        "text/plain": "This update was withdrawn: It was a drill.",
    }
    assert not {"headlines", "by", "located", "subjects", "infoSources"} & set(withdrawn)
    assert post["uri"] == f"urn:uuid:{a_post_id(1)}"
    assert (post["pubStatus"], post["version"]) == ("usable", "1")
    assert moment(post["versionCreated"]) == desk.now - timedelta(seconds=2)
    assert post["headlines"] == [{"value": "At ten", "role": "main"}]
    assert (post["by"], post["located"]) == ("Ana Silva, Dateline in Brussels", "Brussels")
    assert post["subjects"] == [{"name": "NATO"}]
    assert post["infoSources"] == [{"name": "The council"}]
    assert [picture["renditions"] for picture in post["associations"]] == [
        [{"name": "main", "href": f"{ORIGIN}/media/a.webp"}],
        [{"name": "main", "href": f"{ORIGIN}/media/b.webp", "width": 8, "height": 4}],
    ]


async def test_the_text_reads_from_the_top(desk: Desk) -> None:
    """Title, summary and status, then the posts, newest first, in the coverage's own time."""
    await desk.do(
        a_post(
            "One &amp; <b>two</b>.",
            byline=(a_byline(name="Ana <i> Ruiz"), a_byline(name="Tom & Maes", place="Geneva")),
            sources=(a_source(), a_source(name="NATO", verification="confirmed")),
        ),
        1,
    )
    await desk.do(RevisePost(headline="It was two", correction="Not one."), 1, seen=1)
    await desk.do(a_post("Later."), 2)
    assert coverage_text(await feed_of(desk)).decode() == (
        "The summit\nTwo days.\nScheduled. Updated Monday, 14 June 2021, 14:00 CEST.\n"
        f"{ORIGIN}/live/summit\n"
        "\n--------\n\n"
        "Monday, 14 June 2021, 14:00 CEST\nAna Silva, Dateline in Brussels\nLater.\n"
        f"{ORIGIN}/live/summit/p/{a_post_id(2)}\n"
        "\n--------\n\n"
        "Monday, 14 June 2021, 14:00 CEST\nIt was two\n"
        "Ana <i> Ruiz, Dateline in Brussels and Tom & Maes, Dateline in Geneva\n"
        "One & two.\n"
        "Correction, Monday, 14 June 2021, 14:00 CEST: Not one.\n"
        "Sources: The council (unconfirmed), NATO\n"
        f"{ORIGIN}/live/summit/p/{a_post_id(1)}\n"
    )


async def test_a_correction_is_the_same_entry(desk: Desk) -> None:
    """A change of what a post says keeps the entry and moves `updated`; a pin moves nothing."""
    await desk.do(a_post("At nine."), 1)
    await desk.do(a_post("More."), 2)
    before = entries(await feed_of(desk))
    await desk.do(RevisePost(blocks=(a_paragraph("At ten."),), correction="Not nine."), 1, seen=1)
    after = entries(await feed_of(desk))
    assert [one["id"] for one in after] == [one["id"] for one in before]
    assert after[0] == before[0]
    assert (after[1]["published"], after[1]["updated"]) == (before[1]["published"], desk.now)
    assert "At ten." in after[1]["html"]
    assert "Not nine." in after[1]["html"]
    assert after[1]["title"] == "At ten."
    made = atom(await feed_of(desk))
    await desk.do(PinPost(), 1)
    assert atom(await feed_of(desk)) == made


async def test_a_withdrawal_is_the_same_entry(desk: Desk) -> None:
    """A withdrawn post stays where it was, with the reason in place of all that it said."""
    said = {"headline": "secret", "topics": ("secret",), "sources": (a_source(name="secret"),)}
    shown = (a_paragraph("secret"), an_image(media="secret.webp"))
    await desk.do(a_post(blocks=shown, byline=(a_byline(name="secret"),), **said), 1)
    await desk.do(WithdrawPost("It was <wrong>."), 1)
    feed = await feed_of(desk)
    (entry,) = entries(feed)
    assert entry["id"] == f"urn:uuid:{a_post_id(1)}"
    assert entry["updated"] == desk.now > entry["published"]
    assert entry["title"] == "This update was withdrawn"
    assert entry["html"] == "<p>This update was withdrawn: It was &lt;wrong&gt;.</p>"
    assert (entry["authors"], entry["topics"]) == ([], [])
    for write in WRITERS:
        assert b"secret" not in write(feed)


async def test_a_takedown_leaves_a_tombstone_at_most(desk: Desk) -> None:
    """No format has a word of it; Atom tells by RFC 6721 which entry is to be deleted."""
    await desk.do(a_post("secret", headline="secret"), 1)
    await desk.do(a_post("Other."), 2)
    await desk.do(RedactPost("secret"), 1)
    feed = await feed_of(desk)
    assert [one["id"] for one in entries(feed)] == [f"urn:uuid:{a_post_id(2)}"]
    root = fromstring(atom(feed))
    (gone,) = root.findall("at:deleted-entry", NAMES)
    assert gone.get("ref") == f"urn:uuid:{a_post_id(1)}"
    assert moment(gone.get("when", "")) == moment(words(root, "a:updated")) == desk.now
    for write in WRITERS:
        assert b"secret" not in write(feed)
    assert a_post_id(1).encode() not in rss(feed) + json_feed(feed) + ninjs(feed)


async def test_addresses_are_whole(desk: Desk) -> None:
    """Pictures, files and links lead somewhere from any page, and words stay as they are."""
    said = 'The code was &lt;img src="/media/x"&gt; and <a href="https://e.example/">here</a>.'
    shown = (a_paragraph(said), PICTURES, blocks.File("a.pdf", title="All"))
    await desk.do(a_post(blocks=shown), 1)
    (entry,) = entries(await feed_of(desk))
    root = read(entry["html"])
    addresses = [one.attributes[name] for one in root for name in ("href", "src")
                 if name in one.attributes]  # fmt: skip
    assert addresses == [
        "https://e.example/",
        *[f"{ORIGIN}/media/{name}.webp" for name in "aabb"],  # each leads to its own file
        f"{ORIGIN}/media/a.pdf",
    ]
    assert 'The code was <img src="/media/x"> and here.' in root.text
    assert not [one for one in root if "id" in one.attributes]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short.", "Short."),
        ("word " * 40, "word " * 18 + "word…"),
        ("漢" * 200, "漢" * 99 + "…"),
    ],
)
async def test_without_a_headline_the_words_are_the_title(
    desk: Desk, text: str, title: str
) -> None:
    """A title of at most a hundred characters, cut between words where there are any."""
    await desk.do(a_post(text), 1)
    (entry,) = entries(await feed_of(desk))
    assert entry["title"] == title


@pytest.mark.parametrize("payload", [*TEXTS, *ADDRESSES, "x\ufffe\uffff\x85y", "]]>", "&#0;"])
async def test_whatever_is_written(payload: str) -> None:
    """XML stays well-formed, and the HTML in it has no more elements than harmless words make."""
    line = " ".join("".join(letter for letter in payload if letter >= " ").split())
    shapes = []
    for said in ("Words", line):
        desk = await a_desk(title=said, summary=said)
        named = (a_byline(name=said, organisation=said, place=said),)
        shown = (blocks.Heading(said), an_image(caption=said, alt=said))
        sources, topics = (a_source(name=said),), (said,)
        await desk.do(
            a_post(headline=said, blocks=shown, byline=named, sources=sources, topics=topics), 1
        )
        feed = await feed_of(desk, said)
        # What XML can't hold is left out of it.
        told = said.replace("\ufffe", "").replace("\uffff", "")
        root = fromstring(atom(feed))
        assert words(root, "a:entry/a:title") == told
        assert words(fromstring(rss(feed)), "channel/item/dc:creator") == told
        assert msgspec.json.decode(json_feed(feed))["items"][0]["title"] == said
        assert said in coverage_text(feed).decode()
        html = read(words(root, "a:entry/a:content"))
        shapes.append([(one.tag, sorted(one.attributes)) for one in html])
    assert shapes[0] == shapes[1]


async def test_a_topic_is_a_feed_of_its_own(desk: Desk) -> None:
    """Its own address is its id and self link, with the topic in it; its title says the topic."""
    feed = await feed_of(desk, "Security & defence")
    address = f"{ORIGIN}/live/summit/feed.atom?topic=Security+%26+defence"
    root = fromstring(atom(feed))
    assert words(root, "a:id") == address
    assert words(root, "a:title") == "The summit: Security & defence"


async def test_the_sitemap(desk: Desk) -> None:
    """Every coverage is an entry; one that changed within two days is news as well."""
    await desk.do(a_post(), 1)
    listed = await FrontProjection(desk.log).listed()
    news = "s:url/n:news"
    root = fromstring(sitemap.sitemap(listed, ORIGIN, desk.now + timedelta(days=2)))
    assert [one.text for one in root.findall("s:url/s:loc", NAMES)] == [
        f"{ORIGIN}/",
        f"{ORIGIN}/live/summit",
    ]
    assert words(root, "s:url/s:lastmod") == "2021-06-14T12:00:02Z"
    assert words(root, f"{news}/n:publication/n:name") == "Dateline"
    assert words(root, f"{news}/n:publication/n:language") == "en"
    assert words(root, f"{news}/n:publication_date") == "2021-06-14T12:00:01Z"
    assert words(root, f"{news}/n:title") == "The summit"
    late = fromstring(sitemap.sitemap(listed, ORIGIN, desk.now + timedelta(days=2, seconds=1)))
    assert len(late.findall("s:url", NAMES)) == 2
    assert not late.findall(news, NAMES)


def test_security() -> None:
    """RFC 9116: a contact, the file's own address, and an end less than a year away."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert sitemap.security("mailto:security@example.org", ORIGIN, now).decode() == (
        "Contact: mailto:security@example.org\n"
        "Expires: 2026-04-01T00:00:00Z\n"
        f"Canonical: {ORIGIN}/.well-known/security.txt\n"
    )


async def test_pictures_in_feeds_are_one_file(desk: Desk) -> None:
    """Elsewhere nobody knows our columns: one address, whole, and none that begins at “/”."""
    one = blocks.Picture("a1b2-960.jpg", "The hall", "T. Maes", "Empty", 960, 640, (480, 960))
    image = blocks.Image(*astuple(one))
    await desk.do(a_post(blocks=(image, blocks.Gallery((one,)))), 1)
    (entry,) = entries(await feed_of(desk))
    assert entry["html"].count(f'src="{ORIGIN}/media/a1b2-960.jpg"') == 2
    assert "srcset" not in entry["html"]
    assert "<source" not in entry["html"]
