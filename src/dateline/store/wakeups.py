"""Signals without data: who waits is told that there may be something to read, never what."""

import asyncio
from collections import defaultdict


class Wakeups:
    """One event per coverage that somebody follows."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self.closed = False

    def ready(self, coverage: str) -> asyncio.Future[None]:
        """A future that the next `wake` completes. Ask for it *before* reading the log.

        Asked for after reading, an append in between would wake nobody.
        """
        future = asyncio.get_running_loop().create_future()
        if self.closed:
            future.set_result(None)
            return future
        self._waiting[coverage].add(future)
        future.add_done_callback(lambda done: self._forget(coverage, done))
        return future

    def wake(self, coverage: str) -> None:
        for future in tuple(self._waiting.get(coverage, ())):
            if not future.done():
                future.set_result(None)

    def wake_all(self) -> None:
        for coverage in tuple(self._waiting):
            self.wake(coverage)

    def close(self) -> None:
        self.closed = True
        self.wake_all()

    def _forget(self, coverage: str, future: asyncio.Future[None]) -> None:
        waiting = self._waiting[coverage]
        waiting.discard(future)
        if not waiting:
            del self._waiting[coverage]
