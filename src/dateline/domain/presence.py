"""Who is in a coverage, and who is at which draft or post. Pure; it lasts as long as it is said."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from dateline.domain.drafts import Colleague
from dateline.domain.errors import Conflict

LASTS = timedelta(seconds=25)
"""Devices say so every 10 seconds; one that is silent for longer has left."""
MOST = 500

Device = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$(?!\n)")]


class Presence(Struct, frozen=True):
    """What one device said last. `since` is when it began with what it is at."""

    person: Colleague
    device: str
    editing: str | None
    since: datetime
    expires_at: datetime
    taken_at: datetime | None = None


class Present(Struct, frozen=True):
    """Somebody who is there, and what they are at."""

    id: str
    name: str
    editing: str | None


class Editing(Struct, frozen=True):
    """Who is at it, and since when."""

    person: Colleague
    since: datetime


def heard(
    there: list[Presence], person: Colleague, device: str, editing: str | None, now: datetime
) -> Presence:
    """What holds from now on, after a device has said so.

    :raises Conflict: there are more people than anybody would look at.
    """
    before = next((one for one in there if one.person == person and one.device == device), None)
    if before and before.editing == editing:
        return replace(before, expires_at=now + LASTS)
    if before is None and len(there) >= MOST:
        raise Conflict(f"There are {MOST} devices in this coverage. Close one that nobody uses.")
    # Who took it over did so for all of their devices.
    taken = [one.taken_at for one in there if one.person == person and one.editing == editing]
    taken_at = max((at for at in taken if at and editing), default=None)
    return Presence(person, device, editing, now, now + LASTS, taken_at)


def taken(
    there: list[Presence], person: Colleague, device: str, item: str, now: datetime
) -> Presence:
    """What holds once somebody has taken over what another is at."""
    return replace(heard(there, person, device, item, now), taken_at=now)


def present(there: Iterable[Presence]) -> list[Present]:
    """Each person once for each thing they are at, by name.

    Who had something that was taken over since is there, but no longer at it: they have it open,
    and come back to it by taking it over.
    """
    all_ = list(there)
    at = {
        (one.person.name, one.person.id, None if _has_lost(one, all_) else one.editing)
        for one in all_
    }
    busy = {person for _, person, editing in at if editing}
    return [
        Present(person, name, editing)
        for name, person, editing in sorted(at, key=lambda one: (one[0], one[1], one[2] or ""))
        if editing or person not in busy
    ]


def editing(there: Iterable[Presence]) -> dict[str, Editing]:
    """Who is at each thing: the last one to take it over, else the first one who came."""
    found: dict[str, Presence] = {}
    for one in there:
        if one.editing and (held := found.setdefault(one.editing, one)) is not one:
            found[one.editing] = max(held, one, key=_claim)
    return {item: Editing(one.person, one.since) for item, one in found.items()}


def _has_lost(one: Presence, there: list[Presence]) -> bool:
    return any(
        other.taken_at
        and other.editing == one.editing
        and other.person != one.person
        and other.taken_at >= max(one.since, one.taken_at or one.since)
        for other in there
    )


def _claim(one: Presence) -> tuple[float, float]:
    return one.taken_at.timestamp() if one.taken_at else 0.0, -one.since.timestamp()
