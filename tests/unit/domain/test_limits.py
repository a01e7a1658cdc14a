"""Every limit of what can be said: what is just within it passes, what is over is pointed at."""

from typing import Any

import msgspec
import pytest

from builders import a_content, a_paragraph, a_post, an_image
from dateline.domain.blocks import Gallery, Picture
from dateline.domain.commands import PublishPost
from dateline.domain.content import checked
from dateline.domain.errors import Invalid
from dateline.domain.pointers import invalid

PARAGRAPH = {"type": "paragraph", "html": "x"}
PICTURE = {"media": "a.webp", "caption": "x", "credit": "x", "alt": "x"}
QUOTE = {"type": "quote", "text": "x", "speaker": "x"}


def decoded(**changes: Any) -> PublishPost:
    body = {"blocks": [PARAGRAPH], "byline": [{"name": "Ana"}], **changes}
    return msgspec.json.decode(msgspec.json.encode(body), type=PublishPost)


def pointer(**changes: Any) -> str:
    """Where the edge says that the fault is."""
    with pytest.raises(msgspec.ValidationError) as caught:
        decoded(**changes)
    return invalid(caught.value).pointer


def block(**changes: Any) -> dict[str, Any]:
    return {"blocks": [changes]}


def picture(**changes: Any) -> dict[str, Any]:
    return block(**PICTURE | {"type": "image"} | changes)


def quote(**changes: Any) -> dict[str, Any]:
    return block(**QUOTE | changes)


def source(**changes: Any) -> dict[str, Any]:
    return {"sources": [{"name": "x"} | changes]}


LIMITS = [
    ("/blocks", {"blocks": [PARAGRAPH] * 64}, {"blocks": [PARAGRAPH] * 65}),
    ("/byline", {"byline": [{"name": "x"}] * 20}, {"byline": [{"name": "x"}] * 21}),
    ("/byline", {"byline": [{"name": "x"}]}, {"byline": []}),
    ("/byline/0/name", {"byline": [{"name": "x" * 300}]}, {"byline": [{"name": "x" * 301}]}),
    ("/byline/0/place", {"byline": [{"name": "x", "place": "x"}]},
     {"byline": [{"name": "x", "place": " "}]}),
    ("/sources", {"sources": [{"name": "x"}] * 20}, {"sources": [{"name": "x"}] * 21}),
    ("/sources/0/kind", source(kind="wire"), source(kind="rumour")),
    ("/sources/0/verification", source(verification="wrong"), source(verification="maybe")),
    ("/sources/0/url", source(url="https://x.org"), source(url="javascript:alert(1)")),
    ("/topics", {"topics": ["x"] * 20}, {"topics": ["x"] * 21}),
    ("/topics/0", {"topics": ["x" * 300]}, {"topics": ["x" * 301]}),
    ("/headline", {"headline": "x" * 300}, {"headline": "x" * 301}),
    ("/headline", {"headline": "x"}, {"headline": ""}),
    ("/headline", {"headline": "a b"}, {"headline": "a\nb"}),
    ("/headline", {"headline": "a b"}, {"headline": "a\n"}),
    ("/headline", {"headline": "a b"}, {"headline": "a\x00b"}),
    ("/headline", {"headline": "a b"}, {"headline": "   "}),
    ("/language", {"language": "pt-BR"}, {"language": "Portuguese"}),
    ("/occurred_at", {"occurred_at": "2021-06-14T12:00:00Z"}, {"occurred_at": "2021-06-14T12:00"}),
    ("/colour", {}, {"colour": "red"}),
    ("/blocks/0/html", block(**PARAGRAPH), block(type="paragraph", html="")),
    ("/blocks/0/html", block(type="paragraph", html="a\n\tb"), block(type="paragraph", html="\b")),
    ("/blocks/0/colour", block(**PARAGRAPH), block(**PARAGRAPH, colour="red")),
    ("/blocks/0/type", block(**PARAGRAPH), block(type="script", html="x")),
    ("/blocks/0/text", block(type="heading", text="x" * 300),
     block(type="heading", text="x" * 301)),
    ("/blocks/0/items", block(type="list", items=["x"] * 200),
     block(type="list", items=["x"] * 201)),
    ("/blocks/0/items", block(type="list", items=["x"]), block(type="list", items=[])),
    ("/blocks/0/text", quote(text="x" * 20_000), quote(text="x" * 20_001)),
    ("/blocks/0/speaker", quote(speaker="x"), block(type="quote", text="x")),
    ("/blocks/0/source/url", quote(source={"name": "x", "url": "http://x"}),
     quote(source={"name": "x", "url": "x"})),
    ("/blocks/0/media", picture(media="x" * 128), picture(media="x" * 129)),
    ("/blocks/0/media", picture(media="a.webp"), picture(media="../a.webp")),
    ("/blocks/0/credit", picture(credit="x"), picture(credit="")),
    ("/blocks/0/credit", picture(), block(type="image", media="a", caption="x", alt="x")),
    ("/blocks/0/alt", picture(alt="x" * 2000), picture(alt="x" * 2001)),
    ("/blocks/0/caption", picture(caption="x" * 2000), picture(caption="x" * 2001)),
    ("/blocks/0/width", picture(width=50_000), picture(width=50_001)),
    ("/blocks/0/height", picture(height=1), picture(height=0)),
    ("/blocks/0/images", block(type="gallery", images=[PICTURE] * 40),
     block(type="gallery", images=[PICTURE] * 41)),
    ("/blocks/0/images", block(type="gallery", images=[PICTURE]), block(type="gallery", images=[])),
    ("/blocks/0/url", block(type="embed", url="https://x/" + "x" * 2038),
     block(type="embed", url="https://x/" + "x" * 2039)),
    ("/blocks/0/url", block(type="link", url="http://x"), block(type="link", url="http://x\n")),
    ("/blocks/0/title", block(type="file", media="a", title="x"), block(type="file", media="a")),
]  # fmt: skip


