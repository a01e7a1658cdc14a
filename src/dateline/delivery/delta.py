"""The changes after a seq as a document that any cache may keep.

Ranges end at multiples of 64. A full one never changes: its frames are those of its own time,
compacted to the last state of each post within the range. The last, open one is cached for a
second. After a takedown all ranges have new addresses (`epoch`).
"""

from msgspec import Raw, Struct

from dateline.delivery.channel import Channel
from dateline.delivery.frames import Frame, compacted
from dateline.domain.errors import Conflict

RANGE = 64


class Delta(Struct, frozen=True):
    """`seq` is the newest change included; `next` the address of what follows a full range."""

    seq: int
    next: str | None
    changes: list[Raw]


class Changes(Struct, frozen=True):
    delta: Delta
    is_full: bool


async def changes(channel: Channel, after: int) -> Changes:
    """What changed after `after`, to the end of its range.

    :raises Conflict: the coverage is not there yet: the reader is ahead of the log.
    """
    if not await channel.reaches(after):
        raise Conflict(
            f"The coverage is at {channel.seq}, you asked for what follows {after}. "
            "Load the page again."
        )
    end = (after // RANGE + 1) * RANGE
    is_full = channel.seq >= end
    epoch = channel.page.epoch
    upto = min(end, channel.seq)
    frames = compacted(await _between(channel, after, upto))
    following = address(channel.slug, end, epoch) if is_full else None
    return Changes(Delta(upto, following, [Raw(frame.data) for frame in frames]), is_full)


def address(slug: str, after: int, epoch: int) -> str:
    return f"/live/{slug}/changes/{after}" + (f"?epoch={epoch}" if epoch else "")


async def _between(channel: Channel, after: int, upto: int) -> list[Frame]:
    found: list[Frame] = []
    while after < upto:
        frames = [frame for frame in await channel.frames(after) if frame.seq <= upto]
        found += frames
        after = frames[-1].seq
    return found
