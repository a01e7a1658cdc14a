"""The page as a fold: the same at one seq, in whatever pieces it came to be."""

import copy
import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import Desk, a_post, a_post_id
from dateline.domain.commands import (
    MarkKeyEvent,
    PinPost,
    RedactPost,
    RevisePost,
    UnpinPost,
    WithdrawPost,
)
from dateline.domain.events import Record, Tombstone
from dateline.domain.posts import Post
from dateline.projections.page import PageProjection
from dateline.store.memory import MemoryEventLog
from unit.histories import POSTS, Step, live_through, lives

pytestmark = pytest.mark.anyio
EVERYTHING = 10_000
many = settings(max_examples=150)


async def a_desk(taken: list[Step] | None = None) -> Desk:
    desk = Desk(MemoryEventLog())
    await desk.open()
    await live_through(desk, taken or [])
    return desk


async def records(desk: Desk, after: int = 0) -> list[Record]:
    return await desk.log.read(desk.slug, after, limit=EVERYTHING)


def folded(history: list[Record], page: PageProjection | None = None) -> PageProjection:
    page = page or PageProjection()
    for record in history:
        page.apply(record)
    return page


def shown(page: PageProjection) -> dict[str, Any]:
    """All that can be asked of a page."""
    return {
        "seq": (page.seq, page.epoch, page.updated_at),
        "coverage": page.coverage,
        "posts": list(page.posts()),
        "by id": [page.post(a_post_id(n)) for n in range(1, POSTS + 1)],
        "pinned": page.pinned(),
        "keys": page.keys(),
        "stream": page.stream(limit=EVERYTHING),
        "count": page.count,
    }


@many
@given(lives(), st.lists(st.integers(1, 7), min_size=1))
async def test_any_split_is_the_same_page(taken: list[Step], sizes: list[int]) -> None:
    """All events at once, one by one, or some on a snapshot of the others: one page."""
    desk = await a_desk(taken)
    history = await records(desk)
    whole = shown(folded(history))
    page = PageProjection()
    for size in itertools.cycle(sizes):
        if page.seq == len(history):
            break
        snapshot = copy.deepcopy(page)
        folded(history[page.seq :], page)
        assert shown(page) == whole
        page = folded(await desk.log.read(desk.slug, snapshot.seq, limit=size), snapshot)
    assert shown(page) == whole


@many
@given(lives())
async def test_who_saw_the_words_and_who_did_not_see_one_page(taken: list[Step]) -> None:
    """After a takedown, a page that had the words is the one that is folded from tombstones."""
    desk = await a_desk()
    live = folded(await records(desk))
    for step in taken:
        await live_through(desk, [step])
        folded(await records(desk, live.seq), live)
    assert shown(live) == shown(folded(await records(desk)))


@many
@given(lives())
async def test_its_lists_are_cuts_of_all_posts(taken: list[Step]) -> None:
    """Every list of the page is what a plain filter over all posts gives, in order."""
    page = folded(await records(await a_desk(taken)))
    oldest_first = list(page.posts())
    newest_first = oldest_first[::-1]
    assert [post.order for post in oldest_first] == sorted(post.order for post in oldest_first)
    assert page.count == len(oldest_first)
    pinned = page.pinned()
    assert sorted(pinned, key=lambda post: -post.order) == [
        post for post in newest_first if post.pinned
    ]
    assert page.keys() == [post for post in newest_first if post.key]
    for order, limit in itertools.product(range(page.seq + 2), (0, 1, 2, EVERYTHING)):
        older = [post for post in newest_first if post.order < order]
        newer = [post for post in oldest_first if post.order > order]
        assert page.listed(before=order, limit=limit) == older[:limit]
        assert page.stream(before=order, limit=limit) == loose(older)[:limit]
        assert page.newer(order, limit=limit) == loose(newer)[:limit]
    assert page.stream(limit=EVERYTHING) == loose(newest_first)


def loose(posts: list[Post]) -> list[Post]:
    return [post for post in posts if not post.pinned]


