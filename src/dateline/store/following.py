"""The one way to read on: read what there is, else wait for a wake-up, and read again."""

from collections.abc import AsyncIterator, Awaitable, Callable

from dateline.domain.errors import Unavailable
from dateline.domain.events import Record
from dateline.store.log import BATCH
from dateline.store.wakeups import Wakeups

Read = Callable[[str, int], Awaitable[list[Record]]]


async def follow(
    read: Read, wakeups: Wakeups, coverage: str, after: int
) -> AsyncIterator[list[Record]]:
    """Batches of records after `after`, in order and without a gap, until the log is closed.

    Correctness comes from `after` and the log alone: a wake-up too many costs one read that finds
    nothing, and a lost one costs the time until the next.
    """
    try:
        while not wakeups.closed:
            ready = wakeups.ready(coverage)
            try:
                records = await read(coverage, after)
                if records:
                    after = records[-1].seq
                    yield records
                if len(records) < BATCH:
                    # That was all; what is appended after that read completes `ready`.
                    await ready
            finally:
                ready.cancel()
    except Unavailable:
        # Closing the log gives up what is still being read.
        if not wakeups.closed:
            raise
