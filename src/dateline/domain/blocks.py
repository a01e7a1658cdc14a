"""The typed blocks a post is made of, and the one allowlist for inline HTML."""

from collections.abc import Callable
from html import unescape
from typing import Annotated
from urllib.parse import urlsplit

import nh3
from msgspec import Meta, Struct
from msgspec.structs import replace

from dateline.domain.documents import Format
from dateline.domain.errors import Invalid
from dateline.domain.shapes import (
    Amount,
    Caption,
    FrameUrl,
    Headline,
    InlineHtml,
    Line,
    MediaId,
    Pixels,
    Point,
    WebUrl,
    Widths,
    Words,
    without_controls,
)

INLINE_TAGS = {"a", "strong", "em", "b", "i", "code", "s", "sub", "sup", "br"}
_PASSES = 5


class QuoteSource(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a quotation can be checked."""

    name: Line
    url: WebUrl | None = None


class _Block(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"):
    """What all blocks share: `type` says which one it is."""

    @property
    def type(self) -> str:
        return str(self.__struct_config__.tag)


class Paragraph(_Block, frozen=True, tag="paragraph"):
    html: InlineHtml


class Heading(_Block, frozen=True, tag="heading"):
    text: Headline


class List(_Block, frozen=True, tag="list"):
    items: Annotated[tuple[InlineHtml, ...], Meta(min_length=1, max_length=200)]
    ordered: bool = False


class Quote(_Block, frozen=True, tag="quote"):
    text: Words
    speaker: Line
    role: Line | None = None
    source: QuoteSource | None = None


class Picture(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A picture in a gallery: `caption` tells about it, `alt` stands in for it.

    `widths` says in which widths it lies ready, each in all formats: see `pictures.py`. `focal` is
    what matters in it, as parts of 1 from the top left: where it is cut, it is cut around that.
    """

    media: MediaId
    caption: Caption
    credit: Line
    alt: Caption
    width: Pixels | None = None
    height: Pixels | None = None
    widths: Widths = ()
    focal: Point | None = None


class Image(Picture, frozen=True, tag_field="type", tag="image"):
    """One picture."""

    @property
    def type(self) -> str:
        return "image"


class Gallery(_Block, frozen=True, tag="gallery"):
    images: Annotated[tuple[Picture, ...], Meta(min_length=1, max_length=40)]


class Embed(_Block, frozen=True, tag="embed"):
    """Something of another site. With a title it is a card; `picture` is a file of ours.

    `frame` is what that site says plays it, `tall` that it is higher than wide.
    """

    url: WebUrl
    title: Line | None = None
    author: Line | None = None
    provider: Line | None = None
    picture: MediaId | None = None
    frame: FrameUrl | None = None
    tall: bool = False


class Link(_Block, frozen=True, tag="link"):
    url: WebUrl
    title: Line | None = None


class File(_Block, frozen=True, tag="file"):
    """A document to take away. What is said of it beside its title is the server's word."""

    media: MediaId
    title: Line
    format: Format | None = None
    size: Amount | None = None
    pages: Amount | None = None


Block = Paragraph | Heading | List | Quote | Image | Gallery | Embed | Link | File


def sanitise(html: str) -> str:
    """Inline HTML reduced to the allowlist; the text of what is taken out stays.

    Sanitised again, it stays the same: a revision that does not touch it changes no byte.
    """
    for _ in range(_PASSES):
        # What is taken out can leave links within links, and entities can stand for control
        # characters, which no field accepts: each means something else when it is read again.
        cleaned = _pass(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return nh3.clean(html, tags=set()).strip()


def _pass(html: str) -> str:
    return nh3.clean(
        without_controls(html).replace("\r\n", "\n").replace("\r", "\n"),
        tags=INLINE_TAGS,
        # A script's or a style's content is no text that anybody wrote for readers.
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        # A relative address would mean another place on every page that shows the post.
        url_relative="deny",
        link_rel="noopener nofollow",
    ).strip()


def clean(block: Block, pointer: str) -> Block:
    """The block with its inline HTML sanitised.

    :raises Invalid: nothing to read is left of it, or its address leads nowhere.
    """
    match block:
        case Paragraph(html=html):
            return replace(block, html=_kept(html, f"{pointer}/html"))
        case List(items=items):
            kept = (_kept(item, f"{pointer}/items/{n}") for n, item in enumerate(items))
            return replace(block, items=tuple(kept))
        case Embed(url=url) | Link(url=url):
            _check_host(url, f"{pointer}/url")
    return block


def pictures(block: Block) -> tuple[Picture, ...]:
    """The pictures a block shows."""
    match block:
        case Image():
            return (block,)
        case Gallery(images=images):
            return images
    return ()


def named(block: Block) -> tuple[str, ...]:
    """The names of what a block shows or gives away: its pictures, its document."""
    match block:
        case File(media=media):
            return (media,)
    return tuple(picture.media for picture in pictures(block))


def each_picture(block: Block, change: Callable[[Picture], Picture]) -> Block:
    """The block with each of its pictures changed."""
    match block:
        case Image():
            changed = change(block)
            assert isinstance(changed, Image)
            return changed
        case Gallery(images=images):
            return replace(block, images=tuple(change(one) for one in images))
    return block


def with_players(blocks: tuple[Block, ...], before: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, each embed with the player that the server had found for its address.

    Who revises a post says what it shows; what plays it is nothing they have to send back.
    """
    known = {one.url: one for one in before if isinstance(one, Embed) and one.frame}
    return tuple(
        replace(block, frame=known[block.url].frame, tall=known[block.url].tall)
        if isinstance(block, Embed) and not block.frame and block.url in known
        else block
        for block in blocks
    )


def _kept(html: str, pointer: str) -> str:
    cleaned = sanitise(html)
    if not unescape(nh3.clean(cleaned, tags=set())).strip():
        raise Invalid("There is no text here that readers could see. Write some.", pointer)
    return cleaned


def _check_host(url: str, pointer: str) -> None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host:
        raise Invalid("This address has no host that browsers could find. Check it.", pointer)
