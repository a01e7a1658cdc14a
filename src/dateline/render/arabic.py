"""Arabic as it is drawn: its letters joined, and a line in the order in which it stands on paper.

Browsers do this themselves. What draws the pictures of cards (Pillow) does it by libraries that not
every machine has, so it is done here, for what a title holds: no vowel marks, which are left out.
See Unicode's chapter 9.2 for the joining, UAX 9 for the order; a title nests nothing deeper than a
number within Latin words within Arabic ones.
"""

import unicodedata
from collections.abc import Iterator

_LAM = "ل"
_KINDS = ("<isolated>", "<final>", "<initial>", "<medial>")
_TATWEEL, NO_JOINT = "ـ", "\u200c"
_MIRRORED = {**dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))}


def _forms() -> dict[str, list[str]]:
    """Of each letter, and of lam with each alef, what stands alone, last, first and within."""
    made: dict[str, list[str]] = {}
    for point in (*range(0xFB50, 0xFC00), *range(0xFE70, 0xFEFD)):
        kind, *parts = unicodedata.decomposition(chr(point)).split() or [""]
        letters = "".join(chr(int(one, 16)) for one in parts)
        if kind in _KINDS and (len(letters) == 1 or letters[0] == _LAM):
            made.setdefault(letters, [""] * 4)[_KINDS.index(kind)] = chr(point)
    return made


FORMS = _forms()
LETTERS = frozenset(letters for letters in FORMS if len(letters) == 1)
MARKS = frozenset(map(chr, [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670]))
"""Vowels and other signs over and under letters."""
SIGNS = frozenset("،؛؟٪٫٬٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
DRAWN = frozenset(form for forms in FORMS.values() for form in forms if form) | {_TATWEEL}
"""What a font has to have for all of it."""


def joined(words: str) -> str:
    """The words with each letter in the form that it has between its neighbours."""
    letters = list(_pieces("".join(one for one in words if one not in MARKS)))
    made = []
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        is_after = _joins_on(before) and _joins_back(letter)
        is_before = _joins_on(letter) and _joins_back(after)
        made.append(FORMS[letter][is_after + 2 * is_before] if letter in FORMS else letter)
    return "".join(made).replace(NO_JOINT, "")


def _pieces(words: str) -> Iterator[str]:
    """Letters; lam and alef are one."""
    place = 0
    while place < len(words):
        pair = words[place : place + 2]
        piece = pair if len(pair) == 2 and pair in FORMS else words[place]
        yield piece
        place += len(piece)


def _joins_on(letter: str) -> bool:
    """Whether it reaches to the one after it."""
    return letter == _TATWEEL or (letter in FORMS and bool(FORMS[letter][2]))


def _joins_back(letter: str) -> bool:
    """Whether it reaches to the one before it."""
    return letter == _TATWEEL or (letter in FORMS and bool(FORMS[letter][1]))


def laid_out(words: str, *, rtl: bool) -> str:
    """One line, joined, from its left end to its right one; `rtl`: in a text that runs so."""
    line = joined(words)
    levels = _levels(line, base=1 if rtl else 0)
    shown = [
        _MIRRORED.get(letter, letter) if level % 2 else letter
        for letter, level in zip(line, levels, strict=True)
    ]
    order = list(range(len(line)))
    # From the innermost on, what runs the other way is turned round (UAX 9, L2).
    for least in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= least:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return "".join(shown[place] for place in order)


def _levels(line: str, base: int) -> list[int]:
    """How deep each letter stands: odd ones run from right to left."""
    kinds = [unicodedata.bidirectional(letter) for letter in line]
    around = "R" if base else "L"
    ways: list[str] = []
    levels = []
    strong = around
    for place, kind in enumerate(kinds):
        is_number = kind in ("EN", "AN") or _is_of_number(kinds, place)
        if kind in ("L", "R", "AL"):
            strong = "L" if kind == "L" else "R"
        # A number counts, to what stands beside it, as what runs there (UAX 9, W7 and N1).
        ways.append(strong if is_number or kind in ("L", "R", "AL") else "")
        levels.append(2 if is_number and strong == "R" else 0)
    pairs = zip(levels, _with_neutrals(ways, around), strict=True)
    return [level or (1 if way == "R" else 2 * base) for level, way in pairs]


def _is_of_number(kinds: list[str], place: int) -> bool:
    """What stands between two figures, and a per cent or currency sign beside one."""
    before = kinds[place - 1] if place else ""
    after = kinds[place + 1] if place + 1 < len(kinds) else ""
    if kinds[place] in ("CS", "ES"):
        return before == after and before in ("EN", "AN")
    return kinds[place] == "ET" and "EN" in (before, after)


def _with_neutrals(ways: list[str], around: str) -> list[str]:
    """Spaces and signs between two that run the same way go along; others run as the text does."""
    made: list[str] = []
    for place, way in enumerate(ways):
        before = made[-1] if made else around
        after = next((one for one in ways[place:] if one), around)
        made.append(way or (before if before == after else around))
    return made
