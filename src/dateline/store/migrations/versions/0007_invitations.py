"""Invitations: whom a link is for, and until when somebody takes part in a coverage."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("members", sa.Column("until", sa.BigInteger, nullable=True))
    op.add_column("links", sa.Column("label", sa.Text, nullable=True))
    op.create_index("ix_links_coverage", "links", ["coverage"])


def downgrade() -> None:
    op.drop_index("ix_links_coverage", "links")
    op.drop_column("links", "label")
    op.drop_column("members", "until")
