"""Presence: who is in which coverage, and at what, until it expires."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("coverage", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("editing", sa.Text, nullable=True),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("taken", sa.BigInteger, nullable=True),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("coverage", "person", "device", name="pk_presence"),
    )


def downgrade() -> None:
    op.drop_table("presence")
