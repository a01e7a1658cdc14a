"""Setting the order of the pinned posts: as a whole, and only of those that are pinned."""

from collections.abc import Mapping

from dateline.domain.commands import OrderPins
from dateline.domain.errors import Invalid
from dateline.domain.events import PinsOrdered, Record
from dateline.domain.pins import Pins
from dateline.domain.posts import Post


def fold(pins: Pins, record: Record) -> Pins:
    """The order after an event; others leave it as it is."""
    if isinstance(record.event, PinsOrdered):
        return Pins(record.event.posts, record.seq)
    return pins


def order(pins: Pins, command: OrderPins, posts: Mapping[str, Post | None]) -> list[PinsOrdered]:
    """The event of it, unless they stand so already. `posts` are those that it names.

    :raises Invalid: one is not pinned, or is there twice.
    """
    for n, name in enumerate(command.posts):
        post = posts.get(name)
        if post is None or not post.pinned:
            raise Invalid("This post is not pinned. Pin it first, or leave it out.", f"/posts/{n}")
        if name in command.posts[:n]:
            raise Invalid("This post is there twice. Name it once.", f"/posts/{n}")
    # Pinned anew since, a post stands above those that were ordered.
    stand = all(post.pin < pins.seq for name in command.posts if (post := posts.get(name)))
    return [] if stand and command.posts == pins.posts else [PinsOrdered(command.posts)]
