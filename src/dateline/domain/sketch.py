"""What a draft says so far: the shape of a post, but nothing has to be complete.

Loosely checked while somebody writes, so that no word is refused; strictly, as a post, when it is
handed in.
"""

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from dateline.domain import posts
from dateline.domain.blocks import sanitise
from dateline.domain.commands import PublishPost, RevisePost
from dateline.domain.errors import Invalid
from dateline.domain.pointers import invalid
from dateline.domain.shapes import (
    MAX_BLOCKS,
    MAX_BYLINES,
    MAX_SOURCES,
    MAX_TOPICS,
)

MAX_DRAFT_BYTES = 512 * 1024
"""Twice what a post may have: too long is said at handing in, not by losing words."""

Unfinished = dict[str, Any]
_Short = Annotated[str, Meta(max_length=2000)]


class Sketch(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A post, as far as it is written."""

    blocks: Annotated[tuple[Unfinished, ...], Meta(max_length=MAX_BLOCKS)] = ()
    byline: Annotated[tuple[Unfinished, ...], Meta(max_length=MAX_BYLINES)] = ()
    headline: _Short | None = None
    key: bool = False
    pinned: bool = False
    occurred_at: _Short | None = None
    sources: Annotated[tuple[Unfinished, ...], Meta(max_length=MAX_SOURCES)] = ()
    topics: Annotated[tuple[_Short, ...], Meta(max_length=MAX_TOPICS)] = ()
    language: _Short | None = None


NOTHING = Sketch()
_OPTIONAL = ("headline", "occurred_at", "language")
_WEB = re.compile(r"\s*(https?://|$)", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?:[^<>]|</?(?:strong|em|b|i|code|s|sub|sup)>|<br>|</a>"
    r'|<a href="(?:https?://|mailto:)[^"<>\s]*">)*'
)
_post = msgspec.json.Decoder(PublishPost)


def check_size(sketch: Sketch) -> None:
    """:raises Invalid: it is larger than any draft may be."""
    size = len(msgspec.json.encode(sketch))
    if size > MAX_DRAFT_BYTES:
        raise Invalid(
            f"The draft has {size // 1024} KiB; {MAX_DRAFT_BYTES // 1024} KiB are allowed. "
            "Split it into several.",
            "/content",
        )


def harmless(sketch: Sketch) -> Sketch:
    """The same for other eyes: what a post would lose of its HTML and addresses is lost here too.

    A draft is kept as it was sent; whoever reads what another has written must not run it.
    """
    return replace(
        sketch,
        blocks=tuple(_harmless(block) for block in sketch.blocks),
        sources=tuple(_harmless(source) for source in sketch.sources),
    )


def _harmless(part: Any, name: str = "") -> Any:
    if isinstance(part, dict):
        return {key: _harmless(value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_harmless(value, name) for value in part]
    if isinstance(part, str) and name in ("html", "items"):
        # What an editor writes stays letter by letter, so that versions can be compared.
        return part if _PLAIN.fullmatch(part) else sanitise(part)
    if isinstance(part, str) and name == "url" and not _WEB.match(part):
        return ""
    return part


def finished(sketch: Sketch, post_id: str) -> PublishPost:
    """The command that publishes it.

    :raises Invalid: it is no post yet; the pointer is to the field of the content.
    """
    said = asdict(sketch)
    # An empty field of a form is one that nobody has filled in.
    said |= {name: None for name in _OPTIONAL if not (said[name] or "").strip()}
    try:
        command = _post.decode(msgspec.json.encode(said))
    except msgspec.ValidationError as error:
        raise invalid(error) from error
    posts.publish(post_id, command)
    return command


def revised(sketch: Sketch, post_id: str, correction: str | None) -> RevisePost:
    """The command that makes a published post say this.

    :raises Invalid: it is no post yet, or the correction is no note.
    """
    said = asdict(finished(sketch, post_id))
    try:
        return msgspec.convert({**said, "correction": correction}, RevisePost)
    except msgspec.ValidationError as error:
        raise invalid(error) from error
