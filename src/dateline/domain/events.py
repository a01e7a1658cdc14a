"""Everything that can happen. Events are facts in the past tense; they are coarse and few.

A new event, or a new version of one, is reviewed like a public API: old ones stay readable for
ever (`store/codec.py` upcasts, `tests/unit/store/events/` holds a fixture of each version).

`subject` says what an event is about: a post's id, "briefing", "topics", "pins", or "" for the
coverage as a whole.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dateline.domain.briefing import BRIEFING, Briefing
from dateline.domain.content import Content, Verification
from dateline.domain.people import Actor
from dateline.domain.pins import PINS
from dateline.domain.terms import Terms
from dateline.domain.topics import TOPICS, Choices

Status = Literal["scheduled", "live", "paused", "ended"]


class _Event(Struct, frozen=True, omit_defaults=True):
    """What all events share: nothing but being a frozen record."""

    @property
    def subject(self) -> str:
        return ""


class CoverageOpened(_Event, Terms, frozen=True):
    slug: str
    title: str
    language: str
    timezone: str
    summary: str | None = None


class CoverageDescribed(_Event, Terms, frozen=True):
    """The whole description as it is from now on. Language and zone stay once there are posts.

    `related` are the slugs of the coverages that the desk put beside this one.
    """

    title: str
    language: str
    timezone: str
    summary: str | None = None
    related: tuple[str, ...] = ()


class CoverageStatusChanged(_Event, frozen=True):
    status: Status


class BriefingSet(_Event, frozen=True):
    """The whole briefing as it is from now on."""

    revision: int
    briefing: Briefing

    @property
    def subject(self) -> str:
        return BRIEFING


class TopicsSet(_Event, frozen=True):
    """The desk's whole word on the topics as it is from now on."""

    revision: int
    choices: Choices

    @property
    def subject(self) -> str:
        return TOPICS


class PinsOrdered(_Event, frozen=True):
    """The order of the pinned posts as it is from now on, the first one on top."""

    posts: tuple[str, ...]

    @property
    def subject(self) -> str:
        return PINS


class _PostEvent(_Event, frozen=True):
    post: str

    @property
    def subject(self) -> str:
        return self.post


class PostPublished(_PostEvent, frozen=True):
    content: Content
    key: bool = False
    pinned: bool = False


class PostRevised(_PostEvent, frozen=True):
    """A change that needs no note: a typo. `content` is the whole post as it is now."""

    revision: int
    content: Content


class PostCorrected(_PostEvent, frozen=True):
    """A change of substance, with the note that readers see."""

    revision: int
    content: Content
    note: str


class PostWithdrawn(_PostEvent, frozen=True):
    revision: int
    reason: str


class PostRedacted(_PostEvent, frozen=True):
    """A legal takedown: the words are overwritten in the log as well."""

    revision: int
    reason: str | None = None


class PostPinned(_PostEvent, frozen=True):
    pass


class PostUnpinned(_PostEvent, frozen=True):
    pass


class KeyEventMarked(_PostEvent, frozen=True):
    pass


class KeyEventUnmarked(_PostEvent, frozen=True):
    pass


class VerificationChanged(_PostEvent, frozen=True):
    """`source` counts from 0 in the post's sources."""

    revision: int
    source: int
    verification: Verification


class Tombstone(_PostEvent, frozen=True):
    """What is left of an event whose words were taken down. Never appended, only read."""


Event = (
    CoverageOpened
    | CoverageDescribed
    | CoverageStatusChanged
    | BriefingSet
    | TopicsSet
    | PinsOrdered
    | PostPublished
    | PostRevised
    | PostCorrected
    | PostWithdrawn
    | PostRedacted
    | PostPinned
    | PostUnpinned
    | KeyEventMarked
    | KeyEventUnmarked
    | VerificationChanged
    | Tombstone
)


class Record(Struct, frozen=True):
    """An event with its place in the log. `seq` counts 1, 2, 3 … in each coverage.

    `digest` (32 bytes) is over the payload, `chain` (32 bytes) over everything up to here.
    """

    coverage: str
    seq: int
    id: str
    time: datetime
    actor: Actor
    event: Event
    digest: bytes
    chain: bytes
