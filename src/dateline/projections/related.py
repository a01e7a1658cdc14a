"""Related coverage: those that the desk chose, then the newsroom's others that are most like it."""

import re
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from dateline.domain.coverage import Coverage
from dateline.domain.shapes import MAX_RELATED
from dateline.projections.front import FrontProjection, Listed
from dateline.projections.searching import Searching

MOST = 4
# Some of those found may be among those chosen.
_ASKED = MOST + MAX_RELATED
_KEPT_SECONDS = 300.0
# Nothing found may mean that the index is not there yet.
_NOTHING_SECONDS = 5.0
_KEPT = 512
_MOST_WORDS = 24
_WORD = re.compile(r"\w{4,}|\d+")


Told = Callable[[], list[str]]


class Likeness(Protocol):
    """What finds coverages that are like one."""

    async def like(self, coverage: Coverage, told: Told, *, most: int) -> list[str]:
        """The slugs of others, best first; `told` says what its posts are about, if asked."""
        ...


class Related:
    """The desk's choice first, in its order; what is like it fills up to `MOST`."""

    def __init__(self, front: FrontProjection, likeness: Likeness) -> None:
        self._front = front
        self._likeness = likeness

    async def to(self, coverage: Coverage, told: Told) -> list[Listed]:
        """The other coverages, best first; `told` says what its posts are about, if asked."""
        known = {one.coverage.slug: one for one in await self._front.listed()}
        chosen = [slug for slug in coverage.related if slug in known]
        if len(chosen) < MOST:
            found = await self._likeness.like(coverage, told, most=_ASKED)
            others = [slug for slug in found if slug in known and slug not in chosen]
            chosen += others[: MOST - len(chosen)]
        return [known[slug] for slug in chosen]


class _Answer(Struct, frozen=True):
    until: float
    slugs: list[str]


class SharedWords:
    """Finds by full text those that share its telling words, and remembers it for some minutes."""

    def __init__(self, searching: Searching, clock: Callable[[], float]) -> None:
        self._searching = searching
        self._clock = clock
        self._kept: dict[str, _Answer] = {}

    async def like(self, coverage: Coverage, told: Told, *, most: int) -> list[str]:
        """The slugs of others, best first; `told` says what its posts are about, if asked."""
        kept = self._kept.get(coverage.slug)
        if kept is None or kept.until < self._clock():
            title = telling_words([coverage.title, coverage.summary or ""])
            words = list(dict.fromkeys(map(str.casefold, [*told(), *title])))[:_MOST_WORDS]
            slugs = await self._searching.related(coverage.slug, words, most=most)
            kept = _Answer(self._clock() + (_KEPT_SECONDS if slugs else _NOTHING_SECONDS), slugs)
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[coverage.slug] = kept
        return kept.slugs


def telling_words(texts: list[str]) -> list[str]:
    """Names and numbers, which say what a text is about; all long words where there are none.

    A title may have a capital at each word, and some scripts have none: then all words count.
    """
    words = [word for text in texts for word in _WORD.findall(text)]
    names = [word for word in words if word[0].isupper() or word.isdigit()]
    return list(dict.fromkeys(names or words))[:_MOST_WORDS]
