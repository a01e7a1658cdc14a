"""Documents among the pictures: which is which, and under what name readers save them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    # Whatever was taken so far is a picture.
    kind = sa.Column("kind", sa.Text, nullable=False, server_default="picture")
    op.add_column("pictures", kind)
    op.add_column("editions", sa.Column("title", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("editions", "title")
    op.drop_column("pictures", "kind")