@pytest.mark.parametrize(("where", "within", "over"), LIMITS)
def test_a_field_at_its_limit(where: str, within: dict[str, Any], over: dict[str, Any]) -> None:
    """What is at the limit is taken, what is over it is refused with a pointer to the field."""
    decoded(**within)
    assert pointer(**over) == where


def refusal(post: PublishPost) -> Invalid:
    with pytest.raises(Invalid) as caught:
        checked(a_content(**{name: getattr(post, name) for name in ("blocks", "headline")}))
    return caught.value


def test_forty_pictures_in_all() -> None:
    """Pictures of images and galleries count together, up to 40."""
    gallery = Gallery(tuple(Picture("a.webp", "x", "x", "x") for _ in range(39)))
    checked(a_content(blocks=(gallery, an_image())))
    error = refusal(a_post(blocks=(gallery, an_image(), an_image())))
    assert error.pointer == "/blocks"
    assert "41 pictures" in error.detail


def test_a_quarter_of_a_mebibyte_in_all() -> None:
    """All text of a post, as it is stored, is 256 KiB at most; bytes count, not letters."""
    empty = len(msgspec.json.encode(checked(a_content("x"))))
    room = 256 * 1024 - empty + 1
    checked(a_content("x" * room))
    checked(a_content("é" * (room // 2)))
    for text in ("x" * (room + 1), "é" * (room // 2 + 1)):
        error = refusal(a_post(text))
        assert error.pointer == "/blocks"
        assert "256 KiB are allowed" in error.detail


def test_a_post_says_something() -> None:
    """A post without blocks needs a headline, and without a headline a block."""
    checked(a_content(blocks=(), headline="Enough"))
    assert refusal(a_post(blocks=())).pointer == "/blocks"


@pytest.mark.parametrize(
    "html", ["<br>", " ", "<b></b>", "<script>alert(1)</script>", "&nbsp;", "&#8;", "<img src=x>"]
)
def test_a_paragraph_shows_something(html: str) -> None:
    """A block of which nothing to read is left is refused, with its place among the others."""
    error = refusal(a_post(blocks=(a_paragraph(), a_paragraph(html))))
    assert error.pointer == "/blocks/1/html"
