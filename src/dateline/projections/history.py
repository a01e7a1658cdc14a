"""The history of one post as readers may see it: what it said when, and what is said no more."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.domain import posts
from dateline.domain.content import Content, Verification
from dateline.domain.events import (
    Event,
    PostCorrected,
    PostPublished,
    PostRevised,
    PostWithdrawn,
    Record,
    VerificationChanged,
)
from dateline.domain.posts import Post

Kind = Literal["published", "revised", "corrected", "withdrawn", "verified"]


class Version(Struct, frozen=True):
    """A post as it stood after one change. `note` is a correction's, or a withdrawal's reason.

    `content` is None where the words are not to be read any more. Of a changed verification
    `source` and `verification` say which and what it is now.
    """

    revision: int
    time: datetime
    kind: Kind
    content: Content | None
    note: str | None = None
    source: str | None = None
    verification: Verification | None = None


class History(Struct, frozen=True):
    """The post as it is now, and its versions, oldest first."""

    post: Post
    versions: list[Version]


def history_of(records: Iterable[Record]) -> History | None:
    """Folded from all records about one post; None if there is no such post.

    Of a withdrawn post its versions have neither words nor notes, except for the reason: who reads
    its history is not to read there what was taken back. Of a redacted one there are no versions.
    """
    post: Post | None = None
    versions: list[Version] = []
    for record in records:
        post = posts.fold(post, record)
        if post and (kind := _kind(record.event)):
            versions.append(_version(post, record, kind))
    if post is None:
        return None
    if post.status == "redacted":
        return History(post, [])
    if post.status == "withdrawn":
        versions = [_silenced(version) for version in versions]
    return History(post, versions)


def _kind(event: Event) -> Kind | None:
    match event:
        case PostPublished():
            return "published"
        case PostRevised():
            return "revised"
        case PostCorrected():
            return "corrected"
        case PostWithdrawn():
            return "withdrawn"
        case VerificationChanged():
            return "verified"
    return None


def _version(post: Post, record: Record, kind: Kind) -> Version:
    made = Version(post.revision, record.time, kind, post.content)
    match record.event:
        case PostCorrected(note=words) | PostWithdrawn(reason=words):
            return replace(made, note=words)
        case VerificationChanged(source=n, verification=verification):
            source = post.content.sources[n].name
            return replace(made, source=source, verification=verification)
    return made


def _silenced(version: Version) -> Version:
    note = version.note if version.kind == "withdrawn" else None
    return Version(version.revision, version.time, version.kind, None, note)
