"""The template environments: one for each language, escaping everything by default."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from dateline.domain.blocks import Picture
from dateline.domain.pictures import rendition
from dateline.render.byline import byline_places
from dateline.render.constant import ConstantWords
from dateline.render.files import file_words
from dateline.render.language import Language, direction_of, language_of
from dateline.render.players import player
from dateline.render.statuses import status_words, verification_words
from dateline.render.theme import LOADER

COLUMN = "(min-width: 44rem) 38rem, 100vw"
"""How wide a picture is shown, as `sizes` says it: see ground.css and post.css."""
_NAMES = {"newsroom": "Dateline"}


def iso(moment: datetime) -> str:
    """2021-06-14T15:40:00Z (RFC 3339)"""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def offset(moment: datetime, zone: str) -> int:
    """By how many minutes a zone's clock is ahead of UTC then."""
    ahead = moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return int(ahead.total_seconds()) // 60


def host(url: str) -> str:
    """nato.int"""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def srcset(picture: Picture, ending: str) -> str:
    """/media/a1b2-480.avif 480w, /media/a1b2-960.avif 960w"""
    named = ((rendition(picture.media, width, ending), width) for width in picture.widths)
    return ", ".join(f"/media/{name} {width}w" for name, width in named)


def quarter(part: float) -> int:
    """0, 25, 50, 75 or 100: so many the style sheet knows, and a page has no styles of its own."""
    return round(part * 4) * 25


def foreign(tag: str | None, around: str) -> Markup:
    """The attributes of an element in that language, where what is around it is in another."""
    if not tag or tag == around:
        return Markup()
    made = Markup(' lang="{}"').format(tag)
    if direction_of(tag) != direction_of(around):
        made += Markup(' dir="{}"').format(direction_of(tag))
    return made


# Compiled once for each language, so a page costs the same in all of them.
@lru_cache(maxsize=64)
def environment_of(tag: str) -> Environment:
    """The environment for what is in this language; `interface` is the one of its words."""
    language = language_of(tag)
    if language.tag != tag:
        return environment_of(language.tag)
    return _environment(language)


def _environment(language: Language) -> Environment:
    made = Environment(
        loader=LOADER,
        extensions=["jinja2.ext.i18n", ConstantWords],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    made.install_gettext_translations(language.words, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {**_NAMES, "interface": language, "column": COLUMN}
    made.filters |= {
        "clock": language.clock,
        "day": language.day,
        "full": language.full,
        "city": language.city,
        "number": language.number,
        "status": lambda status: status_words(status, language),
        "verification": lambda status: verification_words(status, language),
        "file_words": lambda file: file_words(file, language),
        "iso": iso,
        "offset": offset,
        "host": host,
        "srcset": srcset,
        "quarter": quarter,
        "foreign": foreign,
        "player": player,
        "byline_places": byline_places,
    }
    return made


def use_newsroom(name: str) -> None:
    """The newsroom's name, on every page and in every feed: once, before anything is rendered."""
    if name != newsroom():
        _NAMES["newsroom"] = name
        environment_of.cache_clear()


def newsroom() -> str:
    """The name under which readers know the newsroom."""
    return _NAMES["newsroom"]
