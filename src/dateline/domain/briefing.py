"""The briefing: what is happening and why, who takes part, what is at issue, what comes when."""

from typing import Annotated

from msgspec import Meta, Struct

from dateline.domain.content import Moment
from dateline.domain.shapes import Line, Note, Timezone, Words

BRIEFING = "briefing"
"""The subject of its events. No post is named so: theirs are UUIDs."""


class _Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts share: an unknown field is an error, never ignored."""


class Participant(_Part, frozen=True):
    """Somebody who takes part, and as what."""

    name: Line
    role: Line | None = None


class Issue(_Part, frozen=True):
    """What it is about, or what is in dispute."""

    title: Line
    text: Note | None = None


class Appointment(_Part, frozen=True):
    """What happens when and where. `timezone` is the place's, where it is not the coverage's."""

    at: Moment
    title: Line
    place: Line | None = None
    timezone: Timezone | None = None


People = Annotated[tuple[Participant, ...], Meta(max_length=60)]
Issues = Annotated[tuple[Issue, ...], Meta(max_length=20)]
Agenda = Annotated[tuple[Appointment, ...], Meta(max_length=100)]


class Briefing(Struct, frozen=True, omit_defaults=True):
    """The whole of it. `next` is what comes after, in a sentence."""

    summary: Words | None = None
    people: People = ()
    issues: Issues = ()
    agenda: Agenda = ()
    next: Note | None = None
