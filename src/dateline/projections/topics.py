"""Topics as the way through a coverage: how many posts each has, and which come after which.

Those that posts have come first; those that are found in the posts' words fill up. Over both stands
the desk's word: what is pinned, what belongs under one name, what is hidden.
"""

from bisect import bisect_left, insort
from typing import Protocol

from msgspec import Struct

from dateline.domain.chosen import ChosenTopics
from dateline.domain.plain import plain_text
from dateline.domain.posts import Post
from dateline.projections.choice import Choice
from dateline.projections.words import key_of, text_of


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
        self.choose(ChosenTopics())

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

    def choose(self, chosen: ChosenTopics) -> None:
        """Take in the desk's word on all of them."""
        self.chosen = chosen
        self._choice = Choice(chosen.choices)

    def popular(self, most: int) -> list[Topic]:
        """Those that the desk has pinned; those that posts have, the most frequent first; then
        those that are found and are not there already in other words."""
        typed = dict.fromkeys(map(self._choice.name, self._names.values()))
        shown = [*self._choice.pinned, *sorted(typed, key=self._rank)]
        shown = [name for name in dict.fromkeys(shown) if self.orders(name)][:most]
        if self._finder and len(shown) < most:
            self.read()
            shown += self._others(self._finder.found(), shown)
        return [Topic(name, len(self.orders(name))) for name in shown[:most]]

    def _rank(self, name: str) -> tuple[int, int]:
        orders = self.orders(name)
        # Of two with as many posts, the one that was in the news last.
        return -len(orders), -orders[-1] if orders else 0

    def _others(self, found: list[Found], shown: list[str]) -> list[str]:
        said = [frozenset(name.casefold().split()) for name in shown]
        others: list[str] = []
        for one in found:
            name = self._choice.name(one.name)
            is_said = any(one.words <= words or words <= one.words for words in said)
            if not is_said and name not in (*shown, *others) and self.orders(name):
                others.append(name)
        return others

    def orders(self, name: str) -> list[int]:
        """The orders of a topic's posts, oldest first; none where there is no such topic."""
        names = self._choice.names(name)
        if len(names) == 1:
            return self._orders_of(names[0])
        return sorted({order for one in names for order in self._orders_of(one)})

    def _orders_of(self, name: str) -> list[int]:
        orders = self._orders.get(name.casefold())
        if orders is None and self._finder:
            self.read()
            orders = self._finder.orders(name)
        return orders or []

    def was_of(self, name: str, post: Post) -> bool:
        """Whether a post that was withdrawn would be one of a topic's posts if it still stood."""
        names = self._choice.names(name)
        typed = set(map(str.casefold, post.content.topics))
        said = set(text_of(_words(post)).keys) if self._finder else set()
        return any(
            one.casefold() in typed or said.issuperset(map(key_of, one.split())) for one in names
        )

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
    # Who made the pictures is not what a post tells of: an agency would be the first topic.
    return f"{content.headline or ''}\n{plain_text(content, credits=False)}"
