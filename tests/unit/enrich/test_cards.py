"""Cards from what providers and pages say: words alone, and never at length."""

import json
import time

import pytest

from dateline.enrich.cards import LONGEST, Card, line, read_oembed, read_page

BASE = "https://news.example/a/b"
BOMBS = {
    "json": b"[" * 500_000,
    "object": b'{"title":' * 50_000,
    "no utf-8": b'{"title":"\xff\xfe"}',
    "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "list": b"[1]",
    "wrong kinds": b'{"title":{"a":1},"author_name":7,"thumbnail_url":["x"]}',
    "empty": b"",
}
SLOW = {
    "quotes": '<link "' * 100_000,
    "open": "<link " * 100_000,
    "single": "<meta " + "a='b' " * 100_000,
    "unended": '<link a="' + "x" * 600_000,
    "comments": "<!--" * 150_000,
    "titles": "<title " * 100_000,
    "equals": "<meta " + "a =" * 200_000 + ">",
    "spaces": "<meta a" + " " * 600_000 + ">",
    "entities": '<meta property="og:title" content="' + "&amp;" * 400 + '">' * 1000,
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=list(BOMBS))
def test_no_card(body: bytes) -> None:
    """What is no oEmbed answer has no card, and does no harm."""
    assert read_oembed(body, BASE) is None


@pytest.mark.parametrize("html", SLOW.values(), ids=list(SLOW))
def test_quickly_read(html: str) -> None:
    """No page holds the server for long."""
    started = time.process_time()
    read_page(html, BASE)
    assert time.process_time() - started < 1


def test_oembed() -> None:
    """Title, author, provider and the picture's address."""
    told = {"title": "A", "author_name": "B", "provider_name": "C", "thumbnail_url": "/p.jpg"}
    body = json.dumps(told).encode()
    assert read_oembed(body, BASE) == Card("A", "B", "C", "https://news.example/p.jpg")


def test_words_in_markup() -> None:
    """Where there is no title, the words of the markup are one, without the markup."""
    told = {"html": "<blockquote><p>We &amp; they <script>x()</script></p></blockquote>"}
    card = read_oembed(json.dumps(told).encode(), BASE)
    assert card
    assert card.title.startswith("We & they")
    assert "<" not in card.title


@pytest.mark.parametrize("url", ["javascript:x()", "data:image/png;base64,x", "file:///etc/passwd"])
def test_address(url: str) -> None:
    """A picture is on the web, or is none."""
    card = read_oembed(json.dumps({"title": "A", "thumbnail_url": url}).encode(), BASE)
    assert card == Card("A")


FRAMES = {
    '<iframe src="https://player.example/7?a=1&amp;b=2" width="9"></iframe>': (
        "https://player.example/7?a=1&b=2"
    ),
    "<div><iframe title=x src='//player.example/7'></iframe>": "https://player.example/7",
    '<blockquote data-bluesky-uri="at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/'
    '3l6oveex3ii2l"><p>Words</p></blockquote>': (
        "https://embed.bsky.app/embed/did:plc:z72i7hdynmk6r22z27h6tvur/"
        "app.bsky.feed.post/3l6oveex3ii2l"
    ),
    '<iframe src="http://player.example/7"></iframe>': None,
    '<iframe src="javascript:x()"></iframe>': None,
    '<iframe src="data:text/html,x"></iframe>': None,
    '<iframe src="/7"></iframe>': None,
    '<iframe src="https://127.0.0.1/7"></iframe>': None,
    '<iframe src="https://[::1]/7"></iframe>': None,
    '<iframe src="https://localhost/7"></iframe>': None,
    '<iframe src="https://player.example:8443/7"></iframe>': None,
    '<iframe src="https://user@player.example/7"></iframe>': None,
    '<iframe src="https://player.example; script-src *//7"></iframe>': None,
    "<iframe srcdoc='<script>x()</script>'></iframe>": None,
    "<script src=https://player.example/7></script>": None,
}


@pytest.mark.parametrize(("html", "frame"), FRAMES.items())
def test_frame(html: str, frame: str | None) -> None:
    """A player is the first frame of the markup, on a host by its name; else there is none."""
    body = json.dumps({"title": "A", "html": html}).encode()
    card = read_oembed(body, BASE)
    assert card
    assert card.frame == frame


@pytest.mark.parametrize(
    ("told", "tall"),
    [
        ({"type": "video", "width": 1280, "height": 720}, False),
        ({"type": "video", "width": 720, "height": 1280}, True),
        ({"type": "video"}, False),
        ({"type": "rich", "width": 400, "height": None}, True),
        ({"type": "rich", "width": "100%", "height": 166}, False),
    ],
)
def test_shape(told: dict[str, object], tall: bool) -> None:
    """A player is as high as it says; a post that says nothing is higher than wide."""
    html = '<iframe src="https://player.example/7"></iframe>'
    card = read_oembed(json.dumps({"title": "A", "html": html, **told}).encode(), BASE)
    assert card
    assert card.tall == tall


def test_quickly_read_markup() -> None:
    """No markup of a provider holds the server for long."""
    started = time.process_time()
    for html in (
        "<iframe " * 60_000,
        "<iframe " + "a='b' " * 100_000,
        '<iframe src="' + "x" * 99_999,
    ):
        read_oembed(json.dumps({"title": "A", "html": html}).encode(), BASE)
    assert time.process_time() - started < 1


def test_line() -> None:
    """One line of visible words, cut where it is too long."""
    assert line("\u202ea\u2066\n\tb\0\u200b  c ") == "a b c"
    assert line("  \u202e ") is None
    assert len(line("x " * 1000) or "") <= LONGEST
