"""Everything that can be said in an event, for property tests."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from builders import a_post_id
from dateline.domain import blocks, events
from dateline.domain.briefing import Appointment, Briefing, Issue, Participant
from dateline.domain.content import Content, Source
from dateline.domain.events import Event
from dateline.domain.people import Actor, Byline
from dateline.domain.topics import Choices, ChosenTopic

# No lone surrogates: UTF-8 has none. No control characters: no field takes them.
_letters = st.characters(exclude_categories=("Cs", "Cc"))
words = st.text(_letters, max_size=40)
lines = words.map(lambda text: f"x{text}")
urls = st.sampled_from(
    ["https://example.org/a?b=c&d#e", "http://[::1]:80/", "https://xn--tda.example/ü"]
)
media = st.sampled_from(["hall.webp", "A-1_b.c"])
moments = st.datetimes(datetime(1000, 1, 2), datetime(9998, 1, 1), timezones=st.just(UTC))
post_ids = st.integers(1, 2**40).map(a_post_id)
revisions = st.integers(1, 10**6)
statuses = st.sampled_from(["scheduled", "live", "paused", "ended"])
verifications = st.sampled_from(["unconfirmed", "confirmed", "wrong"])
actors = st.builds(
    Actor, id=words, name=words, kind=st.sampled_from(["person", "token", "machine"])
)

_pixels = st.none() | st.integers(1, 50_000)
_picture = {
    "media": media, "caption": lines, "credit": lines, "alt": lines,
    "width": _pixels, "height": _pixels,
}  # fmt: skip
_quote_sources = st.builds(blocks.QuoteSource, name=lines, url=st.none() | urls)
any_block = st.one_of(
    st.builds(blocks.Paragraph, html=lines),
    st.builds(blocks.Heading, text=lines),
    st.builds(
        blocks.List,
        items=st.lists(lines, min_size=1, max_size=3).map(tuple),
        ordered=st.booleans(),
    ),
    st.builds(
        blocks.Quote,
        text=lines,
        speaker=lines,
        role=st.none() | lines,
        source=st.none() | _quote_sources,
    ),
    st.builds(blocks.Image, **_picture),
    st.builds(
        blocks.Gallery,
        images=st.lists(st.builds(blocks.Picture, **_picture), min_size=1, max_size=2).map(tuple),
    ),
    st.builds(
        blocks.Embed,
        url=urls,
        title=st.none() | lines,
        author=st.none() | lines,
        provider=st.none() | lines,
        picture=st.none() | media,
        frame=st.none() | st.just("https://player.example/7"),
        tall=st.booleans(),
    ),
    st.builds(blocks.Link, url=urls, title=st.none() | lines),
    st.builds(
        blocks.File,
        media=media,
        title=lines,
        format=st.none() | st.sampled_from(["pdf", "csv", "text"]),
        size=st.none() | st.integers(0, 2**40),
        pages=st.none() | st.integers(0, 2000),
    ),
)
contents = st.builds(
    Content,
    blocks=st.lists(any_block, max_size=4).map(tuple),
    byline=st.lists(
        st.builds(Byline, name=lines, organisation=st.none() | lines, place=st.none() | lines),
        min_size=1,
        max_size=3,
    ).map(tuple),
    headline=st.none() | lines,
    occurred_at=st.none() | moments,
    sources=st.lists(
        st.builds(Source, name=lines, verification=verifications, url=st.none() | urls),
        max_size=2,
    ).map(tuple),
    topics=st.lists(lines, max_size=3).map(tuple),
    language=st.sampled_from([None, "en", "pt-BR"]),
)

briefings = st.builds(
    Briefing,
    summary=st.none() | lines,
    people=st.lists(
        st.builds(Participant, name=lines, role=st.none() | lines), max_size=2
    ).map(tuple),
    issues=st.lists(st.builds(Issue, title=lines, text=st.none() | lines), max_size=2).map(tuple),
    agenda=st.lists(
        st.builds(
            Appointment, at=moments, title=lines, place=st.none() | lines,
            timezone=st.sampled_from([None, "Asia/Tokyo", "America/New_York"]),
        ),
        max_size=3,
    ).map(tuple),
    next=st.none() | lines,
)  # fmt: skip

_description = {
    "title": lines, "language": st.just("en"), "timezone": st.just("UTC"),
    "summary": st.none() | lines,
}  # fmt: skip
_of: dict[type, st.SearchStrategy[Event]] = {
    events.CoverageOpened: st.builds(
        events.CoverageOpened, slug=st.just("summit"), **_description
    ),
    events.CoverageDescribed: st.builds(
        events.CoverageDescribed, **_description,
        related=st.lists(st.sampled_from(["dykes", "storm"]), unique=True).map(tuple),
    ),
    events.BriefingSet: st.builds(
        events.BriefingSet, revision=revisions, briefing=briefings
    ),
    events.TopicsSet: st.builds(
        events.TopicsSet, revision=revisions,
        choices=st.builds(
            Choices,
            topics=st.lists(
                st.builds(
                    ChosenTopic, name=lines, also=st.lists(lines, max_size=2).map(tuple),
                    pinned=st.booleans(),
                ),
                max_size=2,
            ).map(tuple),
            hidden=st.lists(lines, max_size=2).map(tuple),
        ),
    ),
    events.PinsOrdered: st.builds(
        events.PinsOrdered, posts=st.lists(post_ids, max_size=3, unique=True).map(tuple)
    ),
    events.CoverageStatusChanged: st.builds(events.CoverageStatusChanged, status=statuses),
    events.PostPublished: st.builds(
        events.PostPublished, post=post_ids, content=contents,
        key=st.booleans(), pinned=st.booleans(),
    ),
    events.PostRevised: st.builds(
        events.PostRevised, post=post_ids, revision=revisions, content=contents
    ),
    events.PostCorrected: st.builds(
        events.PostCorrected, post=post_ids, revision=revisions, content=contents, note=lines
    ),
    events.PostWithdrawn: st.builds(
        events.PostWithdrawn, post=post_ids, revision=revisions, reason=lines
    ),
    events.PostRedacted: st.builds(
        events.PostRedacted, post=post_ids, revision=revisions, reason=st.none() | lines
    ),
    events.VerificationChanged: st.builds(
        events.VerificationChanged, post=post_ids, revision=revisions,
        source=st.integers(0, 19), verification=verifications,
    ),
    **{
        mark: st.builds(mark, post=post_ids)
        for mark in (
            events.PostPinned, events.PostUnpinned,
            events.KeyEventMarked, events.KeyEventUnmarked,
        )
    },
}  # fmt: skip
appendable = [kind for kind in Event.__args__ if kind is not events.Tombstone]
any_event = st.sampled_from(appendable).flatmap(lambda kind: _of[kind])
