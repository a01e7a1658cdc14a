"""A post: its state, how events change it, and the rules for publishing and changing it."""

from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from dateline.domain.blocks import with_players
from dateline.domain.commands import (
    ChangeVerification,
    PublishPost,
    RedactPost,
    RevisePost,
    WithdrawPost,
)
from dateline.domain.content import Content, Source, checked
from dateline.domain.errors import Conflict, Gone, Invalid
from dateline.domain.events import (
    Event,
    KeyEventMarked,
    KeyEventUnmarked,
    PostCorrected,
    PostPinned,
    PostPublished,
    PostRedacted,
    PostRevised,
    PostUnpinned,
    PostWithdrawn,
    Record,
    Tombstone,
    VerificationChanged,
)
from dateline.domain.marks import key_event, pin

_CONTENT_FIELDS = Content.__struct_fields__
_NOTHING = Content(blocks=(), byline=())


class Correction(Struct, frozen=True):
    time: datetime
    note: str


class Post(Struct, frozen=True):
    """State of a post. `order` is the seq that published it, `seq` the last that changed it.

    `revision` counts the changes of what it says; pins and key-event marks do not raise it.
    `pin` is the seq that pinned it, 0 while it is not pinned.
    """

    id: str
    order: int
    seq: int
    revision: int
    status: Literal["published", "withdrawn", "redacted"]
    published_at: datetime
    updated_at: datetime
    content: Content
    corrections: tuple[Correction, ...] = ()
    reason: str | None = None
    key: bool = False
    pin: int = 0

    @property
    def pinned(self) -> bool:
        return self.pin > 0

    @property
    def time(self) -> datetime:
        """The time that readers see: when it happened, else when it was published."""
        return self.content.occurred_at or self.published_at


def fold(post: Post | None, record: Record) -> Post | None:
    """The post after an event about it."""
    event = record.event
    if isinstance(event, PostPublished):
        return Post(
            id=event.post,
            order=record.seq,
            seq=record.seq,
            revision=1,
            status="published",
            published_at=record.time,
            updated_at=record.time,
            content=event.content,
            key=event.key,
            pin=record.seq if event.pinned else 0,
        )
    if isinstance(event, Tombstone | PostRedacted):
        return _redacted(post, record)
    if post is None or post.status == "redacted":
        return post
    return replace(_changed(post, record), seq=record.seq)


def _redacted(post: Post | None, record: Record) -> Post:
    # The same from a living post and from tombstones alone: nothing of the words may stay.
    return Post(
        id=record.event.subject,
        order=post.order if post else record.seq,
        seq=record.seq,
        revision=getattr(record.event, "revision", 0),
        status="redacted",
        published_at=post.published_at if post else record.time,
        updated_at=record.time,
        content=_NOTHING,
    )


def _changed(post: Post, record: Record) -> Post:
    time = record.time
    match record.event:
        case PostRevised(revision=revision, content=content):
            return replace(post, revision=revision, content=content, updated_at=time)
        case PostCorrected(revision=revision, content=content, note=note):
            notes = (*post.corrections, Correction(time, note))
            return replace(
                post, revision=revision, content=content, corrections=notes, updated_at=time
            )
        case PostWithdrawn(revision=revision, reason=reason):
            return replace(
                post,
                revision=revision,
                status="withdrawn",
                reason=reason,
                updated_at=time,
                key=False,
                pin=0,
            )
        case VerificationChanged(revision=revision, source=n, verification=verification):
            sources = list(post.content.sources)
            sources[n] = replace(sources[n], verification=verification)
            content = replace(post.content, sources=tuple(sources))
            return replace(post, revision=revision, content=content, updated_at=time)
        case PostPinned():
            return replace(post, pin=record.seq)
        case PostUnpinned():
            return replace(post, pin=0)
        case KeyEventMarked():
            return replace(post, key=True)
        case KeyEventUnmarked():
            return replace(post, key=False)
    return post


def publish(post_id: str, command: PublishPost) -> list[Event]:
    content = checked(Content(**{name: getattr(command, name) for name in _CONTENT_FIELDS}))
    if command.key and not content.headline:
        raise Invalid("A key event needs a headline. Write one, or leave the mark.", "/headline")
    return [PostPublished(post_id, content=content, key=command.key, pinned=command.pinned)]


def revise(post: Post, command: RevisePost) -> list[Event]:
    _must_stand(post)
    given = {
        name: value for name in _CONTENT_FIELDS if (value := getattr(command, name)) is not UNSET
    }
    content = checked(Content(**{**asdict(post.content), **given}))
    content = replace(content, blocks=with_players(content.blocks, post.content.blocks))
    key = post.key if command.key is UNSET else command.key
    if key and not content.headline:
        raise Invalid("A key event needs a headline. Write one, or take the mark off.", "/headline")
    events: list[Event] = []
    if command.correction is not None:
        note = command.correction.strip()
        events.append(PostCorrected(post.id, post.revision + 1, content=content, note=note))
    elif content != post.content:
        events.append(PostRevised(post.id, post.revision + 1, content=content))
    changed = replace(post, content=content)
    if command.key is not UNSET:
        events += key_event(changed.id, is_on=post.key, turn_on=command.key)
    if command.pinned is not UNSET:
        events += pin(changed.id, is_on=post.pinned, turn_on=command.pinned)
    return events


def withdraw(post: Post, command: WithdrawPost) -> list[Event]:
    _must_stand(post)
    return [PostWithdrawn(post.id, post.revision + 1, reason=command.reason.strip())]


def redact(post: Post, command: RedactPost) -> list[Event]:
    _must_exist(post)
    return [PostRedacted(post.id, post.revision + 1, reason=command.reason)]


def mark_key(post: Post, *, turn_on: bool) -> list[Event]:
    _must_stand(post)
    if turn_on and not post.content.headline:
        raise Conflict("A key event needs a headline. Give the post one first.")
    return key_event(post.id, is_on=post.key, turn_on=turn_on)


def set_pin(post: Post, *, turn_on: bool) -> list[Event]:
    _must_stand(post)
    return pin(post.id, is_on=post.pinned, turn_on=turn_on)


def verify(post: Post, command: ChangeVerification) -> list[Event]:
    _must_stand(post)
    meant = _meant(post.content.sources, command.source)
    changed = [n for n in meant if post.content.sources[n].verification != command.verification]
    return [
        VerificationChanged(post.id, post.revision + 1 + k, n, command.verification)
        for k, n in enumerate(changed)
    ]


def _meant(sources: tuple[Source, ...], which: int | str | None) -> list[int]:
    meant = [
        n for n, source in enumerate(sources) if which is None or which == n or which == source.name
    ]
    if not meant:
        raise Conflict(
            "The post has no such source. Its sources count from 0: "
            f"{', '.join(source.name for source in sources) or 'there is none'}."
        )
    return meant


def _must_exist(post: Post) -> None:
    if post.status == "redacted":
        raise Gone("This post was removed for legal reasons and can't be changed any more.")


def _must_stand(post: Post) -> None:
    _must_exist(post)
    if post.status == "withdrawn":
        raise Conflict("This post was withdrawn and can't be changed. Publish a new one.")
