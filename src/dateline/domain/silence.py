"""Editors forget to close: what silence in a coverage comes to. Pure."""

from datetime import datetime, timedelta

from dateline.domain.coverage import Coverage


def closes_at(coverage: Coverage, silent_since: datetime) -> datetime | None:
    """When it is closed if nothing happens; None: never. An editor can set it live again."""
    if coverage.close_after is None or coverage.status not in ("live", "paused"):
        return None
    return silent_since + timedelta(hours=coverage.close_after)


def reminds_at(coverage: Coverage, silent_since: datetime) -> datetime | None:
    """When the desk is reminded of it; None: never."""
    if coverage.remind_after is None or coverage.status != "live":
        return None
    return silent_since + timedelta(minutes=coverage.remind_after)
