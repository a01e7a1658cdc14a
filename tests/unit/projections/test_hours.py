"""A coverage by the hour of the place's clock, as its posts stand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from builders import a_content, a_post_id
from dateline.domain.posts import Post
from dateline.projections.hours import Hour, Hours

ZONE = "Europe/Brussels"
NIGHT = datetime(2021, 6, 13, 22, 30, tzinfo=UTC)  # half past midnight in Brussels, on the 14th


def told(order: int, after: timedelta = timedelta(), status: str = "published") -> Post:
    return Post(
        id=a_post_id(order), order=order, seq=order, revision=1,
        status=status,  # type: ignore[arg-type]
        published_at=NIGHT + after, updated_at=NIGHT, content=a_content(),
    )  # fmt: skip


def of(*posts: Post) -> Hours:
    hours = Hours()
    for post in posts:
        hours.put(post, ZONE)
    return hours


def test_hours_are_the_place_s() -> None:
    """Days and hours are those of the clock where it happens, in their order, with counts."""
    hour = timedelta(hours=1)
    hours = of(told(1), told(2, 9 * hour), told(3, 9 * hour), told(4, 24 * hour), told(5, -hour))
    assert hours.days() == ["2021-06-13", "2021-06-14", "2021-06-15"]
    there = ZoneInfo(ZONE)
    assert hours.of_day("2021-06-14", ZONE) == [
        Hour("2021-06-14T00", datetime(2021, 6, 14, tzinfo=there), 1),
        Hour("2021-06-14T09", datetime(2021, 6, 14, 9, tzinfo=there), 2),
    ]


def test_the_newest_of_an_hour() -> None:
    """An hour leads to the post that was published last in it, a day to the last of all."""
    hours = of(told(1), told(3), told(2, timedelta(hours=9)))
    assert hours.last("2021-06-14T00") == 3
    assert hours.last("2021-06-14T09") == 2
    assert hours.last("2021-06-14") == 3
    for unknown in ("2021-06-14T01", "2021-06-1", "", "soon"):
        assert hours.last(unknown) is None


def test_what_no_longer_stands() -> None:
    """Withdrawn or taken down, a post counts no more; moved to another hour, it counts there."""
    hours = of(told(1), told(2))
    hours.put(told(1, status="withdrawn"), ZONE)
    hours.put(told(2, timedelta(hours=3)), ZONE)
    assert hours.last("2021-06-14T00") is None
    assert hours.last("2021-06-14T03") == 2
    hours.put(told(2, status="redacted"), ZONE)
    assert hours.days() == []
