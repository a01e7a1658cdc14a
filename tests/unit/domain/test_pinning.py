"""The order of the pinned posts: set as a whole, only of those that are pinned, and never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import Desk, a_post, a_post_id
from dateline.domain.commands import OrderPins, PinPost, RedactPost, UnpinPost, WithdrawPost
from dateline.domain.errors import Invalid, NotFound, Stale
from dateline.domain.pins import Pins, rank
from dateline.projections.page import PageProjection
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk() -> Desk:
    """A coverage of four posts, of which the first three are pinned."""
    desk = Desk(MemoryEventLog())
    await desk.open()
    for number in (1, 2, 3, 4):
        await desk.do(a_post(pinned=number < 4), number)
    return desk


def ordered(*numbers: int, seen: tuple[int, ...] | None = None) -> OrderPins:
    before = None if seen is None else tuple(map(a_post_id, seen))
    return OrderPins(tuple(map(a_post_id, numbers)), before)


async def pins(desk: Desk) -> list[int]:
    """The numbers of the pinned posts as they stand."""
    page = PageProjection()
    for record in await desk.log.read(desk.slug, 0):
        page.apply(record)
    return [int(post.id[-12:], 16) for post in page.pinned()]


async def test_the_desk_puts_them_in_order(desk: Desk) -> None:
    """Without an order the last pinned one is on top; with one, all stand as it says."""
    assert await pins(desk) == [3, 2, 1]
    receipt = await desk.do(ordered(2, 1, 3))
    assert (receipt.seq, receipt.revision) == (6, None)
    assert await pins(desk) == [2, 1, 3]


async def test_what_is_pinned_later_stands_above(desk: Desk) -> None:
    """Also a post that was in the order, and is pinned anew."""
    await desk.do(ordered(2, 1, 3))
    await desk.do(PinPost(), 4)
    assert await pins(desk) == [4, 2, 1, 3]
    await desk.do(UnpinPost(), 3)
    await desk.do(PinPost(), 3)
    assert await pins(desk) == [3, 4, 2, 1]


@pytest.mark.parametrize("command", [UnpinPost(), WithdrawPost("Wrong."), RedactPost()])
async def test_the_others_stay_in_order(desk: Desk, command: object) -> None:
    """When one is unpinned, withdrawn or taken down."""
    await desk.do(ordered(2, 1, 3))
    await desk.do(command, 1)  # type: ignore[arg-type]
    assert await pins(desk) == [2, 3]


async def test_what_is_left_out_stands_above(desk: Desk) -> None:
    """So that who pins and who orders at one time come to the same, whichever is first."""
    await desk.do(ordered(1, 2))
    assert await pins(desk) == [3, 1, 2]
    await desk.do(OrderPins(()))
    assert await pins(desk) == [3, 2, 1]


async def test_the_same_order_is_no_event(desk: Desk) -> None:
    """Unless one of them was pinned anew, and stands elsewhere since."""
    assert (await desk.do(OrderPins(()))).seq == 5
    await desk.do(ordered(2, 1, 3))
    assert (await desk.do(ordered(2, 1, 3))).seq == 6
    await desk.do(UnpinPost(), 3)
    await desk.do(PinPost(), 3)
    assert (await desk.do(ordered(2, 1, 3))).seq == 9
    assert await pins(desk) == [2, 1, 3]


@pytest.mark.parametrize("numbers", [(1, 4), (1, 9), (1, 1)])
async def test_only_pinned_posts_and_each_once(desk: Desk, numbers: tuple[int, int]) -> None:
    """A post that is not pinned, is not there, or is named twice: refused, with a pointer to it."""
    with pytest.raises(Invalid) as caught:
        await desk.do(ordered(*numbers))
    assert caught.value.pointer == "/posts/1"
    assert await pins(desk) == [3, 2, 1]


async def test_who_was_slower(desk: Desk) -> None:
    """Of two who have seen the same order the second is refused; over the new one it is taken."""
    await desk.do(ordered(2, 3, 1, seen=(3, 2, 1)))
    with pytest.raises(Stale):
        await desk.do(ordered(1, 3, 2, seen=(3, 2, 1)))
    assert await pins(desk) == [2, 3, 1]
    await desk.do(ordered(1, 3, 2, seen=(2, 3, 1)))
    assert await pins(desk) == [1, 3, 2]


async def test_who_wants_the_same(desk: Desk) -> None:
    """What stands so already is in nobody's way, whatever was seen before."""
    await desk.do(ordered(2, 3, 1, seen=(3, 2, 1)))
    assert (await desk.do(ordered(2, 3, 1, seen=(3, 2, 1)))).seq == 6


async def test_pinning_is_in_nobodys_way(desk: Desk) -> None:
    """Pinned or unpinned since they were seen, the others stand as they did among each other."""
    await desk.do(PinPost(), 4)
    await desk.do(UnpinPost(), 3)
    await desk.do(ordered(1, 2, seen=(3, 2, 1)))
    assert await pins(desk) == [4, 1, 2]
    await desk.do(PinPost(), 3)
    await desk.do(ordered(2, 1, seen=(4, 1, 2)))
    assert await pins(desk) == [3, 4, 2, 1]


async def test_pinned_anew_it_has_moved(desk: Desk) -> None:
    """Who saw a post further down has not seen where it stands."""
    await desk.do(UnpinPost(), 1)
    await desk.do(PinPost(), 1)
    with pytest.raises(Stale):
        await desk.do(ordered(2, 3, 1, seen=(3, 2, 1)))


async def test_no_such_coverage() -> None:
    """There is nothing to order in a coverage that there is not."""
    with pytest.raises(NotFound):
        await Desk(MemoryEventLog()).do(OrderPins(()))


@given(st.permutations([1, 2, 3]), st.integers(0, 3))
def test_a_rank_is_one_place(order: list[int], named: int) -> None:
    """No two stand in one place; those that are named stand as named, below all others."""
    names = tuple(map(str, order[:named]))
    found = sorted(map(str, order), key=lambda post: -rank(Pins(names, 9), post, int(post)))
    assert tuple(found[3 - named :]) == names
    assert found[: 3 - named] == sorted(map(str, order[named:]), reverse=True)
