"""A coverage as a whole: its description and its status, without its posts."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import UNSET
from msgspec.structs import replace

from dateline.domain.commands import ChangeStatus, DescribeCoverage, OpenCoverage, SeenDescription
from dateline.domain.errors import Conflict, Invalid, Stale
from dateline.domain.events import (
    CoverageDescribed,
    CoverageOpened,
    CoverageStatusChanged,
    Record,
    Status,
)
from dateline.domain.terms import Terms, terms_of


class Coverage(Terms, frozen=True):
    """State of one live page. `seq` is that of its last own event, not of its last post.

    `started_at` is when it became live for the first time, `ended_at` when it ended; None while it
    has not, or goes on again. `related` are the slugs that the desk put beside it, or posts of
    others (`beside`).
    """

    slug: str
    title: str
    language: str
    timezone: str
    status: Status
    opened_at: datetime
    updated_at: datetime
    seq: int
    summary: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    related: tuple[str, ...] = ()


def folded(records: Iterable[Record]) -> Coverage | None:
    """The coverage after these events, its first ones."""
    coverage: Coverage | None = None
    for record in records:
        coverage = fold(coverage, record)
    return coverage


def fold(coverage: Coverage | None, record: Record) -> Coverage | None:
    """The coverage after an event; events about posts leave it as it is."""
    match record.event:
        case CoverageOpened(slug=slug, title=title, language=language, timezone=timezone) as event:
            return Coverage(
                slug=slug,
                title=title,
                language=language,
                timezone=timezone,
                status="scheduled",
                opened_at=record.time,
                updated_at=record.time,
                seq=record.seq,
                summary=event.summary,
                **terms_of(event),
            )
    if coverage is None:
        return None
    match record.event:
        case CoverageDescribed() as described:
            return replace(
                coverage,
                title=described.title,
                summary=described.summary,
                language=described.language,
                timezone=described.timezone,
                related=described.related,
                **terms_of(described),
                updated_at=record.time,
                seq=record.seq,
            )
        case CoverageStatusChanged(status=status):
            return replace(
                coverage,
                status=status,
                started_at=coverage.started_at or (record.time if status == "live" else None),
                ended_at=record.time if status == "ended" else None,
                updated_at=record.time,
                seq=record.seq,
            )
    return coverage


def open_(existing: Coverage | None, command: OpenCoverage) -> list[CoverageOpened]:
    if existing is not None:
        raise Conflict(
            f"There is already a coverage named “{command.slug}”. Choose another slug, "
            "or publish into that one."
        )
    check_zone(command.timezone)
    return [
        CoverageOpened(
            slug=command.slug,
            title=command.title.strip(),
            language=command.language,
            timezone=command.timezone,
            summary=_summary(command.summary),
            **terms_of(command),
        )
    ]


def describe(
    coverage: Coverage, command: DescribeCoverage, *, has_posts: bool
) -> list[CoverageDescribed]:
    """The event of it, unless it says what stands there already.

    :raises Invalid: it is no description.
    :raises Conflict: it can't change any more.
    :raises Stale: what was seen has been changed meanwhile.
    """
    title = coverage.title if command.title is UNSET else command.title.strip()
    summary = coverage.summary if command.summary is UNSET else _summary(command.summary)
    language = coverage.language if command.language is UNSET else command.language
    timezone = coverage.timezone if command.timezone is UNSET else command.timezone
    related = coverage.related if command.related is UNSET else command.related
    terms = {
        name: before if (said := getattr(command, name)) is UNSET else said
        for name, before in terms_of(coverage).items()
    }
    check_zone(timezone)
    _check_related(coverage.slug, related)
    if command.seen and command.seen.related is not UNSET:
        _check_related(coverage.slug, command.seen.related, "/seen/related")
    # Every published fragment was made with them; its bytes must not change afterwards.
    if has_posts and language != coverage.language:
        raise Conflict(
            "The language can't change any more, because there are posts. "
            "Open another coverage with the right one."
        )
    if has_posts and timezone != coverage.timezone:
        raise Conflict(
            "The time zone can't change any more, because there are posts. "
            "Open another coverage with the right one."
        )
    # What was rehearsed must not come out, nor what is public go.
    if has_posts and terms["rehearsal"] != coverage.rehearsal:
        raise Conflict(
            "A coverage that has posts stays a rehearsal, or stays public. Open another one."
        )
    event = CoverageDescribed(
        title=title, summary=summary, language=language, timezone=timezone, related=related, **terms
    )
    same = all(getattr(event, name) == getattr(coverage, name) for name in event.__struct_fields__)
    if same:
        return []
    _check_seen(coverage, command, event)
    return [event]


def change_status(coverage: Coverage, command: ChangeStatus) -> list[CoverageStatusChanged]:
    if command.status == coverage.status:
        return []
    return [CoverageStatusChanged(status=command.status)]


def _check_seen(coverage: Coverage, command: DescribeCoverage, event: CoverageDescribed) -> None:
    """What stands as it was seen may change; what stands as it is wanted need not."""
    for name in SeenDescription.__struct_fields__:
        seen = getattr(command.seen, name, UNSET)
        stands = getattr(coverage, name)
        if seen is not UNSET and stands not in (seen, getattr(event, name)):
            raise Stale(
                f"Somebody else has changed {name} meanwhile. "
                "Put your change into what it says now, and send that."
            )


def _summary(text: str | None) -> str | None:
    return (text or "").strip() or None


def beside(related: str) -> tuple[str, str | None]:
    """Of something related the slug, and the id of the post where it is one."""
    slug, _, post = related.partition("/p/")
    return slug, post or None


def _check_related(slug: str, related: tuple[str, ...], pointer: str = "/related") -> None:
    slugs = [beside(one)[0] for one in related]
    for n, other in enumerate(slugs):
        if other == slug:
            raise Invalid("A coverage can't be related to itself. Leave it out.", f"{pointer}/{n}")
        if other in slugs[:n]:
            raise Invalid(f"“{other}” is there twice. Name it once.", f"{pointer}/{n}")


def check_zone(name: str, pointer: str = "/timezone") -> None:
    """:raises Invalid: there is no such zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(
            f"There is no time zone “{name[:64]}”. Use an IANA name such as Europe/Brussels.",
            pointer,
        ) from None
