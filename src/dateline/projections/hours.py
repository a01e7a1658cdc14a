"""A coverage by the hour of the place's clock: how many posts each has, and which is its last."""

from bisect import insort
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from dateline.domain.posts import Post

_KEY = "%Y-%m-%dT%H"
_DAY = len("2021-06-14")


class Hour(Struct, frozen=True):
    """An hour with posts that stand. `key` is 2021-06-14T09, by the place's clock."""

    key: str
    start: datetime
    count: int


class Hours:
    """The hours of a coverage, by when things happened. An hour that a clock repeats is one."""

    def __init__(self) -> None:
        self._orders: dict[str, list[int]] = {}
        self._of: dict[int, str] = {}

    def put(self, post: Post, zone: str) -> None:
        """Take in a post as it is now."""
        key = self._of.pop(post.order, None)
        if key is not None:
            self._orders[key].remove(post.order)
            if not self._orders[key]:
                del self._orders[key]
        if post.status == "published":
            key = key_of(post.time, zone)
            insort(self._orders.setdefault(key, []), post.order)
            self._of[post.order] = key

    def days(self) -> list[str]:
        """2021-06-14, the first one first."""
        return sorted({key[:_DAY] for key in self._orders})

    def of_day(self, day: str, zone: str) -> list[Hour]:
        """Its hours, the first one first."""
        return [
            Hour(key, _start(key, zone), len(self._orders[key]))
            for key in sorted(self._orders)
            if key.startswith(day)
        ]

    def last(self, key: str) -> int | None:
        """The order of the newest post of an hour, or of a day; None where it has none."""
        found = self._orders.get(key) or [
            orders[-1] for one, orders in self._orders.items() if one[:_DAY] == key
        ]
        return max(found, default=None)


def key_of(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime(_KEY)


def _start(key: str, zone: str) -> datetime:
    return datetime.fromisoformat(f"{key}:00").replace(tzinfo=ZoneInfo(zone))
