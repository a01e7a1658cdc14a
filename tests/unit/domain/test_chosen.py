"""The desk's word on topics: set as a whole, never over what its author has not seen."""

import pytest

from builders import Desk
from dateline.desk.reading import topics
from dateline.domain.commands import SetTopics
from dateline.domain.errors import Invalid, Stale
from dateline.domain.topics import Choices, ChosenTopic
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio
BIDEN = ChosenTopic("Joe Biden", ("Biden",), pinned=True)


@pytest.fixture
async def desk() -> Desk:
    made = Desk(MemoryEventLog())
    await made.open()
    return made


async def test_the_last_word_counts(desk: Desk) -> None:
    """Each setting is a revision and stands for itself; the same again is no event."""
    assert (await topics(desk.log, desk.slug)).revision == 0
    await desk.do(SetTopics(topics=(BIDEN,), hidden=("Monday",)))
    receipt = await desk.do(SetTopics(hidden=(" Monday ",)))
    assert (await desk.do(SetTopics(hidden=("Monday",)))).seq == receipt.seq
    chosen = await topics(desk.log, desk.slug)
    assert (chosen.revision, chosen.choices) == (2, Choices(hidden=("Monday",)))


async def test_not_over_what_one_has_not_seen(desk: Desk) -> None:
    """Who changed an older revision is told so; nothing is lost."""
    await desk.do(SetTopics(topics=(BIDEN,)), seen=0)
    with pytest.raises(Stale):
        await desk.do(SetTopics(), seen=0)
    assert (await desk.do(SetTopics(), seen=1)).revision == 2


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        (SetTopics(topics=(BIDEN, ChosenTopic("biden"))), "/topics/1/name"),
        (SetTopics(topics=(ChosenTopic("NATO", ("Nato",)),)), "/topics/0/also/0"),
        (SetTopics(topics=(BIDEN,), hidden=("Rain", "BIDEN")), "/hidden/1"),
    ],
)
async def test_a_name_is_one_thing(desk: Desk, command: SetTopics, pointer: str) -> None:
    """A name in two places, in whatever capitals, is refused where it stands the second time."""
    with pytest.raises(Invalid) as refused:
        await desk.do(command)
    assert refused.value.pointer == pointer
