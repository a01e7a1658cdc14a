"""The words of a coverage: in which posts each stands, and whether it is written as a name.

It is a function of the posts that stand now: whatever a post said before leaves no trace, so a
takedown forgets its words. What is kept of a post is bounded (`MOST_WORDS`).
"""

import re
from bisect import insort
from collections.abc import Iterable
from functools import lru_cache
from sys import intern

from msgspec import Struct

MOST_WORDS = 600
BREAK = ""
"""Stands where no phrase goes on: at punctuation, a long number, the end of a line."""

# A word keeps what joins it (al-Jazeera, O’Neill, U.S.); what ends a sentence is told apart.
_TOKEN = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*|[.!?:…\"“”«»\n]|[^\s\w]")
_STARTS = frozenset('.!?:…"“”«»\n')
_POSSESSIVE = re.compile(r"['’]s\Z", re.IGNORECASE)
_TITLE_CASE = 0.6
# A short number may be part of a name (Article 5, Euro 2016); it is none by itself.
_LONG_NUMBER = 4


class Text(Struct, frozen=True):
    """A post's words in their order, with `BREAK` between phrases.

    `capital` are those that have a capital inside of a sentence, `small` those that have none.
    """

    words: tuple[str, ...]
    capital: tuple[str, ...]
    small: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(map(key_of, self.words))


@lru_cache(maxsize=1 << 14)
def key_of(word: str) -> str:
    """What is one word however it is written: at the begin of a sentence, or as a headline."""
    return intern(_POSSESSIVE.sub("", word).casefold())


def text_of(plain: str) -> Text:
    """The words of a plain text, a paragraph a line."""
    words: list[str] = []
    capital: set[str] = set()
    small: set[str] = set()
    for line in plain.splitlines():
        tokens = _TOKEN.findall(line)[: MOST_WORDS - len(words)]
        _read(tokens, words, capital, small)
        words.append(BREAK)
    return Text(tuple(words), tuple(capital), tuple(small))


def _read(tokens: list[str], words: list[str], capital: set[str], small: set[str]) -> None:
    says_nothing = _is_title(tokens)
    is_start = True
    for token in tokens:
        if not token[0].isalnum() or (len(token) > _LONG_NUMBER and token[0].isdigit()):
            words.append(BREAK)
            is_start = is_start or token in _STARTS
            continue
        # One string for all posts that have the word: a text is kept as long as its post is.
        words.append(intern(_POSSESSIVE.sub("", token)))
        if token[0].islower():
            small.add(key_of(token))
        elif token[0].isalpha() and not is_start and not says_nothing:
            capital.add(key_of(token))
        is_start = False


def _is_title(tokens: list[str]) -> bool:
    """Whether a line has a capital at most of its words, as headlines do: that names nobody."""
    long = [token for token in tokens if len(token) > 3 and token[0].isalpha()]
    return sum(not token[0].islower() for token in long) > _TITLE_CASE * len(long)


class Words:
    """The index: of each word the orders of its posts, oldest first."""

    def __init__(self) -> None:
        self._texts: dict[int, Text] = {}
        self._orders: dict[str, list[int]] = {}
        self._capital: dict[str, int] = {}
        self._small: dict[str, int] = {}
        self._capitals = self._smalls = 0

    def put(self, order: int, text: Text | None) -> bool:
        """Take in what a post says now; None: it says nothing any more. Whether words are gone."""
        old = self._texts.pop(order, None)
        if old is not None:
            for word in _distinct(old):
                _take_out(self._orders, word, order)
            self._count(old, -1)
        if text is None:
            return old is not None
        for word in _distinct(text):
            insort(self._orders.setdefault(word, []), order)
        self._count(text, 1)
        self._texts[order] = text
        return old is not None

    @property
    def posts(self) -> int:
        return len(self._texts)

    def all(self) -> Iterable[str]:
        return self._orders

    def orders(self, word: str) -> list[int]:
        """Where a word stands, by its key."""
        return self._orders.get(word, [])

    def text(self, order: int) -> Text:
        return self._texts[order]

    def is_name(self, word: str) -> bool:
        """Whether it is written with a capital where a sentence would not ask for one."""
        return self._capital.get(word, 0) > self._small.get(word, 0)

    @property
    def tells_names(self) -> bool:
        """Whether this text has capitals to go by: some scripts and some archives have none."""
        return self._capitals * 50 > self._smalls

    def _count(self, text: Text, by: int) -> None:
        _add(self._capital, text.capital, by)
        _add(self._small, text.small, by)
        self._capitals += by * len(text.capital)
        self._smalls += by * len(text.small)


def _distinct(text: Text) -> set[str]:
    return set(text.keys) - {BREAK}


def _take_out(index: dict[str, list[int]], word: str, order: int) -> None:
    index[word].remove(order)
    if not index[word]:
        del index[word]


def _add(counts: dict[str, int], words: Iterable[str], by: int) -> None:
    for word in words:
        counts[word] = counts.get(word, 0) + by
        if not counts[word]:
            del counts[word]
