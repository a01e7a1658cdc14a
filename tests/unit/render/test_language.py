"""Words, numbers, dates and lists are those of each language: gettext's and CLDR's."""

import json
from datetime import UTC, datetime

import pytest

from dateline.render.language import codes, direction_of, language_of

AFTERNOON = datetime(2021, 6, 14, 15, 40, tzinfo=UTC)
NIGHT = datetime(2021, 5, 31, 23, 5, tzinfo=UTC)
ZONE = "Europe/Brussels"
ALL = ("en", "ar", "de", "es", "fr", "pt")


def test_the_languages_there_are() -> None:
    """English, in which the words are written, and a catalogue for each other."""
    assert codes() == ALL


@pytest.mark.parametrize(
    ("tag", "day", "time", "full"),
    [
        ("en", "14 June 2021", "17:40", "Monday, 14 June 2021, 17:40 CEST"),
        ("en-US", "June 14, 2021", "5:40 PM", "Monday, June 14, 2021, 5:40 PM CEST"),
        ("es", "14 de junio de 2021", "17:40", "lunes, 14 de junio de 2021, 17:40 CEST"),
        ("pt", "14 de junho de 2021", "17:40", "segunda-feira, 14 de junho de 2021, 17:40 CEST"),
        ("fr", "14 juin 2021", "17:40", "lundi 14 juin 2021, 17:40 CEST"),
        ("fr-CA", "14 juin 2021", "17 h 40", "lundi 14 juin 2021, 17 h 40 CEST"),
        ("de", "14. Juni 2021", "17:40", "Montag, 14. Juni 2021, 17:40 CEST"),
        ("ar", "14 يونيو 2021", "5:40 م", "الاثنين، 14 يونيو 2021، 5:40 م CEST"),
        ("ar-LB", "14 حزيران 2021", "5:40 م", "الاثنين، 14 حزيران 2021، 5:40 م CEST"),
    ],
)
def test_times_are_written_as_cldr_has_it(tag: str, day: str, time: str, full: str) -> None:
    """By language and country, in the coverage's zone, with Western figures."""
    language = language_of(tag)
    said = [write(AFTERNOON, ZONE) for write in (language.day, language.clock, language.full)]
    assert [one.replace("\u00a0", " ") for one in said] == [day, time, full]


def test_the_day_is_the_places() -> None:
    """Not UTC's."""
    assert language_of("de").day(NIGHT, ZONE) == "1. Juni 2021"


@pytest.mark.parametrize("code", ALL)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111, 200])
def test_one_plural_form_for_each_category_of_cldr(code: str, count: int) -> None:
    """What gettext's rule chooses on the server, the browser chooses by Intl.PluralRules."""
    language = language_of(code)
    one, more = "%(num)s new update", "%(num)s new updates"
    here = language.ngettext(one, more, count)
    if code == "en":
        assert here == (one if count == 1 else more)
        return
    forms = json.loads(language.script_words)[one]
    assert here == forms[str(language.locale.plural_form(count))]


def test_arabic_has_six_forms() -> None:
    """None, one, two, a few, many, and the rest."""
    language = language_of("ar")
    counts = (0, 1, 2, 3, 11, 100)
    said = [language.ngettext("%(num)s update", "%(num)s updates", count) for count in counts]
    assert said == [
        "لا تحديثات",
        "تحديث واحد",
        "تحديثان",
        "%(num)s تحديثات",
        "%(num)s تحديثًا",
        "%(num)s تحديث",
    ]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "12,345"), ("de", "12.345"), ("fr", "12\u202f345"), ("ar", "12,345")],
)
def test_large_numbers_are_grouped(tag: str, expected: str) -> None:
    """As the language does it."""
    assert language_of(tag).number(12345) == expected
    assert language_of(tag).number(999) == "999"


@pytest.mark.parametrize(
    ("tag", "names", "expected"),
    [
        ("en", ["Ana", "Tom", "Eva"], "Ana, Tom and Eva"),
        ("en-US", ["Ana", "Tom", "Eva"], "Ana, Tom, and Eva"),
        ("en-US", ["Ana", "Tom"], "Ana and Tom"),
        ("de", ["Ana", "Tom", "Eva"], "Ana, Tom und Eva"),
        ("es", ["Ana", "Tom", "Eva"], "Ana, Tom y Eva"),
        ("es", ["Ana", "Ignacio"], "Ana e Ignacio"),
        ("es", ["Ana", "Hierro"], "Ana y Hierro"),
        ("ar", ["آنا", "توم"], "آنا وتوم"),
    ],
)
def test_names_stand_in_a_list(tag: str, names: list[str], expected: str) -> None:
    """With commas and the “and” of the language."""
    joint = language_of(tag).joint
    said = [joint(place, len(names), name) + name for place, name in enumerate(names)]
    assert "".join(said) == expected


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("pt-BR", "pt-BR"), ("pt", "pt"), ("de-1996", "de-1996"), ("nl", "en"), ("x-odd", "en")],
)
def test_the_nearest_language_is_spoken(asked: str, spoken: str) -> None:
    """A country's where we have the language; English where we have neither."""
    assert language_of(asked).tag == spoken


def test_which_way_a_text_runs() -> None:
    """Also in languages that the interface does not speak."""
    tags = ("ar", "he", "fa-IR", "en", "nl", "x-odd")
    assert [direction_of(tag) for tag in tags] == ["rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]
