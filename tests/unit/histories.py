"""What may be asked for in the life of a coverage, for property tests: sense and nonsense alike."""

from typing import Any

from hypothesis import strategies as st
from msgspec import UNSET

from builders import Desk, a_byline, a_paragraph, a_post_id, an_image
from dateline.domain import commands
from dateline.domain.blocks import Heading, Quote
from dateline.domain.briefing import Participant
from dateline.domain.commands import Command
from dateline.domain.content import Source
from dateline.domain.errors import DatelineError
from dateline.domain.topics import ChosenTopic
from unit.strategies import statuses, verifications

Step = tuple[Command, int | None]
"""A command and the number of the post that it concerns."""


def _or_not_given(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.just(UNSET) | values


POSTS = 4
numbers = st.integers(1, POSTS)
headlines = st.sampled_from([None, None, "It begins", "It ends", "a < b & c"])
_block = st.sampled_from(
    [
        a_paragraph("One"),
        a_paragraph("Two &amp; <b>two</b>"),
        Heading("“Three” – ü"),
        Quote("We agreed.", "J. Doe"),
        an_image(),
    ]
)
bodies = st.lists(_block, max_size=2).map(tuple)
_source = st.builds(Source, name=st.sampled_from(["A", "B"]), verification=verifications)
several_sources = st.lists(_source, max_size=2).map(tuple)
_notes = st.sampled_from(["It was thirty.", "It was not so."])

publishing = st.builds(
    commands.PublishPost,
    blocks=bodies,
    byline=st.just((a_byline(),)),
    headline=headlines,
    key=st.booleans(),
    pinned=st.booleans(),
    sources=several_sources,
)
revising = st.builds(
    commands.RevisePost,
    blocks=_or_not_given(bodies),
    headline=_or_not_given(headlines),
    key=_or_not_given(st.booleans()),
    pinned=_or_not_given(st.booleans()),
    sources=_or_not_given(several_sources),
    correction=st.none() | _notes,
)
marking = st.sampled_from(
    [
        commands.PinPost(),
        commands.UnpinPost(),
        commands.MarkKeyEvent(),
        commands.MarkKeyEvent(),
        commands.UnmarkKeyEvent(),
    ]
)
verifying = st.builds(
    commands.ChangeVerification,
    verification=verifications,
    source=st.sampled_from([None, 0, 1, "A", "B"]),
)
withdrawing = st.builds(commands.WithdrawPost, reason=_notes)
redacting = st.builds(commands.RedactPost, reason=st.none() | _notes)
describing = st.builds(
    commands.DescribeCoverage,
    title=_or_not_given(st.sampled_from(["The summit", "Day two"])),
    summary=_or_not_given(st.sampled_from([None, "Two days."])),
    language=_or_not_given(st.sampled_from(["en", "en", "fr"])),
    timezone=_or_not_given(st.sampled_from(["Europe/Brussels", "Asia/Tokyo"])),
)
briefing = st.sampled_from(
    [
        commands.SetBriefing(),
        commands.SetBriefing(summary="Two days."),
        commands.SetBriefing(people=(Participant("A. Lind", "Chair"),), next="Madrid."),
    ]
)
choosing = st.sampled_from(
    [
        commands.SetTopics(),
        commands.SetTopics(hidden=("NATO",)),
        commands.SetTopics(topics=(ChosenTopic("The talks", ("Talks",), pinned=True),)),
    ]
)
ordering = st.lists(st.sampled_from([1, 1, 2, 2, 3, 4]), max_size=3).map(
    lambda numbers: commands.OrderPins(tuple(map(a_post_id, numbers)))
)
turning = st.builds(commands.ChangeStatus, status=statuses)

anything = st.one_of(
    st.tuples(publishing, numbers),
    st.tuples(revising, numbers),
    st.tuples(revising, numbers),
    st.tuples(marking, numbers),
    st.tuples(marking, numbers),
    st.tuples(verifying, numbers),
    st.tuples(withdrawing, numbers),
    st.tuples(redacting, numbers),
    st.tuples(describing | turning | briefing | choosing, st.none()),
    st.tuples(ordering, st.none()),
)
# Posts to begin with that no rule refuses: else most lives would be empty.
_sound = st.builds(
    commands.PublishPost,
    blocks=st.just((a_paragraph("One"),)),
    byline=st.just((a_byline(),)),
    headline=st.sampled_from(["It begins", "a < b & c"]),
    key=st.booleans(),
    pinned=st.booleans(),
    sources=several_sources,
)
_first = st.lists(_sound, min_size=1, max_size=POSTS).map(
    lambda posts: [(post, number) for number, post in enumerate(posts, 1)]
)


def lives(most: int = 30) -> st.SearchStrategy[list[Step]]:
    """What happens once the coverage is open: some posts, then anything."""
    return st.builds(list.__add__, _first, st.lists(anything, min_size=8, max_size=most))


async def live_through(desk: Desk, taken: list[Step]) -> None:
    """Send the commands one after the other. What is refused has changed nothing."""
    for command, post in taken:
        try:
            await desk.do(command, post)
        except DatelineError:
            continue
