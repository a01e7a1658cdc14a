"""The shapes of what the API answers. They are a contract: OpenAPI is made from them."""

from datetime import datetime

import msgspec
from litestar import Response
from msgspec import Raw, Struct

from dateline.desk.writing import Receipt
from dateline.domain.blocks import Block
from dateline.domain.briefed import Briefed
from dateline.domain.briefing import Appointment, Issue, Participant
from dateline.domain.chosen import ChosenTopics
from dateline.domain.content import Source
from dateline.domain.coverage import Coverage
from dateline.domain.events import Record, Status
from dateline.domain.people import Actor, Byline
from dateline.domain.posts import Correction, Post
from dateline.domain.terms import terms_of
from dateline.domain.topics import ChosenTopic
from dateline.projections.topics import Topic
from dateline.store.codec import Entry, from_micros


class CoverageAnswer(Struct, frozen=True):
    """A coverage as it is at `seq`."""

    slug: str
    title: str
    summary: str | None
    language: str
    timezone: str
    status: Status
    opened_at: datetime
    related: tuple[str, ...]
    rehearsal: bool
    two_person: bool
    reporters_publish: bool
    remind_after: int | None
    close_after: int | None
    seq: int
    url: str


class CoveragesAnswer(Struct, frozen=True):
    coverages: list[CoverageAnswer]


class StatusAnswer(Struct, frozen=True):
    slug: str
    seq: int
    url: str


class BriefingAnswer(Struct, frozen=True):
    """A coverage's briefing. Revision 0: none was ever set."""

    revision: int
    seq: int
    summary: str | None
    people: tuple[Participant, ...]
    issues: tuple[Issue, ...]
    agenda: tuple[Appointment, ...]
    next: str | None
    url: str


class TopicsAnswer(Struct, frozen=True):
    """What readers are shown, and the desk's word. Revision 0: it has said none."""

    revision: int
    shown: list[Topic]
    topics: tuple[ChosenTopic, ...]
    hidden: tuple[str, ...]
    url: str


class PinsAnswer(Struct, frozen=True):
    """The ids of the pinned posts at `seq`, the first one on top."""

    seq: int
    posts: list[str]
    url: str


class SettingReceipt(Struct, frozen=True):
    """What a write of the briefing, or of the topics, came to."""

    slug: str
    seq: int
    revision: int
    url: str


class PostReceipt(Struct, frozen=True):
    """What a write of a post came to."""

    id: str
    seq: int
    revision: int
    url: str


class PostAnswer(Struct, frozen=True):
    """A post as it is. A withdrawn one has a reason and no words."""

    id: str
    seq: int
    order: int
    revision: int
    status: str
    key: bool
    pinned: bool
    published_at: datetime
    updated_at: datetime
    headline: str | None
    blocks: tuple[Block, ...]
    byline: tuple[Byline, ...]
    occurred_at: datetime | None
    sources: tuple[Source, ...]
    topics: tuple[str, ...]
    language: str | None
    corrections: tuple[Correction, ...]
    reason: str | None
    url: str


class PostsAnswer(Struct, frozen=True):
    """Newest first. `next` is the address of the older ones."""

    posts: list[PostAnswer]
    next: str | None


class FoundAnswer(Struct, frozen=True):
    """A post that has the words, and the title of its coverage."""

    coverage: str
    title: str
    id: str
    time: datetime
    headline: str | None
    url: str


class FoundsAnswer(Struct, frozen=True):
    """Best first."""

    posts: list[FoundAnswer]


class EventAnswer(Struct, frozen=True):
    """An event as it is stored: digest and chain (hex) can be recomputed from it."""

    coverage: str
    seq: int
    id: str
    type: str
    time: datetime
    actor: Raw
    payload: Raw
    digest: str
    chain: str


class HistoryAnswer(Struct, frozen=True):
    """One thing that happened to a post."""

    seq: int
    type: str
    time: datetime
    actor: Actor
    payload: Raw


class PostHistoryAnswer(PostAnswer, frozen=True):
    """A post with everything that happened to it, oldest first."""

    history: list[HistoryAnswer]


class EventsAnswer(Struct, frozen=True):
    """`seq` is the coverage's newest. `next` is the address of the events that follow these."""

    events: list[EventAnswer]
    seq: int
    next: str | None


def coverage_answer(coverage: Coverage, seq: int) -> CoverageAnswer:
    return CoverageAnswer(
        slug=coverage.slug,
        title=coverage.title,
        summary=coverage.summary,
        language=coverage.language,
        timezone=coverage.timezone,
        status=coverage.status,
        opened_at=coverage.opened_at,
        related=coverage.related,
        **terms_of(coverage),
        seq=seq,
        url=f"/live/{coverage.slug}",
    )


def briefing_answer(slug: str, briefed: Briefed) -> BriefingAnswer:
    briefing = briefed.briefing
    return BriefingAnswer(
        revision=briefed.revision,
        seq=briefed.seq,
        summary=briefing.summary,
        people=briefing.people,
        issues=briefing.issues,
        agenda=briefing.agenda,
        next=briefing.next,
        url=f"/live/{slug}#briefing",
    )


def topics_answer(slug: str, chosen: ChosenTopics, shown: list[Topic]) -> TopicsAnswer:
    return TopicsAnswer(
        revision=chosen.revision,
        shown=shown,
        topics=chosen.choices.topics,
        hidden=chosen.choices.hidden,
        url=f"/live/{slug}#topics",
    )


def post_answer(slug: str, post: Post) -> PostAnswer:
    content = post.content
    stands = post.status == "published"
    return PostAnswer(
        id=post.id,
        seq=post.seq,
        order=post.order,
        revision=post.revision,
        status=post.status,
        key=post.key,
        pinned=post.pinned,
        published_at=post.published_at,
        updated_at=post.updated_at,
        headline=content.headline if stands else None,
        blocks=content.blocks if stands else (),
        byline=content.byline,
        occurred_at=content.occurred_at,
        sources=content.sources if stands else (),
        topics=content.topics if stands else (),
        language=content.language,
        corrections=post.corrections if stands else (),
        reason=post.reason,
        url=post_url(slug, post.id),
    )


def event_answer(entry: Entry) -> EventAnswer:
    return EventAnswer(
        coverage=entry.coverage,
        seq=entry.seq,
        id=entry.id,
        type=entry.type,
        time=from_micros(entry.time),
        actor=Raw(entry.actor),
        payload=Raw(entry.payload),
        digest=entry.digest.hex(),
        chain=entry.chain.hex(),
    )


def history_answer(record: Record) -> HistoryAnswer:
    return HistoryAnswer(
        seq=record.seq,
        type=type(record.event).__name__,
        time=record.time,
        actor=record.actor,
        payload=Raw(msgspec.json.encode(record.event)),
    )


def post_url(slug: str, post_id: str) -> str:
    return f"/live/{slug}/p/{post_id}"


def post_receipt(slug: str, receipt: Receipt, *, status: int = 200) -> Response[bytes]:
    """What a write of a post came to, with its revision as ETag."""
    post_id, at = receipt.post or "", receipt.revision or 0
    answer = PostReceipt(post_id, receipt.seq, at, post_url(slug, post_id))
    headers = {"etag": f'"{at}"'}
    if status == 201:
        headers["location"] = answer.url
    return json(answer, status=status, headers=headers)


def json(
    answer: Struct, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response[bytes]:
    return Response(
        msgspec.json.encode(answer),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "no-store", **(headers or {})},
    )
