"""Who acts and who is named: actors (people, machines) and bylines."""

from typing import Literal

from msgspec import Struct

from dateline.domain.shapes import Line


class Actor(Struct, frozen=True):
    """Who gave a command. `kind` keeps people and machines apart: machines ignore each other."""

    id: str
    name: str
    kind: Literal["person", "token", "machine"] = "token"


class Byline(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One person of a byline. `place` is the dateline: where they wrote from."""

    name: Line
    organisation: Line | None = None
    place: Line | None = None
