"""The players that a reader can load into a card, and where each one's frame is.

An address becomes a frame only by this table, never by what a provider says of itself. The pages'
Content-Security-Policy allows exactly these hosts.
"""

import re

from msgspec import Struct


class Player(Struct, frozen=True):
    """`frame` is the address to load, `tall` a frame that is higher than wide."""

    name: str
    frame: str
    tall: bool = False


_WEB = r"https?://(?:www\.|m\.)?"
_TABLE = [
    (
        "YouTube",
        _WEB + r"(?:youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)|youtu\.be/)"
        r"(?P<id>[\w-]{11})(?![\w-])",
        "www.youtube-nocookie.com",
        "/embed/{id}",
        False,
    ),
    (
        "Vimeo",
        _WEB + r"vimeo\.com/(?P<id>[0-9]{1,12})(?:[?#]|/?$)",
        "player.vimeo.com",
        "/video/{id}?dnt=1",
        False,
    ),
    (
        "Datawrapper",
        r"https?://datawrapper\.dwcdn\.net/(?P<id>[A-Za-z0-9]{5})(?:[/?#]|$)",
        "datawrapper.dwcdn.net",
        "/{id}/",
        False,
    ),
    (
        "TikTok",
        _WEB + r"tiktok\.com/@[\w.-]{1,64}/video/(?P<id>[0-9]{1,24})(?![0-9])",
        "www.tiktok.com",
        "/player/v1/{id}",
        True,
    ),
    # With the account's permanent id alone: a handle leads nowhere there.
    (
        "Bluesky",
        r"https?://bsky\.app/profile/(?P<who>did:plc:[a-z0-9]{24})/post/(?P<id>[a-z0-9]{8,20})"
        r"(?:[?#]|/?$)",
        "embed.bsky.app",
        "/embed/{who}/app.bsky.feed.post/{id}",
        True,
    ),
    # Mastodon is everywhere; a policy can only name servers that it knows.
    *(
        (
            "Mastodon",
            rf"https?://{re.escape(host)}/(?P<who>@[\w.-]{{1,64}})/(?P<id>[0-9]{{10,24}})"
            r"(?:[?#]|/?$)",
            host,
            "/{who}/{id}/embed",
            True,
        )
        for host in ("mastodon.social", "mastodon.online", "mstdn.social")
    ),
]
_COMPILED = [
    (name, re.compile(at, re.ASCII), host, path, tall) for name, at, host, path, tall in _TABLE
]
FRAME_HOSTS = tuple(dict.fromkeys(host for _, _, host, _, _ in _TABLE))


def player(url: str) -> Player | None:
    """What plays that address within our page, after a click; None: it stays a link."""
    for name, at, host, path, tall in _COMPILED:
        if found := at.match(url):
            return Player(name, f"https://{host}{path.format(**found.groupdict())}", tall)
    return None
