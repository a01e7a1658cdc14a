"""Related coverage: those that the desk chose, then the newsroom's others that are most like it; of
each the post that the desk named, or the one that is nearest to what this one tells."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Protocol, TypeVar

from msgspec import Struct

from dateline.domain.coverage import Coverage, beside
from dateline.domain.shapes import MAX_RELATED
from dateline.projections.background import BackgroundSearches
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
Headlines = Callable[[Mapping[str, str]], Awaitable[dict[str, str]]]
Kept = TypeVar("Kept")


class Lead(Struct, frozen=True):
    """A post that leads into another coverage."""

    id: str
    headline: str


class Beside(Struct, frozen=True):
    """Another coverage, and where it is nearest."""

    listed: Listed
    lead: Lead | None = None


class Likeness(Protocol):
    """What finds coverages that are like one, and posts in them."""

    async def like(self, coverage: Coverage, told: Told, *, most: int) -> list[str]:
        """The slugs of others, best first; `told` says what its posts are about, if asked."""
        ...

    async def nearest(
        self, coverage: Coverage, told: Told, others: tuple[str, ...]
    ) -> dict[str, Lead]:
        """Of others, by their slugs, the post that tells most of the same."""
        ...


class Related:
    """The desk's choice first, in its order; what is like it fills up to `MOST`."""

    def __init__(self, front: FrontProjection, likeness: Likeness, headlines: Headlines) -> None:
        """`headlines`: what posts are headed by now, one of each coverage by its slug."""
        self._front = front
        self._likeness = likeness
        self._headlines = headlines

    async def to(self, coverage: Coverage, told: Told) -> list[Beside]:
        """The other coverages, best first; `told` says what its posts are about, if asked."""
        known = {one.coverage.slug: one for one in await self._front.listed()}
        named = {slug: post for slug, post in map(beside, coverage.related) if slug in known}
        chosen = list(named)
        if len(chosen) < MOST:
            found = await self._likeness.like(coverage, told, most=_ASKED)
            others = [slug for slug in found if slug in known and slug not in chosen]
            chosen += others[: MOST - len(chosen)]
        leads = await self._likeness.nearest(coverage, told, tuple(chosen))
        posts = {slug: post for slug, post in named.items() if post}
        headlines = await self._headlines(posts) if posts else {}
        leads |= {slug: Lead(posts[slug], words) for slug, words in headlines.items()}
        return [Beside(known[slug], leads.get(slug)) for slug in chosen]


class _Answer(Struct, frozen=True):
    until: float
    slugs: list[str]


class _Nearest(Struct, frozen=True):
    until: float
    others: tuple[str, ...]
    posts: dict[str, str]


class SharedWords:
    """Finds by full text those that share its telling words, and remembers it for some minutes.

    Which posts they are is remembered, never what they say: that may be corrected or taken down.
    Who asks while a search takes long is told what was found before it, or nothing.
    """

    def __init__(
        self, searching: Searching, clock: Callable[[], float], searches: BackgroundSearches
    ) -> None:
        self._searching = searching
        self._clock = clock
        self._searches = searches
        self._answers: dict[str, _Answer] = {}
        self._posts: dict[str, _Nearest] = {}

    async def like(self, coverage: Coverage, told: Told, *, most: int) -> list[str]:
        """The slugs of others, best first; `told` says what its posts are about, if asked."""
        slug = coverage.slug

        async def search() -> None:
            found = await self._searching.related(slug, _words(coverage, told), most=most)
            _keep(self._answers, slug, _Answer(self._until(found), found))

        if not self._holds(self._answers.get(slug)):
            await self._searches.look(f"like {slug}", search)
        kept = self._answers.get(slug)
        return kept.slugs if kept else []

    async def nearest(
        self, coverage: Coverage, told: Told, others: tuple[str, ...]
    ) -> dict[str, Lead]:
        """Of others, by their slugs, the post that tells most of the same."""
        slug = coverage.slug

        async def search() -> None:
            found = await self._searching.nearest(others, _words(coverage, told))
            _keep(self._posts, slug, _Nearest(self._until(found), others, found))

        kept = self._posts.get(slug)
        if kept is None or not self._holds(kept) or kept.others != others:
            await self._searches.look(f"nearest {slug} {others}", search)
        kept = self._posts.get(slug)
        posts = {one: post for one, post in kept.posts.items() if one in others} if kept else {}
        headlines = await self._searching.headlines(posts) if posts else {}
        return {one: Lead(posts[one], words) for one, words in headlines.items()}

    def _holds(self, kept: _Answer | _Nearest | None) -> bool:
        return kept is not None and kept.until >= self._clock()

    def _until(self, found: Collection[str]) -> float:
        return self._clock() + (_KEPT_SECONDS if found else _NOTHING_SECONDS)


def _words(coverage: Coverage, told: Told) -> list[str]:
    title = telling_words([coverage.title, coverage.summary or ""])
    return list(dict.fromkeys(map(str.casefold, [*told(), *title])))[:_MOST_WORDS]


def _keep(kept: dict[str, Kept], slug: str, found: Kept) -> None:
    kept.pop(slug, None)
    while len(kept) >= _KEPT:
        del kept[next(iter(kept))]
    kept[slug] = found


def telling_words(texts: list[str]) -> list[str]:
    """Names and numbers, which say what a text is about; all long words where there are none.

    A title may have a capital at each word, and some scripts have none: then all words count.
    """
    words = [word for text in texts for word in _WORD.findall(text)]
    names = [word for word in words if word[0].isupper() or word.isdigit()]
    return list(dict.fromkeys(names or words))[:_MOST_WORDS]
