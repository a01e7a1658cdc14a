"""Topics as the way through a coverage: how many posts each has, and which come after which."""

from bisect import bisect_left, insort

from msgspec import Struct

from dateline.domain.posts import Post


class Topic(Struct, frozen=True):
    """A topic by the name that the desk gave it first. `count` is of the posts that stand."""

    name: str
    count: int


class Topics:
    """The topics of a coverage. Names that differ in capitals only are one topic."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._orders: dict[str, list[int]] = {}
        self._of: dict[int, tuple[str, ...]] = {}

    def put(self, post: Post) -> None:
        """Take in a post as it is now."""
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

    def popular(self, most: int) -> list[Topic]:
        """Those with the most posts; of as many, the one that was in the news last."""
        keys = sorted(
            self._orders, key=lambda key: (-len(self._orders[key]), -self._orders[key][-1])
        )
        return [Topic(self._names[key], len(self._orders[key])) for key in keys[:most]]

    def orders(self, name: str) -> list[int]:
        """The orders of a topic's posts, oldest first; none where there is no such topic."""
        return self._orders.get(name.casefold(), [])

    def around(self, name: str, order: int) -> tuple[int | None, int | None]:
        """The orders of the next newer and the next older post of a topic."""
        orders = self.orders(name)
        place = bisect_left(orders, order)
        older = orders[place - 1] if place > 0 else None
        place += place < len(orders) and orders[place] == order
        return orders[place] if place < len(orders) else None, older
