"""Names the topics of a coverage by itself: whom and what its posts tell of more than others do.

Where the text has capitals, a word is a candidate if it is written as a name inside of sentences;
else if the archive has it less often. Where there is neither, nothing is found: better no topics
than "said" and "today". No list of words of any language is needed for
it but that of days and months, which CLDR has.
"""

from collections.abc import Iterator
from heapq import nlargest
from math import log

from dateline.projections.almanac import almanac
from dateline.projections.phrases import WITHIN, phrase
from dateline.projections.topics import Found
from dateline.projections.vocabulary import Vocabulary
from dateline.projections.words import Words, key_of, text_of

MOST = 16
_SEEDS = 32
_TELLING = 16
# A few more posts change little: found anew when there are so many times as many.
_GROWTH = 1 / 12
# In so many of the archive's posts a word is frequent, and a topic only if it is so many times as
# frequent here.
_FREQUENT, _TIMES = 0.02, 8.0
# Without capitals to go by, a topic has to be so many times as frequent here as elsewhere: "want"
# and "really" are three or five times so wherever somebody is quoted at length.
_TIMES_IN_LOWER_CASE = 10.0
_SHORTEST = 3
# How much it counts to be rare elsewhere, beside being frequent here.
_RARITY = 0.75


class Naming:
    """The topics that are found in the words of a coverage's posts."""

    def __init__(self, archive: Vocabulary) -> None:
        self._archive = archive
        self._words = Words()
        self._found: list[Found] = []
        self._found_at: tuple[int, int] | None = None

    def put(self, order: int, plain: str | None) -> None:
        """Take in what a post says now; None: it says nothing any more."""
        if self._words.put(order, text_of(plain) if plain is not None else None):
            # Words are gone: nothing that was found is said again without looking.
            self._found_at = None

    def found(self) -> list[Found]:
        """The topics, best first."""
        posts, version = self._found_at or (-1, -1)
        is_near = posts <= self._words.posts <= posts * (1 + _GROWTH)
        if not is_near or version != self._archive.version:
            self._found = self._look()
            self._found_at = self._words.posts, self._archive.version
        return self._found

    def orders(self, name: str) -> list[int]:
        """Where a topic stands that is found, or has been: the posts with all of its words."""
        key = name.casefold()
        for one in self.found():
            if one.name.casefold() == key:
                return one.orders
        words = [key_of(word) for word in name.split() if word.casefold() not in WITHIN]
        standing = [set(self._words.orders(word)) for word in words]
        return sorted(set.intersection(*standing)) if standing else []

    def telling(self) -> list[str]:
        """The words, names or not, that say most of what this coverage is about, best first."""
        known = self._archive.posts > self._words.posts
        least = 1 if self._words.posts < 10 else 2
        scores = {
            word: self._score(word)
            for word in self._words.all()
            if len(word) >= _SHORTEST
            and word[0].isalpha()
            and len(self._words.orders(word)) >= least
            and (known or self._words.is_name(word))
        }
        return nlargest(_TELLING, scores, key=lambda word: (scores[word], word))

    def _look(self) -> list[Found]:
        scores = dict(self._scores())
        best = sorted(scores, key=lambda word: (-scores[word], word))[:_SEEDS]
        taken: set[str] = set()
        found: list[Found] = []
        for word in best:
            if word in taken or len(found) == MOST:
                continue
            name = phrase(self._words, word, self._fits)
            words = frozenset(map(key_of, name)) - WITHIN
            is_date = all(one in almanac() or one.isdigit() for one in words)
            if not words & taken and not is_date:
                found.append(Found(" ".join(name), words, self._words.orders(word)))
                taken |= words
        return found

    def _scores(self) -> Iterator[tuple[str, float]]:
        least = 2 if self._words.posts < 30 else 3
        for word in self._words.all():
            if len(self._words.orders(word)) >= least and self._may_be(word):
                score = self._score_of_topic(word)
                if score > 0:
                    yield word, score

    def _fits(self, word: str) -> bool:
        return self._may_be(word) and (self._words.tells_names or self._score(word) > 0)

    def _may_be(self, word: str) -> bool:
        if not word[0].isalpha():
            return False
        if self._words.tells_names:
            return len(word) > 1 and self._words.is_name(word)
        return bool(self._archive.posts) and len(word) >= _SHORTEST

    def _score_of_topic(self, word: str) -> float:
        count = len(self._words.orders(word))
        is_said_everywhere = (
            count < _TIMES_IN_LOWER_CASE * self._elsewhere(word) * self._words.posts
        )
        if is_said_everywhere and not self._words.tells_names:
            return 0.0
        return self._score(word)

    def _score(self, word: str) -> float:
        """How much a word says of this coverage: how often it stands here, and how rarely else."""
        count, posts = len(self._words.orders(word)), self._words.posts
        others = self._archive.posts - posts
        if others <= 0:
            return float(count)
        elsewhere = self._elsewhere(word)
        if elsewhere > _FREQUENT and count < _TIMES * elsewhere * posts:
            return 0.0
        expected = (elsewhere + 0.5 / others) * posts
        return count * log(count / expected) ** _RARITY if count > expected else 0.0

    def _elsewhere(self, word: str) -> float:
        """In what part of the archive's other posts it stands."""
        others = self._archive.posts - self._words.posts
        count = self._archive.count(word) - len(self._words.orders(word))
        return max(0, count) / others if others > 0 else 0.0
