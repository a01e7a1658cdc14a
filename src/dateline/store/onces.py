"""Idempotency keys in the database, each with what the first write by it was answered."""

import sqlalchemy as sa

from dateline.store.log import Once
from dateline.store.tables import onces as _onces

# Built once: to build a statement costs more than to run it.
_FIND = sa.select(_onces).where(_onces.c.key == sa.bindparam("key_"))


def recall(connection: sa.Connection, key: str) -> Once | None:
    """The earlier write by this key, if there was one."""
    row = connection.execute(_FIND, {"key_": key}).first()
    return Once(row.key, row.fingerprint, row.answer) if row else None


def keep(connection: sa.Connection, once: Once) -> None:
    """Within the transaction of the write itself: a crash leaves both, or neither."""
    row = {"key": once.key, "fingerprint": once.fingerprint, "answer": once.answer}
    connection.execute(sa.insert(_onces), row)
