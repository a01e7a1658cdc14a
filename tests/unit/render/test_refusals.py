"""Why something was refused, in the language of who is told."""

from collections.abc import Callable

import pytest

from dateline.auth.passwords import check_new
from dateline.domain.coverage import check_zone
from dateline.domain.errors import DatelineError
from dateline.media.kinds import Refused, kind_of
from dateline.render.language import codes, language_of
from dateline.render.refusals import refusal

ELSEWHERE = codes()[1:]
REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a zone": (lambda: check_zone("Mars/Base (%s)\n$1"), "Mars/Base (%s)\n$1"),
    "a password": (lambda: check_new("short"), "12"),
    "a file": (lambda: kind_of(b"8BPS\0\1"), "Photoshop"),
}


@pytest.mark.parametrize("code", ELSEWHERE)
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_put_in_stays(name: str, code: str) -> None:
    """The sentence is in the language, what it is about as it was."""
    act, about = REFUSED[name]
    with pytest.raises((DatelineError, Refused)) as raised:
        act()
    english = str(raised.value)
    said = refusal(english, language_of(code))
    assert said != english
    assert about in said


def test_english_is_as_it_was_raised() -> None:
    """Nothing is looked up where nothing has to be translated."""
    told = "There is no time zone “Mars”. Use an IANA name such as Europe/Brussels."
    assert refusal(told, language_of("en")) == told


@pytest.mark.parametrize("code", ELSEWHERE)
def test_what_nobody_has_translated(code: str) -> None:
    """Is told in English: better than nothing."""
    told = "If-Match has to be the ETag of the picture that you changed."
    assert refusal(told, language_of(code)) == told


@pytest.mark.parametrize("code", ELSEWHERE)
def test_a_sentence_without_places_is_its_own(code: str) -> None:
    """No sentence with places takes another for itself."""
    language = language_of(code)
    for english, said in language.refusals.items():
        assert refusal(english, language) == said
