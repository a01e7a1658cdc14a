"""Embeds as cards: what leads to a frame, and that nothing else does."""

import pytest

from builders import a_content
from dateline.domain.blocks import Embed
from dateline.domain.plain import plain_text
from dateline.render.environment import environment_of
from dateline.render.players import player
from dateline.web.headers import SECURITY

DID = "did:plc:z72i7hdynmk6r22z27h6tvur"
TUBE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
FRAMES = {
    TUBE: "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
    "https://youtube.com/watch?t=3&v=aqz-KE-bpKQ": (
        "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
    ),
    "https://youtu.be/aqz-KE-bpKQ?si=x": "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
    "https://vimeo.com/76979871": "https://player.vimeo.com/video/76979871?dnt=1",
    "https://datawrapper.dwcdn.net/aB3dE/2/": "https://datawrapper.dwcdn.net/aB3dE/",
    "https://www.tiktok.com/@nato/video/7106594312292453675": (
        "https://www.tiktok.com/player/v1/7106594312292453675"
    ),
    f"https://bsky.app/profile/{DID}/post/3l6oveex3ii2l": (
        f"https://embed.bsky.app/embed/{DID}/app.bsky.feed.post/3l6oveex3ii2l"
    ),
    "https://mastodon.social/@Gargron/100254678717223630": (
        "https://mastodon.social/@Gargron/100254678717223630/embed"
    ),
    "https://x.com/NATO/status/1404419283049263110?s=20": (
        "https://platform.twitter.com/embed/Tweet.html?id=1404419283049263110&dnt=true"
    ),
    "https://mobile.twitter.com/i/web/status/1404419283049263110": (
        "https://platform.twitter.com/embed/Tweet.html?id=1404419283049263110&dnt=true"
    ),
    "https://www.instagram.com/p/CQGxyz_-1/": (
        "https://www.instagram.com/p/CQGxyz_-1/embed/captioned/"
    ),
    "https://www.instagram.com/nato/reel/CQGxyz/?igsh=a": (
        "https://www.instagram.com/p/CQGxyz/embed/captioned/"
    ),
}
ACCOUNTS = {
    "https://x.com/NATO/status/1404419283049263110": "@NATO on X",
    "https://x.com/i/status/1404419283049263110": "A post on X",
    "https://www.instagram.com/nato/p/CQGxyz/": "@nato on Instagram",
    "https://www.instagram.com/reel/CQGxyz/": "A post on Instagram",
    "https://mastodon.social/@Gargron/100254678717223630": "@Gargron on Mastodon",
    "https://www.tiktok.com/@nato/video/7106594312292453675": "@nato on TikTok",
}
LINKS = [
    "https://x.com/NATO",
    "https://x.com.evil.example/NATO/status/1404419283049263110",
    "https://www.instagram.com/nato/",
    "https://www.instagram.com/p/../../evil",
    "https://evil.example/https://youtu.be/aqz-KE-bpKQ",
    "https://youtu.be.evil.example/aqz-KE-bpKQ",
    "https://youtu.be@evil.example/aqz-KE-bpKQ",
    "https://www.youtube.com/watch?v=../../evil",
    "https://www.youtube.com/redirect?q=https://evil.example",
    "https://mastodon.evil.example/@a/100254678717223630",
    "https://vimeo.com/76979871/../../evil",
    "https://datawrapper.dwcdn.net/aB3dE..",
    "ftp://youtu.be/aqz-KE-bpKQ",
]


def shown(block: Embed) -> str:
    template = environment_of("en").from_string(
        "{% import 'blocks.html.j2' as blocks %}{{ blocks.block(it, '/players', 3) }}"
    )
    return template.render(it=block)


@pytest.mark.parametrize(("url", "frame"), FRAMES.items(), ids=list(FRAMES))
def test_players(url: str, frame: str) -> None:
    """A known player's address has a frame, which the page asks for in a page of ours."""
    found = player(Embed(url))
    assert found
    assert found.frame == frame
    html = shown(Embed(url))
    assert 'data-frame="/players/3"' in html
    assert found.frame not in html.replace(url, "")


@pytest.mark.parametrize("url", LINKS)
def test_links(url: str) -> None:
    """Any other address stays a link, whatever it looks like."""
    assert player(Embed(url)) is None
    assert "data-frame" not in shown(Embed(url, title="A title", picture="a.webp"))


def test_what_a_site_says_of_itself() -> None:
    """Any other site's player is known by what that site has said; the button names its host."""
    embed = Embed("https://chart.example/7", "A chart", frame="https://www.Frame.example/7")
    found = player(embed)
    assert found
    assert (found.host, found.frame) == ("www.frame.example", "https://www.Frame.example/7")
    assert "Load from frame.example</button>" in shown(embed)


@pytest.mark.parametrize(("url", "words"), ACCOUNTS.items(), ids=list(ACCOUNTS))
def test_what_an_address_says(url: str, words: str) -> None:
    """Where a site tells nothing, the card says whose post it is, as far as the address does."""
    assert f">{words}</a>" in shown(Embed(url))
    assert ">The very words</a>" in shown(Embed(url, "The very words"))


def test_without_a_picture() -> None:
    """A card that has no picture says so to the style sheet: its words come first."""
    assert 'class="card embed bare"' in shown(Embed(TUBE, "A film"))
    assert 'class="card embed"' in shown(Embed(TUBE, "A film", picture="a.webp"))


def test_card() -> None:
    """A card has picture, title, author and provider, and nothing that loads by itself."""
    html = shown(Embed(TUBE, "Big Buck Bunny", "Blender", "YouTube", "bunny.webp"))
    assert '<img src="/media/bunny.webp" alt=""' in html
    assert f'<a href="{TUBE}" rel="noopener nofollow">Big Buck Bunny</a>' in html
    assert "Blender, YouTube" in html
    assert "Load from YouTube</button>" in html
    assert "<iframe" not in html
    assert "src=" not in html.replace('src="/media/', "")


def test_markup_in_a_card() -> None:
    """Words of a provider are words."""
    html = shown(Embed(TUBE, "<script>x()</script>", '"><img src=x onerror=y>', "<b>Tube</b>"))
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html


def test_policy() -> None:
    """A page may show frames of its own site alone, whoever plays in them."""
    policy = dict(SECURITY)[b"content-security-policy"].decode()
    assert "frame-src 'self'" in policy.split("; ")


def test_plain_text() -> None:
    """A card's title is what search and feeds read."""
    assert plain_text(a_content(blocks=(Embed(TUBE, "Big Buck Bunny"),))) == "Big Buck Bunny"
