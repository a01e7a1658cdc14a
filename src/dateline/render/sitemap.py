"""What a site says of itself to machines: where its pages are, where not to look, whom to tell."""

from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from dateline.projections.front import Listed
from dateline.render.environment import iso, newsroom
from dateline.render.xml import add, xml_bytes

# Limits of the protocol and of Google News.
MOST = 50_000
MOST_NEWS = 1000
NEWS = timedelta(days=2)
EXPIRES = timedelta(days=90)
_CHINESE = {"zh-cn", "zh-tw"}


def sitemap(listed: list[Listed], origin: str, now: datetime) -> bytes:
    """All coverages, the one that changed last first; those that changed lately as news."""
    root = Element(
        "urlset",
        {
            "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
            "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
        },
    )
    add(add(root, "url"), "loc", f"{origin}/")
    for n, one in enumerate(listed[: MOST - 1]):
        url = add(root, "url")
        add(url, "loc", f"{origin}/live/{one.coverage.slug}")
        add(url, "lastmod", iso(one.head.updated_at))
        if n < MOST_NEWS and now - one.head.updated_at <= NEWS:
            _news(url, one)
    return xml_bytes(root)


def _news(url: Element, one: Listed) -> None:
    news = add(url, "news:news")
    publication = add(news, "news:publication")
    add(publication, "news:name", newsroom())
    add(publication, "news:language", _language(one.coverage.language))
    add(news, "news:publication_date", iso(one.coverage.opened_at))
    add(news, "news:title", one.coverage.title)


def _language(tag: str) -> str:
    """As Google News has it: the language alone, but for Chinese."""
    return tag.lower() if tag.lower() in _CHINESE else tag.split("-")[0]


def robots(origin: str) -> bytes:
    """Everything may be read; what is the same in other words, or never ends, needs no visit."""
    return (
        "User-agent: *\n"
        "Disallow: /api/\n"
        "Disallow: /search\n"
        "Disallow: /live/*/search\n"
        "Disallow: /live/*/stream\n"
        "Disallow: /live/*/changes/\n"
        "\n"
        f"Sitemap: {origin}/sitemap.xml\n"
    ).encode()


def security(contact: str, origin: str, now: datetime) -> bytes:
    """RFC 9116. It is made at each request, so it expires where nobody serves it any more."""
    return (
        f"Contact: {contact}\n"
        f"Expires: {iso(now + EXPIRES)}\n"
        f"Canonical: {origin}/.well-known/security.txt\n"
    ).encode()
