"""One event of each type with every field filled in: what the fixtures in `events/` hold."""

from datetime import UTC, datetime

from builders import a_post_id
from dateline.domain import blocks, events
from dateline.domain.briefing import Appointment, Briefing, Issue, Participant
from dateline.domain.content import Content, Source
from dateline.domain.events import Event
from dateline.domain.people import Byline
from dateline.domain.topics import Choices, ChosenTopic

POST = a_post_id(7)
_PICTURE = blocks.Picture("hall.webp", "The hall", "T. Maes", "An empty hall", 1600, 900)
CONTENT = Content(
    blocks=(
        blocks.Paragraph('Leaders <strong>arrive</strong> at <a href="https://nato.int">NATO</a>.'),
        blocks.Heading("What we know"),
        blocks.List(("One", "Two <em>“quoted”</em>"), ordered=True),
        blocks.Quote(
            "We agreed.\nAll of us.",
            "J. Stoltenberg",
            "Secretary General",
            blocks.QuoteSource("NATO", "https://nato.int/q"),
        ),
        blocks.Image("hall.webp", "The hall", "T. Maes", "An empty hall", 1600, 900),
        blocks.Gallery((_PICTURE, _PICTURE)),
        blocks.Embed("https://example.org/video"),
        blocks.Link("https://example.org/", "A title"),
        blocks.File("communique.pdf", "The communiqué"),
    ),
    byline=(Byline("Ana Silva", "Dateline", "Brussels"), Byline("Tom Maes")),
    headline="Leaders arrive – all 30",
    occurred_at=datetime(2021, 6, 14, 11, 59, 59, 5, tzinfo=UTC),
    sources=(Source("NATO", "official", "confirmed", "https://nato.int"), Source("A witness")),
    topics=("NATO", "Defence"),
    language="en",
)
BRIEFING = Briefing(
    summary="Thirty leaders meet for a day.\n\nOn Wednesday two of them go on to Geneva.",
    people=(Participant("Ursula Lind", "Chair"), Participant("T. Maes")),
    issues=(Issue("Burden", "Who pays for what."), Issue("Cyber")),
    agenda=(
        Appointment(
            datetime(2021, 6, 14, 11, 0, tzinfo=UTC), "Arrivals", "Brussels", "Europe/Brussels"
        ),
        Appointment(datetime(2021, 6, 16, 11, 0, tzinfo=UTC), "The talks"),
    ),
    next="The next meeting is in Madrid.",
)
CHOICES = Choices(
    topics=(
        ChosenTopic("Joe Biden", ("Biden", "President Biden"), pinned=True),
        ChosenTopic("Défense", ("Defence",)),
    ),
    hidden=("Monday",),
)
EVERY_EVENT: dict[str, Event] = {
    type(event).__name__: event
    for event in (
        events.CoverageOpened("summit", "The summit", "en", "Europe/Brussels", "Two days."),
        events.CoverageDescribed("The summit, day two", "en", "Europe/Brussels", "One day left."),
        events.CoverageStatusChanged("live"),
        events.BriefingSet(2, BRIEFING),
        events.TopicsSet(2, CHOICES),
        events.PinsOrdered((a_post_id(8), POST)),
        events.PostPublished(POST, CONTENT, key=True, pinned=True),
        events.PostRevised(POST, 2, CONTENT),
        events.PostCorrected(POST, 3, CONTENT, "An earlier version said 29."),
        events.PostWithdrawn(POST, 4, "It was about another summit."),
        events.PostRedacted(POST, 5, "A court order."),
        events.PostPinned(POST),
        events.PostUnpinned(POST),
        events.KeyEventMarked(POST),
        events.KeyEventUnmarked(POST),
        events.VerificationChanged(POST, 6, 1, "wrong"),
    )
}
