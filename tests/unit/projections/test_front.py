"""All coverages at a glance."""

from collections.abc import Collection

import pytest
from anyio import create_task_group
from anyio.lowlevel import checkpoint

from builders import Desk, a_post
from dateline.domain.commands import ChangeStatus, DescribeCoverage, RedactPost
from dateline.domain.events import Record
from dateline.projections.front import FrontProjection, Listed
from dateline.store.memory import MemoryEventLog

pytestmark = pytest.mark.anyio


async def a_newsroom(*slugs: str) -> tuple[FrontProjection, list[Desk]]:
    """Coverages opened one after the other, on one clock."""
    log = MemoryEventLog()
    desks = [Desk(log, slug) for slug in slugs]
    for desk in desks:
        await now(desk, desks)
        await desk.open(title=f"About {desk.slug}")
    return FrontProjection(log), desks


async def now(desk: Desk, desks: list[Desk]) -> None:
    """The next command of this desk is the newest of all."""
    desk.now = max(other.now for other in desks)


async def slugs(front: FrontProjection) -> list[str]:
    return [one.coverage.slug for one in await front.listed()]


async def test_what_changed_last_comes_first() -> None:
    """Opening, publishing and changing the status all bring a coverage to the front."""
    front, desks = await a_newsroom("a", "b", "c")
    assert await slugs(front) == ["c", "b", "a"]
    await now(desks[0], desks)
    await desks[0].do(a_post(), 1)
    assert await slugs(front) == ["a", "c", "b"]
    await now(desks[1], desks)
    await desks[1].do(ChangeStatus("live"))
    assert await slugs(front) == ["b", "a", "c"]


async def test_each_is_as_it_is_now() -> None:
    """Title, summary, status, posts and time are those of the newest event."""
    front, (desk,) = await a_newsroom("a")
    await front.listed()
    await desk.do(DescribeCoverage(title="Day two", summary="Two days."))
    await desk.do(ChangeStatus("paused"))
    await desk.do(a_post(), 1)
    (found,) = await front.listed()
    coverage, head = found.coverage, found.head
    assert (coverage.title, coverage.summary, coverage.status) == ("Day two", "Two days.", "paused")
    assert (head.version, head.posts, head.updated_at) == (4, 1, desk.now)


async def test_what_has_not_changed_is_not_read_again() -> None:
    """A coverage that stands still stays the very same; only what moved is made anew."""
    front, desks = await a_newsroom("a", "b")
    before = {one.coverage.slug: one for one in await front.listed()}
    await desks[0].do(a_post(), 1)
    after = {one.coverage.slug: one for one in await front.listed()}
    assert after["b"] is before["b"]
    assert after["a"] is not before["a"]


class CountingLog(MemoryEventLog):
    """A log that counts how often it is looked into, and lets others go first."""

    looks = 0

    async def descriptions(self, coverages: Collection[str]) -> dict[str, list[Record]]:
        self.looks += bool(coverages)
        await checkpoint()
        return await super().descriptions(coverages)


async def test_all_who_ask_at_once_have_it_read_once() -> None:
    """After a start there is an archive to read: one look for all of it, and for all who ask."""
    log = CountingLog()
    for n in range(30):
        await Desk(log, f"c{n}").open()
    front = FrontProjection(log)
    found: list[list[Listed]] = []

    async def ask() -> None:
        found.append(await front.listed())

    async with create_task_group() as tasks:
        for _ in range(10):
            tasks.start_soon(ask)
    assert log.looks == 1
    assert [len(one) for one in found] == [30] * 10


async def test_it_holds_no_words_of_posts() -> None:
    """A takedown needs nothing from the front page: what posts say was never in it."""
    front, (desk,) = await a_newsroom("a")
    await desk.do(a_post("secret", headline="secret"), 1)
    assert "secret" not in repr(await front.listed())
    await desk.do(RedactPost(), 1)
    assert await slugs(front) == ["a"]


async def test_an_empty_newsroom() -> None:
    """Before anything is opened the front page has nothing to list."""
    assert await FrontProjection(MemoryEventLog()).listed() == []
