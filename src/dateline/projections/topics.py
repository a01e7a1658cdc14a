"""Topics as the way through a coverage: how many posts each has, and which come after which.

The desk's come first and win; those that are found in the posts' words fill up.
"""

from bisect import bisect_left, insort
from typing import Protocol

from msgspec import Struct

from dateline.domain.plain import plain_text
from dateline.domain.posts import Post


class Topic(Struct, frozen=True):
    """A topic by the name that the desk gave it first. `count` is of the posts that stand."""

    name: str
    count: int


class Found(Struct, frozen=True):
    """A topic that was found: its name, that name's words, and the orders of its posts."""

    name: str
    words: frozenset[str]
    orders: list[int]


class Finder(Protocol):
    """What finds the topics of one coverage in the words of its posts."""

    def put(self, order: int, plain: str | None) -> None:
        """Take in what a post says now; None: it says nothing any more."""
        ...

    def found(self) -> list[Found]:
        """The topics, best first."""
        ...

    def orders(self, name: str) -> list[int]:
        """Where a topic stands that is found, or has been."""
        ...

    def telling(self) -> list[str]:
        """The words that say most of what the coverage is about, best first."""
        ...


class Topics:
    """The topics of a coverage. Names that differ in capitals only are one topic."""

    def __init__(self, finder: Finder | None = None) -> None:
        self._finder = finder
        self._unread: dict[int, Post] = {}
        self._names: dict[str, str] = {}
        self._orders: dict[str, list[int]] = {}
        self._of: dict[int, tuple[str, ...]] = {}

    def put(self, post: Post) -> None:
        """Take in a post as it is now."""
        if self._finder:
            self._unread[post.order] = post
            if post.status != "published":
                self.read()
        for key in self._of.pop(post.order, ()):
            self._orders[key].remove(post.order)
            if not self._orders[key]:
                del self._orders[key], self._names[key]
        if post.status != "published" or not post.content.topics:
            return
        named = {name.casefold(): name for name in post.content.topics}
        for key, name in named.items():
            self._names.setdefault(key, name)
            insort(self._orders.setdefault(key, []), post.order)
        self._of[post.order] = tuple(named)

    def read(self) -> None:
        """Let the finder read what was put. Done when it is needed, or when there is time."""
        unread, self._unread = self._unread, {}
        if self._finder:
            for order, post in unread.items():
                self._finder.put(order, _words(post) if post.status == "published" else None)

    def popular(self, most: int) -> list[Topic]:
        """The desk's with the most posts, of as many the one that was in the news last; then those
        that are found and are not the desk's in other words."""
        keys = sorted(
            self._orders, key=lambda key: (-len(self._orders[key]), -self._orders[key][-1])
        )
        topics = [Topic(self._names[key], len(self._orders[key])) for key in keys[:most]]
        if self._finder and len(topics) < most:
            self.read()
            said = [frozenset(key.split()) for key in keys]
            for one in self._finder.found():
                if not any(one.words <= words or words <= one.words for words in said):
                    topics.append(Topic(one.name, len(one.orders)))
        return topics[:most]

    def orders(self, name: str) -> list[int]:
        """The orders of a topic's posts, oldest first; none where there is no such topic."""
        orders = self._orders.get(name.casefold())
        if orders is None and self._finder:
            self.read()
            orders = self._finder.orders(name)
        return orders or []

    def telling(self) -> list[str]:
        """The words that say most of what the posts are about; none where nobody looks for them."""
        if self._finder is None:
            return []
        self.read()
        return self._finder.telling()

    def around(self, name: str, order: int) -> tuple[int | None, int | None]:
        """The orders of the next newer and the next older post of a topic."""
        orders = self.orders(name)
        place = bisect_left(orders, order)
        older = orders[place - 1] if place > 0 else None
        place += place < len(orders) and orders[place] == order
        return orders[place] if place < len(orders) else None, older


def _words(post: Post) -> str:
    content = post.content
    return f"{content.headline or ''}\n{plain_text(content)}"
