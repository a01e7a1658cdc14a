"""Feeds of a coverage: Atom (RFC 4287, with RFC 6721), RSS 2.0 and JSON Feed 1.1."""

from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from xml.etree.ElementTree import Element

import msgspec
from msgspec import Struct

from dateline.render.entries import Entry, Feed, media_url, moment, urn
from dateline.render.environment import newsroom
from dateline.render.files import MEDIA_TYPES
from dateline.render.xml import add, xml_bytes

_ATOM = "http://www.w3.org/2005/Atom"


def atom(feed: Feed) -> bytes:
    root = Element(
        "feed",
        {
            "xmlns": _ATOM,
            "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
            "xml:lang": feed.coverage.language,
        },
    )
    add(root, "id", feed.url_as("atom"))
    add(root, "title", feed.title)
    if feed.coverage.summary:
        add(root, "subtitle", feed.coverage.summary)
    add(root, "updated", moment(feed.updated))
    # The entries without an author are those of withdrawn posts.
    add(add(root, "author"), "name", newsroom())
    add(root, "link", rel="self", type="application/atom+xml", href=feed.url_as("atom"))
    add(root, "link", rel="alternate", type="text/html", href=feed.url)
    for entry in feed.entries():
        _atom_entry(root, entry, feed)
    for post in feed.removed:
        add(root, "at:deleted-entry", ref=urn(post), when=moment(post.updated_at))
    return xml_bytes(root)


def _atom_entry(root: Element, entry: Entry, feed: Feed) -> None:
    made = add(root, "entry", **{"xml:lang": entry.language})
    add(made, "id", entry.id)
    add(made, "title", entry.title)
    add(made, "published", moment(entry.published))
    add(made, "updated", moment(entry.updated))
    add(made, "link", rel="alternate", type="text/html", href=entry.url)
    for said in _enclosures(entry, feed):
        add(
            *(made, "link"),
            rel="enclosure",
            type=said.mime_type,
            length=str(said.size_in_bytes),
            title=said.title,
            href=said.url,
        )
    for name in entry.authors:
        add(add(made, "author"), "name", name)
    for topic in entry.topics:
        add(made, "category", term=topic)
    add(made, "content", entry.html, type="html")


def rss(feed: Feed) -> bytes:
    root = Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": _ATOM,
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.url)
    add(channel, "description", feed.coverage.summary or feed.title)
    add(channel, "language", feed.coverage.language)
    add(channel, "lastBuildDate", _rfc822(feed.updated))
    add(channel, "atom:link", rel="self", type="application/rss+xml", href=feed.url_as("rss"))
    for entry in feed.entries():
        _rss_item(channel, entry, feed)
    return xml_bytes(root)


def _rss_item(channel: Element, entry: Entry, feed: Feed) -> None:
    made = add(channel, "item")
    add(made, "title", entry.title)
    add(made, "link", entry.url)
    add(made, "guid", entry.id, isPermaLink="false")
    add(made, "pubDate", _rfc822(entry.published))
    # RSS has no word for a change; Atom's is understood here.
    add(made, "atom:updated", moment(entry.updated))
    for name in entry.authors:
        add(made, "dc:creator", name)
    for topic in entry.topics:
        add(made, "category", topic)
    # Readers look at one of them only; the others stand in the text.
    for said in _enclosures(entry, feed)[:1]:
        length = str(said.size_in_bytes)
        add(made, "enclosure", url=said.url, length=length, type=said.mime_type)
    # Escaped twice: a description is HTML.
    add(made, "description", escape(entry.text, quote=False))
    add(made, "content:encoded", entry.html)


def _rfc822(time: datetime) -> str:
    return format_datetime(time.astimezone(UTC), usegmt=True)


class _Attachment(Struct, frozen=True):
    url: str
    mime_type: str
    title: str
    size_in_bytes: int


def _enclosures(entry: Entry, feed: Feed) -> list[_Attachment]:
    return [
        _Attachment(media_url(one.media, feed), MEDIA_TYPES[one.format], one.title, one.size)
        for one in entry.documents
        if one.format and one.size
    ]


class _Author(Struct, frozen=True):
    name: str


class _Item(Struct, frozen=True, omit_defaults=True):
    id: str
    url: str
    title: str
    content_html: str
    date_published: str
    date_modified: str
    language: str
    image: str | None = None
    authors: list[_Author] = []
    tags: list[str] = []
    attachments: list[_Attachment] = []


class _JsonFeed(Struct, frozen=True, omit_defaults=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    authors: list[_Author]
    items: list[_Item]
    description: str | None = None


def json_feed(feed: Feed) -> bytes:
    made = _JsonFeed(
        version="https://jsonfeed.org/version/1.1",
        title=feed.title,
        home_page_url=feed.url,
        feed_url=feed.url_as("json"),
        language=feed.coverage.language,
        authors=[_Author(newsroom())],
        items=[_json_item(entry, feed) for entry in feed.entries()],
        description=feed.coverage.summary,
    )
    return msgspec.json.encode(made)


def _json_item(entry: Entry, feed: Feed) -> _Item:
    return _Item(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        content_html=entry.html,
        date_published=moment(entry.published),
        date_modified=moment(entry.updated),
        language=entry.language,
        image=entry.images[0] if entry.images else None,
        authors=[_Author(name) for name in entry.authors],
        tags=entry.topics,
        attachments=_enclosures(entry, feed),
    )
