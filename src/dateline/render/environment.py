"""The template environment: one for all that is rendered, escaping everything by default."""

from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined

from dateline.domain.blocks import Picture, rendition
from dateline.render.byline import byline_groups
from dateline.render.players import player
from dateline.render.theme import LOADER

# English names whatever the machine's locale is; the language packs replace them.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def clock(moment: datetime, zone: str) -> str:
    """17:40"""
    return f"{moment.astimezone(_zone(zone)):%H:%M}"


def day(moment: datetime, zone: str) -> str:
    """14 June 2021"""
    local = moment.astimezone(_zone(zone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def full(moment: datetime, zone: str) -> str:
    """Monday 14 June 2021, 17:40 CEST"""
    local = moment.astimezone(_zone(zone))
    return f"{_DAYS[local.weekday()]} {day(moment, zone)}, {local:%H:%M %Z}"


def iso(moment: datetime) -> str:
    """2021-06-14T15:40:00Z (RFC 3339)"""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def host(url: str) -> str:
    """nato.int"""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def srcset(picture: Picture, ending: str) -> str:
    """/media/a1b2-480.avif 480w, /media/a1b2-960.avif 960w"""
    named = ((rendition(picture.media, width, ending), width) for width in picture.widths)
    return ", ".join(f"/media/{name} {width}w" for name, width in named)


def _environment() -> Environment:
    made = Environment(
        loader=LOADER,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    # Interface words are marked with _() in the templates.
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "clock": clock,
        "day": day,
        "full": full,
        "iso": iso,
        "host": host,
        "srcset": srcset,
        "player": player,
        "byline_groups": byline_groups,
    }
    return made


ENVIRONMENT = _environment()


def use_newsroom(name: str) -> None:
    """The newsroom's name, on every page and in every feed: once, before anything is rendered."""
    ENVIRONMENT.globals["newsroom"] = name


def newsroom() -> str:
    """The name under which readers know the newsroom."""
    return str(ENVIRONMENT.globals["newsroom"])


use_newsroom("Dateline")
