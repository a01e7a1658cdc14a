"""Signals of the desk: something about a coverage's drafts or people may be new, or about what
people may do. Without data.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from dateline.store import neighbours
from dateline.store.wakeups import Wakeups

RIGHTS = ":rights"
"""In place of a coverage: somebody may do less than before, or more. No slug has a colon."""


class Signals:
    """Wakes those who wait in this process, and by `tell` those in others on the same data."""

    def __init__(self, wakeups: Wakeups, tell: Callable[[str], None] = lambda _name: None) -> None:
        self._wakeups = wakeups
        self._tell = tell

    def give(self, coverage: str) -> None:
        """Say that something is new."""
        self._wakeups.wake(_name(coverage))
        self._tell(_name(coverage))

    def ready(self, coverage: str) -> asyncio.Future[None]:
        """A future that the next signal completes. Ask for it before looking."""
        return self._wakeups.ready(_name(coverage))

    @property
    def closed(self) -> bool:
        return self._wakeups.closed


def give_elsewhere(data: Path, coverage: str) -> None:
    """Say so to the servers on a data folder, from a process that waits for nothing itself."""
    neighbours.tell(data, _name(coverage))


def _name(coverage: str) -> str:
    # No slug has a colon: followers of the log are not woken by what is typed at the desk.
    return f"desk:{coverage}"
