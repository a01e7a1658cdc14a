"""Setting the order of the pinned posts: as a whole, and only of those that are pinned."""

from collections.abc import Mapping

from dateline.domain.commands import OrderPins
from dateline.domain.errors import Invalid, Stale
from dateline.domain.events import PinsOrdered, Record
from dateline.domain.pins import Pins, rank
from dateline.domain.posts import Post


def fold(pins: Pins, record: Record) -> Pins:
    """The order after an event; others leave it as it is."""
    if isinstance(record.event, PinsOrdered):
        return Pins(record.event.posts, record.seq)
    return pins


def order(pins: Pins, command: OrderPins, posts: Mapping[str, Post | None]) -> list[PinsOrdered]:
    """The event of it, unless they stand so already. `posts` are those that it names.

    :raises Invalid: one is not pinned, or is there twice.
    :raises Stale: those that were seen stand in another order by now.
    """
    for n, name in enumerate(command.posts):
        post = posts.get(name)
        if post is None or not post.pinned:
            raise Invalid("This post is not pinned. Pin it first, or leave it out.", f"/posts/{n}")
    _check_once("posts", command.posts)
    _check_once("seen", command.seen or ())
    # Pinned anew since, a post stands above those that were ordered.
    stand = all(post.pin < pins.seq for name in command.posts if (post := posts.get(name)))
    if stand and command.posts == pins.posts:
        return []
    if command.seen is not None:
        _check_seen(pins, command.seen, posts)
    return [PinsOrdered(command.posts)]


def _check_once(field: str, names: tuple[str, ...]) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            raise Invalid("This post is there twice. Name it once.", f"/{field}/{n}")


def _check_seen(pins: Pins, seen: tuple[str, ...], posts: Mapping[str, Post | None]) -> None:
    """Only how they stand among each other: pinned or unpinned since, none is in another's way."""
    places = {
        name: rank(pins, name, post.pin)
        for name in seen
        if (post := posts.get(name)) and post.pinned
    }
    if list(places) != sorted(places, key=lambda name: places[name], reverse=True):
        raise Stale(
            "Somebody else has put the pinned posts in another order meanwhile, so yours was not "
            "taken. Look how they stand now, and move again what should stand elsewhere."
        )
