"""The picture that stands for a page where it is shared: 1200 x 630, drawn as the page looks."""

import io

from msgspec import Struct
from PIL import Image, ImageDraw

from dateline.domain.coverage import Coverage
from dateline.domain.plain import plain_text
from dateline.domain.posts import Post
from dateline.render.language import direction_of, language_of
from dateline.render.lettering import Faces, Type, drawable
from dateline.render.sharing import TITLE, shortened, withdrawn
from dateline.render.statuses import status_words

WIDTH, HEIGHT = 1200, 630
LINES = 4
_EDGE = 80
_INNER = WIDTH - 2 * _EDGE
_PAPER, _INK, _SOFT, _LIVE = "#fbfaf7", "#17181a", "#5b5e63", "#b3121d"
_SIZES = range(84, 51, -4)
_TOP, _BOTTOM = 148, 500


class Drawn(Struct, frozen=True):
    """The words of a card. Those that the fonts have no letters for are left out."""

    newsroom: str
    title: str
    line: str
    under: str = ""
    live: str = ""
    """The word that it is; empty if it is not."""
    rtl: bool = False
    """Whether it is read from right to left."""


def card_of(coverage: Coverage, post: Post | None, newsroom: str) -> Drawn:
    language = language_of(coverage.language)
    rtl = direction_of(coverage.language) == "rtl"
    live = status_words("live", language) if coverage.status == "live" else ""
    if post is None:
        when = language.day(coverage.started_at or coverage.opened_at, coverage.timezone)
        return Drawn(newsroom, coverage.title, when, coverage.summary or "", live, rtl)
    if post.status != "published":
        return Drawn(newsroom, withdrawn(language), "", coverage.title, live, rtl)
    content = post.content
    words = " ".join(plain_text(content).split())
    place = content.byline[0].place if content.byline else None
    comma, zone = language.comma(), coverage.timezone
    time = f"{language.clock(post.time, zone)}{comma}{language.day(post.time, zone)}"
    title = content.headline or shortened(words, TITLE)
    line = f"{place}{comma}{time}" if place and drawable(place) else time
    return Drawn(newsroom, title, line, coverage.title, live, rtl)


def card_png(card: Drawn, faces: Faces) -> bytes:
    """It takes some 50 ms of a processor: not for the event loop."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    sheet = _Sheet(ImageDraw.Draw(image), card.rtl)
    sheet.write(drawable(card.newsroom), faces.serif(36, rtl=card.rtl), 92, _INK)
    if card.live:
        sheet.light(drawable(card.live), faces.sans(28, 700, rtl=card.rtl), 91)
    sheet.rule(116)
    # A title that can't be written leaves its place to what the page is part of.
    titles = [one for one in map(drawable, (card.title, card.under, card.newsroom)) if one]
    size, lines = set_title(titles[0] if titles else "", faces, rtl=card.rtl)
    serif = faces.serif(size, rtl=card.rtl)
    for number, line in enumerate(lines):
        sheet.write(line, serif, _TOP + size * (0.92 + serif.leading * number), _INK, hang=2)
    under = drawable(card.under)
    if under and under != titles[0]:
        small = faces.sans(28, rtl=card.rtl)
        sheet.write(cut(under, small), small, HEIGHT - 48, _SOFT)
    if line := drawable(card.line):
        bold = faces.sans(30, 600, rtl=card.rtl)
        sheet.write(cut(line, bold), bold, HEIGHT - 92, _INK)
    out = io.BytesIO()
    # Paper and three inks: 64 colours hold all their edges, in a third of the bytes.
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Sheet:
    """The card as it is drawn on, from the side at which its reader begins."""

    def __init__(self, on: ImageDraw.ImageDraw, rtl: bool) -> None:
        self._on, self._rtl = on, rtl

    def write(self, words: str, face: Type, y: float, ink: str, hang: int = 0) -> None:
        """`hang`: so far a large letter stands out, so that its stem is in line with the small."""
        start = WIDTH - _EDGE + hang - face.width(words) if self._rtl else _EDGE - hang
        face.draw(self._on, (start, y), words, ink)

    def light(self, word: str, face: Type, y: float) -> None:
        """The word that it is live, with its dot, at the other end of the line."""
        width = face.width(word)
        start = _EDGE if self._rtl else WIDTH - _EDGE - width
        dot = start + width + 12 if self._rtl else start - 28
        face.draw(self._on, (start, y), word, _LIVE)
        self._on.ellipse((dot, y - 18, dot + 16, y - 2), fill=_LIVE)

    def rule(self, y: int) -> None:
        self._on.rectangle((_EDGE, y, WIDTH - _EDGE, y + 2), fill=_INK)


def set_title(words: str, faces: Faces, *, rtl: bool = False) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; an ellipsis where none does."""
    for size in _SIZES:
        face = faces.serif(size, rtl=rtl)
        lines = wrapped(words, face)
        fits = len(lines) <= LINES and len(lines) * size * face.leading <= _BOTTOM - _TOP
        if fits:
            return size, lines
    smallest = faces.serif(_SIZES[-1], rtl=rtl)
    room = min(LINES, int((_BOTTOM - _TOP) / (_SIZES[-1] * smallest.leading)))
    return _SIZES[-1], [*lines[: room - 1], cut(" ".join(lines[room - 1 :]), smallest)]


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
