"""What changed between two texts, word by word, as a person would tell it."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from msgspec import Struct

Kind = Literal["same", "added", "removed", "gap"]
CONTEXT = 10
"""So many unchanged words stand around a change."""
MOST_WORDS = 2000
"""Of a longer passage it is only said that it was replaced: comparing words costs their square."""
_BREAK = "\n"


class Piece(Struct, frozen=True):
    """A run of words. A gap stands for unchanged ones that are left out."""

    kind: Kind
    text: str


Line = list[Piece]


def difference(before: str, after: str) -> list[Line]:
    """The lines of both texts, with what was removed before what was added; [] if they are equal.

    Lines that were only removed are lines too.
    """
    if before == after:
        return []
    return [line for line in _lines(_shortened(_joined(_pieces(before, after)))) if line]


def _pieces(before: str, after: str) -> Iterator[tuple[Kind, list[str]]]:
    old, new = before.split("\n"), after.split("\n")
    # First by lines: it is cheap, and a paragraph that moved in between takes no words apart.
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = _words(old[a:b]), _words(new[c:d])
        if tag == "equal":
            yield "same", added
        elif tag == "replace" and len(removed) + len(added) <= MOST_WORDS:
            yield from _within(removed, added)
        else:
            yield "removed", removed
            yield "added", added


def _within(old: list[str], new: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    removed: list[str] = []
    added: list[str] = []
    for n, (tag, a, b, c, d) in enumerate(opcodes):
        # One word that happens to be in both, between two changes, would only break the sentence.
        is_islet = tag == "equal" and b - a == 1 and 0 < n < len(opcodes) - 1 and old[a] != _BREAK
        if tag == "equal" and not is_islet:
            yield "removed", removed
            yield "added", added
            yield "same", old[a:b]
            removed, added = [], []
        else:
            removed = removed + old[a:b]
            added = added + new[c:d]
    yield "removed", removed
    yield "added", added


def _words(lines: list[str]) -> list[str]:
    return [word for line in lines for word in (*line.split(), _BREAK)]


def _joined(pieces: Iterator[tuple[Kind, list[str]]]) -> list[tuple[Kind, list[str]]]:
    """Neighbours of one kind as one."""
    grouped = groupby((piece for piece in pieces if piece[1]), key=lambda piece: piece[0])
    return [(kind, [word for _, words in run for word in words]) for kind, run in grouped]


def _shortened(pieces: list[tuple[Kind, list[str]]]) -> Iterator[tuple[Kind, list[str]]]:
    for n, (kind, words) in enumerate(pieces):
        head = CONTEXT if n > 0 else 0
        tail = CONTEXT if n < len(pieces) - 1 else 0
        if kind != "same" or len(words) <= head + tail + 2:
            yield kind, words
            continue
        yield "same", words[:head]
        if head and tail and _BREAK in words[head : len(words) - tail]:
            # Two paragraphs stay two.
            yield "gap", ["…", _BREAK]
        yield "gap", ["…"]
        yield "same", words[len(words) - tail :]


def _lines(pieces: Iterator[tuple[Kind, list[str]]]) -> Iterator[Line]:
    line: Line = []
    for kind, words in pieces:
        for is_break, run in groupby(words, key=lambda word: word == _BREAK):
            if is_break:
                yield line
                line = []
            else:
                line.append(Piece(kind, " ".join(run)))
    yield line
