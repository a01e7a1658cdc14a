"""The page of a post's history: the post as it is now, and each version beside the one before."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from dateline.domain.blocks import File, pictures
from dateline.domain.content import Content
from dateline.domain.coverage import Coverage
from dateline.domain.plain import plain_text
from dateline.projections.history import History, Version
from dateline.render.difference import Line, Piece, difference
from dateline.render.environment import environment_of
from dateline.render.language import Language, language_of
from dateline.render.page import Assets
from dateline.render.post import post_html

SHOWN = 50
"""So many versions are on the page; the API has all."""


class Change(Struct, frozen=True):
    """A version as the page tells it. `others` are the fields that changed beside the words."""

    kind: str
    time: datetime
    note: str | None
    source: str | None
    verification: str | None
    headline: Line
    lines: list[Line]
    others: list[str]


_TEMPLATE = "history.html.j2"


def history_html(history: History, place: Coverage, assets: Assets) -> bytes:
    """:param history: of a post that was not redacted."""
    post = history.post
    changes = list(_changes(history.versions, language_of(place.language)))
    return (
        environment_of(place.language)
        .get_template(_TEMPLATE)
        .render(
            coverage=place,
            post=post,
            title=post.content.headline if post.status == "published" else None,
            post_html=post_html(post, place),
            changes=changes[::-1][:SHOWN],
            hidden=max(0, len(changes) - SHOWN),
            assets=assets,
        )
        .encode()
    )


def _changes(versions: list[Version], language: Language) -> Iterator[Change]:
    if versions:
        yield _first(versions[0])
    # What is not shown need not be compared.
    skipped = max(0, len(versions) - 1 - SHOWN)
    for n, (before, after) in enumerate(pairwise(versions)):
        if n < skipped:
            yield _told(after)
        else:
            yield _change(before, after, language)


def _first(version: Version) -> Change:
    if version.content is None:
        return _told(version)
    headline, text = version.content.headline or "", plain_text(version.content)
    lines = [[Piece("same", line)] for line in text.split("\n") if line]
    return _told(version, headline=[Piece("same", headline)] if headline else [], lines=lines)


def _change(before: Version, after: Version, language: Language) -> Change:
    if before.content is None or after.content is None or after.kind in ("withdrawn", "verified"):
        return _told(after)
    headline = difference(before.content.headline or "", after.content.headline or "")
    lines = difference(plain_text(before.content), plain_text(after.content))
    others = list(_others(before.content, after.content, language, words_changed=bool(lines)))
    return _told(after, headline=headline[0] if headline else [], lines=lines, others=others)


def _told(
    version: Version,
    *,
    headline: Line | None = None,
    lines: list[Line] | None = None,
    others: list[str] | None = None,
) -> Change:
    return Change(
        kind=version.kind,
        time=version.time,
        note=version.note,
        source=version.source,
        verification=version.verification,
        headline=headline or [],
        lines=lines or [],
        others=others or [],
    )


def _others(
    before: Content, after: Content, language: Language, *, words_changed: bool
) -> Iterator[str]:
    _ = language.gettext
    names = {
        "byline": _("byline"),
        "occurred_at": _("time"),
        "sources": _("sources"),
        "topics": _("topics"),
        "language": _("language"),
    }
    for field, name in names.items():
        if getattr(before, field) != getattr(after, field):
            yield name
    shown = [[one.media for block in c.blocks for one in pictures(block)] for c in (before, after)]
    files = [[one.media for one in c.blocks if isinstance(one, File)] for c in (before, after)]
    if shown[0] != shown[1]:
        yield _("pictures")
    if files[0] != files[1]:
        yield _("files")
    is_other = shown[0] != shown[1] or files[0] != files[1]
    if before.blocks != after.blocks and not words_changed and not is_other:
        yield _("links or formatting")
