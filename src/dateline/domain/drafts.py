"""Drafts: the states of a working paper, and what each action may do to it. Pure.

A draft is outside of the log (ADR 15). Its id is made on the device that writes it, and becomes
the post's id, so that however often it is sent it is published once.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from dateline.domain.content import Moment
from dateline.domain.errors import Conflict, Invalid, NotFound, Stale
from dateline.domain.people import Actor
from dateline.domain.shapes import PostId, Summary
from dateline.domain.sketch import NOTHING, Sketch, check_size, finished

State = Literal["draft", "submitted", "returned", "scheduled", "published"]
MAX_DRAFTS = 500
"""Of a coverage, published ones not counted."""
MAX_COMMENTS = 100

Remark = Annotated[Summary, Meta(min_length=1)]
Revision = Annotated[int, Meta(ge=1, le=10**9)]

_FROM: dict[str, tuple[State, ...]] = {
    "changed": ("draft", "submitted", "returned"),
    "submitted": ("draft", "submitted", "returned"),
    "returned": ("submitted",),
    "approved": ("submitted", "scheduled"),
    "scheduled": ("draft", "submitted", "returned", "scheduled"),
    "taken off the schedule": ("scheduled",),
    "published": ("draft", "submitted", "returned", "scheduled"),
    "discarded": ("draft", "submitted", "returned", "scheduled"),
}


class Colleague(Struct, frozen=True):
    """Somebody of the desk, as the others see them."""

    id: str
    name: str


class Comment(Struct, frozen=True):
    """An internal remark; `returned` says why a draft went back."""

    id: str
    author: Colleague
    text: str
    time: datetime
    kind: Literal["comment", "returned"] = "comment"


class Draft(Struct, frozen=True, omit_defaults=True):
    """State of a draft. `version` counts changes of content and state, not comments.

    `post` and `based_on`: it is an edit of that published post, begun at that revision.
    `refusal` says why it could not be published. Published, it has no content: the log has it.
    """

    id: str
    coverage: str
    author: Colleague
    content: Sketch
    filed_at: datetime
    received_at: datetime
    updated_at: datetime
    version: int = 1
    state: State = "draft"
    post: str | None = None
    based_on: int | None = None
    comments: tuple[Comment, ...] = ()
    publish_at: datetime | None = None
    embargo_until: datetime | None = None
    scheduled_by: Actor | None = None
    released_by: tuple[Colleague, ...] = ()
    refusal: str | None = None
    published_at: datetime | None = None

    @property
    def post_id(self) -> str:
        """The post that it is, or becomes."""
        return self.post or self.id


class Filing(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a device sends of a draft. `filed_at` is when its author said so, by their clock."""

    content: Sketch
    filed_at: Moment | None = None
    post: PostId | None = None
    based_on: Revision | None = None


Change = Callable[[Draft], Draft]


def colleague(actor: Actor) -> Colleague:
    return Colleague(actor.id, actor.name)


def sees(author: str, state: State, who: str, *, reviews: bool) -> bool:
    """Whether somebody may read a draft: their own, and who reviews all that was handed in."""
    return author == who or (reviews and state != "draft")


def begin(draft_id: str, coverage: str, filing: Filing, by: Actor, *, now: datetime) -> Draft:
    """A new draft."""
    _check(filing)
    return Draft(
        id=draft_id,
        coverage=coverage,
        author=colleague(by),
        content=filing.content,
        filed_at=_filed(filing, now) or now,
        received_at=now,
        updated_at=now,
        post=filing.post,
        based_on=filing.based_on,
    )


def is_same(draft: Draft, filing: Filing) -> bool:
    """Whether the draft says this already: it was sent before, and its answer was lost."""
    return draft.content == filing.content and (
        filing.post is None
        or (filing.post == draft.post and filing.based_on in (None, draft.based_on))
    )


def save(draft: Draft, filing: Filing, *, seen: int, now: datetime) -> Draft:
    """The draft with what was written. Who approved it has approved other words.

    :raises Stale: somebody else, or another device, has changed it since `seen`.
    """
    if is_same(draft, filing) and draft.state != "published":
        return draft
    _must_be(draft, "changed")
    check_seen(draft, seen)
    _check(filing)
    if filing.post not in (None, draft.post):
        raise Invalid("A draft stays one of the post it was begun for.", "/post")
    return _moved(
        draft,
        now,
        content=filing.content,
        filed_at=_filed(filing, now) or draft.filed_at,
        based_on=filing.based_on or draft.based_on,
        released_by=(),
    )


def submit(draft: Draft, *, now: datetime) -> Draft:
    """Hand it in.

    :raises Invalid: it is no post yet.
    """
    _must_be(draft, "submitted")
    finished(draft.content, draft.post_id)
    return draft if draft.state == "submitted" else _moved(draft, now, state="submitted")


def return_(draft: Draft, remark: Comment, *, now: datetime) -> Draft:
    """Give it back to its author, with what is wrong."""
    if _has(draft, remark):
        return draft
    _must_be(draft, "returned")
    return _moved(comment(draft, remark, now=now), now, state="returned", released_by=())


