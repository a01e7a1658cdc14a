"""Numbers of a coverage: how much is published, and how fast. Of posts, never of persons."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from msgspec import Struct

from dateline.domain.drafts import Draft

HOURS = 24
HOUR = timedelta(hours=1)


class Hour(Struct, frozen=True):
    """An hour by its beginning, and how many posts were published in it."""

    begins_at: datetime
    posts: int


def by_hour(published: Iterable[datetime], now: datetime) -> list[Hour]:
    """The last day, hour by hour, the present one last."""
    last = now.replace(minute=0, second=0, microsecond=0)
    count = Counter(time.replace(minute=0, second=0, microsecond=0) for time in published)
    hours = [last - n * HOUR for n in range(HOURS - 1, -1, -1)]
    return [Hour(hour, count[hour]) for hour in hours]


def seconds_to_publication(drafts: Iterable[Draft]) -> float | None:
    """The median from filing to publication; None where nothing was filed as a draft."""
    waited = [
        (draft.published_at - draft.filed_at).total_seconds()
        for draft in drafts
        if draft.published_at and not draft.post
    ]
    return median(waited) if waited else None
