"""How frequent each word is in the newsroom's archive, so that what is said every day stands back.

It is counted from the search index from time to time, beside the requests and never within one.
"""

import asyncio
import re
from unicodedata import combining, normalize

import structlog

from dateline.domain.errors import Unavailable
from dateline.store.search import SearchIndex

LOOK_SECONDS = 15.0
# Counting reads the whole index: again only when the archive is by so much larger.
_GROWTH = 1.1
_LEAST_POSTS = 500
_PARTS = re.compile(r"[\W_]+")
_logger = structlog.get_logger()


class Vocabulary:
    """The words of the archive. Below a few hundred posts it knows nothing."""

    def __init__(self) -> None:
        self.posts = 0
        self.version = 0
        self._counts: dict[str, int] = {}

    def put(self, posts: int, counts: dict[str, int]) -> None:
        """Take in a new count."""
        self.posts = posts if posts >= _LEAST_POSTS else 0
        self._counts = counts if self.posts else {}
        self.version += 1

    def count(self, word: str) -> int:
        """In how many posts a word stands, by its key; 0 where it is rare."""
        found = self._counts.get(word)
        if found is None:
            # The index has no accents, and parts what a hyphen joins.
            found = min(self._counts.get(part, 0) for part in _PARTS.split(_plain(word)))
        return found


class Counting:
    """Keeps a vocabulary up to date with the search index."""

    def __init__(self, vocabulary: Vocabulary, index: SearchIndex) -> None:
        self._vocabulary = vocabulary
        self._index = index
        self._counted = 0

    async def run(self) -> None:
        """Look at the archive from time to time, for as long as the server lives."""
        while True:
            try:
                await self.look()
            except Unavailable as error:
                _logger.warning("the archive's words could not be counted", reason=error.detail)
            except Exception:
                _logger.exception("the archive's words could not be counted")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Count the words if the archive has grown since."""
        posts = await self._index.size()
        if posts >= _LEAST_POSTS and posts > self._counted * _GROWTH:
            self._counted = posts
            self._vocabulary.put(posts, await self._index.frequent())


def _plain(word: str) -> str:
    return "".join(one for one in normalize("NFKD", word) if not combining(one))
