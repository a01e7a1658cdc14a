"""How many streams there may be at once: in all, and from one address."""

import random

from dateline.domain.addresses import house_of, is_here
from dateline.domain.errors import Unavailable

_BACK_SECONDS = (5, 30)


class Place:
    """The streams of one address; of IPv6, of one network."""

    __slots__ = ("_address", "_places", "taken")

    def __init__(self, places: "Places", address: str) -> None:
        self._places = places
        self._address = address
        self.taken = 0

    def leave(self) -> None:
        """One of them has ended."""
        self.taken -= 1
        self._places.left(self._address, self)


class Places:
    """Counts the streams. `most` and `most_each` bound them in all and per address."""

    def __init__(self, most: int, most_each: int) -> None:
        self._most = most
        self._most_each = most_each
        self._taken = 0
        self._by_address: dict[str, Place] = {}

    def check(self, address: str) -> None:
        """:raises Unavailable: there is no room for one more from here, with when to come back."""
        back = random.randint(*_BACK_SECONDS)
        if self._taken >= self._most:
            raise Unavailable(
                "As many readers as this server can hold are connected. "
                "The page is complete without a stream; try again in a moment.",
                back,
            )
        place = self._by_address.get(house_of(address))
        if place and place.taken >= self._most_each and not is_here(address):
            raise Unavailable(
                f"{place.taken} streams are open from this address. Close some, or load the page.",
                back,
            )

    def take(self, address: str) -> Place:
        """One more; whoever takes it calls `leave` once."""
        address = house_of(address)
        place = self._by_address.get(address)
        if place is None:
            place = self._by_address[address] = Place(self, address)
        place.taken += 1
        self._taken += 1
        return place

    def left(self, address: str, place: Place) -> None:
        self._taken -= 1
        if not place.taken:
            del self._by_address[address]
