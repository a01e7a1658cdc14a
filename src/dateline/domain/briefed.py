"""The briefing as it stands: set as a whole, versioned, and never overwritten unseen."""

from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from dateline.domain.briefing import Appointment, Briefing
from dateline.domain.commands import SetBriefing
from dateline.domain.content import utc
from dateline.domain.coverage import check_zone
from dateline.domain.errors import Stale
from dateline.domain.events import BriefingSet, Record


class Briefed(Struct, frozen=True):
    """State of a coverage's briefing. Revision 0: none was ever set."""

    briefing: Briefing = Briefing()
    revision: int = 0
    seq: int = 0
    updated_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def fold(briefed: Briefed, record: Record) -> Briefed:
    """The briefing after an event; others leave it as it is."""
    if isinstance(record.event, BriefingSet):
        return Briefed(record.event.briefing, record.event.revision, record.seq, record.time)
    return briefed


def set_(briefed: Briefed, command: SetBriefing, revision: int | None) -> list[BriefingSet]:
    """The event of it, unless it says what stands there already.

    :raises Stale: it was set anew since `revision`.
    """
    if revision is not None and revision != briefed.revision:
        raise Stale(
            f"The briefing is at revision {briefed.revision}, you changed revision {revision}. "
            "Read it again, put your change into the new version and send that."
        )
    briefing = Briefing(
        summary=(command.summary or "").strip() or None,
        people=command.people,
        issues=command.issues,
        agenda=tuple(sorted(_checked(command.agenda), key=lambda one: one.at)),
        next=command.next,
    )
    same = briefing == briefed.briefing
    return [] if same else [BriefingSet(revision=briefed.revision + 1, briefing=briefing)]


def _checked(agenda: tuple[Appointment, ...]) -> list[Appointment]:
    for n, one in enumerate(agenda):
        if one.timezone:
            check_zone(one.timezone, f"/agenda/{n}/timezone")
    return [replace(one, at=utc(one.at, f"/agenda/{n}/at")) for n, one in enumerate(agenda)]
