"""What people and machines may ask for, in the imperative. The HTTP API decodes into these."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from dateline.domain.briefing import Agenda, Issues, People
from dateline.domain.content import Blocks, Bylines, Moment, Sources, Topics, Verification
from dateline.domain.events import Status
from dateline.domain.shapes import (
    Headline,
    Language,
    Line,
    Note,
    PinnedPosts,
    Related,
    Slug,
    Summary,
    Timezone,
    Words,
)
from dateline.domain.terms import Hours, Minutes, Terms
from dateline.domain.topics import Chosen, Hidden


class _Command(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all commands share: an unknown field is an error, never ignored."""


class OpenCoverage(_Command, Terms, frozen=True):
    slug: Slug
    title: Headline
    timezone: Timezone
    language: Language = "en"
    summary: Summary | None = None


class SeenDescription(_Command, frozen=True):
    """Of what many change: how it stood for somebody."""

    title: Headline | UnsetType = UNSET
    summary: Summary | UnsetType | None = UNSET
    related: Related | UnsetType = UNSET


class DescribeCoverage(_Command, frozen=True):
    """What is left out stays. `seen` is how it stood for whoever changes it, where they say so."""

    title: Headline | UnsetType = UNSET
    summary: Summary | UnsetType | None = UNSET
    language: Language | UnsetType = UNSET
    timezone: Timezone | UnsetType = UNSET
    related: Related | UnsetType = UNSET
    rehearsal: bool | UnsetType = UNSET
    two_person: bool | UnsetType = UNSET
    reporters_publish: bool | UnsetType = UNSET
    remind_after: Minutes | UnsetType | None = UNSET
    close_after: Hours | UnsetType | None = UNSET
    seen: SeenDescription | None = None


class ChangeStatus(_Command, frozen=True):
    status: Status


class SetBriefing(_Command, frozen=True):
    """The whole briefing; what is left out is empty from then on."""

    summary: Words | None = None
    people: People = ()
    issues: Issues = ()
    agenda: Agenda = ()
    next: Note | None = None


class SetTopics(_Command, frozen=True):
    """The desk's whole word on the topics; what is left out is as it is typed and found."""

    topics: Chosen = ()
    hidden: Hidden = ()


class OrderPins(_Command, frozen=True):
    """The order of the pinned posts; what is left out stands above them.

    `seen` is how they stood before whoever moved them, where they say so.
    """

    posts: PinnedPosts
    seen: PinnedPosts | None = None


class PublishPost(_Command, frozen=True):
    blocks: Blocks
    byline: Bylines
    headline: Headline | None = None
    key: bool = False
    pinned: bool = False
    occurred_at: Moment | None = None
    sources: Sources = ()
    topics: Topics = ()
    language: Language | None = None


class RevisePost(_Command, frozen=True):
    """Only what is given changes. With `correction`, readers see that note."""

    blocks: Blocks | UnsetType = UNSET
    byline: Bylines | UnsetType = UNSET
    headline: Headline | UnsetType | None = UNSET
    key: bool | UnsetType = UNSET
    pinned: bool | UnsetType = UNSET
    occurred_at: Moment | UnsetType | None = UNSET
    sources: Sources | UnsetType = UNSET
    topics: Topics | UnsetType = UNSET
    language: Language | UnsetType | None = UNSET
    correction: Note | None = None


class WithdrawPost(_Command, frozen=True):
    reason: Note


class RedactPost(_Command, frozen=True):
    """The reason is public, so it must not repeat the words that have to go."""

    reason: Note | None = None


class PinPost(_Command, frozen=True):
    pass


class UnpinPost(_Command, frozen=True):
    pass


class MarkKeyEvent(_Command, frozen=True):
    pass


class UnmarkKeyEvent(_Command, frozen=True):
    pass


class ChangeVerification(_Command, frozen=True):
    """`source` counts from 0, or is the source's name; without it all sources are meant."""

    verification: Verification
    source: Annotated[int, Meta(ge=0)] | Line | None = None


CoverageCommand = (
    OpenCoverage | DescribeCoverage | ChangeStatus | SetBriefing | SetTopics | OrderPins
)
PostCommand = (
    PublishPost
    | RevisePost
    | WithdrawPost
    | RedactPost
    | PinPost
    | UnpinPost
    | MarkKeyEvent
    | UnmarkKeyEvent
    | ChangeVerification
)
Command = CoverageCommand | PostCommand
