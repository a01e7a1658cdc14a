"""Names that are spelled almost as names that the desk knows: one letter more, less or other."""

import re
from collections.abc import Iterable, Iterator

_NAME = re.compile(r"[^\W\d_]{5,}")
MOST_WORDS = 5_000
"""So many of a text are looked at."""


def name_parts(names: Iterable[str]) -> frozenset[str]:
    """The parts of names that are long enough to be recognised: all that begin with a capital."""
    return frozenset(part for name in names for part in _capitals(name))


def unlike(texts: Iterable[str], known: frozenset[str]) -> dict[str, str]:
    """Words that nobody knows, each with the known one that it almost is."""
    near = {short: name for name in known for short in _shortened(name)}
    found: dict[str, str] = {}
    words = dict.fromkeys(word for text in texts for word in _capitals(text))
    for word in list(words)[:MOST_WORDS]:
        if word in known or word.removesuffix("s") in known:
            continue
        # Two words that are alike after each has lost a letter, at most, differ by one.
        match = next((near[short] for short in _shortened(word) if short in near), None)
        if match and match.removesuffix("s") != word:
            found[word] = match
    return found


def _capitals(text: str) -> list[str]:
    return [word for word in _NAME.findall(text) if word[0].isupper()]


def _shortened(word: str) -> Iterator[str]:
    yield word
    for n in range(len(word)):
        yield word[:n] + word[n + 1 :]
