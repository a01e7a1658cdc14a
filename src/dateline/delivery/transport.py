"""A reader's connection once it has left the HTTP server: a socket that the lane writes to.

Nothing stands between the lane's loop and the kernel: no queue, no task, no copy. Only what the
kernel does not take at once goes through the transport, which sends it when there is room.
"""

import asyncio
import os

from dateline.delivery.lane import BUFFER_BYTES, Lane
from dateline.delivery.places import Place

# A reader that was sent the end has so long to take it.
LINGER_SECONDS = 30.0
# A reader has nothing to say; whoever talks on and on is cut.
HEARD_BYTES = 64 * 1024
_GONE = -1


class Reader(asyncio.Protocol):
    """One reader: as small as it can be, because there are many."""

    __slots__ = ("_fd", "_heard", "_is_queued", "_lane", "_place", "_transport")

    def __init__(self, lane: Lane, place: Place) -> None:
        self._lane = lane
        self._place = place
        self._heard = 0

    def start(self, transport: asyncio.Transport) -> None:
        """Write to this transport, behind what it still has to send."""
        self._transport = transport
        self._fd: int = transport.get_extra_info("socket").fileno()
        self._is_queued = True

    def write(self, data: bytes) -> None:
        if self._is_queued:
            self._is_queued = self._transport.get_write_buffer_size() > 0
            if self._is_queued:
                self._queue(data)
                return
        try:
            sent = os.write(self._fd, data)
        except BlockingIOError:
            sent = 0
        except OSError:
            return  # It is gone; `connection_lost` will say so.
        if sent < len(data):
            self._is_queued = True
            self._queue(data[sent:])

    def _queue(self, data: bytes) -> None:
        if self._transport.get_write_buffer_size() + len(data) > BUFFER_BYTES:
            self._lane.cut(self)
        else:
            self._transport.write(data)
            self._lane.fell_behind(self)

    @property
    def is_behind(self) -> bool:
        return self._is_queued and self._transport.get_write_buffer_size() > 0

    def close(self, last: bytes) -> None:
        if self._fd == _GONE:
            return
        self._forget()
        self._transport.write(last)
        self._transport.close()
        if self._transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self._transport.abort)

    def cut(self) -> None:
        self._forget()
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._heard += len(data)
        if self._heard > HEARD_BYTES:
            self._lane.cut(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        self._lane.leave(self)
        self._place.leave()

    def _forget(self) -> None:
        # The number of a closed socket is soon somebody else's.
        self._fd = _GONE
        self._is_queued = False
