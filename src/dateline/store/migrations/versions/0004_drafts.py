"""Drafts: working papers with a version, outside of the log."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("coverage", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=True),
        sa.Column("filed", sa.BigInteger, nullable=False),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("publish_at", sa.BigInteger, nullable=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("coverage", "id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_state_publish_at", "drafts", ["state", "publish_at"])
    op.create_index("ix_drafts_coverage_state", "drafts", ["coverage", "state"])


def downgrade() -> None:
    op.drop_table("drafts")
