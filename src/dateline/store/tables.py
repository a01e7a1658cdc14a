"""The tables. They change by a migration in `migrations/versions` and here, together."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

events = Table(
    "events",
    metadata,
    Column("coverage", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("actor", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Index("ix_events_coverage_subject_seq", "coverage", "subject", "seq"),
)

heads = Table(
    "heads",
    metadata,
    Column("coverage", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("updated", BigInteger, nullable=False),
)

onces = Table(
    "onces",
    metadata,
    Column("key", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("label", Text, nullable=False),
    Column("coverage", Text, nullable=True),
    Column("created", BigInteger, nullable=False),
)

searched = Table(
    "searched",
    metadata,
    Column("coverage", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
)

findable = Table(
    "findable",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coverage", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("time", BigInteger, nullable=False),
    UniqueConstraint("coverage", "post", name="uq_findable_coverage_post"),
)
"""`id` is the rowid in `full_text`, the FTS5 table that only a migration can say."""

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=True, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("organisation", Text, nullable=True),
    Column("place", Text, nullable=True),
    Column("password", Text, nullable=True),
    Column("disabled", BigInteger, nullable=True),
    Column("created", BigInteger, nullable=False),
)
"""Who signs in. `email` is folded, so that it is one whatever its letters' case."""

sessions = Table(
    "sessions",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("coverage", Text, primary_key=True),
    Column("person", Text, primary_key=True, index=True),
    Column("role", Text, nullable=False),
    Column("until", BigInteger, nullable=True),
)

links = Table(
    "links",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=True),
    Column("coverage", Text, nullable=True, index=True),
    Column("label", Text, nullable=True),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last", BigInteger, nullable=False, index=True),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("minor", Integer, nullable=False, index=True),
)
"""`minor` is 1 for what strangers cause: it is bounded apart, so they can't wash out the rest."""

drafts = Table(
    "drafts",
    metadata,
    Column("coverage", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("post", Text, nullable=True),
    Column("filed", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("publish_at", BigInteger, nullable=True),
    Column("body", LargeBinary, nullable=False),
    Index("ix_drafts_state_publish_at", "state", "publish_at"),
    Index("ix_drafts_coverage_state", "coverage", "state"),
)
"""`body` is the whole draft; the other columns are what is asked for."""

pictures = Table(
    "pictures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="picture"),
    Column("filename", Text, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("sender", Text, nullable=False),
    Column("sender_name", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("progress", Integer, nullable=False, server_default="0"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("details", LargeBinary, nullable=False, server_default="{}"),
    Column("media", Text, nullable=True),
    Index("ix_pictures_state", "state"),
)
"""All that was sent; `kind` is "picture" or "document". `number` is the rowid in `picture_text`, an
FTS5 table; `media` is the newest of its editions."""

editions = Table(
    "editions",
    metadata,
    Column("media", Text, primary_key=True),
    Column("picture", Text, nullable=False),
    Column("edition", LargeBinary, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Index("ix_editions_picture", "picture"),
)
"""`title` is what the post says that published a document last: readers save it under that name."""

doomed = Table(
    "doomed",
    metadata,
    Column("media", Text, primary_key=True),
    Column("coverage", Text, primary_key=True),
    Column("post", Text, primary_key=True),
)
"""Names in posts that were taken down, whose files have still to be looked after."""

takedowns = Table(
    "takedowns",
    metadata,
    Column("coverage", Text, primary_key=True),
    Column("post", Text, primary_key=True),
    Column("wiped", Integer, nullable=False, server_default="0"),
    Column("files", LargeBinary, nullable=False, server_default="[]"),
    Column("kept", Integer, nullable=False, server_default="0"),
)
"""How far each takedown is: whether the old words have left the write-ahead log, which files were
removed (caches in front have to be told of them), how many pictures stay because others show them.
"""

presence = Table(
    "presence",
    metadata,
    Column("coverage", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("editing", Text, nullable=True),
    Column("since", BigInteger, nullable=False),
    Column("taken", BigInteger, nullable=True),
    Column("expires", BigInteger, nullable=False),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("key", LargeBinary, nullable=False),
    Column("uses", BigInteger, nullable=False),
    Column("label", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=True),
)

challenges = Table(
    "challenges",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("expires", BigInteger, nullable=False, index=True),
)
"""Those that came back, until they would be too old anyhow."""

keys = Table(
    "keys",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""Random keys of this house's own."""

identities = Table(
    "identities",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person", Text, nullable=False),
)
"""What a sign-in service calls somebody."""
