"""Arabic as it is drawn: joined as a hand would, and in the order in which it stands."""

import unicodedata

import pytest

from dateline.render.arabic import FORMS, LETTERS, joined, laid_out

ISOLATED, FINAL, INITIAL, MEDIAL = range(4)


def forms(words: str) -> str:
    """The forms of the letters as Unicode names them: i, f, b (the beginning), m; else a dot."""
    short = {"ISOLATED": "i", "FINAL": "f", "INITIAL": "b", "MEDIAL": "m"}
    names = [unicodedata.name(one, "").removesuffix(" FORM").split()[-1:] for one in joined(words)]
    return "".join(short.get(name[0] if name else "", ".") for name in names)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("قمة", "bmf"),  # all three join
        ("دار", "iii"),  # none of them reaches on
        ("باب", "bfi"),  # alef reaches back alone
        ("سلام", "bfi"),  # lam and alef are one sign
        ("لا", "i"),
        ("ماء", "bfi"),  # hamza stands alone
        ("شمس قمر", "bmf.bmf"),  # not over a space
        ("كـب", "b.f"),  # over a stroke that joins
        ("می\u200cروم", "bfiii"),  # not where it is said that they do not (Persian)
        ("وزيرًا", "iibfi"),  # vowels are left out and break nothing
    ],
)
def test_letters_join(words: str, expected: str) -> None:
    """Each letter has the form that stands between its neighbours."""
    assert forms(words) == expected


def test_each_letter_has_its_forms() -> None:
    """The letters of Arabic, Persian and Urdu can all be joined."""
    assert set("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىةپچژگکیٹڈڑںھہے") <= LETTERS
    for letters, found in FORMS.items():
        assert found[ISOLATED], letters
        assert bool(found[INITIAL]) == bool(found[MEDIAL]), letters
        assert found[FINAL] or not found[INITIAL], letters


def order(words: str, *, rtl: bool = True) -> str:
    """The line as it stands, with each sign in its own form again."""
    return unicodedata.normalize("NFKC", laid_out(words, rtl=rtl))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("شمس", "سمش"),
        ("شمس قمر", "رمق سمش"),
        ("شمس 27 قمر", "رمق 27 سمش"),  # figures run their own way
        ("شمس 27 28 قمر", "رمق 28 27 سمش"),  # one number after the other, as it is read
        ("شمس 3:20 قمر", "رمق 3:20 سمش"),
        ("14 مارس 2026", "2026 سرام 14"),
        ("شمس 12.5% قمر", "رمق 12.5% سمش"),
        ("شمس Ana Reyes قمر", "رمق Ana Reyes سمش"),  # and so do names
        ("شمس (Ana) قمر", "رمق (Ana) سمش"),  # what opens still opens
        ("(شمس) قمر", "رمق (سمش)"),
        ("NATO: شمس", "سمش :NATO"),
        ("شمس؟", "؟سمش"),
        ("", ""),
    ],
)
def test_a_line_from_right_to_left(words: str, shown: str) -> None:
    """From its left end to its right one, as a browser lays it out."""
    assert order(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Storm: شمس قمر, again", "Storm: رمق سمش, again"),
        ("In 5 days, 12.5% (more)", "In 5 days, 12.5% (more)"),
    ],
)
def test_a_line_from_left_to_right(words: str, shown: str) -> None:
    """Arabic within it is turned round, all else stays."""
    assert order(words, rtl=False) == shown
