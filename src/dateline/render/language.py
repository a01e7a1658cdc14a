"""The languages of the interface: words from the catalogues in `locale/`, the rest from CLDR.

A catalogue is read as its translators write it (`locale/{code}.po`); there is nothing to compile.
"""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import DateTimePattern, get_timezone_location, parse_pattern
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE = "en"
FOLDER = Path(__file__).parent / "locale"
# English without a country is written as in Britain: day before month, 24 hours.
_LOCALES = {SOURCE: "en-GB"}
_READER, _DESK = "frontend/reader/", "frontend/desk/"
# Who refuses something to people; scripts/refusals.py brings what they say into the catalogues.
_ROOMS = ("domain/", "desk/", "auth/", "media/", "web/desk/", "web/session.py")
_REFUSING = tuple(f"src/dateline/{room}" for room in _ROOMS)
# What a script may count is beyond no rule of CLDR for whole numbers up to here.
_COUNTED = 200


@cache
def codes() -> tuple[str, ...]:
    """The languages that the interface speaks, the one it is written in first."""
    return SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po"))


@cache
def own_name(code: str) -> str:
    """What speakers of a language call it: Español."""
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[0].upper() + name[1:]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One of them. `tag` is what `lang` says in HTML, and what Intl gets in the browser."""

    tag: str
    locale: Locale
    words: NullTranslations
    script_words: str
    """What the reader's script says, as JSON; empty in English, which the script speaks itself."""
    desk_words: str
    """The same for the desk's."""
    refusals: Mapping[str, str]
    """By what is said in English where something is refused, with places for what is put in."""
    _clock: Callable[[time], str]
    _day: Callable[[date], str]
    _weekday: Callable[[date], str]

    @property
    def direction(self) -> str:
        return self.locale.text_direction

    def gettext(self, words: str) -> str:
        return self.words.gettext(words)

    def ngettext(self, one: str, more: str, count: int) -> str:
        return self.words.ngettext(one, more, count)

    def clock(self, moment: datetime, zone: str) -> str:
        """17:40"""
        return self._clock(_minute(_local(moment, zone)))

    def day(self, moment: datetime, zone: str) -> str:
        """14 June 2021"""
        return self._day(_local(moment, zone).date())

    def full(self, moment: datetime, zone: str) -> str:
        """Monday, 14 June 2021, 17:40 CEST"""
        local = _local(moment, zone)
        return self.comma().join(
            [self._weekday(local.date()), f"{self._clock(_minute(local))} {local:%Z}"]
        )

    def city(self, zone: str) -> str:
        """The city that a zone is named after: Brüssel."""
        return _city(zone, self.locale)

    def number(self, count: int) -> str:
        """1,234 as the language groups it, in Western figures."""
        return str(count) if 0 <= count < 1000 else format_decimal(count, locale=self.locale)

    def comma(self) -> str:
        """What stands between a name and what it is said with: “, ”."""
        return self.gettext(", ")

    def joint(self, place: int, count: int, words: str) -> str:
        """What stands before the one of that place (from 0) in a list: nothing, comma, “and”."""
        if not place:
            return ""
        name = "2" if count == 2 else "end" if place == count - 1 else "middle"
        joint = self.locale.list_patterns["standard"][name][len("{0}") : -len("{1}")]
        return _euphonic(words) if joint == " y " else joint


@lru_cache(maxsize=128)
def language_of(tag: str) -> Language:
    """The language we have that is nearest to this tag (BCP 47); English where none is.

    Its region is kept: it decides how dates are written.
    """
    known = codes()
    found = next((one for one in _narrowing(tag) if one in known), None)
    code, tag = (found, tag) if found else (SOURCE, SOURCE)
    locale = _locale(_LOCALES.get(tag, tag)) or Locale.parse(code, sep="-")
    catalog = read_catalog(code) if code != SOURCE else None
    words = _compiled(catalog) if catalog else NullTranslations()
    return Language(
        tag=tag,
        locale=locale,
        words=words,
        script_words=_script_words(catalog, words, locale, _READER) if catalog else "",
        desk_words=_script_words(catalog, words, locale, _DESK) if catalog else "",
        refusals=_refusals(catalog) if catalog else {},
        _clock=_written(_as_browsers(locale.time_formats["short"]), locale),
        _day=_written(locale.date_formats["long"], locale),
        _weekday=_written(locale.date_formats["full"], locale),
    )


@lru_cache(maxsize=128)
def direction_of(tag: str) -> str:
    """Which way a text in this language runs: "ltr" or "rtl"."""
    locale = _locale(tag)
    return locale.text_direction if locale else "ltr"


def read_catalog(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code.replace("-", "_"))


def _compiled(catalog: Catalog) -> GNUTranslations:
    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return GNUTranslations(file)


def _script_words(catalog: Catalog, words: NullTranslations, locale: Locale, folder: str) -> str:
    """Those that are said in a folder, by their English; what counts, in one form for each
    category of `Intl.PluralRules`."""
    made: dict[str, object] = {}
    for message in catalog:
        if not any(path.startswith(folder) for path, _ in message.locations):
            continue
        if isinstance(message.id, tuple):
            one, more = message.id
            forms: dict[str, str] = {}
            for count in range(_COUNTED + 1):
                form = str(locale.plural_form(count))
                forms.setdefault(form, words.ngettext(one, more, count))
            made[one] = {"other": words.ngettext(one, more, _COUNTED)} | forms
        else:
            made[str(message.id)] = words.gettext(str(message.id))
    # In a script element HTML looks for its end.
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _refusals(catalog: Catalog) -> Mapping[str, str]:
    return {
        str(message.id): str(message.string)
        for message in catalog
        if message.id and any(path.startswith(_REFUSING) for path, _ in message.locations)
    }


def _narrowing(tag: str) -> Iterator[str]:
    """pt-BR, then pt."""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


@lru_cache(maxsize=256)
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        # A language that CLDR does not know, or a tag with more to it than language and region.
        return _locale(tag.rpartition("-")[0]) if "-" in tag else None


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=256)
def _city(zone: str, locale: Locale) -> str:
    # Argentina/Buenos Aires is in no list of cities.
    return get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]


def _written(pattern: DateTimePattern, locale: Locale) -> Callable[[date | time], str]:
    """By CLDR's pattern; kept, since a page is full of the same days and minutes."""
    return lru_cache(maxsize=1440)(lambda value: pattern.apply(value, locale))


def _as_browsers(pattern: DateTimePattern) -> DateTimePattern:
    """With a plain space before “PM”, or the script would change what the server has written."""
    return parse_pattern(re.sub("[\u00a0\u202f](?=a)", " ", pattern.pattern))


def _minute(local: datetime) -> time:
    return time(local.hour, local.minute)


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(_zone(zone))


def _euphonic(words: str) -> str:
    """Spanish: “y” is “e” before the sound of i. CLDR's patterns leave that to who uses them."""
    first = words.lower()
    is_i = first.startswith(("i", "í", "hi", "hí")) and not first.startswith(("hia", "hie", "hio"))
    return " e " if is_i else " y "
