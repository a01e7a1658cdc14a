"""Owns the grammar of a byline: who stands together under which place. Markup is the template's."""

from collections.abc import Sequence

from dateline.domain.people import Byline


def byline_places(byline: Sequence[Byline]) -> list[tuple[Byline, str | None]]:
    """Each with the place that is said after them: neighbours who wrote from one place share it."""
    following = [*(one.place for one in byline[1:]), None]
    is_last = [after != one.place for one, after in zip(byline, following, strict=True)]
    return [(one, one.place if last else None) for one, last in zip(byline, is_last, strict=True)]
