"""Which pictures the log names: what a takedown has to look after, and what other posts show.

The log alone knows; no list beside it could be wrong. To ask costs a walk through all of it, which
a takedown is rare enough for.
"""

import re
from collections.abc import Iterable

import sqlalchemy as sa

from dateline.store.tables import doomed, events

# In canonical JSON. Words of a post can't look like it: there, quotation marks are escaped.
_NAMES = re.compile(rb'"(?:media|picture)":"([A-Za-z0-9._-]+)"')
_IS_NAMED = sa.text(
    "SELECT 1 FROM events WHERE instr(payload, :media) OR instr(payload, :picture) LIMIT 1"
)


def doom(connection: sa.Connection, coverage: str, posts: Iterable[str]) -> None:
    """Note what these posts name, before their words go: in the same transaction, so that no
    picture is forgotten whatever happens to the server."""
    about = sa.select(events.c.payload).where(
        events.c.coverage == coverage, events.c.subject.in_(sorted(posts))
    )
    payloads = connection.execute(about).scalars()
    names = {name.decode() for payload in payloads for name in _NAMES.findall(payload)}
    if names:
        rows = [{"media": name} for name in sorted(names)]
        connection.execute(sa.insert(doomed).prefix_with("OR IGNORE"), rows)


def is_named(connection: sa.Connection, media: str) -> bool:
    """Whether any event still names it."""
    given = {field: f'"{field}":"{media}"'.encode() for field in ("media", "picture")}
    return connection.execute(_IS_NAMED, given).first() is not None
