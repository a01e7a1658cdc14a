"""The terms that a coverage runs under: who sees it, who may publish, and what silence means."""

from typing import Annotated, Any

from msgspec import Meta, Struct

Minutes = Annotated[int, Meta(ge=1, le=7 * 24 * 60)]
Hours = Annotated[int, Meta(ge=1, le=366 * 24)]


class Terms(Struct, frozen=True, kw_only=True):
    """What commands, events and state of a coverage share.

    `rehearsal`: the public sees nothing of it. `two_person`: a post needs somebody else's approval.
    `reporters_publish`: reporters publish what they filed themselves. After so many minutes of
    silence the desk is reminded (`remind_after`), after so many hours it is closed (`close_after`).
    """

    rehearsal: bool = False
    two_person: bool = False
    reporters_publish: bool = False
    remind_after: Minutes | None = None
    close_after: Hours | None = None


def terms_of(one: Terms) -> dict[str, Any]:
    """The terms by name."""
    return {name: getattr(one, name) for name in Terms.__struct_fields__}
