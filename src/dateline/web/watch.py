"""Who has a stream open may lose the right to it: then it ends at once, not at its own end.

Whoever changes rights gives a signal, in whichever process (`RIGHTS`). What ends by itself, and a
signal that was lost, is noticed at the next look.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from dateline.domain.errors import DatelineError, Unavailable
from dateline.store.signals import RIGHTS, Signals

LOOK_SECONDS = 15.0

Lost = Callable[[], Coroutine[Any, Any, None]]
"""Waits until somebody has lost the right to what they are being sent."""


async def until_lost(signals: Signals, is_allowed: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it is not allowed any more, or the server ends."""
    while not signals.closed:
        # Asked for before looking: what changes in between is not missed.
        changed = signals.ready(RIGHTS)
        try:
            if not await _holds(is_allowed):
                return
            await asyncio.wait({changed}, timeout=LOOK_SECONDS)
        finally:
            changed.cancel()


async def _holds(is_allowed: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await is_allowed()
    except Unavailable:
        # A disk in trouble takes no right from anybody.
        return True
    except DatelineError:
        return False
