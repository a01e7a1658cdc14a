"""The two marks a post can bear: pinned, and key event. Setting what is set is no event."""

from dateline.domain.events import (
    Event,
    KeyEventMarked,
    KeyEventUnmarked,
    PostPinned,
    PostUnpinned,
)


def pin(post: str, *, is_on: bool, turn_on: bool) -> list[Event]:
    if is_on == turn_on:
        return []
    return [PostPinned(post) if turn_on else PostUnpinned(post)]


def key_event(post: str, *, is_on: bool, turn_on: bool) -> list[Event]:
    if is_on == turn_on:
        return []
    return [KeyEventMarked(post) if turn_on else KeyEventUnmarked(post)]
