"""Who tries tokens at random waits: a bound on failed sign-ins per address."""

from collections import OrderedDict
from collections.abc import Callable

from dateline.domain.addresses import house_of
from dateline.domain.errors import TooMany

FAILURES = 30
WINDOW_SECONDS = 60
ADDRESSES = 10_000


class Door:
    """Counts failures in windows of a minute. `clock` gives seconds that only go forward."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def check(self, address: str) -> None:
        """:raises TooMany: this address has failed too often in this minute."""
        window, address = self._window(), house_of(address)
        failed_in, count = self._failures.get(address, (window, 0))
        if failed_in == window and count >= FAILURES:
            raise TooMany(
                "Too many failed sign-ins from this address. Wait a minute and check the token.",
                WINDOW_SECONDS,
            )

    def failed(self, address: str) -> None:
        window, address = self._window(), house_of(address)
        failed_in, count = self._failures.pop(address, (window, 0))
        self._failures[address] = (window, count + 1 if failed_in == window else 1)
        while len(self._failures) > ADDRESSES:
            self._failures.popitem(last=False)

    def _window(self) -> int:
        return int(self._clock() // WINDOW_SECONDS)
