"""Which pictures the log names: what a takedown has to look after, and what other posts show; and
what lies ready for those that a command names.

The log alone knows; no list beside it could be wrong. To ask costs a walk through all of it, which
a takedown is rare enough for.
"""

import re
from collections.abc import Collection, Iterable

import msgspec
import sqlalchemy as sa

from dateline.domain.pictures import Edition
from dateline.store.tables import doomed, events, pictures
from dateline.store.tables import editions as _editions

# In canonical JSON. Words of a post can't look like it: there, quotation marks are escaped.
_NAMES = re.compile(rb'"(?:media|picture)":"([A-Za-z0-9._-]+)"')
_edition = msgspec.json.Decoder(Edition)
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


def editions(connection: sa.Connection, names: Collection[str]) -> dict[str, Edition | None]:
    """See `EventLog.editions`."""
    wanted = sorted(set(names))
    by_name = sa.select(_editions).where(_editions.c.media.in_(wanted))
    by_id = (
        sa.select(pictures.c.id, pictures.c.state, _editions.c.edition)
        .outerjoin(_editions, _editions.c.media == pictures.c.media)
        .where(pictures.c.id.in_(wanted), pictures.c.state.in_(("processing", "ready")))
    )
    found: dict[str, Edition | None] = {
        row.media: _edition.decode(row.edition) for row in connection.execute(by_name)
    }
    for row in connection.execute(by_id):
        is_ready = row.state == "ready" and row.edition is not None
        found[row.id] = _edition.decode(row.edition) if is_ready else None
    return found
