"""The fonts that the pictures of cards are drawn with: what they can write, and how wide it is."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

from dateline.render import arabic

Font = ImageFont.FreeTypeFont
_BASIC = ImageFont.Layout.BASIC
_LEADING, _LEADING_OF_ARABIC = 1.1, 1.34


def drawable(words: str) -> str:
    """The words as the fonts can write them: without signs they lack; empty if letters lack."""
    kept = []
    for letter in unicodedata.normalize("NFC", " ".join(words.split())):
        if letter in _LETTERS:
            kept.append(letter)
        elif letter in arabic.MARKS:
            continue
        elif unicodedata.category(letter)[0] in "LNMP":
            return ""
        elif unicodedata.category(letter) == "Zs":
            kept.append(" ")
    return " ".join("".join(kept).split())


class Type:
    """A face that is stored in parts: most letters in one file, the rest of Europe's in another,
    Arabic in a third. `rtl`: its lines run from right to left.

    Pillow's FreeType reads the very files that browsers load. `leading`: a line's height, in sizes.
    """

    def __init__(
        self, latin: Path, europe: Path, naskh: Path, size: int, weight: int | None, *, rtl: bool
    ) -> None:
        self._fonts = [ImageFont.truetype(path, size) for path in (latin, europe)]
        for font in self._fonts:
            if weight:
                font.set_variation_by_axes([weight])
        # What is joined and in its order already must not be turned round again.
        self._fonts.append(ImageFont.truetype(naskh, size, layout_engine=_BASIC))
        self._fonts[_NASKH].set_variation_by_axes([weight or 700])
        self._rtl = rtl
        self.leading = _LEADING_OF_ARABIC if rtl else _LEADING

    def width(self, words: str) -> float:
        return sum(font.getlength(run) for font, run in self._runs(words))

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], words: str, ink: str) -> None:
        """`at` is the left end of the line on which the letters stand."""
        x, y = at
        for font, run in self._runs(words):
            on.text((x, y), run, fill=ink, font=font, anchor="ls")
            x += font.getlength(run)

    def _runs(self, words: str) -> Iterator[tuple[Font, str]]:
        if self._rtl or not _ARABIC.isdisjoint(words):
            words = arabic.laid_out(words, rtl=self._rtl)
        for place, run in groupby(words, _part):
            yield self._fonts[place], "".join(run)


class Faces:
    """The page's own fonts, and one for Arabic, from the folder of the built front end."""

    def __init__(self, folder: Path, names: dict[str, str]) -> None:
        self._folder, self._names = folder, names

    def serif(self, size: int, *, rtl: bool = False) -> Type:
        return self._type("serif-bold", size, None, rtl=rtl)

    def sans(self, size: int, weight: int = 400, *, rtl: bool = False) -> Type:
        return self._type("sans", size, weight, rtl=rtl)

    def _type(self, face: str, size: int, weight: int | None, *, rtl: bool) -> Type:
        files = (f"{face}-latin.woff2", f"{face}-europe.woff2", "naskh-arabic.woff2")
        latin, europe, naskh = (self._folder / self._names[file] for file in files)
        return Type(latin, europe, naskh, size, weight, rtl=rtl)


def _part(letter: str) -> int:
    if letter in _EUROPE:
        return 1
    return _NASKH if letter in arabic.DRAWN or letter in _ARABIC else 0


_NASKH = 2
# What frontend/fonts/subset.py leaves in the three files.
_LATIN = {
    *map(chr, range(0x20, 0x7F)),
    *(chr(point) for point in range(0xA0, 0x100) if chr(point) not in "¤¦¨¬\u00ad¯³´µ¶¸¹¼¾"),
    *"ıŒœ–—‘’‚“”„•…′″‹›€™−",
}
_EUROPE = {*map(chr, [*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E])} - _LATIN - {"ŉ", "ſ"}
_ARABIC = arabic.LETTERS | arabic.SIGNS | {"ـ"}
_LETTERS = _LATIN | _EUROPE | _ARABIC | {arabic.NO_JOINT}
