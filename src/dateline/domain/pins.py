"""The order of the pinned posts, as the desk has set it, and where each of them stands by it."""

from msgspec import Struct

PINS = "pins"
"""The subject of its events. No post is named so: theirs are UUIDs."""


class Pins(Struct, frozen=True):
    """The order that was set last, at `seq`; 0: none was ever set."""

    posts: tuple[str, ...] = ()
    seq: int = 0


def rank(pins: Pins, post: str, pin: int) -> int:
    """Who stands higher has the greater one. `pin` is the seq that pinned the post.

    What the order doesn't name was pinned since, or unseen by who set it: it stands above, the
    last one first. So it is one order whichever of the two came first. `frontend/reader/pins.ts`
    has the same rule.
    """
    if pin > pins.seq or post not in pins.posts:
        return pin
    return -1 - pins.posts.index(post)
