"""The fragment of a briefing: beside the stream on a wide screen, above it on a narrow one.

Like a post's it depends on no clock: the reader's script marks what is on now.
"""

from itertools import groupby

from msgspec import Struct

from dateline.domain.briefed import Briefed
from dateline.domain.briefing import Appointment
from dateline.domain.coverage import Coverage
from dateline.render.environment import environment_of
from dateline.render.language import language_of


class Item(Struct, frozen=True):
    """A line of the agenda. `there` is the place's own clock where that shows another time."""

    appointment: Appointment
    there: str | None


_TEMPLATE = "briefing.html.j2"


def briefing_html(briefed: Briefed, place: Coverage) -> str:
    """The fragment; where there is nothing to say, an empty one that keeps its place."""
    language = language_of(place.language)
    agenda = briefed.briefing.agenda
    days = groupby(agenda, key=lambda one: language.day(one.at, place.timezone))
    return (
        environment_of(place.language)
        .get_template(_TEMPLATE)
        .render(
            briefing=briefed.briefing,
            seq=briefed.seq,
            is_empty=not any(
                getattr(briefed.briefing, name) for name in briefed.briefing.__struct_fields__
            ),
            days=[(name, [_item(one, place) for one in items]) for name, items in days],
            place=place,
        )
        .strip()
    )


def _item(appointment: Appointment, place: Coverage) -> Item:
    clock = language_of(place.language).clock
    here = clock(appointment.at, place.timezone)
    there = clock(appointment.at, appointment.timezone or place.timezone)
    return Item(appointment, there if there != here else None)
