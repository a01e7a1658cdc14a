"""The rules of a post, where examples say more than the machine in `test_life.py`."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from builders import Desk, a_paragraph, a_post, a_post_id, a_source
from dateline.desk.reading import post
from dateline.domain.blocks import Embed, Link
from dateline.domain.commands import (
    ChangeVerification,
    MarkKeyEvent,
    PinPost,
    RedactPost,
    RevisePost,
    WithdrawPost,
)
from dateline.domain.errors import Conflict, Gone, Invalid, NotFound, Stale
from dateline.domain.posts import Post
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk() -> Desk:
    made = Desk(MemoryEventLog())
    await made.open()
    return made


async def read(desk: Desk) -> Post:
    return (await post(desk.log, desk.slug, a_post_id(1)))[0]


async def test_a_key_event_needs_a_headline(desk: Desk) -> None:
    """Neither publishing nor revising nor marking makes a key event without a headline."""
    with pytest.raises(Invalid) as caught:
        await desk.do(a_post(key=True), 1)
    assert caught.value.pointer == "/headline"
    await desk.do(a_post(), 1)
    with pytest.raises(Conflict):
        await desk.do(MarkKeyEvent(), 1)
    with pytest.raises(Invalid):
        await desk.do(RevisePost(key=True), 1)
    await desk.do(RevisePost(key=True, headline="Now"), 1)
    with pytest.raises(Invalid):
        await desk.do(RevisePost(headline=None), 1)
    await desk.do(RevisePost(headline=None, key=False), 1)
    assert not (await read(desk)).key


async def test_a_revision_changes_what_is_given(desk: Desk) -> None:
    """Fields that are not sent stay; a field sent as null is emptied."""
    await desk.do(a_post("One", headline="Old", topics=("NATO",)), 1)
    await desk.do(RevisePost(blocks=(a_paragraph("Two"),)), 1)
    assert (await read(desk)).content.headline == "Old"
    await desk.do(RevisePost(headline=None), 1)
    found = await read(desk)
    assert (found.content.headline, found.content.topics, found.revision) == (None, ("NATO",), 3)
    assert found.content.blocks == (a_paragraph("Two"),)


async def test_a_revision_that_changes_nothing_is_none(desk: Desk) -> None:
    """The same words again are no event, unless a correction is added for readers."""
    await desk.do(a_post('A <a href="https://x.org">b</a> &amp; c'), 1)
    same = (await read(desk)).content.blocks
    assert (await desk.do(RevisePost(blocks=same, pinned=False), 1)).seq == 2
    assert (await desk.do(RevisePost(correction=" It was so. "), 1)).revision == 2
    assert [one.note for one in (await read(desk)).corrections] == ["It was so."]


async def test_who_changes_an_old_revision_is_told(desk: Desk) -> None:
    """A change of a revision that is no longer the newest is stale and changes nothing."""
    await desk.do(a_post(), 1)
    await desk.do(RevisePost(headline="Two"), 1, seen=1)
    with pytest.raises(Stale, match="revision 2"):
        await desk.do(RevisePost(headline="Three"), 1, seen=1)
    assert (await read(desk)).content.headline == "Two"


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (None, ["wrong", "wrong", "wrong"]),
        (1, ["confirmed", "wrong", "unconfirmed"]),
        ("C", ["confirmed", "unconfirmed", "wrong"]),
        ("A", ["wrong", "unconfirmed", "unconfirmed"]),
    ],
)
async def test_sources_are_told_apart(
    desk: Desk, which: int | str | None, expected: list[str]
) -> None:
    """A source is meant by its number or its name, all by none; each change is a revision."""
    sources = (a_source(name="A", verification="confirmed"), a_source(name="B"), a_source(name="C"))
    await desk.do(a_post(sources=sources), 1)
    receipt = await desk.do(ChangeVerification("wrong", which), 1)
    found = await read(desk)
    assert [source.verification for source in found.content.sources] == expected
    assert receipt.revision == found.revision == 1 + (3 if which is None else 1)
    assert (await desk.do(ChangeVerification("wrong", which), 1)).seq == receipt.seq


@pytest.mark.parametrize("which", [1, "B", None])
async def test_an_unknown_source_is_refused(desk: Desk, which: int | str | None) -> None:
    """A source that the post does not have can't be judged."""
    await desk.do(a_post(sources=() if which is None else (a_source(name="A"),)), 1)
    with pytest.raises(Conflict, match="no such source"):
        await desk.do(ChangeVerification("wrong", which), 1)


