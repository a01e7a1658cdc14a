"""The players that a reader can load into a card, and where each one's frame is.

For the sites that newsrooms show most the table knows it from an address alone; for any other it is
what that site said of itself by oEmbed. Either way it stands in a page of ours whose policy names
its one host (`web/players.py`), and comes by the reader's click.
"""

import re
from urllib.parse import urlsplit

from msgspec import Struct

from dateline.domain.blocks import Embed


class Player(Struct, frozen=True):
    """`frame` is the address to load, `tall` a frame that is higher than wide, `who` the account
    that the address names: all there is to say of a site that tells a server nothing."""

    name: str
    frame: str
    tall: bool = False
    who: str | None = None

    @property
    def host(self) -> str:
        return _host(self.frame)


_WEB = r"https?://(?:www\.|m\.|mobile\.)?"
_TABLE = [
    (
        "YouTube",
        _WEB + r"(?:youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)|youtu\.be/)"
        r"(?P<id>[\w-]{11})(?![\w-])",
        "https://www.youtube-nocookie.com/embed/{id}",
        False,
    ),
    (
        "Vimeo",
        _WEB + r"vimeo\.com/(?P<id>[0-9]{1,12})/?(?:[?#]|$)",
        "https://player.vimeo.com/video/{id}?dnt=1",
        False,
    ),
    (
        "Datawrapper",
        r"https?://datawrapper\.dwcdn\.net/(?P<id>[A-Za-z0-9]{5})(?:[/?#]|$)",
        "https://datawrapper.dwcdn.net/{id}/",
        False,
    ),
    (
        "TikTok",
        _WEB + r"tiktok\.com/@(?P<who>[\w.-]{1,64})/video/(?P<id>[0-9]{1,24})(?![0-9])",
        "https://www.tiktok.com/player/v1/{id}",
        True,
    ),
    (
        "X",
        _WEB + r"(?:twitter|x)\.com/(?:i(?:/web)?|(?P<who>\w{1,20}))/status/(?P<id>[0-9]{1,24})"
        r"(?![0-9])",
        "https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true",
        True,
    ),
    (
        "Instagram",
        _WEB + r"instagram\.com/(?:(?P<who>[\w.]{1,30})/)?(?:p|reel|tv)/(?P<id>[\w-]{5,64})"
        r"/?(?:[?#]|$)",
        "https://www.instagram.com/p/{id}/embed/captioned/",
        True,
    ),
    # With the account's permanent id alone: a handle leads nowhere there. With a handle it is the
    # site's own answer that has the id.
    (
        "Bluesky",
        r"https?://bsky\.app/profile/(?P<did>did:plc:[a-z0-9]{24})/post/(?P<id>[a-z0-9]{8,20})"
        r"/?(?:[?#]|$)",
        "https://embed.bsky.app/embed/{did}/app.bsky.feed.post/{id}",
        True,
    ),
    # Other servers of Mastodon say themselves that they are: an address alone does not.
    *(
        (
            "Mastodon",
            rf"https?://{re.escape(host)}/@(?P<who>[\w.-]{{1,64}})/(?P<id>[0-9]{{10,24}})"
            r"/?(?:[?#]|$)",
            f"https://{host}/@{{who}}/{{id}}/embed",
            True,
        )
        for host in ("mastodon.social", "mastodon.online", "mstdn.social")
    ),
]
_COMPILED = [(name, re.compile(at, re.ASCII), frame, tall) for name, at, frame, tall in _TABLE]


def player(embed: Embed) -> Player | None:
    """What plays it within a page, after a click; None: it stays a link."""
    for name, at, frame, tall in _COMPILED:
        if found := at.match(embed.url):
            parts = found.groupdict()
            return Player(name, frame.format(**parts), tall, parts.get("who"))
    if not embed.frame:
        return None
    return Player(_host(embed.frame).removeprefix("www."), embed.frame, embed.tall)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
