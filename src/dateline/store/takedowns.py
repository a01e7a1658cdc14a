"""How far each takedown is, beside the log: what it began in its transaction ends later."""

from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from dateline.store import search
from dateline.store.tables import doomed, takedowns

Key = tuple[str, str]
"""Coverage and post."""
_names = msgspec.json.Decoder(list[str])


class Progress(Struct, frozen=True):
    """`pending` names have to be looked after; `files` are gone; `kept` pictures are shown by
    others. `is_wiped`: the words have left the write-ahead log; `is_findable`: search has some."""

    pending: int
    files: tuple[str, ...]
    kept: int
    is_wiped: bool
    is_findable: bool


def begin(connection: sa.Connection, coverage: str, posts: Iterable[str]) -> None:
    """Within the append that takes posts down."""
    rows = [{"coverage": coverage, "post": post} for post in sorted(posts)]
    connection.execute(sa.insert(takedowns).prefix_with("OR IGNORE"), rows)


def unwiped(connection: sa.Connection) -> list[Key]:
    """Takedowns whose words may still stand in the write-ahead log."""
    query = sa.select(takedowns.c.coverage, takedowns.c.post).where(takedowns.c.wiped == 0)
    return [(row.coverage, row.post) for row in connection.execute(query)]


def wiped(connection: sa.Connection, keys: Iterable[Key]) -> None:
    """Their words have left it: those of takedowns that had begun before it was emptied."""
    for key in keys:
        connection.execute(sa.update(takedowns).where(*_one(key)).values(wiped=1))


def settle(
    connection: sa.Connection, media: str, key: Key, files: Sequence[str], *, is_kept: bool
) -> None:
    """A name was looked after: these files are gone, or others still show the picture."""
    row = connection.execute(sa.select(takedowns).where(*_one(key))).first()
    if row:
        gone = sorted({*_names.decode(row.files), *files})
        values = {"files": msgspec.json.encode(gone), "kept": row.kept + is_kept}
        connection.execute(sa.update(takedowns).where(*_one(key)).values(values))
    coverage, post = key
    one = (doomed.c.media == media) & (doomed.c.coverage == coverage) & (doomed.c.post == post)
    connection.execute(sa.delete(doomed).where(one))


def progress(connection: sa.Connection, key: Key) -> Progress:
    """How far it is. One of before this was kept has nothing left to do."""
    coverage, post = key
    row = connection.execute(sa.select(takedowns).where(*_one(key))).first()
    pending = sa.select(sa.func.count()).where(doomed.c.coverage == coverage, doomed.c.post == post)
    return Progress(
        pending=connection.execute(pending).scalar_one(),
        files=tuple(_names.decode(row.files)) if row else (),
        kept=row.kept if row else 0,
        is_wiped=bool(row.wiped) if row else True,
        is_findable=search.is_findable(connection, coverage, post),
    )


def _one(key: Key) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    coverage, post = key
    return takedowns.c.coverage == coverage, takedowns.c.post == post
