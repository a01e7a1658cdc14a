"""Which pictures and documents the log and the drafts name: what a takedown has to look after, what
others still show; what lies ready for those that a command names; what posts call them.

They alone know; no list beside them could be wrong. To ask costs a walk through all of it, which
is asked for rarely enough: after a takedown, and of one picture by a person.
"""

import re
from collections.abc import Collection, Iterable, Iterator

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from dateline.domain.blocks import File
from dateline.domain.events import Event
from dateline.domain.pictures import Edition
from dateline.store.tables import doomed, drafts, events, pictures
from dateline.store.tables import editions as _editions

# In compact JSON. Words of a post can't look like it: there, quotation marks are escaped. A draft
# names a picture that is on its way by the id of its upload.
_FIELDS = ("media", "picture", "upload")
_NAMES = re.compile(rb'"(?:media|picture|upload)":"([A-Za-z0-9._-]+)"')
_edition = msgspec.json.Decoder(Edition)
_IN_EVENTS = sa.text("""
SELECT DISTINCT coverage, subject FROM events
WHERE instr(payload, :media) OR instr(payload, :picture)
""")
_IN_DRAFTS = sa.text("""
SELECT coverage, coalesce(post, id) AS post, id, state, author FROM drafts
WHERE state <> 'published'
  AND (instr(body, :media) OR instr(body, :picture) OR instr(body, :upload))
""")


_ENTITLE = (
    sa.update(_editions)
    .where(_editions.c.media == sa.bindparam("media_"))
    .values(title=sa.bindparam("title_"))
)


class Use(Struct, frozen=True):
    """A place where a picture is named: a post, in what it says or said, or somebody's `draft`."""

    coverage: str
    post: str
    draft: str = ""
    state: str = ""
    author: str = ""


def doom(connection: sa.Connection, coverage: str, posts: Iterable[str]) -> None:
    """Note what these posts and their drafts name, before their words go: in the same transaction,
    so that no picture is forgotten whatever happens to the server."""
    for post in sorted(posts):
        names = {
            name for said in _said(connection, coverage, post) for name in _NAMES.findall(said)
        }
        rows = [
            {"media": name.decode(), "coverage": coverage, "post": post} for name in sorted(names)
        ]
        if rows:
            connection.execute(sa.insert(doomed).prefix_with("OR IGNORE"), rows)
            # Its words go, also where others show the document.
            connection.execute(_ENTITLE, [{"media_": row["media"], "title_": ""} for row in rows])


def entitle(connection: sa.Connection, events: Iterable[Event]) -> None:
    """Note what posts call their documents, as they are published."""
    for event in events:
        content = getattr(event, "content", None)
        for block in content.blocks if content else ():
            if isinstance(block, File):
                connection.execute(_ENTITLE, {"media_": block.media, "title_": block.title})


def title_of(connection: sa.Connection, media: str) -> str:
    """What a document is called, where a post has published it; else ""."""
    query = sa.select(_editions.c.title).where(_editions.c.media == media)
    return connection.execute(query).scalar() or ""


def _said(connection: sa.Connection, coverage: str, post: str) -> Iterator[bytes]:
    in_log = sa.select(events.c.payload).where(
        events.c.coverage == coverage, events.c.subject == post
    )
    in_drafts = sa.select(drafts.c.body).where(
        drafts.c.coverage == coverage, (drafts.c.id == post) | (drafts.c.post == post)
    )
    yield from connection.execute(in_log).scalars()
    yield from connection.execute(in_drafts).scalars()


def is_named(connection: sa.Connection, name: str) -> bool:
    """Whether any event or draft still names it."""
    return any(
        connection.execute(query, _given(name)).first() is not None
        for query in (_IN_DRAFTS, _IN_EVENTS)
    )


def uses(connection: sa.Connection, names: Collection[str]) -> list[Use]:
    """All posts and drafts that give one of these names."""
    found = {}
    for name in names:
        for row in connection.execute(_IN_EVENTS, _given(name)):
            found[row.coverage, row.subject, ""] = Use(row.coverage, row.subject)
        for row in connection.execute(_IN_DRAFTS, _given(name)):
            found[row.coverage, row.post, row.id] = Use(
                row.coverage, row.post, row.id, row.state, row.author
            )
    return list(found.values())


def _given(name: str) -> dict[str, bytes]:
    return {field: f'"{field}":"{name}"'.encode() for field in _FIELDS}


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
