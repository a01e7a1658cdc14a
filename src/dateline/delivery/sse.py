"""Frames as Server-Sent Events (WHATWG HTML 9.2)."""

import random
from collections.abc import Iterable

import msgspec

from dateline.delivery.frames import Frame

HEARTBEAT = b":\n\n"


def event(frame: Frame) -> bytes:
    """A frame as an event: its seq is the id that `Last-Event-ID` brings back."""
    return b"id:%d\ndata:%b\n\n" % (frame.seq, frame.data)


def events(frames: Iterable[Frame]) -> bytes:
    return b"".join(event(frame) for frame in frames)


def retry(base_ms: int = 1000) -> bytes:
    """How long the browser waits before it comes back: spread, so that not all come at once."""
    return b"retry:%d\n\n" % random.randint(base_ms, 3 * base_ms)


def reset(reason: str) -> bytes:
    """Tells the reader to load the page anew. The empty id makes it forget the one it has."""
    return b"id:\nevent:reset\ndata:%b\n\n" % msgspec.json.encode({"reason": reason})
