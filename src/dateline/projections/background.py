"""Searches that a page does not wait for: it has what is found in a moment, else goes without."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from dateline.domain.errors import Unavailable

WAIT_SECONDS = 0.2


class BackgroundSearches:
    """One at a time, so that the short reads that a write waits for are never behind them.

    `late`: called when something was found after somebody had gone on without it.
    """

    def __init__(self, late: Callable[[], None], *, wait: float = WAIT_SECONDS) -> None:
        self._late = late
        self._wait = wait
        self._turn = asyncio.Lock()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._missed: set[str] = set()

    async def look(self, key: str, search: Callable[[], Awaitable[None]]) -> None:
        """Let `search` run, once for all who ask by this key, and wait for it for a moment."""
        running = self._running.get(key)
        if running is None:
            running = asyncio.create_task(self._run(key, search), name=f"search: {key}")
            self._running[key] = running
        await asyncio.wait({running}, timeout=self._wait)
        if not running.done():
            self._missed.add(key)

    async def _run(self, key: str, search: Callable[[], Awaitable[None]]) -> None:
        try:
            # What can't be read now is looked for with the next page.
            with suppress(Unavailable):
                async with self._turn:
                    await search()
        finally:
            del self._running[key]
            if key in self._missed:
                self._missed.discard(key)
                self._late()
