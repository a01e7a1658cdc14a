"""How a stream's bytes are encoded: plain, or with gzip that is made once for all readers.

What follows a reader's opening is either its own (`own`, `last`) or everybody's (`write`); `join`
leads from the one to the other.
"""

from typing import Protocol

from dateline.delivery.compress import GZIP_HEADER, SharedDeflate, deflated, stored


class Encoding(Protocol):
    """The state of one lane's encoding."""

    def opening(self, data: bytes) -> bytes:
        """The beginning of a reader's stream; `data` is short and this reader's alone."""

    def own(self, data: bytes) -> bytes:
        """What readers are sent who are not yet where the others are."""

    def join(self) -> bytes:
        """What brings a reader to where the others are."""

    def write(self, data: bytes) -> bytes:
        """What everybody is sent next."""

    def last(self, data: bytes) -> bytes:
        """The end of a reader's stream; `data` is short and this reader's alone."""


class Plain:
    """As it is."""

    def opening(self, data: bytes) -> bytes:
        return data

    def own(self, data: bytes) -> bytes:
        return data

    def join(self) -> bytes:
        return b""

    def write(self, data: bytes) -> bytes:
        return data

    def last(self, data: bytes) -> bytes:
        return data


class Gzip:
    """`Content-Encoding: gzip`."""

    def __init__(self, primer: bytes) -> None:
        self._shared = SharedDeflate(primer)

    def opening(self, data: bytes) -> bytes:
        return GZIP_HEADER + stored(data)

    def own(self, data: bytes) -> bytes:
        return deflated(data)

    def join(self) -> bytes:
        return self._shared.join()

    def write(self, data: bytes) -> bytes:
        return self._shared.write(data)

    def last(self, data: bytes) -> bytes:
        return stored(data)
