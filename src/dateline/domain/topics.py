"""The desk's word on the topics of a coverage: names, what belongs under them, what is hidden."""

from typing import Annotated

from msgspec import Meta, Struct

from dateline.domain.shapes import Line

TOPICS = "topics"
"""The subject of its events. No post is named so: theirs are UUIDs."""
_MOST, _MOST_ALSO = 50, 20


class ChosenTopic(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A topic by the name that readers see. `also` are other names whose posts belong to it;
    one that is pinned stands first, whatever its posts.
    """

    name: Line
    also: Annotated[tuple[Line, ...], Meta(max_length=_MOST_ALSO)] = ()
    pinned: bool = False


Chosen = Annotated[tuple[ChosenTopic, ...], Meta(max_length=_MOST)]
Hidden = Annotated[tuple[Line, ...], Meta(max_length=_MOST)]


class Choices(Struct, frozen=True, omit_defaults=True):
    """The whole of it. What is named nowhere stays as it is typed, or found."""

    topics: Chosen = ()
    hidden: Hidden = ()
