"""Public frames: one change each, encoded once, the same bytes for stream and delta."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, Struct, UnsetType

from dateline.domain import briefed as briefings
from dateline.domain import chosen as choosing
from dateline.domain import coverage as coverages
from dateline.domain import pinning, posts
from dateline.domain.briefed import Briefed
from dateline.domain.briefing import BRIEFING
from dateline.domain.chosen import ChosenTopics
from dateline.domain.coverage import Coverage
from dateline.domain.events import Record
from dateline.domain.pins import PINS, Pins
from dateline.domain.posts import Post
from dateline.domain.topics import TOPICS
from dateline.projections.page import About
from dateline.render.briefing import briefing_html
from dateline.render.environment import iso
from dateline.render.page import head_html
from dateline.render.post import post_html
from dateline.store.log import BATCH, EventLog


class _Change(Struct, frozen=True, omit_defaults=True):
    """The JSON of a frame (protocol.md): what the reader's script needs, and the fragment."""

    seq: int
    time: str
    kind: str
    post: str | UnsetType = UNSET
    revision: int | UnsetType = UNSET
    key: bool | UnsetType = UNSET
    pinned: bool | UnsetType = UNSET
    order: int | UnsetType = UNSET
    posts: tuple[str, ...] | UnsetType = UNSET
    html: str | UnsetType = UNSET


class Frame(Struct, frozen=True):
    """A change at `seq`. `subject` is what later changes replace it by, `data` is one line."""

    seq: int
    subject: str
    time: datetime
    data: bytes


_encode = msgspec.json.Encoder().encode


def coverage_frame(coverage: Coverage, seq: int, time: datetime) -> Frame:
    change = _Change(seq=seq, time=iso(time), kind="coverage", html=head_html(coverage, time))
    return Frame(seq, "", time, _encode(change))


def briefing_frame(briefed: Briefed, seq: int, time: datetime, place: Coverage) -> Frame:
    change = _Change(seq=seq, time=iso(time), kind="briefing", html=briefing_html(briefed, place))
    return Frame(seq, BRIEFING, time, _encode(change))


def topics_frame(seq: int, time: datetime) -> Frame:
    """That the desk has said which topics lead; they stand around the posts, not among them."""
    return Frame(seq, TOPICS, time, _encode(_Change(seq=seq, time=iso(time), kind="topics")))


def pins_frame(pins: Pins, seq: int, time: datetime) -> Frame:
    """In which order the pinned posts stand; each one's own frame says that it is pinned."""
    return Frame(
        seq, PINS, time, _encode(_Change(seq=seq, time=iso(time), kind="pins", posts=pins.posts))
    )


def post_frame(post: Post, seq: int, time: datetime, place: Coverage) -> Frame:
    if post.status == "redacted":
        change = _Change(seq=seq, time=iso(time), kind="redact", post=post.id)
        return Frame(seq, post.id, time, _encode(change))
    change = _Change(
        seq=seq,
        time=iso(time),
        kind="withdraw" if post.status == "withdrawn" else "post",
        post=post.id,
        revision=post.revision,
        key=post.key,
        pinned=post.pinned,
        order=post.order,
        html=post_html(post, place),
    )
    return Frame(seq, post.id, time, _encode(change))


def frame_of(record: Record, about: About, coverage: Coverage) -> Frame:
    """The frame of an event, from the state just after it of what it is about."""
    if isinstance(about, ChosenTopics):
        return topics_frame(record.seq, record.time)
    if isinstance(about, Pins):
        return pins_frame(about, record.seq, record.time)
    if isinstance(about, Briefed):
        return briefing_frame(about, record.seq, record.time, coverage)
    if about is None:
        return coverage_frame(coverage, record.seq, record.time)
    return post_frame(about, record.seq, record.time, coverage)


async def from_log(log: EventLog, slug: str, after: int, *, limit: int = BATCH) -> list[Frame]:
    """The frames after `after`, at most `limit`, each as its event left things then.

    Only the posts that changed there are folded, so the cost does not grow with the coverage.
    """
    records = await log.read(slug, after, limit=limit)
    subjects = {"", *(record.event.subject for record in records)}
    before = await log.history(slug, subjects, upto=after)
    return list(_replayed(before.records, records))


def _replayed(before: Sequence[Record], records: Sequence[Record]) -> Iterable[Frame]:
    coverage: Coverage | None = None
    known: dict[str, Post | None] = {}
    briefed = Briefed()
    chosen = ChosenTopics()
    pins = Pins()
    for record in (*before, *records):
        subject = record.event.subject
        about: About = None
        if subject == BRIEFING:
            about = briefed = briefings.fold(briefed, record)
        elif subject == TOPICS:
            about = chosen = choosing.fold(chosen, record)
        elif subject == PINS:
            about = pins = pinning.fold(pins, record)
        elif subject:
            about = known[subject] = posts.fold(known.get(subject), record)
        else:
            coverage = coverages.fold(coverage, record)
        if coverage and records and record.seq >= records[0].seq:
            yield frame_of(record, about, coverage)


def compacted(frames: Iterable[Frame]) -> list[Frame]:
    """Only the last frame of each subject, in order."""
    last = {frame.subject: frame for frame in frames}
    return sorted(last.values(), key=lambda frame: frame.seq)
