"""What a page says of itself: by its provider's oEmbed, by one it names, or by Open Graph.

Only words are taken, and the addresses of a picture and of a player, never HTML.
"""

import re
import unicodedata
from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import quote, urljoin

import msgspec
import nh3
from msgspec import Struct

from dateline.domain.shapes import FrameUrl, without_controls
from dateline.enrich.fetching import Fetcher, Refused

MOST_TEXT = 512 * 1024
LONGEST = 280
_HEAD = 256 * 1024
_JSON = {"application/json", "application/json+oembed", "text/json", "text/javascript"}
_HTML = {"text/html", "application/xhtml+xml"}

_WEB = r"https?://(?:www\.|m\.)?"
PROVIDERS = (
    (_WEB + r"(?:youtube\.com|youtu\.be)/", "https://www.youtube.com/oembed?format=json&url="),
    (_WEB + r"vimeo\.com/", "https://vimeo.com/api/oembed.json?url="),
    (_WEB + r"tiktok\.com/", "https://www.tiktok.com/oembed?url="),
    (r"https?://bsky\.app/", "https://embed.bsky.app/oembed?format=json&url="),
    (_WEB + r"(?:twitter|x)\.com/", "https://publish.twitter.com/oembed?omit_script=1&url="),
    (r"https?://datawrapper\.dwcdn\.net/", "https://api.datawrapper.de/v3/oembed?url="),
)
"""Whose address is asked where. Mastodon's servers name theirs in the page."""

SILENT = _WEB + r"instagram\.com/"
"""Who shows a server nothing but the form by which its users sign in."""

# Bounded and without a way back, so that no page can make it work for long.
_TAG = re.compile(
    r"""<(link|meta)\b((?:[^<>"']{1,2048}+|"[^"]{0,2048}+"|'[^']{0,2048}+'){0,40}+)>""", re.I
)
_ATTRIBUTE = re.compile(
    r"""([a-z:-]{1,40}+)\s{0,8}+=\s{0,8}+("[^"]{0,2048}+"|'[^']{0,2048}+'|[^\s"'<>]{1,2048}+)""",
    re.I,
)
_FRAME = re.compile(
    r"""<iframe\b((?:[^<>"']{1,2048}+|"[^"]{0,2048}+"|'[^']{0,2048}+'){0,40}+)>""", re.I
)
# Bluesky's own answer has no frame but a script, and says which account a handle is.
_BLUESKY = re.compile(r'"at://(did:plc:[a-z0-9]{24})/app\.bsky\.feed\.post/([a-z0-9]{8,20})"')
_MARKUP = 20_000
_TITLE = re.compile(r"<title\b[^<>]{0,200}+>([^<]{1,2000}+)<", re.I)


class Card(Struct, frozen=True):
    """`picture` is an address on the web, `frame` that of what plays it, `tall` if it is higher
    than wide."""

    title: str
    author: str | None = None
    provider: str | None = None
    picture: str | None = None
    frame: str | None = None
    tall: bool = False


class Cards:
    """Asks for cards. `providers`: pairs of a pattern of addresses and an oEmbed endpoint."""

    def __init__(self, fetcher: Fetcher, providers: Sequence[tuple[str, str]] = PROVIDERS) -> None:
        self._fetcher = fetcher
        self._providers = [(re.compile(at, re.I), endpoint) for at, endpoint in providers]
        self._silent = re.compile(SILENT, re.I)

    async def card(self, url: str) -> Card:
        """The card of an address.

        :raises Refused: it has none.
        :raises Failed: nobody answers now.
        """
        if self._silent.match(url):
            raise Refused("its site tells a server nothing")
        for at, endpoint in self._providers:
            if at.match(url):
                return await self._oembed(endpoint + quote(url, safe=""))
        page = await self._fetcher.fetch(url, _HTML, MOST_TEXT, cut=True)
        found = read_page(page.body.decode("utf-8", "replace"), page.url)
        if found.oembed:
            try:
                return await self._oembed(found.oembed)
            except Refused:
                pass
        if found.card is None:
            raise Refused("the page says nothing of itself")
        return found.card

    async def _oembed(self, endpoint: str) -> Card:
        answer = await self._fetcher.fetch(endpoint, _JSON, MOST_TEXT)
        card = read_oembed(answer.body, answer.url)
        if card is None:
            raise Refused("its oEmbed has no words")
        return card


