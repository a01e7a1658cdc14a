"""What a coverage is about, in words that lead to others like it."""

from collections.abc import Mapping

import pytest

from builders import Desk
from dateline.desk.reading import coverage
from dateline.domain.commands import DescribeCoverage
from dateline.domain.coverage import Coverage
from dateline.projections.front import FrontProjection
from dateline.projections.related import MOST, Lead, Related, Told, telling_words
from dateline.store.memory import MemoryEventLog


async def headlines(posts: Mapping[str, str]) -> dict[str, str]:
    """Every post has one, but those whose id begins with a zero."""
    return {slug: f"Post {post}" for slug, post in posts.items() if post[0] != "0"}


class InOrder:
    """Finds the slugs it was given, whatever they are related to."""

    def __init__(self, *slugs: str) -> None:
        self.slugs = list(slugs)

    async def like(self, coverage: Coverage, told: Told, *, most: int) -> list[str]:
        return self.slugs[:most]

    async def nearest(
        self, coverage: Coverage, told: Told, others: tuple[str, ...]
    ) -> dict[str, Lead]:
        return {slug: Lead("1", f"In {slug}") for slug in others if slug in self.slugs[:3]}


@pytest.mark.anyio
async def test_the_desk_comes_first_and_nothing_twice() -> None:
    """The chosen ones stand first, what is found fills up; many chosen are all shown."""
    log = MemoryEventLog()
    others = [f"other-{n}" for n in range(8)]
    for slug in ("summit", *others):
        await Desk(log, slug).open()
    desk = Desk(log)
    found = Related(FrontProjection(log), InOrder("gone", *others), headlines)

    async def shown() -> list[str]:
        known, _ = await coverage(log, "summit")
        return [one.listed.coverage.slug for one in await found.to(known, list)]

    assert await shown() == others[:MOST]
    await desk.do(DescribeCoverage(related=("other-7", "other-1")))
    assert await shown() == ["other-7", "other-1", "other-0", "other-2"]
    await desk.do(DescribeCoverage(related=tuple(others)))
    assert await shown() == others


@pytest.mark.anyio
async def test_a_post_leads_into_each() -> None:
    """Chosen or found, a coverage has its nearest post beside it, where there is one."""
    log = MemoryEventLog()
    for slug in ("summit", "other-0", "other-1", "chosen"):
        await Desk(log, slug).open()
    await Desk(log).do(DescribeCoverage(related=("chosen",)))
    known, _ = await coverage(log, "summit")
    found = Related(FrontProjection(log), InOrder("other-0", "other-1"), headlines)
    leads = {
        one.listed.coverage.slug: one.lead and one.lead.headline
        for one in await found.to(known, list)
    }
    assert leads == {"chosen": None, "other-0": "In other-0", "other-1": "In other-1"}


def test_names_and_numbers_tell() -> None:
    """Names and years count, once each; small words do not."""
    texts = ["Allies name China a challenge", "China in 2021, says NATO"]
    assert telling_words(texts) == ["Allies", "China", "2021", "NATO"]


def test_without_capitals_all_long_words_tell() -> None:
    """Where a script knows no capitals, every word of some length is taken."""
    assert telling_words(["قمة بروكسل اليوم", ""]) == ["بروكسل", "اليوم"]


def test_nothing_tells_nothing() -> None:
    """No words, nothing to look for; very many are cut."""
    assert telling_words(["", "a b c"]) == []
    assert len(telling_words([" ".join(f"Name{n}" for n in range(100))])) == 24
