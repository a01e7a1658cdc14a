"""The page as a fold: all that a reader can see of a coverage, at one seq.

It changes in place: a copy of ten thousand posts for each event would cost more than the event.
Its parts (`Coverage`, `Post`) are frozen and folded by the domain.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from dateline.domain import briefed as briefings
from dateline.domain import chosen as choosing
from dateline.domain import coverage as coverages
from dateline.domain import pinning, posts
from dateline.domain.briefed import Briefed
from dateline.domain.briefing import BRIEFING
from dateline.domain.chosen import ChosenTopics
from dateline.domain.coverage import Coverage
from dateline.domain.events import PostRedacted, Record
from dateline.domain.pins import PINS, Pins, rank
from dateline.domain.posts import Post
from dateline.domain.topics import TOPICS
from dateline.projections.hours import Hours
from dateline.projections.topics import Finder, Topics

About = Post | Briefed | ChosenTopics | Pins | None
"""What an event is about; None for the coverage as a whole."""


class Missed(Struct, frozen=True):
    """The posts after a seq that stand in the stream; `first` is the oldest of them."""

    count: int
    keys: int
    first: Post | None


class PageProjection:
    """State of the page at `seq`. `epoch` is the seq of the last takedown (0: none).

    With a `finder`, its topics are more than those that the desk has given.
    """

    def __init__(self, finder: Finder | None = None) -> None:
        self.seq = 0
        self.epoch = 0
        self.updated_at: datetime | None = None
        self.coverage: Coverage | None = None
        self.briefed = Briefed()
        self.pins = Pins()
        self._posts: dict[str, Post] = {}
        self._orders: list[int] = []
        self._ids: dict[int, str] = {}
        self._pinned: set[int] = set()
        self._keys: set[int] = set()
        self.topics = Topics(finder)
        self.hours = Hours()

    def apply(self, record: Record) -> About:
        """Take in the next record; what it was about, as it is now.

        :raises ValueError: it is not the next one.
        """
        if record.seq != self.seq + 1:
            raise ValueError(f"expected event {self.seq + 1}, got {record.seq}")
        self.seq = record.seq
        self.updated_at = record.time
        if record.event.subject == "":
            self.coverage = coverages.fold(self.coverage, record)
            return None
        if record.event.subject == BRIEFING:
            self.briefed = briefings.fold(self.briefed, record)
            return self.briefed
        if record.event.subject == TOPICS:
            self.topics.choose(choosing.fold(self.topics.chosen, record))
            return self.topics.chosen
        if record.event.subject == PINS:
            self.pins = pinning.fold(self.pins, record)
            return self.pins
        if isinstance(record.event, PostRedacted):
            self.epoch = record.seq
        post = posts.fold(self._posts.get(record.event.subject), record)
        if post is not None:
            self._put(post)
        return post

    @property
    def count(self) -> int:
        """How many posts there are to see, withdrawn ones included."""
        return len(self._orders)

    def post(self, post_id: str) -> Post | None:
        return self._posts.get(post_id)

    def at(self, order: int) -> Post:
        """The post of that order.

        :raises KeyError: there is none to see.
        """
        return self._posts[self._ids[order]]

    def pinned(self) -> list[Post]:
        """In their order, the first one on top."""
        return sorted(self._at(self._pinned), key=self._rank, reverse=True)

    def keys(self) -> list[Post]:
        """The key events, newest first."""
        return self._at(sorted(self._keys, reverse=True))

    def stream(self, *, before: int | None = None, limit: int) -> list[Post]:
        """Posts that are not pinned and older than `before`, newest first."""
        place = len(self._orders) if before is None else bisect_left(self._orders, before)
        found: list[Post] = []
        while place > 0 and len(found) < limit:
            place -= 1
            if self._orders[place] not in self._pinned:
                found += self._at([self._orders[place]])
        return found

    def listed(self, *, before: int, limit: int) -> list[Post]:
        """Posts older than `before`, pinned or not, newest first."""
        place = bisect_left(self._orders, before)
        return self._at(self._orders[max(0, place - limit) : place][::-1])

    def newer(self, order: int, *, limit: int) -> list[Post]:
        """Posts that are not pinned and newer than `order`, oldest first."""
        place = bisect_left(self._orders, order + 1)
        found: list[Post] = []
        while place < len(self._orders) and len(found) < limit:
            if self._orders[place] not in self._pinned:
                found += self._at([self._orders[place]])
            place += 1
        return found

    def since(self, seq: int) -> Missed:
        """What was published after `seq`."""
        place = bisect_left(self._orders, seq + 1)
        count = len(self._orders) - place
        keys = sum(order > seq for order in self._keys)
        return Missed(count, keys, self.at(self._orders[place]) if count else None)

    def redacted(self, *, limit: int) -> list[Post]:
        """What is left of the posts that were taken down, the last one first."""
        gone = [post for post in self._posts.values() if post.status == "redacted"]
        return sorted(gone, key=lambda post: post.seq, reverse=True)[:limit]

    def posts(self) -> Iterator[Post]:
        """All there are to see, oldest first."""
        yield from self._at(self._orders)

    def _rank(self, post: Post) -> int:
        return rank(self.pins, post.id, post.pin)

    def _at(self, orders: Iterable[int]) -> list[Post]:
        return [self._posts[self._ids[order]] for order in orders]

    def _put(self, post: Post) -> None:
        self._posts[post.id] = post
        self.topics.put(post)
        if self.coverage is not None:
            self.hours.put(post, self.coverage.timezone)
        if post.status == "redacted":
            self._drop(post.order)
        elif post.order not in self._ids:
            self._orders.append(post.order)
            self._ids[post.order] = post.id
        _mark(self._pinned, post.order, post.pinned)
        _mark(self._keys, post.order, post.key)

    def _drop(self, order: int) -> None:
        if order in self._ids:
            del self._ids[order]
            self._orders.remove(order)


def _mark(marks: set[int], order: int, is_on: bool) -> None:
    if is_on:
        marks.add(order)
    else:
        marks.discard(order)
