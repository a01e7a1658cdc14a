"""The picture that stands for a page where it is shared: 1200 x 630, drawn as the page looks."""

import io
import unicodedata
from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from dateline.domain.coverage import Coverage
from dateline.domain.plain import plain_text
from dateline.domain.posts import Post
from dateline.render.language import language_of
from dateline.render.sharing import TITLE, shortened, withdrawn
from dateline.render.statuses import status_words

WIDTH, HEIGHT = 1200, 630
LINES = 4
_EDGE = 80
_INNER = WIDTH - 2 * _EDGE
_PAPER, _INK, _SOFT, _LIVE = "#fbfaf7", "#17181a", "#5b5e63", "#b3121d"
_SIZES = range(84, 51, -4)
_TOP, _BOTTOM = 148, 500
_LEADING = 1.1
Font = ImageFont.FreeTypeFont


class Drawn(Struct, frozen=True):
    """The words of a card. Those that the fonts have no letters for are left out."""

    newsroom: str
    title: str
    line: str
    under: str = ""
    live: str = ""
    """The word that it is; empty if it is not."""


def card_of(coverage: Coverage, post: Post | None, newsroom: str) -> Drawn:
    language = language_of(coverage.language)
    live = status_words("live", language) if coverage.status == "live" else ""
    if post is None:
        when = language.day(coverage.started_at or coverage.opened_at, coverage.timezone)
        return Drawn(newsroom, coverage.title, when, coverage.summary or "", live)
    if post.status != "published":
        return Drawn(newsroom, withdrawn(language), "", coverage.title, live)
    content = post.content
    words = " ".join(plain_text(content).split())
    place = content.byline[0].place if content.byline else None
    comma, zone = language.comma(), coverage.timezone
    time = f"{language.clock(post.time, zone)}{comma}{language.day(post.time, zone)}"
    title = content.headline or shortened(words, TITLE)
    line = f"{place}{comma}{time}" if place and drawable(place) else time
    return Drawn(newsroom, title, line, coverage.title, live)


def drawable(words: str) -> str:
    """The words as the fonts can write them: without signs they lack; empty if letters lack."""
    kept = []
    for letter in unicodedata.normalize("NFC", " ".join(words.split())):
        if letter in _LETTERS:
            kept.append(letter)
        elif unicodedata.category(letter)[0] in "LNMP":
            return ""
        elif unicodedata.category(letter) == "Zs":
            kept.append(" ")
    return " ".join("".join(kept).split())


class Type:
    """A face that is stored in two files: most letters in one, the rest of Europe's in the other.

    Pillow's FreeType reads the very files that browsers load.
    """

    def __init__(self, latin: Path, europe: Path, size: int, weight: int | None = None) -> None:
        self._fonts = [ImageFont.truetype(path, size) for path in (latin, europe)]
        for font in self._fonts:
            if weight:
                font.set_variation_by_axes([weight])

    def runs(self, words: str) -> list[tuple[Font, str]]:
        made: list[tuple[Font, str]] = []
        for letter in words:
            font = self._fonts[letter in _EUROPE]
            if made and made[-1][0] is font:
                made[-1] = font, made[-1][1] + letter
            else:
                made.append((font, letter))
        return made

    def width(self, words: str) -> float:
        return sum(font.getlength(run) for font, run in self.runs(words))

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], words: str, ink: str) -> None:
        """`at` is the left end of the line on which the letters stand."""
        x, y = at
        for font, run in self.runs(words):
            on.text((x, y), run, fill=ink, font=font, anchor="ls")
            x += font.getlength(run)


class Faces:
    """The page's own fonts, from the folder of the built front end."""

    def __init__(self, folder: Path, names: dict[str, str]) -> None:
        self._folder, self._names = folder, names

    def serif(self, size: int) -> Type:
        return self._type("serif-bold", size, None)

    def sans(self, size: int, weight: int = 400) -> Type:
        return self._type("sans", size, weight)

    def _type(self, face: str, size: int, weight: int | None) -> Type:
        latin, europe = (
            self._folder / self._names[f"{face}-{part}.woff2"] for part in ("latin", "europe")
        )
        return Type(latin, europe, size, weight)


def card_png(card: Drawn, faces: Faces) -> bytes:
    """It takes some 50 ms of a processor: not for the event loop."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    on = ImageDraw.Draw(image)
    faces.serif(36).draw(on, (_EDGE, 92), drawable(card.newsroom), _INK)
    if card.live:
        face, word = faces.sans(28, 700), drawable(card.live)
        x = WIDTH - _EDGE - face.width(word)
        face.draw(on, (x, 91), word, _LIVE)
        on.ellipse((x - 28, 73, x - 12, 89), fill=_LIVE)
    on.rectangle((_EDGE, 116, WIDTH - _EDGE, 118), fill=_INK)
    # A title that can't be written leaves its place to what the page is part of.
    titles = [one for one in map(drawable, (card.title, card.under, card.newsroom)) if one]
    size, lines = set_title(titles[0] if titles else "", faces)
    serif = faces.serif(size)
    for number, line in enumerate(lines):
        serif.draw(on, (_EDGE - 2, _TOP + size * (0.92 + _LEADING * number)), line, _INK)
    under = drawable(card.under)
    if under and under != titles[0]:
        small = faces.sans(28)
        small.draw(on, (_EDGE, HEIGHT - 48), cut(under, small), _SOFT)
    if line := drawable(card.line):
        bold = faces.sans(30, 600)
        bold.draw(on, (_EDGE, HEIGHT - 92), cut(line, bold), _INK)
    out = io.BytesIO()
    # Paper and three inks: 64 colours hold all their edges, in a third of the bytes.
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def set_title(words: str, faces: Faces) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; an ellipsis where none does."""
    for size in _SIZES:
        lines = wrapped(words, faces.serif(size))
        fits = len(lines) <= LINES and len(lines) * size * _LEADING <= _BOTTOM - _TOP
        if fits:
            return size, lines
    smallest = faces.serif(_SIZES[-1])
    kept = lines[: LINES - 1]
    return _SIZES[-1], [*kept, cut(" ".join(lines[LINES - 1 :]), smallest)]


def wrapped(words: str, face: Type) -> list[str]:
    """Lines of at most the card's width; a word that is longer than a line is broken."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.width(longer) <= _INNER:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if face.width(lines[-1] + letter) > _INNER:
                lines.append("")
            lines[-1] += letter
    return lines


def cut(words: str, face: Type) -> str:
    """One line of them, with an ellipsis where there are more."""
    if face.width(words) <= _INNER:
        return words
    low = words[: int(_INNER / face.width(words) * len(words)) + 4]
    while low and face.width(low.rstrip(" ,;:–-") + "…") > _INNER:
        low = low[:-1]
    return low.rstrip(" ,;:–-") + "…"


# What frontend/fonts/subset.py leaves in the two files.
_LATIN = {
    *map(chr, range(0x20, 0x7F)),
    *(chr(point) for point in range(0xA0, 0x100) if chr(point) not in "¤¦¨¬\u00ad¯³´µ¶¸¹¼¾"),
    *"ıŒœ–—‘’‚“”„•…′″‹›€™−",
}
_EUROPE = {*map(chr, [*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E])} - _LATIN - {"ŉ", "ſ"}
_LETTERS = _LATIN | _EUROPE
