"""Random keys of this house's own, one for each purpose, made when first asked for."""

import secrets

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from dateline.store.tables import keys as _keys


def own_key(connection: sa.Connection, name: str) -> bytes:
    """The key of this name: all workers have the same, from the database."""
    made = insert(_keys).values(name=name, value=secrets.token_bytes(32))
    connection.execute(made.on_conflict_do_nothing())
    query = sa.select(_keys.c.value).where(_keys.c.name == name)
    return bytes(connection.execute(query).scalar_one())