def comment(draft: Draft, remark: Comment, *, now: datetime) -> Draft:
    """Add a remark. The same one again, by its id, is there once."""
    if _has(draft, remark):
        return draft
    if len(draft.comments) >= MAX_COMMENTS:
        raise Conflict(f"There are {MAX_COMMENTS} comments already. Speak to each other.")
    return replace(draft, comments=(*draft.comments, remark), updated_at=now)


def approve(draft: Draft, by: Actor, *, now: datetime) -> Draft:
    """Release it, as the one of the two who does not publish it."""
    _must_be(draft, "approved")
    finished(draft.content, draft.post_id)
    if colleague(by) in draft.released_by:
        return draft
    return replace(draft, released_by=(*draft.released_by, colleague(by)), updated_at=now)


def schedule(
    draft: Draft, by: Actor, publish_at: datetime, embargo_until: datetime | None, *, now: datetime
) -> Draft:
    """Let it be published at a time, by the one who says so.

    :raises Invalid: it is no post yet, or the time has passed or is within the embargo.
    """
    _must_be(draft, "scheduled")
    if publish_at <= now:
        raise Invalid("This time has passed. Choose a later one, or publish now.", "/publish_at")
    if embargo_until and publish_at < embargo_until:
        raise Invalid("This is before the embargo ends. Choose a later time.", "/publish_at")
    finished(draft.content, draft.post_id)
    planned = {"publish_at": publish_at, "embargo_until": embargo_until, "scheduled_by": by}
    if all(getattr(draft, name) == value for name, value in planned.items()):
        return draft
    return _moved(draft, now, state="scheduled", **planned)


def unschedule(draft: Draft, *, now: datetime) -> Draft:
    """Take it off the schedule; it waits in the queue. An embargo stays."""
    if draft.state == "submitted":
        return draft
    _must_be(draft, "taken off the schedule")
    return _moved(draft, now, state="submitted", publish_at=None, scheduled_by=None)


def check_publishable(draft: Draft, *, seen: int | None, now: datetime) -> None:
    """:raises Conflict: it is under embargo. :raises Stale: it was changed since `seen`."""
    check_seen(draft, seen)
    _must_be(draft, "published")
    if draft.embargo_until and now < draft.embargo_until:
        until = draft.embargo_until.isoformat(timespec="minutes")
        raise Conflict(f"This is under embargo until {until}. Schedule it, or lift the embargo.")


def is_released(draft: Draft, publisher: str) -> bool:
    """Whether somebody else than who publishes it has approved it."""
    return any(one.id != publisher for one in draft.released_by)


def published(draft: Draft, *, now: datetime) -> Draft:
    """What is left of it once the log has its words."""
    done = _moved(draft, now, state="published", content=NOTHING, publish_at=None)
    return replace(done, published_at=now, scheduled_by=None)


def refused(draft: Draft, why: str, *, now: datetime) -> Draft:
    """It could not be published: the reason stands in it; a scheduled one is in the queue again."""
    if draft.state == "published":
        return draft
    if draft.state == "scheduled":
        draft = unschedule(draft, now=now)
    return replace(draft, refusal=why, updated_at=now)


def erased(draft: Draft) -> Draft:
    """A draft whose post was taken down: no word of it, and none about it."""
    return replace(draft, content=NOTHING, comments=(), refusal=None)


def check_discardable(draft: Draft, *, seen: int | None) -> None:
    """:raises Conflict: it is published. :raises Stale: it was changed since `seen`."""
    check_seen(draft, seen)
    _must_be(draft, "discarded")


def check_room(others: int) -> None:
    """:raises Conflict: the coverage has as many drafts as it may have."""
    if others >= MAX_DRAFTS:
        raise Conflict(
            f"This coverage has {MAX_DRAFTS} drafts already. Publish or discard some first."
        )


def check_seen(draft: Draft, seen: int | None) -> None:
    """:raises Stale: it is at another version; the draft as it is goes with the error."""
    if seen is not None and seen != draft.version:
        raise Stale(
            f"The draft is at version {draft.version}, you have version {seen}. "
            "Put your change into what it says now, and send that.",
            current=draft,
        )


def missing() -> NotFound:
    """The error for who asks for a draft that is not there, or not theirs to see."""
    return NotFound("There is no such draft. It may have been discarded.")


def _check(filing: Filing) -> None:
    check_size(filing.content)
    if (filing.post is None) != (filing.based_on is None):
        raise Invalid("An edit names the post and the revision it is based on.", "/based_on")


def _filed(filing: Filing, now: datetime) -> datetime | None:
    # A device whose clock is ahead would file in the future.
    return min(filing.filed_at, now) if filing.filed_at else None


def _must_be(draft: Draft, what: str) -> None:
    if draft.state not in _FROM[what]:
        raise Conflict(_STANDS[draft.state])


_STANDS: dict[State, str] = {
    "draft": "This draft was not handed in. Submit it first.",
    "submitted": "This draft waits for review. Look at it again.",
    "returned": "This draft was returned. Submit it again first.",
    "scheduled": "This draft is scheduled. Take it off the schedule first.",
    "published": "This draft is published already. Change the post.",
}


def _has(draft: Draft, remark: Comment) -> bool:
    return any(one.id == remark.id for one in draft.comments)


def _moved(draft: Draft, now: datetime, **changes: object) -> Draft:
    changed = replace(draft, **changes)
    return replace(changed, version=draft.version + 1, updated_at=now, refusal=None)
