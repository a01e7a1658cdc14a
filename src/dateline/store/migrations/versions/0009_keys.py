"""Idempotency keys of clients become hashes, as `store/log.py` `kept_as` makes them."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_onces = sa.table("onces", sa.column("key", sa.Text))
# Keys that are made here: nobody else has them, and nothing is made of them.
_OURS = ("draft:", "import:")


def upgrade() -> None:
    connection = op.get_bind()
    keys = connection.execute(sa.select(_onces.c.key)).scalars().all()
    for key in keys:
        if not key.startswith(_OURS):
            hashed = hashlib.sha256(key.encode()).hexdigest()
            asked = sa.update(_onces).where(_onces.c.key == key)
            connection.execute(asked.values(key=hashed))


def downgrade() -> None:
    raise NotImplementedError("A key can't be found from its hash.")
