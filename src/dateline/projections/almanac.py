"""The names of days and months, which have a capital in some languages and are no topic in any."""

from functools import cache

from babel.dates import get_day_names, get_month_names

LANGUAGES = ("en", "es", "pt", "fr", "de", "it", "nl", "ca", "gl", "pl", "sv", "da", "nb", "fi")


@cache
def almanac() -> frozenset[str]:
    """In the languages that live coverage is mostly written in, as CLDR has them."""
    return frozenset(
        name.casefold()
        for language in LANGUAGES
        for names in (get_day_names, get_month_names)
        for name in names("wide", locale=language).values()
    )
