"""Owns the grammar of a byline: who stands together under which place. Markup is the template's."""

from collections.abc import Iterable
from itertools import groupby

from dateline.domain.people import Byline


def byline_groups(byline: Iterable[Byline]) -> list[tuple[list[Byline], str | None]]:
    """Neighbours who wrote from one place, in the order given: ([Ana, Tom], "Brussels")."""
    return [(list(people), place) for place, people in groupby(byline, key=_place)]


def _place(person: Byline) -> str | None:
    return person.place
