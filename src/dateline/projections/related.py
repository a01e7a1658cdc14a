"""Related coverage: the newsroom's other pages that have most of this one's names."""

import re
from collections.abc import Callable

from msgspec import Struct

from dateline.domain.coverage import Coverage
from dateline.projections.front import FrontProjection, Listed
from dateline.projections.searching import Searching

MOST = 4
_KEPT_SECONDS = 300.0
# Nothing found may mean that the index is not there yet.
_NOTHING_SECONDS = 5.0
_KEPT = 512
_MOST_WORDS = 24
_WORD = re.compile(r"\w{4,}|\d+")


class _Answer(Struct, frozen=True):
    until: float
    slugs: list[str]


class Related:
    """Finds them by full text, and remembers for some minutes what it found."""

    def __init__(
        self, searching: Searching, front: FrontProjection, clock: Callable[[], float]
    ) -> None:
        self._searching = searching
        self._front = front
        self._clock = clock
        self._kept: dict[str, _Answer] = {}

    async def to(self, coverage: Coverage, headlines: list[str]) -> list[Listed]:
        """The other coverages, best first; `headlines` are those of its key events."""
        kept = self._kept.get(coverage.slug)
        if kept is None or kept.until < self._clock():
            words = telling_words([coverage.title, coverage.summary or "", *headlines])
            slugs = await self._searching.related(coverage.slug, words, most=MOST)
            kept = _Answer(self._clock() + (_KEPT_SECONDS if slugs else _NOTHING_SECONDS), slugs)
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[coverage.slug] = kept
        known = {one.coverage.slug: one for one in await self._front.listed()}
        return [known[slug] for slug in kept.slugs if slug in known]


def telling_words(texts: list[str]) -> list[str]:
    """Names and numbers, which say what a text is about; all long words where there are none.

    A title may have a capital at each word, and some scripts have none: then all words count.
    """
    words = [word for text in texts for word in _WORD.findall(text)]
    names = [word for word in words if word[0].isupper() or word.isdigit()]
    return list(dict.fromkeys(names or words))[:_MOST_WORDS]
