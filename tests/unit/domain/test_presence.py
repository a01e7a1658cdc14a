"""Who is there and who is at what: as long as they say so, and the last to take it over."""

from datetime import timedelta

import pytest

from builders import NOW, a_post_id
from dateline.domain.drafts import Colleague
from dateline.domain.errors import Conflict
from dateline.domain.presence import LASTS, MOST, Presence, Present, editing, heard, present, taken

ANA, ED = Colleague("ana", "Ana Silva"), Colleague("ed", "Ed Baker")
DRAFT, OTHER = a_post_id(1), a_post_id(2)
LATER = NOW + timedelta(seconds=10)


def test_said_again_it_goes_on() -> None:
    """The same again keeps the time of beginning; something else begins anew."""
    first = heard([], ANA, "phone", DRAFT, NOW)
    assert (first.since, first.expires_at) == (NOW, NOW + LASTS)
    again = heard([first], ANA, "phone", DRAFT, LATER)
    assert (again.since, again.expires_at) == (NOW, LATER + LASTS)
    assert heard([again], ANA, "phone", OTHER, LATER).since == LATER


def test_each_person_once_for_each_thing() -> None:
    """Two devices of one person are one, unless they are at two things; by name."""
    there = [
        heard([], ED, "desk", None, NOW),
        heard([], ANA, "phone", DRAFT, NOW),
        heard([], ANA, "desk", None, NOW),
        heard([], ANA, "old-phone", OTHER, NOW),
    ]
    assert present(there) == [
        Present("ana", "Ana Silva", DRAFT),
        Present("ana", "Ana Silva", OTHER),
        Present("ed", "Ed Baker", None),
    ]


def test_who_came_first_has_it_until_it_is_taken() -> None:
    """Who comes second waits; who takes it over has it, on all their devices, and it stays so."""
    first = heard([], ANA, "phone", DRAFT, NOW)
    second = heard([first], ED, "desk", DRAFT, LATER)
    assert editing([second, first])[DRAFT].person == ANA
    took = taken([first, second], ED, "desk", DRAFT, LATER)
    there = [heard([first, took], ANA, "phone", DRAFT, LATER), took]
    assert editing(there)[DRAFT].person == ED
    elsewhere = heard(there, ED, "phone", DRAFT, LATER)
    assert editing([first, elsewhere])[DRAFT].person == ED
    back = taken([first, took], ANA, "phone", DRAFT, LATER + LASTS)
    assert editing([took, back])[DRAFT].person == ANA


def test_who_takes_it_over_is_alone_at_it() -> None:
    """Whoever had it open before is there without it, also as they go on saying so; who comes to it
    later is at it, too; and who takes it back has it alone again."""
    first = heard([], ANA, "phone", DRAFT, NOW)
    took = taken([first], ED, "desk", DRAFT, LATER)
    still = heard([first, took], ANA, "phone", DRAFT, LATER)
    lost = [Present("ana", "Ana Silva", None), Present("ed", "Ed Baker", DRAFT)]
    assert present([still, took]) == lost
    anew = heard([took], ANA, "phone", DRAFT, LATER + LASTS)
    assert [one.editing for one in present([anew, took])] == [DRAFT, DRAFT]
    back = taken([still, took], ANA, "phone", DRAFT, LATER + LASTS)
    assert [one.editing for one in present([back, took])] == [DRAFT, None]
    assert [one.editing for one in present([still])] == [DRAFT]


def test_not_more_than_there_may_be() -> None:
    """One device too many is refused, and those that are there go on."""
    there = [Presence(ANA, f"d{n}", None, NOW, NOW + LASTS) for n in range(MOST)]
    with pytest.raises(Conflict):
        heard(there, ANA, "one-more", None, NOW)
    assert heard(there, ANA, "d0", None, LATER).expires_at == LATER + LASTS
