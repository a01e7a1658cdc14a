"""What a post says: everything its author wrote, and the limits that concern it as a whole."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from dateline.domain.blocks import Block, clean, pictures
from dateline.domain.errors import Invalid
from dateline.domain.people import Byline
from dateline.domain.shapes import (
    MAX_BLOCKS,
    MAX_BYLINES,
    MAX_IMAGES,
    MAX_SOURCES,
    MAX_TEXT_BYTES,
    MAX_TOPICS,
    Headline,
    Language,
    Line,
    WebUrl,
)

Verification = Literal["unconfirmed", "confirmed", "wrong"]
SourceKind = Literal["reporter", "wire", "official", "eyewitness", "social", "publication"]

Blocks = Annotated[tuple[Block, ...], Meta(max_length=MAX_BLOCKS)]
Moment = Annotated[datetime, Meta(tz=True)]


class Source(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the news comes from, and how far the desk trusts it."""

    name: Line
    kind: SourceKind = "publication"
    verification: Verification = "unconfirmed"
    url: WebUrl | None = None


Bylines = Annotated[tuple[Byline, ...], Meta(min_length=1, max_length=MAX_BYLINES)]
Sources = Annotated[tuple[Source, ...], Meta(max_length=MAX_SOURCES)]
Topics = Annotated[tuple[Line, ...], Meta(max_length=MAX_TOPICS)]


class Content(Struct, frozen=True, omit_defaults=True):
    """The words of a post. Times are UTC."""

    blocks: Blocks
    byline: Bylines
    headline: Headline | None = None
    occurred_at: Moment | None = None
    sources: Sources = ()
    topics: Topics = ()
    language: Language | None = None


_EARLIEST, _LATEST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_size = msgspec.json.Encoder()


def checked(content: Content) -> Content:
    """The content sanitised and within the limits of a whole post.

    :raises Invalid: with a pointer to the field; nothing of the input is changed or kept.
    """
    if not content.blocks and not content.headline:
        raise Invalid("A post needs at least one block or a headline.", "/blocks")
    cleaned = tuple(clean(block, f"/blocks/{n}") for n, block in enumerate(content.blocks))
    shown = sum(len(pictures(block)) for block in cleaned)
    if shown > MAX_IMAGES:
        raise Invalid(
            f"The post has {shown} pictures; {MAX_IMAGES} are allowed. "
            "Split it into several posts.",
            "/blocks",
        )
    kept = replace(
        content,
        blocks=cleaned,
        occurred_at=content.occurred_at and utc(content.occurred_at, "/occurred_at"),
        topics=tuple(dict.fromkeys(topic.strip() for topic in content.topics)),
    )
    size = len(_size.encode(kept))
    if size > MAX_TEXT_BYTES:
        raise Invalid(
            f"The post has {size // 1024} KiB of text; {MAX_TEXT_BYTES // 1024} KiB are allowed. "
            "Split it into several posts.",
            "/blocks",
        )
    return kept


def utc(moment: datetime, pointer: str) -> datetime:
    """The same moment in UTC.

    :raises Invalid: it is so far away that it must be a mistake.
    """
    # Further out, some zone's clock would show a year that no calendar has.
    if not _EARLIEST <= moment <= _LATEST:
        raise Invalid("The time has to be between the years 1000 and 9999.", pointer)
    return moment.astimezone(UTC)