@many
@given(lives())
async def test_nothing_of_a_redacted_post_is_left(taken: list[Step]) -> None:
    """A redacted post is in no list, has no words, and the epoch is the seq of the last one."""
    desk = await a_desk([(a_post("secret"), 1), *taken, (RedactPost(), 1)])
    page = folded(await records(desk))
    gone = page.post(a_post_id(1))
    assert gone is not None
    assert gone.status == "redacted"
    assert (gone.content.blocks, gone.content.byline, gone.corrections) == ((), (), ())
    for found in (page.posts(), page.pinned(), page.keys(), page.stream(limit=EVERYTHING)):
        assert gone.id not in [post.id for post in found]
    assert page.epoch >= gone.seq
    assert "secret" not in repr(shown(page))


@pytest.mark.parametrize("offset", [-1, 0, 2, 3])
async def test_it_takes_only_the_next_event(offset: int) -> None:
    """An event twice or one too early is refused, and the page stays as it was."""
    desk = await a_desk([(a_post(), n) for n in range(1, 7)])
    history = await records(desk)
    page = folded(history[:3])
    before = shown(page)
    with pytest.raises(ValueError, match="expected event 4"):
        page.apply(history[2 + offset])
    assert shown(page) == before


async def test_it_says_which_post_changed() -> None:
    """Applying an event answers with its post as it is now; about the coverage, with nothing."""
    desk = await a_desk([(a_post(), 1), (RevisePost(headline="Two"), 1), (RedactPost(), 1)])
    page = PageProjection()
    answers = [page.apply(record) for record in await records(desk)]
    assert answers[0] is None
    assert [answer and answer.status for answer in answers[1:]] == ["redacted"] * 3


async def test_pins_stand_apart_and_come_back() -> None:
    """A pinned post leaves the stream for the top; unpinned it takes its old place again."""
    desk = await a_desk([(a_post(), n) for n in (1, 2, 3)])
    await desk.do(PinPost(), 2)
    page = folded(await records(desk))
    assert orders(page.pinned()) == [3]
    assert orders(page.stream(limit=9)) == [4, 2]
    assert orders(page.listed(before=99, limit=9)) == [4, 3, 2]
    await desk.do(UnpinPost(), 2)
    page = folded(await records(desk))
    assert page.pinned() == []
    assert orders(page.stream(limit=9)) == [4, 3, 2]


async def test_a_withdrawal_keeps_the_place_and_takes_the_marks() -> None:
    """A withdrawn post stays where it stood, no longer pinned and no key event."""
    desk = await a_desk([(a_post(headline="A", key=True, pinned=True), 1), (a_post(), 2)])
    await desk.do(WithdrawPost("It was wrong."), 1)
    page = folded(await records(desk))
    assert (page.pinned(), page.keys(), page.count) == ([], [], 2)
    assert orders(page.stream(limit=9)) == [3, 2]


async def test_key_events_are_pinned_or_not() -> None:
    """The rail holds every key event, newest first, wherever the post stands on the page."""
    desk = await a_desk([(a_post(headline="A", key=True), 1), (a_post(headline="B"), 2)])
    await desk.do(MarkKeyEvent(), 2)
    await desk.do(PinPost(), 1)
    assert orders(folded(await records(desk)).keys()) == [3, 2]


async def test_revisions_move_nothing() -> None:
    """The order is that of publishing, whatever is changed afterwards."""
    desk = await a_desk([(a_post(), n) for n in (1, 2, 3)])
    await desk.do(RevisePost(headline="New", correction="It was old."), 1)
    page = folded(await records(desk))
    assert orders(page.stream(limit=9)) == [4, 3, 2]
    assert page.stream(limit=9)[-1].seq == 5


async def test_tombstones_are_read_like_a_takedown() -> None:
    """In a log whose words are gone the post is gone from its first event on."""
    desk = await a_desk([(a_post("secret"), 1), (PinPost(), 1), (RedactPost(), 1)])
    history = await records(desk)
    assert isinstance(history[1].event, Tombstone)
    for upto in range(2, 5):
        page = folded(history[:upto])
        assert (page.count, page.pinned(), page.stream(limit=9)) == (0, [], [])


def test_an_empty_page() -> None:
    """Before the first event there is nothing, and asking for it is no error."""
    page = PageProjection()
    assert (page.seq, page.epoch, page.coverage, page.count) == (0, 0, None, 0)
    assert page.post(a_post_id(1)) is None
    assert page.stream(limit=9) == page.listed(before=9, limit=9) == page.newer(0, limit=9) == []


def orders(posts: list[Post]) -> list[int]:
    return [post.order for post in posts]