class Page(Struct, frozen=True):
    """What a page's head holds: the address of its oEmbed, a card by Open Graph."""

    oembed: str | None
    card: Card | None


def read_oembed(body: bytes, base: str) -> Card | None:
    """The card in an oEmbed answer; None: it has no words."""
    try:
        told: dict[str, Any] = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    words, found = told.get("title"), told.get("html")
    html = found[:_MARKUP] if isinstance(found, str) else ""
    if not line(words) and html:
        # A post without a title (X): its words are only in the markup.
        words = unescape(nh3.clean(html, tags=set()))
    title = line(words)
    if not title:
        return None
    return Card(
        title=title,
        author=line(told.get("author_name")),
        provider=line(told.get("provider_name")),
        picture=_address(told.get("thumbnail_url"), base),
        frame=(frame := _frame(html)),
        tall=frame is not None and _is_tall(told),
    )


def read_page(html: str, base: str) -> Page:
    """What an HTML page says of itself, in what comes first of it."""
    html = html[:_HEAD]
    oembed = None
    said: dict[str, str] = {}
    for found in _TAG.finditer(html):
        attributes = {
            name.lower(): unescape(value.strip("\"'"))
            for name, value in _ATTRIBUTE.findall(found[2])
        }
        if found[1].lower() == "link":
            if attributes.get("type", "").lower() == "application/json+oembed":
                oembed = oembed or _address(attributes.get("href"), base)
        else:
            name = attributes.get("property") or attributes.get("name") or ""
            said.setdefault(name.lower(), attributes.get("content", ""))
    plain = _TITLE.search(html)
    title = line(said.get("og:title")) or (line(unescape(plain[1])) if plain else None)
    if not title:
        return Page(oembed, None)
    card = Card(
        title=title,
        author=line(said.get("author")),
        provider=line(said.get("og:site_name")),
        picture=_address(said.get("og:image:secure_url") or said.get("og:image"), base),
    )
    return Page(oembed, card)


def line(words: object) -> str | None:
    """One line to show: without control characters and signs that turn the direction of text."""
    if not isinstance(words, str):
        return None
    text = without_controls(words[:20_000].replace("\n", " ").replace("\t", " "))
    kept = "".join(
        letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    made = " ".join(kept.split())
    if len(made) > LONGEST:
        made = made[: LONGEST - 1].rstrip() + "…"
    return made or None


def _address(found: object, base: str) -> str | None:
    if not isinstance(found, str) or not found or len(found) > 2048:
        return None
    try:
        joined = urljoin(base, found.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("https://", "http://")) else None


def _frame(html: str) -> str | None:
    """The address of the first frame in a provider's markup, if a page of ours may show it."""
    if known := _BLUESKY.search(html):
        return f"https://embed.bsky.app/embed/{known[1]}/app.bsky.feed.post/{known[2]}"
    found = _FRAME.search(html)
    for name, value in _ATTRIBUTE.findall(found[1]) if found else ():
        if name.lower() == "src":
            return _as_frame(unescape(value.strip("\"'")).strip())
    return None


def _as_frame(found: str) -> str | None:
    try:
        return msgspec.convert(urljoin("https://", found), FrameUrl)
    except (msgspec.ValidationError, ValueError):
        return None


def _is_tall(told: dict[str, Any]) -> bool:
    """A post of some length says no height; what plays is as wide as its column."""
    width, height = told.get("width"), told.get("height")
    if isinstance(width, int) and isinstance(height, int):
        return height > width
    return told.get("type") == "rich" and not height
