"""Grows a word into the name it is part of: "Biden" into "Joe Biden", "zone" into "euro zone"."""

from collections import Counter
from collections.abc import Callable, Iterator

from dateline.projections.words import BREAK, Words

_LONGEST = 4
_LOOKED_AT = 16
# The rarer of two words stands mostly beside the other. Of the more frequent one so much does; of
# a family name less, since it mostly stands alone.
_TOGETHER, _BESIDE, _AFTER = 0.5, 0.25, 0.1
_PARTICLES = "of the de del la las los do da dos das di du des van von der den bin al el"
WITHIN = frozenset(_PARTICLES.split())
"""What stands inside of names with a small letter."""

_Line = tuple[tuple[str, ...], tuple[str, ...]]
"""A text's words as they are written, and by their keys."""
_Place = tuple[_Line, int, int]


def phrase(words: Words, word: str, fits: Callable[[str], bool]) -> list[str]:
    """The word as it is mostly written, with those that `fits` lets belong to it.

    Looked up in a bounded number of its posts, spread over all of them.
    """
    orders = words.orders(word)
    step = max(1, len(orders) // _LOOKED_AT)
    texts = [words.text(order) for order in orders[::-step][:_LOOKED_AT]]
    lines = [(text.words, text.keys) for text in texts]
    places = [(line, at, at + 1) for line in lines for at in _places(line[1], word)]
    growing = _Growing(words, word, len(orders) / len(places), fits)
    name = [word]
    while len(name) < _LONGEST and (longer := growing.longer(name, places)):
        name, places = longer
    # Without capitals to go by, that of a sentence's first word would be the only one.
    if words.tells_names:
        forms = Counter(written[start:end] for (written, _), start, end in places)
    else:
        forms = Counter(keys[start:end] for (_, keys), start, end in places)
    best = max(forms, key=lambda form: (forms[form], form))
    return list(best)


class _Growing:
    """One word on its way to a name. `share` is how many posts a place that was seen stands for."""

    def __init__(self, words: Words, word: str, share: float, fits: Callable[[str], bool]) -> None:
        self._words = words
        self._count = len(words.orders(word))
        self._share = share
        self._fits = fits

    def longer(
        self, name: list[str], places: list[_Place]
    ) -> tuple[list[str], list[_Place]] | None:
        """The name with the neighbour that belongs to it most, and where that stands."""
        beside: dict[tuple[str, bool], list[_Place]] = {}
        for place in places:
            for neighbour, is_after, wider in _beside(place):
                is_number = is_after and neighbour.isdigit()
                if neighbour not in name and (is_number or self._fits(neighbour)):
                    beside.setdefault((neighbour, is_after), []).append(wider)
        if not beside:
            return None
        neighbour, is_after = max(beside, key=lambda one: (len(beside[one]), one))
        found = beside[neighbour, is_after]
        if not self._belongs(neighbour, len(found), is_after=is_after):
            return None
        return ([*name, neighbour] if is_after else [neighbour, *name]), found

    def _belongs(self, neighbour: str, seen: int, *, is_after: bool) -> bool:
        together = seen * self._share
        rarer = min(self._count, len(self._words.orders(neighbour)))
        may_be_family = self._words.tells_names and not is_after
        beside = _AFTER if may_be_family else _BESIDE
        return seen >= 2 and together >= _TOGETHER * rarer and together >= beside * self._count


def _places(keys: tuple[str, ...], word: str) -> Iterator[int]:
    at = -1
    for _ in range(keys.count(word)):
        at = keys.index(word, at + 1)
        yield at


def _beside(place: _Place) -> Iterator[tuple[str, bool, _Place]]:
    """The neighbours of a place: the word, whether it comes after, and the place with it."""
    line, start, end = place
    words, keys = line
    for at, step in ((end, 1), (start - 1, -1)):
        while 0 <= at < len(words) and words[at] in WITHIN:
            at += step
        if 0 <= at < len(words) and keys[at] != BREAK:
            yield keys[at], step > 0, (line, min(start, at), max(end, at + 1))
