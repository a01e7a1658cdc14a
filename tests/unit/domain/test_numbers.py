"""Posts by the hour, and how long a post waits."""

from datetime import timedelta

from builders import NOW, a_draft, a_post_id
from dateline.domain.numbers import HOUR, HOURS, by_hour, seconds_to_publication


def test_the_last_day_by_the_hour() -> None:
    """Each hour is there, also without a post; what is older is not."""
    times = [NOW, NOW - timedelta(minutes=1), NOW - HOUR, NOW - HOURS * HOUR]
    hours = by_hour(times, NOW)
    assert len(hours) == HOURS
    assert [hour.posts for hour in hours[-3:]] == [0, 2, 1]
    assert sum(hour.posts for hour in hours) == 3
    assert hours[-1].begins_at.minute == 0


def test_from_filing_to_publication() -> None:
    """The median over what was filed as drafts; edits of posts do not count."""
    waited = [
        a_draft(n, filed_at=NOW - timedelta(seconds=seconds), published_at=NOW)
        for n, seconds in enumerate((10, 20, 600))
    ]
    edit = a_draft(9, filed_at=NOW - HOUR, published_at=NOW, post=a_post_id(1), based_on=1)
    assert seconds_to_publication([*waited, edit, a_draft(8)]) == 20
    assert seconds_to_publication([edit]) is None