async def test_what_was_withdrawn_stays_so(desk: Desk) -> None:
    """A withdrawn post takes no change but a takedown, and a takedown ends everything."""
    await desk.do(a_post(pinned=True), 1)
    await desk.do(WithdrawPost("Wrong summit."), 1)
    for command in (PinPost(), RevisePost(headline="x"), WithdrawPost("x")):
        with pytest.raises(Conflict):
            await desk.do(command, 1)
    await desk.do(RedactPost(), 1)
    for command in (PinPost(), RevisePost(headline="x"), WithdrawPost("x"), RedactPost()):
        with pytest.raises(Gone):
            await desk.do(command, 1)
    with pytest.raises(Gone):
        await read(desk)


async def test_an_unknown_post_is_not_found(desk: Desk) -> None:
    """Only what was published can be changed, and an id is published once."""
    with pytest.raises(NotFound):
        await desk.do(PinPost(), 1)
    await desk.do(a_post(), 1)
    with pytest.raises(Conflict):
        await desk.do(a_post(), 1)


async def test_times_are_utc(desk: Desk) -> None:
    """A time with another offset is the same moment in UTC."""
    local = datetime(2021, 6, 14, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    await desk.do(a_post(occurred_at=local), 1)
    found = (await read(desk)).content.occurred_at
    assert found == local
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, tzinfo=UTC),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))),
    ],
)
async def test_a_time_that_no_clock_shows_is_refused(desk: Desk, moment: datetime) -> None:
    """A time that some zone could not show is refused before it is stored."""
    with pytest.raises(Invalid) as caught:
        await desk.do(a_post(occurred_at=moment), 1)
    assert caught.value.pointer == "/occurred_at"


@pytest.mark.parametrize("url", ["http://[abc", "http://[abc]/", "http://a\u2100b/", "http://:80/"])
async def test_an_address_without_a_host_is_refused(desk: Desk, url: str) -> None:
    """An address that leads nowhere is refused with a pointer, not stored and failed on later."""
    for block in (Embed(url), Link(url)):
        with pytest.raises(Invalid) as caught:
            await desk.do(a_post(blocks=(a_paragraph(), block)), 1)
        assert caught.value.pointer == "/blocks/1/url"


async def test_a_revision_keeps_what_plays(desk: Desk) -> None:
    """Who changes words and sends an embed back without its player has not taken that away."""
    url, frame = "https://chart.example/7", "https://frame.example/7"
    await desk.do(a_post(blocks=(Embed(url, "A chart", frame=frame, tall=True),)), 1)
    for blocks in ((a_paragraph(), Embed(url, "The chart")), (Embed(url),)):
        await desk.do(RevisePost(blocks=blocks), 1)
        kept = (await read(desk)).content.blocks[-1]
        assert isinstance(kept, Embed)
        assert (kept.frame, kept.tall) == (frame, True)
    await desk.do(RevisePost(blocks=(Embed("https://chart.example/8", "Another"),)), 1)
    other = (await read(desk)).content.blocks[0]
    assert isinstance(other, Embed)
    assert other.frame is None


async def test_topics_are_named_once(desk: Desk) -> None:
    """The same topic twice is one, without the spaces around it."""
    await desk.do(a_post(topics=(" NATO", "EU", "NATO ")), 1)
    assert (await read(desk)).content.topics == ("NATO", "EU")


@pytest.mark.parametrize("html", ["a&#8;b", "a&#127;b", "a&#13;b", "a&#0;b", "a&#x1f;b"])
async def test_what_is_published_can_be_read_again(desk: Desk, html: str) -> None:
    """Control characters behind entities are taken out: no field could hold them when read."""
    await desk.do(a_post(html), 1)
    assert (await read(desk)).revision == 1
