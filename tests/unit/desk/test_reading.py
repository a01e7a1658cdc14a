"""What the API reads: state as it is at the moment of asking."""

import pytest

from builders import Desk, a_post, a_post_id
from dateline.desk.reading import coverage, post
from dateline.domain.commands import ChangeStatus, PinPost, RedactPost, RevisePost, WithdrawPost
from dateline.domain.errors import Gone, NotFound
from dateline.domain.events import PostPinned, PostPublished, PostRevised, PostWithdrawn
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk() -> Desk:
    made = Desk(MemoryEventLog())
    await made.open()
    await made.do(a_post(), 1)
    return made


async def test_a_coverage_with_its_newest_seq(desk: Desk) -> None:
    """The coverage's own state, and how far it is with all its posts."""
    await desk.do(ChangeStatus("live"))
    await desk.do(a_post(), 2)
    found, seq = await coverage(desk.log, desk.slug)
    assert (found.status, found.seq, seq) == ("live", 3, 4)


async def test_a_post_with_its_history(desk: Desk) -> None:
    """The post as it is now, and every event about it in order, without those of others."""
    await desk.do(a_post(), 2)
    for command in (RevisePost(headline="A"), PinPost(), WithdrawPost("It was wrong.")):
        await desk.do(command, 1)
    found, history = await post(desk.log, desk.slug, a_post_id(1))
    assert (found.status, found.revision, found.pinned) == ("withdrawn", 3, False)
    assert [type(record.event) for record in history] == [
        PostPublished, PostRevised, PostPinned, PostWithdrawn,
    ]  # fmt: skip


async def test_what_was_taken_down_is_gone(desk: Desk) -> None:
    """A redacted post is not read any more, not even its history."""
    await desk.do(RedactPost(), 1)
    with pytest.raises(Gone):
        await post(desk.log, desk.slug, a_post_id(1))


@pytest.mark.parametrize(("slug", "number"), [("summit", 2), ("nowhere", 1)])
async def test_what_is_not_there_is_not_found(desk: Desk, slug: str, number: int) -> None:
    """Neither an unknown post nor a post of an unknown coverage can be read."""
    with pytest.raises(NotFound):
        await post(desk.log, slug, a_post_id(number))


async def test_an_unknown_coverage_is_not_found(desk: Desk) -> None:
    """The error says how to find those there are."""
    with pytest.raises(NotFound, match=r"nowhere.*GET /api/coverages"):
        await coverage(desk.log, "nowhere")
