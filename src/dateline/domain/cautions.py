"""What an editor should look at before a draft goes out. Warnings hinder nothing."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from dateline.domain.blocks import Quote
from dateline.domain.briefing import Briefing
from dateline.domain.posts import Post
from dateline.domain.sketch import Sketch, Unfinished
from dateline.domain.spelling import name_parts, unlike

_TAG = re.compile(r"<[^>]*>")
_TEXTS = ("html", "text", "speaker", "caption", "title")


class Caution(Struct, frozen=True, omit_defaults=True):
    """`pointer` is into the content, as in errors; "" is all of it.

    Of a spelling `found` is the word that stands there, `known` the one that stood there before.
    """

    kind: Literal["credit", "alt", "title", "source", "spelling"]
    pointer: str
    detail: str
    found: str | None = None
    known: str | None = None


def cautions(sketch: Sketch, names: frozenset[str]) -> list[Caution]:
    """What is missing, and which names are spelled otherwise than the parts in `names`."""
    found = [one for n, block in enumerate(sketch.blocks) for one in _of(block, f"/blocks/{n}")]
    texts = [sketch.headline or "", *(text for block in sketch.blocks for text in _texts(block))]
    for word, known in unlike(texts, names).items():
        detail = f"“{word}” was “{known}” before. Is it the same name?"
        found.append(Caution("spelling", "", detail, word, known))
    return found


def known_names(briefing: Briefing, posts: Iterable[Post]) -> frozenset[str]:
    """The parts of the names that a coverage has used: in its briefing, bylines and quotations."""
    names = [one.name for one in briefing.people]
    for post in posts:
        names += [one.name for one in post.content.byline]
        names += [block.speaker for block in post.content.blocks if isinstance(block, Quote)]
    return name_parts(names)


def _of(block: Unfinished, pointer: str) -> Iterator[Caution]:
    match block.get("type"):
        case "image":
            yield from _of_picture(block, pointer)
        case "gallery":
            images = block.get("images")
            for n, one in enumerate(images if isinstance(images, list) else ()):
                if isinstance(one, dict):
                    yield from _of_picture(one, f"{pointer}/images/{n}")
        case "file" if not _said(block.get("title")):
            yield Caution("title", f"{pointer}/title", "The file has no title.")
        case "quote" if not block.get("source"):
            yield Caution("source", f"{pointer}/source", "The quotation has no source.")


def _of_picture(picture: Unfinished, pointer: str) -> Iterator[Caution]:
    if not _said(picture.get("credit")):
        yield Caution("credit", f"{pointer}/credit", "The picture has no credit.")
    if not _said(picture.get("alt")):
        yield Caution("alt", f"{pointer}/alt", "The picture has no alternative text.")


def _texts(block: Unfinished) -> Iterator[str]:
    items = block.get("items")
    for value in [*(block.get(name) for name in _TEXTS), *(items if type(items) is list else ())]:
        if isinstance(value, str):
            yield _TAG.sub(" ", value)


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
