"""What a coverage is about, in words that lead to others like it."""

import pytest

from builders import Desk
from dateline.desk.reading import coverage
from dateline.domain.commands import DescribeCoverage
from dateline.domain.coverage import Coverage
from dateline.projections.front import FrontProjection
from dateline.projections.related import MOST, Related, Told, telling_words
from dateline.store.memory import MemoryEventLog


class InOrder:
    """Finds the slugs it was given, whatever they are related to."""

    def __init__(self, *slugs: str) -> None:
        self.slugs = list(slugs)

    async def like(self, coverage: Coverage, told: Told, *, most: int) -> list[str]:
        return self.slugs[:most]


@pytest.mark.anyio
async def test_the_desk_comes_first_and_nothing_twice() -> None:
    """The chosen ones stand first, what is found fills up; many chosen are all shown."""
    log = MemoryEventLog()
    others = [f"other-{n}" for n in range(8)]
    for slug in ("summit", *others):
        await Desk(log, slug).open()
    desk = Desk(log)
    found = Related(FrontProjection(log), InOrder("gone", *others))

    async def shown() -> list[str]:
        known, _ = await coverage(log, "summit")
        return [one.coverage.slug for one in await found.to(known, list)]

    assert await shown() == others[:MOST]
    await desk.do(DescribeCoverage(related=("other-7", "other-1")))
    assert await shown() == ["other-7", "other-1", "other-0", "other-2"]
    await desk.do(DescribeCoverage(related=tuple(others)))
    assert await shown() == others


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
