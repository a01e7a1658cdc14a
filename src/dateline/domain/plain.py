"""The words of a post without any markup: for search, feeds and everything that only reads."""

from html import unescape

import nh3

from dateline.domain.blocks import (
    Block,
    Embed,
    File,
    Heading,
    Image,
    Link,
    List,
    Paragraph,
    Picture,
    Quote,
)
from dateline.domain.content import Content


def plain_text(content: Content, *, credits: bool = True) -> str:
    """All words of the blocks, a line for each paragraph, item, quotation or caption.

    `credits`: with who made the pictures.
    """
    lines = (line for block in content.blocks for line in _lines(block, credits))
    return "\n".join(line for line in lines if line)


def _lines(block: Block, credits: bool) -> list[str]:
    match block:
        case Paragraph(html=html):
            return [_text(html)]
        case List(items=items):
            return [_text(item) for item in items]
        case Heading(text=text):
            return [text]
        case Quote(text=text, speaker=speaker, role=role):
            return [f"“{text}”", f"{speaker}, {role}" if role else speaker]
        case Image():
            return [_caption(block, credits)]
        case Link(title=title, url=url):
            return [title or url]
        case Embed(title=title, url=url):
            return [title or url]
        case File(title=title):
            return [title]
    return [_caption(picture, credits) for picture in block.images]


def _caption(picture: Picture, credits: bool) -> str:
    return f"{picture.caption} ({picture.credit})" if credits else picture.caption


def _text(html: str) -> str:
    return unescape(nh3.clean(html.replace("<br>", "\n"), tags=set())).strip()
